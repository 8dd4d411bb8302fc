import type { Direction, Order, PerpMarket } from './accounts.ts';
import { askPrice, bidPrice } from './amm.ts';
import { between, greater, lesser, magnitude, quotient, quotientUp } from './integers.ts';
import { onTick } from './order.ts';
import type { OrderParams } from './orderParams.ts';
import { PERCENT, PRICE } from './precision.ts';
import { refuse } from './refusal.ts';
import { contractTerms } from './tiers.ts';

/** The prices that an order goes through before it takes the worst. Source: state/order_params.rs, math/auction.rs. */
export interface Auction {
  readonly start: bigint;
  readonly end: bigint;
  /** Slots. */
  readonly duration: bigint;
}

export const NO_AUCTION: Auction = { start: 0n, end: 0n, duration: 0n };
const QUARTER_PERCENT = PERCENT / 400n;
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
export function marketAuction(
  market: PerpMarket,
  direction: Direction,
  oracle: bigint,
  limit: bigint,
  startBuffer: bigint,
): Auction {
  const offset = offsets(market, direction, limit === 0n ? 1n : 2n);
  const within = (price: bigint): bigint => {
    if (limit === 0n) return price;
    return direction === 'Long' ? lesser(price, limit) : greater(price, limit);
  };
  const slack = (oracle * startBuffer) / PERCENT;
  const begin = within(oracle + offset.start);
  const start = direction === 'Long' ? begin - slack : begin + slack;
  const end = within(oracle + offset.end);
  return { start, end, duration: durationOf(end - start, oracle, market) };
}

/** Source: derive_oracle_order_auction_params. */
function oracleAuction(
  market: PerpMarket,
  { direction, oraclePriceOffset }: OrderParams,
  oracle: bigint,
): Auction {
  const isLong = direction === 'Long';
  let { start, end } = offsets(market, direction, 1n);
  if (oraclePriceOffset !== null) {
    end = BigInt(oraclePriceOffset);
    const base = startOffset(market, direction);
    start = isLong ? lesser(base, end) : greater(base, end);
  }
  const slack = (oracle * QUARTER_PERCENT) / PERCENT;
  start = isLong ? start - slack : start + slack;
  return { start, end, duration: durationOf(end - start, oracle, market) };
}

/** An order's parameters with the auction that the program gives or changes. Source: update_perp_auction_params. */
export function withPerpAuction(params: OrderParams, market: PerpMarket, oracle: bigint): OrderParams {
  if (params.orderType === 'Limit') return withLimitAuction(params, market, oracle);
  const isMarket = params.orderType === 'Market';
  return isMarket || params.orderType === 'Oracle'
    ? withMarketAuction(params, market, oracle, isMarket)
    : params;
}

function withLimitAuction(params: OrderParams, market: PerpMarket, oracle: bigint): OrderParams {
  const { direction, price } = params;
  if (params.postOnly !== 'None' || (params.oraclePriceOffset ?? 0) !== 0 || price === 0n) return params;
  const isLong = direction === 'Long';
  const begin = oracle + startOffset(market, direction);
  let { auctionStartPrice: start, auctionEndPrice: end } = params;
  if (params.auctionDuration === null) {
    const last = market.amm.historicalOracleData.lastOraclePrice;
    const quoted = oracle + (isLong ? askPrice(market.amm) : bidPrice(market.amm)) - last;
    if (isLong ? price <= quoted : price >= quoted) return params;
    start = isLong ? lesser(begin, quoted) : greater(begin, quoted);
    end = price;
  } else {
    const improves = start === null || (isLong ? begin < start : begin > start);
    if (improves) start = begin;
    end ??= price;
  }
  return withDuration({ ...params, auctionStartPrice: start, auctionEndPrice: end }, market, oracle);
}

function withDuration(params: OrderParams, market: PerpMarket, oracle: bigint): OrderParams {
  const distance = (params.auctionEndPrice ?? 0n) - (params.auctionStartPrice ?? 0n);
  const duration = Number(durationOf(distance, oracle, market));
  return { ...params, auctionDuration: Math.max(params.auctionDuration ?? 0, duration) };
}

function withMarketAuction(
  params: OrderParams,
  market: PerpMarket,
  oracle: bigint,
  isMarket: boolean,
): OrderParams {
  const { direction, auctionStartPrice: start, auctionEndPrice: end } = params;
  if (params.auctionDuration === null || start === null || end === null) {
    const auction = isMarket
      ? marketAuction(market, direction, oracle, params.price, QUARTER_PERCENT)
      : oracleAuction(market, params, oracle);
    return {
      ...params,
      auctionStartPrice: auction.start,
      auctionEndPrice: auction.end,
      auctionDuration: Number(auction.duration),
    };
  }
  const baseline = offsets(market, direction, 2n);
  const origin = isMarket ? oracle : 0n;
  const bounded = (price: bigint, offset: bigint): bigint =>
    direction === 'Long' ? lesser(price, offset + origin) : greater(price, offset + origin);
  const changed = {
    ...params,
    auctionStartPrice: bounded(start, baseline.start),
    auctionEndPrice: bounded(end, baseline.end),
  };
  return withDuration(changed, market, oracle);
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
  const auction = marketAuction(market, direction, oracle, price, 0n);
  return { ...auction, duration: greater(30n, auction.duration) };
}
