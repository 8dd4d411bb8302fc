import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ReplyOf } from '../../../shared/contract/commands.ts';
import { useApi } from '../../api/apiContext.ts';
import { useLive } from '../../live/liveStore.ts';

const PAGE = 25;
const EVERY_MS = 3_000;

/** A page of the ledger: the entries before a number, or the newest, which are read again while one looks at them. */
export function useLedgerPage(before: number | undefined): UseQueryResult<ReplyOf<'GET_LEDGER'>> {
  const api = useApi();
  const vaultEpoch = useLive((state) => state.vaultEpoch);
  const connected = useLive(({ connection }) => connection.kind === 'open');
  return useQuery({
    queryKey: ['GET_LEDGER', vaultEpoch, before ?? null],
    queryFn: () =>
      api.send('GET_LEDGER', { engine: 'funding', limit: PAGE, ...(before === undefined ? {} : { before }) }),
    refetchInterval: connected && before === undefined ? EVERY_MS : false,
    placeholderData: (previous) => previous,
  });
}
