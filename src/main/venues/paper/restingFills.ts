import type { Price } from '../../../shared/money/quantity.ts';
import type { OrderRequest } from '../../domain/order.ts';
import type { DepthLevel } from '../../market/feed.ts';

/**
 * Whether a resting order is taken now: once the mark has come to its limit, and the best level shows enough for all
 * of it. It then fills at the limit itself, as a maker.
 */
export function restingFills(order: OrderRequest, mark: Price, depth: readonly DepthLevel[]): boolean {
  const reached = order.side === 'buy' ? mark <= order.limitPrice : mark >= order.limitPrice;
  const visible = depth[0]?.size ?? 0n;
  return reached && visible >= order.size;
}
