import type { Amm } from './marketAccounts.ts';
import { between, greater, lesser, magnitude, quotient, quotientUp } from './integers.ts';
import { PERCENT, QUOTE } from './precision.ts';

/**
 * How far the market's own maker quotes from its price, 1e6, while it holds nothing: what depends on its position is
 * left out. Source: math/amm_spread.rs.
 */
interface Spreads {
  readonly long: bigint;
  readonly short: bigint;
}

const LEAST_FACTOR = PERCENT / 100n;
const MOST_FACTOR = (PERCENT * 16n) / 10n;
const RETREAT_FROM = -25n * QUOTE;

/** By how the price has moved, and who has traded. Source: calculate_long_short_vol_spread. */
function volatility(amm: Amm, reserve: bigint): Spreads {
  const confidence = amm.lastOracleConfPct;
  const deviation = quotient((amm.oracleStd + amm.markStd) * PERCENT, reserve) / 2n;
  const spread = greater(confidence, deviation / 2n);
  const least = confidence > PERCENT / 400n ? confidence : confidence / 10n;
  const of = (volume: bigint): bigint => {
    const factor = between((volume * PERCENT) / greater(amm.volume24h, 1n), LEAST_FACTOR, MOST_FACTOR);
    return greater(least, (spread * factor) / PERCENT);
  };
  return { long: of(amm.longIntensityVolume), short: of(amm.shortIntensityVolume) };
}

/** Source: calculate_max_target_spread. */
function widest(amm: Amm, reserve: bigint): bigint {
  const deviation = quotient(greater(amm.markStd, amm.oracleStd) * PERCENT, reserve);
  const uncertain = lesser(greater(amm.lastOracleConfPct * 2n, deviation), PERCENT);
  return greater(BigInt(amm.maxSpread), greater(magnitude(amm.lastOracleReservePriceSpreadPct), uncertain));
}

/** After losses within the hour. Source: calculate_spread_revenue_retreat_amount. */
function retreat({ baseSpread, netRevenueSinceLastFunding: revenue }: Amm, most: bigint): bigint {
  if (revenue >= RETREAT_FROM) return 0n;
  const limit = most / 10n;
  if (revenue < RETREAT_FROM * 1000n) return limit;
  return lesser(limit, (BigInt(baseSpread) * -revenue) / -RETREAT_FROM);
}

/** Source: cap_to_max_spread. */
function capped({ long, short }: Spreads, most: bigint): Spreads {
  const total = long + short;
  if (total <= most) return { long, short };
  if (long > short) {
    const wide = quotientUp(long * most, total);
    return { long: wide, short: most - wide };
  }
  const wide = quotientUp(short * most, total);
  return { long: most - wide, short: wide };
}

/** Source: calculate_spread. */
function spreads(amm: Amm, reserve: bigint): Spreads {
  const half = BigInt(amm.baseSpread) / 2n;
  if (amm.curveUpdateIntensity === 0) return { long: half, short: half };
  const moved = volatility(amm, reserve);
  const apart = amm.lastOracleReservePriceSpreadPct;
  const most = widest(amm, reserve);
  const factor = amm.totalFeeMinusDistributions <= 0n ? 10n : 1n;
  const more = retreat(amm, most) / 2n;
  const side = (movement: bigint, isBehind: boolean): bigint =>
    greater(greater(half, movement), isBehind ? magnitude(apart) + movement : 0n) * factor + more;
  return capped({ long: side(moved.long, apart < 0n), short: side(moved.short, apart > 0n) }, most);
}

interface Reserves {
  readonly base: bigint;
  readonly quote: bigint;
}

/** Source: calculate_spread_reserves. */
function spreadReserves({ quoteAssetReserve, sqrtK }: Amm, spread: bigint): Reserves {
  const delta = magnitude(spread) > 1n ? quoteAssetReserve / (PERCENT / (spread / 2n)) : 0n;
  const quote = quoteAssetReserve + delta;
  return { base: quotient(sqrtK * sqrtK, quote), quote };
}

/** Source: controller/amm.rs, update_spreads. */
export function updateSpreads(amm: Amm, reserve: bigint): void {
  const { long, short } = spreads(amm, reserve);
  amm.longSpread = Number(long);
  amm.shortSpread = Number(short);
  amm.referencePriceOffset = 0;
  const ask = spreadReserves(amm, long);
  const bid = spreadReserves(amm, -short);
  amm.askBaseAssetReserve = lesser(ask.base, amm.baseAssetReserve);
  amm.bidBaseAssetReserve = greater(bid.base, amm.baseAssetReserve);
  amm.askQuoteAssetReserve = greater(ask.quote, amm.quoteAssetReserve);
  amm.bidQuoteAssetReserve = lesser(bid.quote, amm.quoteAssetReserve);
}
