import { AppError } from '../../shared/contract/appError.ts';
import type { OrderReport } from '../domain/order.ts';
import type { JournalState } from '../storage/vaultStore.ts';

const FINAL: ReadonlySet<JournalState> = new Set([
  'filled',
  'partiallyFilled',
  'rejected',
  'cancelled',
  'expired',
]);

/** Whether an order is over: no later word of the venue can change it. */
export const isOver = (state: JournalState): boolean => FINAL.has(state);

/**
 * The state that a venue's report puts an order in. An order that still rests, or waits for its trigger, is `unknown` to
 * us as long as its fills are not final. A final state stays: a report that contradicts it throws INTERNAL.
 */
export function afterReport(state: JournalState, report: OrderReport): JournalState {
  const { status } = report;
  const next: JournalState = status === 'open' || status === 'untriggered' ? 'unknown' : status;
  if (isOver(state) && next !== state) {
    throw new AppError('INTERNAL', `The venue contradicts itself about order ${report.clientOrderId}.`, {
      clientOrderId: report.clientOrderId,
      was: state,
      is: next,
    });
  }
  return next;
}

/**
 * The state of an order that the venue has never seen: still unknown while it may arrive, expired once the venue
 * would not accept it any more.
 */
export function whenAbsent(state: JournalState, now: number, validUntil: number): JournalState {
  if (isOver(state)) return state;
  return now > validUntil ? 'expired' : 'unknown';
}
