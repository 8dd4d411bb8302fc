import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { CommandName, PayloadOf, ReplyOf } from '../../../shared/contract/commands.ts';
import { useApi } from '../../api/apiContext.ts';
import { useLive } from '../../live/liveStore.ts';

/** What a command reads of this vault, again and again while one looks at it. @param everyMs undefined: once */
export function useRead<Name extends CommandName>(
  command: Name,
  payload: PayloadOf<Name>,
  everyMs: number | undefined,
): UseQueryResult<ReplyOf<Name>> {
  const api = useApi();
  const vaultEpoch = useLive((state) => state.vaultEpoch);
  const connected = useLive(({ connection }) => connection.kind === 'open');
  return useQuery({
    queryKey: [command, payload, vaultEpoch],
    queryFn: () => api.send(command, payload),
    refetchInterval: connected && everyMs !== undefined ? everyMs : false,
    // The page before stands in for the next one, but never another vault's.
    placeholderData: (before, query) => (query?.queryKey[2] === vaultEpoch ? before : undefined),
  });
}
