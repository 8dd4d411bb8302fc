import type { Direction } from './accounts.ts';
import type { Amm, PerpMarket } from './marketAccounts.ts';
import { between, greater, lesser, quotient, rootDown, saturating } from './integers.ts';
import { PERCENT, PRICE } from './precision.ts';
import { refuse } from './refusal.ts';

/**
 * What the market's own maker would quote. It fills nothing here, but its prices decide what a post-only order may cross
 * and where auctions begin. Source: state/perp_market.rs, math/amm.rs, math/amm_spread.rs.
 */

/** Price 1e6 between its bid and ask. */
export const reservePrice = ({ quoteAssetReserve, baseAssetReserve, pegMultiplier }: Amm): bigint =>
  quotient(quoteAssetReserve * pegMultiplier, baseAssetReserve);

export const bidPrice = (amm: Amm, reserve = reservePrice(amm)): bigint =>
  (reserve * (PERCENT - BigInt(amm.shortSpread))) / PERCENT;

export const askPrice = (amm: Amm, reserve = reservePrice(amm)): bigint =>
  (reserve * (PERCENT + BigInt(amm.longSpread))) / PERCENT;

/** Base 1e9 that it would trade up to a price on the order's side. Source: calculate_base_asset_amount_to_trade_to_price. */
function baseToPrice(amm: Amm, price: bigint, direction: Direction): bigint {
  if (price <= 0n) refuse('InvalidOrderLimitPrice', `${price}`);
  const target = rootDown((((amm.sqrtK * amm.sqrtK * PRICE) / price) * amm.pegMultiplier) / PRICE, 2n);
  const spread = direction === 'Long' ? amm.askBaseAssetReserve : amm.bidBaseAssetReserve;
  const reserve = amm.baseSpread > 0 ? spread : amm.baseAssetReserve;
  const tradedByBuyers = reserve - target;
  return greater(direction === 'Long' ? tradedByBuyers : -tradedByBuyers, 0n);
}

/** Whether it would trade at least one step of `base` better than the price. */
export function wouldFill({ amm }: PerpMarket, base: bigint, price: bigint, direction: Direction): boolean {
  const { orderTickSize: tick, orderStepSize: step } = amm;
  const better = direction === 'Long' ? price - tick : price + tick;
  return lesser(base, baseToPrice(amm, better, direction)) >= step;
}

/** Base 1e9 that one fill could take at most. Source: math/amm.rs, calculate_amm_available_liquidity. */
function availableBase(amm: Amm, direction: Direction): bigint {
  const { baseAssetReserve: reserve, orderStepSize } = amm;
  const most = reserve / BigInt(amm.maxFillReserveFraction);
  const side =
    direction === 'Long'
      ? saturating(reserve, amm.minBaseAssetReserve)
      : saturating(amm.maxBaseAssetReserve, reserve);
  const base = lesser(most, side / 2n);
  return base - (base % orderStepSize);
}

/** The worst price for an order that names none. `timeLeft` in seconds. Source: AMM::get_fallback_price. */
export function fallbackPrice(amm: Amm, direction: Direction, oraclePrice: bigint, timeLeft: bigint): bigint {
  const isLong = direction === 'Long';
  if (availableBase(amm, direction) >= amm.minOrderSize) {
    const price = isLong ? askPrice(amm) : bidPrice(amm);
    const slack = price / between(timeLeft * 20n, 100n, 200n);
    return isLong ? price + slack : price - slack;
  }
  const slack = oraclePrice / between(timeLeft * 2n, 10n, 50n);
  const twap = amm.historicalOracleData.lastOraclePriceTwap;
  return isLong
    ? oraclePrice + greater(amm.lastAskPriceTwap - twap, 0n) + slack
    : greater(oraclePrice + lesser(amm.lastBidPriceTwap - twap, 0n) - slack, 0n);
}
