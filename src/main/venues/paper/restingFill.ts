import type { Base, Price } from '../../../shared/money/quantity.ts';
import type { OrderRequest } from '../../domain/order.ts';
import type { DepthLevel } from '../../market/feed.ts';

/**
 * How much of a resting order is taken now: all of it, once the mark has come to its limit and the best level shows
 * enough; nothing before. It fills at the limit itself, as a maker.
 */
export function restingFill(
  order: OrderRequest,
  mark: Price,
  depth: readonly DepthLevel[],
): Base | undefined {
  const reached = order.side === 'buy' ? mark <= order.limitPrice : mark >= order.limitPrice;
  const visible = depth[0];
  if (!reached || visible === undefined || visible.size < order.size) return undefined;
  return order.size;
}
