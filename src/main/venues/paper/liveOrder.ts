import { NO_BASE, NO_USD, base, usd, type Base, type Usd } from '../../../shared/money/quantity.ts';
import type { AppError } from '../../../shared/contract/appError.ts';
import type { FillEvent } from '../../domain/accountEvent.ts';
import { quoteOf } from '../../domain/fill.ts';
import type { OpenOrder, OrderReport, OrderRequest } from '../../domain/order.ts';

/**
 * An order that is not over. `waits` for its trigger; `rests` in the book; `takes`: it could take more, but the book
 * showed no more within 0.3 % of the mark, or it worked unasked and its rest would meet one of ours, and it tries
 * again at each beat.
 */
export interface LiveOrder {
  /** Its number in the book. */
  readonly own: number;
  /** As it stands now: size, limit and trigger may have been changed. */
  readonly request: OrderRequest;
  readonly way: 'waits' | 'rests' | 'takes';
  readonly filled: Base;
  readonly quote: Usd;
  readonly fee: Usd;
}

export const liveOrder = (own: number, request: OrderRequest, way: LiveOrder['way']): LiveOrder => ({
  own,
  request,
  way,
  filled: NO_BASE,
  quote: NO_USD,
  fee: NO_USD,
});

export const leftOf = ({ request, filled }: LiveOrder): Base => base(request.size - filled);

export const filledBy = (order: LiveOrder, fill: FillEvent): LiveOrder => ({
  ...order,
  filled: base(order.filled + fill.size),
  quote: usd(order.quote + quoteOf(fill.side, fill.size, fill.price)),
  fee: usd(order.fee + fill.fee),
});

/** How it stands: whole, waiting, or open. */
export function reportOf(order: LiveOrder): OrderReport {
  const { request, filled, quote, fee, way } = order;
  const status = filled === request.size ? 'filled' : way === 'waits' ? 'untriggered' : 'open';
  return { clientOrderId: request.clientOrderId, status, filled, quote, fee };
}

/** How it ended with something left of it. What has filled stays filled. */
export function endedReport(
  order: LiveOrder,
  status: 'cancelled' | 'expired' | 'rejected',
  why?: AppError,
): OrderReport {
  const { request, filled, quote, fee } = order;
  return {
    clientOrderId: request.clientOrderId,
    status: filled > 0n ? 'partiallyFilled' : status,
    filled,
    quote,
    fee,
    ...(why === undefined ? {} : { rejection: { code: why.code, message: why.message } }),
  };
}

export function openOrderOf(order: LiveOrder, ahead: Base | undefined): OpenOrder {
  const { request, way, filled, quote, fee } = order;
  return {
    ...request,
    status: way === 'waits' ? 'untriggered' : 'open',
    filled,
    quote,
    fee,
    ...(ahead === undefined ? {} : { ahead }),
  };
}
