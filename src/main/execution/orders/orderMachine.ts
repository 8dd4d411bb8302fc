import { AppError } from '../../../shared/contract/appError.ts';
import type { ErrorCode } from '../../../shared/contract/errorCodes.ts';
import type { OrderState } from '../../../shared/contract/orders.ts';
import { formatBase } from '../../../shared/money/decimal.ts';
import type { Price } from '../../../shared/money/quantity.ts';
import { isFinal, type OrderChange, type OrderReport } from '../../domain/order.ts';
import {
  changed,
  checkAfterEnd,
  contradiction,
  counted,
  doneIfFilled,
  ended,
  isOver,
  plus,
} from './orderEnding.ts';
import { nextVenueId, type Amounts, type Standing, type TraderOrder } from './traderOrder.ts';

export { isOver };

/** What can happen to an order. */
export type OrderEvent =
  /** What it was held back for has come: it is about to go out, at this limit. */
  | { readonly kind: 'conditionsMet'; readonly limitPrice: Price; readonly validUntil: number }
  /** The venue says where it stands because it was asked. `terms`: what is in force there now. */
  | { readonly kind: 'answered'; readonly report: OrderReport; readonly terms?: OrderChange }
  /** The venue says so by itself: the word may be late, and it may come twice. */
  | { readonly kind: 'reported'; readonly report: OrderReport }
  | { readonly kind: 'noReply' }
  /**
   * The venue has never seen it. `rolledBack`: it stands before the moment at which the order was sent, so that it never
   * will. `heldBack`: the order was let go by what it waited for here, and can wait for that again.
   */
  | { readonly kind: 'absent'; readonly rolledBack?: boolean; readonly heldBack?: boolean }
  | { readonly kind: 'fill'; readonly fill: Amounts }
  /** A trader wants it to end. */
  | { readonly kind: 'cancelAsked' }
  /** Its bracket has no more use for it. */
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'modifyAsked'; readonly change: OrderChange }
  | { readonly kind: 'modified'; readonly report: OrderReport }
  | { readonly kind: 'modifyRefused' }
  /** Cancelled at the venue for its change, and about to be sent anew under another name. */
  | {
      readonly kind: 'replacing';
      readonly cancelled: OrderReport;
      readonly venueId: string;
      readonly validUntil: number;
    }
  | { readonly kind: 'expiryReached' }
  /** It is not let out. */
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly reason: string };

/** States in which the venue owes an answer. */
const WAITING: ReadonlySet<OrderState> = new Set(['placing', 'modifying', 'cancelling', 'unknown']);

/** Whether the venue owes an answer about an order. */
export const isWaiting = (state: OrderState): boolean => WAITING.has(state);

/** Whether an order is at the venue, or may be. */
export const isOut = (state: OrderState): boolean => !isOver(state) && state !== 'conditional';

/**
 * An order after an event at `t` (Unix ms). One that is over stays as it is. Throws ORDER_NOT_OPEN and OUTCOME_UNKNOWN
 * where a trader asks for what cannot be done now, INVALID_SIZE for a size that has filled already, and INTERNAL where
 * the venue contradicts itself. No answer is never taken for a no.
 */
export function after(order: TraderOrder, event: OrderEvent, t: number): TraderOrder {
  switch (event.kind) {
    case 'conditionsMet': {
      if (order.state !== 'conditional') throw contradiction(order, event.kind);
      const { limitPrice, validUntil } = event;
      return { ...moved(order, 'placing', t), resumes: 'placing', limitPrice, validUntil, sentAt: t };
    }
    case 'answered':
    case 'reported':
    case 'modified':
      return afterReport(order, event, t);
    case 'noReply':
      return isOut(order.state) ? moved(order, 'unknown', t) : order;
    case 'absent':
      return afterAbsence(order, event, t);
    case 'fill':
      return afterFill(order, event.fill, t);
    case 'cancelAsked':
      return { ...afterCancelAsked(order, t), unwanted: true };
    case 'withdrawn':
      return afterCancelAsked(order, t);
    case 'modifyAsked':
      return afterModifyAsked(order, event.change, t);
    case 'modifyRefused':
      return order.state === 'modifying'
        ? doneIfFilled({ ...moved(order, order.resumes, t), change: null }, t)
        : order;
    case 'replacing':
      return afterReplacing(order, event, t);
    case 'expiryReached':
      if (order.state === 'conditional') return { ...moved(order, 'expired', t), doneAt: t };
      return order.state === order.resumes ? moved(order, 'cancelling', t) : order;
    case 'refused': {
      if (order.state !== 'conditional') throw contradiction(order, event.kind);
      const { code, reason } = event;
      return { ...moved(order, 'rejected', t), doneAt: t, code, reason };
    }
  }
}

const moved = (order: TraderOrder, state: OrderState, t: number): TraderOrder =>
  order.state === state ? order : { ...order, state, updatedAt: t };

