import type { OraclePrices } from '../../domain/account.ts';
import { assetOf } from '../../domain/accountChange.ts';
import type { DriftState } from './driftState.ts';
import { spotMarketOf } from './spotPath.ts';
import { SOL_MARKET, priceFrom } from './units.ts';

/** The venue's oracle prices, by asset. */
export function oraclesOf({ spot, perps }: Pick<DriftState, 'spot' | 'perps'>): OraclePrices {
  return Object.fromEntries([
    ['SOL', priceFrom(spotMarketOf(spot, SOL_MARKET).oracle.price)],
    ...perps.map(({ symbol, oracle }) => [assetOf(symbol), priceFrom(oracle.price)] as const),
  ]);
}
