import type { Order } from './accounts.ts';
import { emitOrderAction, sideOf, type Explanation } from './events.ts';
import type { Markets } from './markets.ts';
import { takeOpen } from './openOrders.ts';
import { hasAuction, isLive, unfilled } from './order.ts';
import { refuse } from './refusal.ts';
import type { Held, Run } from './run.ts';
import { clearOrder, heldPerpPosition, heldSpotPosition, uncountOrder } from './user.ts';

/** Who an order is cancelled for, and with what he is rewarded, quote 1e6. */
export interface Cancelling {
  readonly explanation?: Explanation;
  readonly filler?: string;
  readonly fillerReward?: bigint;
}

export interface Canceller {
  readonly run: Run;
  readonly markets: Markets;
  readonly user: Held<'User'>;
}

/** Source: controller/orders.rs, cancel_order. */
export function cancelOrder(
  { run, markets, user }: Canceller,
  order: Order,
  cancelling: Cancelling = {},
): void {
  if (order.status !== 'Open') refuse('OrderNotOpen', `order ${order.orderId}`);
  const { marketIndex, marketType } = order;
  const isPerp = marketType === 'Perp';
  const oracle = isPerp ? markets.perp(marketIndex).amm.oracle : markets.spot(marketIndex).oracle;
  emitOrderAction(run, {
    action: 'Cancel',
    fillerReward: 0n,
    ...cancelling,
    marketIndex,
    marketType,
    oraclePrice: markets.price(oracle).price,
    ...sideOf(user.address, order),
  });
  uncountOrder(user.value, hasAuction(order));
  const position = isPerp
    ? heldPerpPosition(user.value, marketIndex)
    : heldSpotPosition(user.value, marketIndex);
  if (isLive(order)) takeOpen(position, order.direction, unfilled(order));
  position.openOrders -= 1;
  clearOrder(order);
}

/** Cancels whatever of an account's orders is chosen. The answer is their ids. */
export function cancelOrders(
  canceller: Canceller,
  isChosen: (order: Order) => boolean,
  cancelling: Cancelling = {},
): readonly number[] {
  const chosen = canceller.user.value.orders.filter((order) => order.status === 'Open' && isChosen(order));
  const ids = chosen.map(({ orderId }) => orderId);
  for (const order of chosen) cancelOrder(canceller, order, cancelling);
  return ids;
}
