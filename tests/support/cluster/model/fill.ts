import type { MarketKind, Order, PerpPosition, State } from './accounts.ts';
import { emitOrderAction, type OrderSide, type Reduced } from './events.ts';
import { greater, magnitude, quotient } from './integers.ts';
import type { Markets, UserMap } from './markets.ts';
import { isExpired, isLimit, isLive, unfilled } from './order.ts';
import { directionOf, opposite } from './perpPosition.ts';
import { PERCENT } from './precision.ts';
import { notModelled, refuse } from './refusal.ts';
import type { Held, Run } from './run.ts';
import { clearOrder, uncountOrder, NOBODY } from './user.ts';

/** What perp and spot fills have in common. Source: controller/orders.rs. */

/** Who is filled, against whom, and who asked for it. */
export interface Filling {
  readonly run: Run;
  readonly state: State;
  readonly markets: Markets;
  readonly users: UserMap;
  readonly taker: Held<'User'>;
  readonly takerStats: Held<'UserStats'>;
  readonly fillerKey: string;
  /** A stranger who is rewarded. */
  readonly filler: { readonly user: Held<'User'>; readonly stats: Held<'UserStats'> } | undefined;
  /** As a taker who takes at once, the order goes to the end of its auction. */
  readonly isPlaceAndTake: boolean;
}

/** The filler is rewarded where he is neither of the two sides nor the same person. */
export function fillerOf(
  taker: Held<'User'>,
  users: UserMap,
  user: Held<'User'>,
  stats: Held<'UserStats'>,
): Filling['filler'] {
  const isSide = user.address === taker.address || users.has(user.address);
  return isSide || user.value.authority === taker.value.authority ? undefined : { user, stats };
}

/** The open order of this kind that is to be filled. */
export function orderToFill({ taker }: Filling, orderId: number): Order {
  const order = taker.value.orders.find((one) => one.orderId === orderId);
  return order ?? refuse('OrderDoesNotExist', `order ${orderId}`);
}

export function checkFillable(order: Order, kind: MarketKind): void {
  if (order.marketType !== kind) refuse('InvalidOrderMarketType', `must be a ${kind} order`);
  if (order.status !== 'Open') refuse('OrderNotOpen', `order ${order.orderId}`);
  if (!isLive(order)) refuse('OrderMustBeTriggeredFirst', `order ${order.orderId}`);
}

export function checkNoReferrer({ takerStats }: Filling): void {
  if (takerStats.value.referrer !== NOBODY) notModelled('what a referrer is paid');
}

/** Whether the oracle has left its twap of five minutes too far behind. Source: is_oracle_too_divergent_with_twap_5min. */
export const hasLeftTwap = (price: bigint, twap5min: bigint, state: State): boolean =>
  quotient(magnitude(price - twap5min) * PERCENT, magnitude(twap5min)) >= twapBand(state);

export const twapBand = ({ oracleGuardRails: rails }: State): bigint =>
  greater(rails.priceDivergence.oracleTwap5minPercentDivergence, PERCENT / 2n);

const LIMIT_GRACE = 15n;

/** Whether an order has expired; a limit order may only be taken away 15 s later. Source: should_expire_order_before_fill. */
export function mustExpire(order: Order, now: bigint): boolean {
  const hasExpired = isExpired(order, now);
  if (hasExpired && isLimit(order) && !isExpired(order, now - LIMIT_GRACE))
    refuse('ImpossibleFill', 'a limit order may be expired 15 s after its end');
  return hasExpired;
}

export function countFill(order: Order, base: bigint, quote: bigint): void {
  order.baseAssetAmountFilled += base;
  order.quoteAssetAmountFilled += quote;
  if (unfilled(order) === 0n) order.status = 'Filled';
}

/** An order that is filled makes room for another. */
export function clearIfFilled(
  { value: user }: Held<'User'>,
  order: Order,
  position: { openOrders: number },
): void {
  if (unfilled(order) !== 0n) return;
  uncountOrder(user, order.auctionDuration !== 0);
  clearOrder(order);
  position.openOrders -= 1;
}

/** What a fill takes out of a position, as it stood before. Source: the program of the IDL, math/orders.rs. */
export function reducedBy(
  { baseAssetAmount, quoteEntryAmount }: Pick<PerpPosition, 'baseAssetAmount' | 'quoteEntryAmount'>,
  order: Order,
  base: bigint,
): Reduced | undefined {
  const [held, entry] = [magnitude(baseAssetAmount), magnitude(quoteEntryAmount)];
  if (held === 0n || order.direction !== opposite(directionOf(baseAssetAmount))) return undefined;
  return base > held ? { quoteEntry: entry, base: held } : { quoteEntry: (entry * base) / held, base: null };
}

export interface Matched {
  readonly taker: OrderSide;
  readonly maker: OrderSide;
  readonly fillRecordId: bigint;
  readonly base: bigint;
  readonly quote: bigint;
  readonly fees: { readonly taker: bigint; readonly makerRebate: bigint; readonly filler: bigint };
  readonly oraclePrice: bigint;
}

export function emitMatch({ run, fillerKey }: Filling, matched: Matched): void {
  const { order } = matched.maker;
  const isPerp = order.marketType === 'Perp';
  emitOrderAction(run, {
    action: 'Fill',
    explanation:
      order.postOnly && order.immediateOrCancel ? 'OrderFilledWithMatchJit' : 'OrderFilledWithMatch',
    marketIndex: order.marketIndex,
    marketType: order.marketType,
    filler: fillerKey,
    fillerReward: matched.fees.filler,
    fillRecordId: matched.fillRecordId,
    base: matched.base,
    quote: matched.quote,
    takerFee: matched.fees.taker,
    makerFee: -matched.fees.makerRebate,
    ...(isPerp ? {} : { surplus: 0n, spotFulfillmentFee: 0n }),
    taker: matched.taker,
    maker: matched.maker,
    oraclePrice: matched.oraclePrice,
  });
}
