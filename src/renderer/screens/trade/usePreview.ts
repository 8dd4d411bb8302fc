import { useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import type { OrderPreviewView, OrderTicket } from '../../../shared/contract/orders.ts';
import { useApi } from '../../api/apiContext.ts';
import { replyOf } from '../../api/apiError.ts';
import { useLive } from '../../live/liveStore.ts';

/** Nobody types faster than this without a pause. */
const PAUSE_MS = 250;
/** The market moves on while one thinks. */
const EVERY_MS = 2_000;

export interface Preview {
  /** Null where there is nothing to look at ahead. */
  readonly preview: OrderPreviewView | null;
  /** Why the ticket as it stands could not be looked at. */
  readonly error: ErrorReply | null;
  /** It is of a ticket that has changed meanwhile. */
  readonly isBehind: boolean;
  /** When it was made, wall time in Unix ms. */
  readonly at: number;
}

/** What an order would do to the account, while it is typed. @param ticket null while it is no order yet */
export function usePreview(ticket: OrderTicket | null): Preview {
  const api = useApi();
  const vaultEpoch = useLive((state) => state.vaultEpoch);
  const connected = useLive(({ connection }) => connection.kind === 'open');
  const key = ticket === null ? '' : JSON.stringify(ticket);
  const [settled] = useDebouncedValue(key, PAUSE_MS);
  const asked = key !== '' && settled === key;
  const market = ticket?.market ?? '';
  const { data, error, isPlaceholderData, dataUpdatedAt } = useQuery({
    queryKey: ['PREVIEW_ORDER', settled, vaultEpoch, market],
    queryFn: () => api.send('PREVIEW_ORDER', JSON.parse(settled) as OrderTicket),
    enabled: asked && connected,
    staleTime: 0,
    gcTime: EVERY_MS,
    refetchInterval: asked && connected ? EVERY_MS : false,
    // Another market's or vault's figures are no stand-in: they are of another asset, or another account.
    placeholderData: (before, query) =>
      query?.queryKey[2] === vaultEpoch && query.queryKey[3] === market ? before : undefined,
  });
  if (ticket === null) return { preview: null, error: null, isBehind: false, at: 0 };
  const failed = asked && error !== null ? replyOf(error) : null;
  return {
    preview: failed === null ? (data ?? null) : null,
    error: failed,
    isBehind: !asked || isPlaceholderData || !connected,
    at: dataUpdatedAt,
  };
}
