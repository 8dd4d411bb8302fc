import { formatBase, formatUsd } from '../../shared/money/decimal.ts';
import { NO_BASE, NO_USD } from '../../shared/money/quantity.ts';
import { afterReport, isOver } from '../execution/orderState.ts';
import type { OrderOutcome } from '../execution/executor.ts';
import type { Purpose } from '../risk/trade.ts';
import type { JournalEntry } from '../storage/journalRepository.ts';
import type { JournalOutcome } from '../storage/vaultStore.ts';
import type { QueryReply } from '../venues/venue.ts';
import { requestOf } from './liveStorage.ts';

/**
 * What became of an order that an earlier process has left in the journal; undefined while nobody knows. One that the
 * venue has never seen was never signed: the process that would have sent it is gone, so that it never will be.
 */
export function leftOutcome(entry: JournalEntry, reply: QueryReply): OrderOutcome | undefined {
  const purpose = entry.order.purpose as Purpose;
  const order = requestOf(entry);
  // Only entries are matched by the engine's word: a way out goes on from whatever is left of both legs.
  const sent = { order, purpose, paired: purpose === 'enter' };
  switch (reply.kind) {
    case 'noReply':
      return undefined;
    case 'absent':
      return { ...sent, state: 'expired', filled: NO_BASE, quote: NO_USD, fee: NO_USD, rejection: null };
    case 'report': {
      const { filled, quote, fee, rejection } = reply.report;
      const state = afterReport('unknown', reply.report);
      if (!isOver(state)) return undefined;
      return { ...sent, state, filled, quote, fee, rejection: rejection ?? null };
    }
  }
}

/** The same as the journal keeps it. */
export const journalled = (
  { order, state, filled, quote, fee, rejection }: OrderOutcome,
  t: number,
): JournalOutcome => ({
  clientOrderId: order.clientOrderId,
  t,
  state,
  filled: formatBase(filled),
  quote: formatUsd(quote),
  fee: formatUsd(fee),
  code: rejection?.code ?? null,
});
