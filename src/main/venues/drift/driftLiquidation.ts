import { SPOT_ASSET } from '../../domain/account.ts';
import { assetOf } from '../../domain/accountChange.ts';
import type { AssetLiquidation } from '../../domain/liquidation.ts';
import { liquidatable } from '../../domain/margin.ts';
import { marginOf, termsOf } from './driftMargin.ts';
import type { DriftOracle, DriftState } from './driftState.ts';
import { balanceIn } from './spotPath.ts';
import { SOL_MARKET, priceFrom } from './units.ts';

/** No price is searched for beyond a billion dollars. */
const MOST_PRICE = 10n ** 15n;
const LEAST_PRICE = 1n;

/**
 * The liquidation price of every asset that is held or positioned in, all others as they are, by the venue's own
 * maintenance margin with its roundings: exact on the oracle's grid of millionths of a dollar. SOL moves the deposit and
 * SOL-PERP together. A price in the result liquidates, and the millionth on its safe side does not.
 *
 * What is left over the requirement is, but for roundings, concave in each price: size premiums follow from sizes, orders
 * are taken at their worst, and a profit may weigh less than a loss. So the safe prices are one stretch, with a
 * danger at either end: unlike in the plain formula, both may be prices.
 */
export function driftLiquidations(state: DriftState): readonly AssetLiquidation[] {
  return assetsIn(state).map((asset) => liquidationOf(state, asset));
}

function liquidationOf(state: DriftState, asset: string): AssetLiquidation {
  const isSafe = (price: bigint): boolean =>
    !liquidatable(termsOf(marginOf(withOracle(state, asset, price), 'maintenance')));
  const today = oracleIn(state, asset);
  if (isSafe(today)) {
    return {
      asset,
      above: isSafe(MOST_PRICE) ? null : priceFrom(border(isSafe, today, MOST_PRICE)),
      below: isSafe(LEAST_PRICE) ? null : priceFrom(border(isSafe, today, LEAST_PRICE)),
      already: false,
    };
  }
  const safest = safestPrice(state, asset);
  const back = isSafe(safest) ? priceFrom(border(isSafe, safest, today)) : null;
  return {
    asset,
    above: safest < today ? back : null,
    below: safest > today ? back : null,
    already: true,
  };
}

/** The first price on the way from a safe one to a dangerous one that is dangerous. */
function border(isSafe: (price: bigint) => boolean, from: bigint, to: bigint): bigint {
  let [safe, dangerous] = [from, to];
  while (safe - dangerous > 1n || dangerous - safe > 1n) {
    const middle = (safe + dangerous) / 2n;
    if (isSafe(middle)) safe = middle;
    else dangerous = middle;
  }
  return dangerous;
}

/** Where most is left over the requirement: of three parts of the prices, the worse outer one is left out each time. */
function safestPrice(state: DriftState, asset: string): bigint {
  const left = (price: bigint): bigint => {
    const { collateral, requirement } = marginOf(withOracle(state, asset, price), 'maintenance');
    return collateral - requirement;
  };
  let [low, high] = [LEAST_PRICE, MOST_PRICE];
  while (high - low > 2n) {
    const third = (high - low) / 3n;
    if (left(low + third) < left(high - third)) low += third;
    else high -= third;
  }
  return [low, low + 1n, high].reduce((best, price) => (left(price) > left(best) ? price : best));
}

function assetsIn({ user, perps }: DriftState): readonly string[] {
  const { scaled } = balanceIn(user.spot, SOL_MARKET);
  const hasSolOrders = user.spot.some(({ market, openOrders }) => market === SOL_MARKET && openOrders > 0);
  const positioned = user.perps.flatMap((held) => {
    const market = perps.find((one) => one.market === held.market);
    const isExposed = held.size !== 0n || held.openOrders > 0;
    return market === undefined || held.isIsolated || !isExposed ? [] : [assetOf(market.symbol)];
  });
  return [...new Set(scaled !== 0n || hasSolOrders ? [SPOT_ASSET, ...positioned] : positioned)];
}

const isOf = (asset: string, symbol: string): boolean => assetOf(symbol) === asset;

function oracleIn({ spot, perps }: DriftState, asset: string): bigint {
  const market =
    perps.find(({ symbol }) => isOf(asset, symbol)) ??
    (asset === SPOT_ASSET ? spot.find(({ market: index }) => index === SOL_MARKET) : undefined);
  if (market === undefined) throw new RangeError(`no market of ${asset} was read`);
  return market.oracle.price;
}

function withOracle(state: DriftState, asset: string, price: bigint): DriftState {
  const priced = <T extends { readonly oracle: DriftOracle }>(market: T): T => ({
    ...market,
    oracle: { ...market.oracle, price },
  });
  return {
    ...state,
    spot: state.spot.map((one) => (asset === SPOT_ASSET && one.market === SOL_MARKET ? priced(one) : one)),
    perps: state.perps.map((one) => (isOf(asset, one.symbol) ? priced(one) : one)),
  };
}
