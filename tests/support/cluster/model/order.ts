import type { Direction, Order } from './accounts.ts';
import { greater, lesser, magnitude, modulo, quotient } from './integers.ts';
import { refuse } from './refusal.ts';

/** What an order asks for, now. Source: state/user.rs, math/auction.rs, math/orders.rs. */

export const hasAuction = ({ auctionDuration }: Order): boolean => auctionDuration !== 0;
export const hasOracleOffset = ({ oraclePriceOffset }: Order): boolean => oraclePriceOffset !== 0;
export const isLimit = ({ orderType }: Order): boolean =>
  orderType === 'Limit' || orderType === 'TriggerLimit';
export const mustBeTriggered = ({ orderType }: Order): boolean =>
  orderType === 'TriggerMarket' || orderType === 'TriggerLimit';
export const isTriggered = ({ triggerCondition }: Order): boolean =>
  triggerCondition === 'TriggeredAbove' || triggerCondition === 'TriggeredBelow';
/** Its size counts among what is open: it waits for nothing. */
export const isLive = (order: Order): boolean => !mustBeTriggered(order) || isTriggered(order);

/** A price on whole ticks, never worse for who placed the order. */
export function onTick(price: bigint, tick: bigint, direction: Direction): bigint {
  if (price === 0n) return 0n;
  const remainder = modulo(price, tick);
  if (remainder === 0n) return price;
  return direction === 'Long' ? price - remainder : price + tick - remainder;
}

export const onStep = (base: bigint, step: bigint): bigint => base - modulo(base, step);

export const isAuctionOver = ({ slot: placed, auctionDuration }: Order, slot: bigint): boolean =>
  auctionDuration === 0 || slot - placed > BigInt(auctionDuration);

/** The price that an auction has come to. */
export function auctionPrice(
  order: Order,
  slot: bigint,
  tick: bigint,
  oraclePrice: bigint | undefined,
): bigint {
  const { direction, auctionStartPrice: start, auctionEndPrice: end, auctionDuration } = order;
  const duration = BigInt(auctionDuration);
  const passed = lesser(slot - order.slot, duration);
  const reached = duration === 0n ? end : start + quotient((end - start) * passed, duration);
  if (order.orderType !== 'Oracle') return onTick(reached, tick, direction);
  if (oraclePrice === undefined) return refuse('OracleNotFound', 'an auction around the oracle');
  return onTick(greater(oraclePrice + reached, tick), tick, direction);
}

/** The worst price that the order takes; undefined where it names none. Source: Order::get_limit_price. */
export function limitPrice(
  order: Order,
  slot: bigint,
  tick: bigint,
  oraclePrice: bigint | undefined,
): bigint | undefined {
  const hasPrices = order.auctionStartPrice !== 0n || order.auctionEndPrice !== 0n;
  if (!isAuctionOver(order, slot) && hasPrices) return auctionPrice(order, slot, tick, oraclePrice);
  if (hasOracleOffset(order)) {
    if (oraclePrice === undefined) return refuse('OracleNotFound', 'an offset from the oracle');
    return onTick(greater(oraclePrice + BigInt(order.oraclePriceOffset), tick), tick, order.direction);
  }
  return order.price === 0n ? undefined : order.price;
}

export function knownLimitPrice(
  order: Order,
  slot: bigint,
  tick: bigint,
  oraclePrice: bigint | undefined,
): bigint {
  return (
    limitPrice(order, slot, tick, oraclePrice) ?? refuse('UnableToGetLimitPrice', `order ${order.orderId}`)
  );
}

export const unfilled = ({ baseAssetAmount, baseAssetAmountFilled }: Order): bigint =>
  baseAssetAmount - baseAssetAmountFilled;

/** What may still be filled of an order that only reduces a position of `held` base units. */
export function fillable(order: Order, held: bigint): bigint {
  const left = unfilled(order);
  if (!order.reduceOnly || order.postOnly) return left;
  const reduces = order.direction === 'Long' ? held < 0n : held > 0n;
  return reduces ? lesser(left, magnitude(held)) : 0n;
}

/** An order that waits for takers. Source: Order::is_resting_limit_order. */
export function isResting(order: Order, slot: bigint): boolean {
  if (!isLimit(order)) return false;
  if (order.orderType === 'TriggerLimit') {
    const { direction, triggerPrice, price } = order;
    const crosses = direction === 'Long' ? triggerPrice < price : triggerPrice > price;
    return !crosses && isAuctionOver(order, slot);
  }
  return order.postOnly || isAuctionOver(order, slot);
}

export const isExpired = (order: Order, now: bigint): boolean =>
  order.status === 'Open' && order.maxTs !== 0n && !mustBeTriggered(order) && now > order.maxTs;

/** An order that could only increase a position now. */
export const reducesNothing = (order: Order, held: bigint, step: bigint): boolean =>
  order.status === 'Open' && order.reduceOnly && fillable(order, held) < step;

/** Whether an order that isn't counted yet could make a position larger. Source: is_new_order_risk_increasing. */
export function increasesRisk(
  { direction, reduceOnly, baseAssetAmount }: Order,
  held: bigint,
  open: { readonly openBids: bigint; readonly openAsks: bigint },
): boolean {
  if (reduceOnly) return false;
  if (direction === 'Long') return held >= 0n || open.openBids + baseAssetAmount > -held;
  return held <= 0n || magnitude(open.openAsks - baseAssetAmount) > held;
}

/** Whether an order of `base` makes a position smaller without turning it. */
export function isReducing(direction: Direction, base: bigint, held: bigint): boolean {
  const isAgainst = direction === 'Long' ? held < 0n : held > 0n;
  return isAgainst && base <= magnitude(held);
}
