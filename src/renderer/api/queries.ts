import { QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { CommandName, PayloadOf, ReplyOf } from '../../shared/contract/commands.ts';
import { useApi } from './apiContext.ts';

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

/** A read command's answer. `fresh` names what it depends on beside its payload: another value asks again. */
export function useRead<Name extends CommandName>(
  command: Name,
  payload: PayloadOf<Name>,
  fresh: readonly unknown[] = [],
  options: { readonly enabled?: boolean; readonly keep?: boolean } = {},
): UseQueryResult<ReplyOf<Name>> {
  const api = useApi();
  return useQuery<ReplyOf<Name>>({
    queryKey: [command, payload, ...fresh],
    queryFn: () => api.send(command, payload),
    enabled: options.enabled ?? true,
    ...(options.keep === true
      ? { placeholderData: (previous: ReplyOf<Name> | undefined) => previous as never }
      : {}),
  });
}

/** What was read by a command no longer holds. */
export const forgetRead = (command: CommandName): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: [command] });
