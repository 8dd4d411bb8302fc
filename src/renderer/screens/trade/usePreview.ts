import { keepPreviousData, useQuery } from '@tanstack/react-query';
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
}

/** What an order would do to the account, while it is typed. @param ticket null while it is no order yet */
export function usePreview(ticket: OrderTicket | null): Preview {
  const api = useApi();
  const vaultEpoch = useLive((state) => state.vaultEpoch);
  const connected = useLive(({ connection }) => connection.kind === 'open');
  const key = ticket === null ? '' : JSON.stringify(ticket);
  const [settled] = useDebouncedValue(key, PAUSE_MS);
  const asked = key !== '' && settled === key;
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['PREVIEW_ORDER', settled, vaultEpoch],
    queryFn: () => api.send('PREVIEW_ORDER', JSON.parse(settled) as OrderTicket),
    enabled: asked && connected,
    staleTime: 0,
    gcTime: EVERY_MS,
    refetchInterval: asked && connected ? EVERY_MS : false,
    placeholderData: keepPreviousData,
  });
  if (ticket === null) return { preview: null, error: null, isBehind: false };
  const failed = asked && error !== null ? replyOf(error) : null;
  return {
    preview: failed === null ? (data ?? null) : null,
    error: failed,
    isBehind: !asked || isPlaceholderData || !connected,
  };
}
