import { formatBase, formatUsd } from '../../shared/money/decimal.ts';
import { afterReport, isOver } from '../execution/orderState.ts';
import type { JournalEntry } from '../storage/journalRepository.ts';
import type { JournalOutcome } from '../storage/vaultStore.ts';
import type { QueryReply } from '../venues/venue.ts';

/**
 * What became of an order that an earlier process has left in the journal; undefined while nobody knows. One that the
 * venue has never seen was never signed: the process that would have sent it is gone, so that it never will be.
 */
export function outcomeOf({ order }: JournalEntry, reply: QueryReply, t: number): JournalOutcome | undefined {
  const { clientOrderId } = order;
  switch (reply.kind) {
    case 'noReply':
      return undefined;
    case 'absent':
      return { clientOrderId, t, state: 'expired', filled: '0', quote: '0', fee: '0', code: null };
    case 'report': {
      const { filled, quote, fee, rejection } = reply.report;
      const state = afterReport('unknown', reply.report);
      if (!isOver(state)) return undefined;
      return {
        clientOrderId,
        t,
        state,
        filled: formatBase(filled),
        quote: formatUsd(quote),
        fee: formatUsd(fee),
        code: rejection?.code ?? null,
      };
    }
  }
}
