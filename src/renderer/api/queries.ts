import { QueryClient } from '@tanstack/react-query';
import type { CommandName } from '../../shared/contract/commands.ts';

/** Answers of read commands. The program is on this machine: whether there is a network says nothing about it. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      staleTime: 5_000,
      gcTime: 60_000,
    },
  },
});

/** What was read by a command no longer holds. */
export const forgetRead = (command: CommandName): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: [command] });
