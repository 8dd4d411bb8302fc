import { AppError } from '../../../shared/contract/appError.ts';
import type { OrderState } from '../../../shared/contract/orders.ts';
import { base, usd } from '../../../shared/money/quantity.ts';
import type { OrderChange, OrderReport } from '../../domain/order.ts';
import type { Amounts, TraderOrder } from './traderOrder.ts';

const OVER: ReadonlySet<OrderState> = new Set([
  'filled',
  'partiallyFilled',
  'cancelled',
  'rejected',
  'expired',
]);

/** Whether an order is over: nothing that the venue does can change it any more. */
export const isOver = (state: OrderState): boolean => OVER.has(state);

export const plus = (a: Amounts, b: Amounts): Amounts => ({
  filled: base(a.filled + b.filled),
  quote: usd(a.quote + b.quote),
  fee: usd(a.fee + b.fee),
});

export function contradiction(order: TraderOrder, says: string): AppError {
  return new AppError('INTERNAL', `The venue contradicts itself about order ${order.id}.`, {
    orderId: order.id,
    was: order.state,
    filled: String(order.filled),
    is: says,
  });
}

/** An order with a change in force, and none waiting. The same where it is in force already. */
export function changed(order: TraderOrder, change: OrderChange): TraderOrder {
  const { size, limitPrice, triggerPrice, oracleOffset } = change;
  const same =
    order.change === null &&
    (size ?? order.size) === order.size &&
    (limitPrice ?? order.limitPrice) === order.limitPrice &&
    (triggerPrice ?? order.trigger?.price) === order.trigger?.price &&
    (oracleOffset ?? order.oracleOffset) === order.oracleOffset;
  if (same) return order;
  return {
    ...order,
    change: null,
    size: size ?? order.size,
    limitPrice: limitPrice ?? order.limitPrice,
    ...(triggerPrice === undefined || order.trigger === undefined
      ? {}
      : { trigger: { ...order.trigger, price: triggerPrice } }),
    ...(oracleOffset === undefined ? {} : { oracleOffset }),
  };
}

/**
 * Fills never shrink: `total` counts where it is more than what was known, whoever told of it first. More than the
 * whole order proves that a larger size which was asked for is in force. Throws INTERNAL where nothing explains it.
 */
export function counted(order: TraderOrder, total: Amounts, t: number): TraderOrder {
  if (total.filled <= order.filled) return order;
  const grown = order.change?.size ?? order.size;
  if (total.filled > order.size && total.filled > grown) throw contradiction(order, `filled ${total.filled}`);
  const sized = total.filled > order.size && order.change !== null ? changed(order, order.change) : order;
  const { filled, quote, fee } = total;
  return { ...sized, filled, quote, fee, updatedAt: t, firstFillAt: order.firstFillAt ?? t };
}

/** An order that has filled whole is over, unless it may just have been made larger. */
export function doneIfFilled(order: TraderOrder, t: number): TraderOrder {
  const mayGrow = order.change?.size !== undefined && order.change.size > order.filled;
  if (isOver(order.state) || order.filled < order.size || mayGrow) return order;
  return { ...order, change: null, state: 'filled', updatedAt: t, doneAt: t };
}

/**
 * An order as a final report leaves it. How much has filled names the end; a cancel after the order's own time was up
 * is its expiry. Throws INTERNAL where fills are missing that have been seen.
 */
export function ended(order: TraderOrder, report: OrderReport, t: number): TraderOrder {
  const total = plus(order.carried, report);
  if (total.filled < order.filled || (report.status === 'filled' && total.filled === 0n)) {
    throw contradiction(order, `${report.status} ${total.filled}`);
  }
  const whole = report.status === 'filled' && order.change?.size === total.filled;
  const known = whole && order.change !== null ? changed(order, order.change) : order;
  const last = { ...counted(known, total, t), change: null };
  const { rejection } = report;
  return {
    ...last,
    state: endOf(last, report, t),
    updatedAt: t,
    doneAt: t,
    code: rejection?.code ?? last.code,
    reason: rejection?.message ?? last.reason,
  };
}

function endOf(order: TraderOrder, { status }: OrderReport, t: number): OrderState {
  if (order.filled >= order.size) return 'filled';
  if (order.filled > 0n) return 'partiallyFilled';
  if (status === 'rejected' || status === 'expired') return status;
  return order.expiresAt !== undefined && t >= order.expiresAt ? 'expired' : 'cancelled';
}

/**
 * What the venue says of an order that is over. The same again is let pass, and so is a late word from before its end;
 * cancelled and expired are one ending in two words. Throws INTERNAL where it is another ending.
 */
export function checkAfterEnd(order: TraderOrder, report: OrderReport, final: boolean): void {
  const { filled } = plus(order.carried, report);
  const early = !final && filled <= order.filled;
  const refused = (report.status === 'rejected') === (order.state === 'rejected');
  const same = final && filled === order.filled && (filled > 0n || refused);
  if (!early && !same) throw contradiction(order, `${report.status} ${filled}`);
}
