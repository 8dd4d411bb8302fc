import type { Direction, Order } from './accounts.ts';
import type { PerpMarket } from './marketAccounts.ts';
import { between, greater, lesser, magnitude, quotient, quotientUp } from './integers.ts';
import { onTick } from './order.ts';
import type { OrderParams } from './orderParams.ts';
import { PERCENT, PRICE } from './precision.ts';
import { refuse } from './refusal.ts';
import { contractTerms } from './tiers.ts';

/**
 * The prices that an order goes through before it takes the worst. The recorded program was built for tests, as its
 * cargo feature `anchor-test` has it: unlike mainnet's it gives no auction to an order that asks for none. Source:
 * state/order_params.rs, math/auction.rs.
 */
export interface Auction {
  readonly start: bigint;
  readonly end: bigint;
  /** Slots. */
  readonly duration: bigint;
}

export const NO_AUCTION: Auction = { start: 0n, end: 0n, duration: 0n };
const DERIVED_FRACTION = 200n;

function durationOf(distance: bigint, price: bigint, { contractTier }: PerpMarket): bigint {
  const percent = quotient(magnitude(distance) * PERCENT, price);
  return between(
    quotientUp(percent * contractTerms(contractTier).slotsPerPercent, PERCENT / 100n),
    10n,
    180n,
  );
}

/** How far from the oracle an auction begins, price 1e6. Source: get_perp_baseline_start_price_offset. */
function startOffset({ amm, contractTier }: PerpMarket, direction: Direction): bigint {
  const past = amm.historicalOracleData;
  const isLong = direction === 'Long';
  if (magnitude(past.lastOraclePriceTwapTs - amm.lastMarkPriceTwapTs) >= 60n) {
    const part = contractTerms(contractTier).uncertainStart;
    return isLong ? amm.lastBidPriceTwap / part : -(amm.lastAskPriceTwap / part);
  }
  const slowTwap = isLong ? amm.lastBidPriceTwap : amm.lastAskPriceTwap;
  const slow = slowTwap - past.lastOraclePriceTwap;
  const fast = amm.lastMarkPriceTwap5min - past.lastOraclePriceTwap5min;
  const long = (BigInt(amm.longSpread) * slowTwap) / (PRICE * 10n);
  const short = (BigInt(amm.shortSpread) * slowTwap) / (PRICE * 10n);
  return isLong ? lesser(slow + long, fast - short) : greater(slow - short, fast + long);
}

interface Offsets {
  readonly start: bigint;
  readonly end: bigint;
}

/** Source: get_perp_baseline_start_end_price_offset. */
function offsets(market: PerpMarket, direction: Direction, scale: bigint): Offsets {
  const { amm, contractTier } = market;
  const twap = amm.historicalOracleData.lastOraclePriceTwap;
  const start = startOffset(market, direction);
  const [least, most] = contractTerms(contractTier).auctionEnd;
  const spread = BigInt(direction === 'Short' ? amm.shortSpread : amm.longSpread);
  const widest = greater(greater(amm.markStd, amm.oracleStd), (spread * twap) / PERCENT);
  const buffer = between(widest * scale, twap / least, twap / most);
  return direction === 'Short'
    ? { start, end: lesser(amm.lastBidPriceTwap - buffer - twap, start) }
    : { start, end: greater(amm.lastAskPriceTwap + buffer - twap, start) };
}

/** Source: derive_market_order_auction_params. */
function marketAuction(market: PerpMarket, direction: Direction, oracle: bigint, limit: bigint): Auction {
  const offset = offsets(market, direction, limit === 0n ? 1n : 2n);
  const within = (price: bigint): bigint => {
    if (limit === 0n) return price;
    return direction === 'Long' ? lesser(price, limit) : greater(price, limit);
  };
  const start = within(oracle + offset.start);
  const end = within(oracle + offset.end);
  return { start, end, duration: durationOf(end - start, oracle, market) };
}

/** The auction of the order itself, on ticks. Source: controller/orders.rs, get_auction_params. */
export function auctionOf(params: OrderParams, oracle: bigint, tick: bigint, leastDuration: number): Auction {
  const { orderType, direction, auctionStartPrice: start, auctionEndPrice: end, auctionDuration } = params;
  if (orderType === 'TriggerMarket' || orderType === 'TriggerLimit') return NO_AUCTION;
  const onTicks = (from: bigint, to: bigint, duration: number): Auction => ({
    start: onTick(from, tick, direction),
    end: onTick(to, tick, direction),
    duration: BigInt(duration),
  });
  if (orderType === 'Limit') {
    if (start === null || end === null || auctionDuration === null) return NO_AUCTION;
    return onTicks(start, end, auctionDuration === 0 ? 0 : Math.max(auctionDuration, leastDuration));
  }
  const duration = Math.max(auctionDuration ?? 0, leastDuration);
  if (start !== null && end !== null) return onTicks(start, end, duration);
  if (orderType === 'Oracle') return refuse('InvalidOrderAuction', 'an oracle order needs its offsets');
  const derived = derivedPrices(oracle, direction, params.price);
  return onTicks(derived.start, derived.end, duration);
}

/** Source: math/auction.rs, calculate_auction_prices. */
function derivedPrices(oracle: bigint, direction: Direction, limit: bigint): Offsets {
  const isLong = direction === 'Long';
  const away = (price: bigint, sign: bigint): bigint => price + sign * (price / DERIVED_FRACTION);
  const far = away(oracle, isLong ? 1n : -1n);
  if (limit === 0n) return { start: oracle, end: far };
  const isBetter = isLong ? limit < oracle : limit > oracle;
  if (!isBetter) return { start: oracle, end: isLong ? lesser(limit, far) : greater(limit, far) };
  return isLong
    ? { start: lesser(away(limit, -1n), away(oracle, -1n)), end: limit }
    : { start: greater(away(limit, 1n), away(oracle, 1n)), end: limit };
}

/** The auction that a trigger begins. Source: calculate_auction_params_for_trigger_order. */
export function triggerAuction(order: Order, oracle: bigint, market: PerpMarket | undefined): Auction {
  const { direction, price } = order;
  if (market === undefined) return { ...derivedPrices(oracle, direction, price), duration: 30n };
  const auction = marketAuction(market, direction, oracle, price);
  return { ...auction, duration: greater(30n, auction.duration) };
}