function afterReport(
  order: TraderOrder,
  event: Extract<OrderEvent, { readonly report: OrderReport }>,
  t: number,
): TraderOrder {
  const { report } = event;
  // Of an order at the venue that this one's present order has taken the place of: it was counted then.
  if (report.clientOrderId !== order.venueId) return order;
  if (order.state === 'conditional') throw contradiction(order, report.status);
  const final = isFinal(report.status);
  if (isOver(order.state)) {
    checkAfterEnd(order, report, final);
    return order;
  }
  if (final) return ended(order, report, t);
  const known = withTerms(order, event);
  const standing: Standing = known.resumes === 'open' || report.status === 'open' ? 'open' : 'untriggered';
  const now = counted(known, plus(known.carried, report), t);
  const told = now.resumes === standing ? now : { ...now, resumes: standing };
  const settled = doneIfFilled(told, t);
  if (isOver(settled.state)) return settled;
  // A word that nobody asked for may be older than the question, so it does not answer it.
  const answers = event.kind !== 'reported' || !isWaiting(order.state);
  if (!answers) return settled;
  // What became of a change shows only in the terms.
  return moved(settled, settled.change === null ? standing : 'unknown', t);
}

function withTerms(
  order: TraderOrder,
  event: Extract<OrderEvent, { readonly report: OrderReport }>,
): TraderOrder {
  if (event.kind === 'modified') return order.change === null ? order : changed(order, order.change);
  if (event.kind === 'answered' && event.terms !== undefined) return changed(order, event.terms);
  return order;
}

/** Final only once nothing that was sent can still arrive: until then another might be sent besides it. */
function afterAbsence(
  order: TraderOrder,
  { rolledBack = false, heldBack = false }: Extract<OrderEvent, { kind: 'absent' }>,
  t: number,
): TraderOrder {
  if (!isOut(order.state)) return order;
  const never = rolledBack || t > order.validUntil;
  if (order.resumes !== 'placing' || !never) return moved(order, 'unknown', t);
  if (heldBack && order.filled === 0n && order.unwanted === undefined) return heldAgain(order, t);
  const state = order.filled > 0n ? 'partiallyFilled' : 'expired';
  return { ...moved(order, state, t), change: null, doneAt: t, reason: 'It never reached the venue.' };
}

/** Under another name at the venue, so that a late word of the first is not taken for one of the next. */
const heldAgain = (order: TraderOrder, t: number): TraderOrder => ({
  ...moved(order, 'conditional', t),
  resumes: 'conditional',
  venueId: nextVenueId(order.venueId),
  validUntil: 0,
  sentAt: null,
  change: null,
});

function afterFill(order: TraderOrder, fill: Amounts, t: number): TraderOrder {
  const heard = plus(order.heard, fill);
  const more = heard.filled > order.filled;
  if (more && (isOver(order.state) || order.state === 'conditional')) throw contradiction(order, 'a fill');
  const now = counted({ ...order, heard }, heard, t);
  const acknowledged: TraderOrder = more && now.resumes === 'placing' ? { ...now, resumes: 'open' } : now;
  return doneIfFilled(acknowledged, t);
}

function afterCancelAsked(order: TraderOrder, t: number): TraderOrder {
  if (order.state === 'conditional') return { ...moved(order, 'cancelled', t), doneAt: t };
  if (order.state !== 'unknown') checkAnswered(order);
  return moved(order, 'cancelling', t);
}

function afterModifyAsked(order: TraderOrder, change: OrderChange, t: number): TraderOrder {
  checkAnswered(order);
  const { id: orderId, filled } = order;
  if (change.size !== undefined && change.size <= filled) {
    const details = { orderId, filled: formatBase(filled), size: formatBase(change.size) };
    throw new AppError('INVALID_SIZE', `Order ${orderId} has already filled ${formatBase(filled)}.`, details);
  }
  if (order.state === 'conditional') return { ...changed(order, change), updatedAt: t };
  return { ...moved(order, 'modifying', t), change };
}

function afterReplacing(
  order: TraderOrder,
  { cancelled, venueId, validUntil }: Extract<OrderEvent, { kind: 'replacing' }>,
  t: number,
): TraderOrder {
  if (order.state !== 'modifying' || order.change === null) throw contradiction(order, 'replaced');
  const now = counted(order, plus(order.carried, cancelled), t);
  const { filled, quote, fee } = now;
  return {
    ...moved(changed(now, order.change), 'placing', t),
    resumes: 'placing',
    carried: { filled, quote, fee },
    venueId,
    validUntil,
  };
}

/** Throws for an order that is over, and for one whose last word from the venue is still to come. */
function checkAnswered({ id: orderId, state }: TraderOrder): void {
  if (isOver(state))
    throw new AppError('ORDER_NOT_OPEN', `Order ${orderId} is over: ${state}.`, { orderId, state });
  if (!isWaiting(state)) return;
  const message = `The venue has not answered yet what became of order ${orderId} (${state}).`;
  throw new AppError('OUTCOME_UNKNOWN', message, { orderId, state }, { retryable: true });
}
