import type { Direction, Order } from './accounts.ts';
import { lesser, quotient, quotientUp, saturating } from './integers.ts';
import type { UserMap } from './markets.ts';
import { isLimit, isLive, isResting, knownLimitPrice } from './order.ts';
import { opposite } from './perpPosition.ts';
import { MARGIN, PERCENT } from './precision.ts';
import { refuse } from './refusal.ts';
import type { Held, Run } from './run.ts';
import { isBeingLiquidated } from './user.ts';

/** Who meets whom, at what price. Source: math/matching.rs, math/orders.rs. */

export interface MakerOrder {
  readonly maker: Held<'User'>;
  readonly order: Order;
  readonly price: bigint;
}

/** A maker that may fill a taker: one whose order waited there first. Source: is_maker_for_taker. */
function isMakerFor(maker: Order, taker: Order, slot: bigint): boolean {
  const isJit = maker.postOnly && maker.immediateOrCancel;
  if (slot === maker.slot && slot === taker.slot && !isJit) return false;
  if (taker.postOnly || !isResting(maker, slot)) return false;
  if (!isResting(taker, slot) || maker.postOnly) return true;
  return maker.slot + BigInt(maker.auctionDuration) <= taker.slot + BigInt(taker.auctionDuration);
}

/** Orders of a user that may be filled at a price. Source: find_maker_orders. */
export function limitOrders(
  { value: user }: Held<'User'>,
  taker: Order,
  slot: bigint,
  tick: bigint,
  oraclePrice: bigint,
): readonly (readonly [Order, bigint])[] {
  const side = opposite(taker.direction);
  return user.orders
    .filter(
      (order) =>
        order.status === 'Open' &&
        order.direction === side &&
        order.marketType === taker.marketType &&
        order.marketIndex === taker.marketIndex &&
        isLimit(order) &&
        isLive(order),
    )
    .map((order) => [order, knownLimitPrice(order, slot, tick, oraclePrice)]);
}

/** What is done with an order that stands where a taker comes by, before it may be filled. */
export interface MakerRules {
  readonly tick: bigint;
  /** A maker whose orders are looked at, before the first of them is. */
  readonly meet: (maker: Held<'User'>) => void;
  /** Cancels an order that may not stay; tells whether it did. */
  readonly cancelled: (maker: Held<'User'>, order: Order, price: bigint) => boolean;
}

/** The makers' orders, best price first. Source: controller/orders.rs, get_maker_orders_info. */
export function makerOrders(
  run: Run,
  users: UserMap,
  taker: Held<'User'>,
  takerOrder: Order,
  oraclePrice: bigint,
  rules: MakerRules,
): readonly MakerOrder[] {
  const found: MakerOrder[] = [];
  for (const maker of users.users) {
    if (maker.address === taker.address || isBeingLiquidated(maker.value)) continue;
    const orders = limitOrders(maker, takerOrder, run.slot, rules.tick, oraclePrice);
    if (orders.length === 0) continue;
    rules.meet(maker);
    for (const [order, price] of orders)
      if (isMakerFor(order, takerOrder, run.slot) && !rules.cancelled(maker, order, price))
        insert(found, { maker, order, price }, takerOrder.direction);
  }
  return found;
}

/** Among equal prices it lands where the binary search of Rust's library happens to find one. */
function insert(found: MakerOrder[], made: MakerOrder, taker: Direction): void {
  let [low, high] = [0, found.length];
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    const price = found[middle]?.price ?? 0n;
    if (price === made.price) {
      low = middle;
      break;
    }
    const isBefore = taker === 'Long' ? price < made.price : price > made.price;
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  found.splice(low, 0, made);
}

export const doCross = (maker: Direction, makerPrice: bigint, takerPrice: bigint): boolean =>
  maker === 'Long' ? takerPrice <= makerPrice : takerPrice >= makerPrice;

/** A fill takes so many orders at most. */
const MOST_MATCHES = 7;

/** The orders that a taker's limit reaches; all where it names none and `takesAny`. */
export function reachedOrders(
  makers: readonly MakerOrder[],
  taker: Order,
  limit: bigint | undefined,
  takesAny: boolean,
): readonly MakerOrder[] {
  if (taker.postOnly) return [];
  const side = opposite(taker.direction);
  const reaches = (price: bigint): boolean => (limit === undefined ? takesAny : doCross(side, price, limit));
  const end = makers.findIndex(({ price }) => !reaches(price));
  return makers.slice(0, Math.min(end === -1 ? makers.length : end, MOST_MATCHES));
}

/** Quote 1e6 of a fill at the maker's price, rounded in the maker's favour. */
export function makerQuote(base: bigint, price: bigint, decimals: number, maker: Direction): bigint {
  const precision = 10n ** BigInt(decimals);
  return maker === 'Long' ? (base * price) / precision : quotientUp(base * price, precision);
}

/** Source: calculate_fill_for_matched_orders. */
export function matchedFill(
  makerBase: bigint,
  takerBase: bigint,
  price: bigint,
  decimals: number,
  maker: Direction,
): { readonly base: bigint; readonly quote: bigint } {
  const base = lesser(makerBase, takerBase);
  return { base, quote: makerQuote(base, price, decimals, maker) };
}

export interface FillPrice {
  readonly base: bigint;
  readonly quote: bigint;
  readonly precision: bigint;
}

/** Refused where a fill is worse than the order's limit; a taker is allowed a unit of rounding. Source: validate_fill_price. */
export function checkFillPrice(
  { base, quote, precision }: FillPrice,
  direction: Direction,
  limit: bigint,
  isTaker: boolean,
): void {
  const isLong = direction === 'Long';
  const allowed = isTaker ? (isLong ? saturating(quote, 1n) : quote + 1n) : quote;
  const price = quotient(allowed * precision, base);
  if (isLong ? price > limit : price < limit) refuse('InvalidOrderFillPrice', `${price} against ${limit}`);
}

/** Refused where a fill is too far from the oracle or its twap. Source: validate_fill_price_within_price_bands. */
export function checkPriceBands(
  { base, quote, precision }: FillPrice,
  direction: Direction,
  oracle: { readonly price: bigint; readonly twap5min: bigint },
  band: bigint,
  twapBand: bigint,
): void {
  const price = quotient(quote * precision, base);
  const isLong = direction === 'Long';
  const worse = (than: bigint): bigint => saturating(isLong ? price : than, isLong ? than : price);
  const isBetter = isLong
    ? price < oracle.price && price < oracle.twap5min
    : price > oracle.price && price > oracle.twap5min;
  if (isBetter) return;
  if (quotient(worse(oracle.price) * MARGIN, oracle.price) >= band) refuse('PriceBandsBreached', `${price}`);
  if (quotient(worse(oracle.twap5min) * PERCENT, oracle.twap5min) >= twapBand)
    refuse('PriceBandsBreached', `${price}`);
}

/** Whether a maker stands so far beyond the oracle that his order is taken away. */
export function breachesBand(
  price: bigint,
  direction: Direction,
  oraclePrice: bigint,
  band: bigint,
): boolean {
  const beyond = direction === 'Long' ? price - oraclePrice : oraclePrice - price;
  return beyond > 0n && (beyond * MARGIN) / oraclePrice >= band;
}
