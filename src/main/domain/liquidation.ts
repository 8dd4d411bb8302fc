import { RATE_ONE, price, type Price } from '../../shared/money/quantity.ts';
import { exact } from '../../shared/money/arithmetic.ts';
import { divide, magnitude } from '../../shared/money/rounding.ts';
import { SPOT_ASSET, type Account, type CollateralWeights, type OraclePrices } from './account.ts';
import { oracleOf, type MarginRatioOf } from './margin.ts';

/** The oracle price at which health reaches 0, and on which side of today's price danger lies. */
export interface LiquidationPrice {
  readonly price: Price;
  /** `above`: liquidated at this price or higher. `below`: at this price or lower. */
  readonly side: 'above' | 'below';
}

/**
 * Solves requirement = collateral for the oracle of `asset`, everything else as it is. Both are linear in it:
 * collateral − requirement = fixed + slope × p, so there is one root or none. An account that every price liquidates has
 * the price 0, `above`.
 * Rounded towards safety's far side, to where the account is surely liquidatable: up for `above`, down for `below`.
 * Source: the definition of health in the requirements.
 */
export function liquidationPrice(
  account: Account,
  asset: string,
  oracles: OraclePrices,
  ratioOf: MarginRatioOf,
  weights: CollateralWeights,
): LiquidationPrice | undefined {
  let fixed =
    account.cash < 0n ? exact(account.cash) * weights.cashLiability : exact(account.cash) * RATE_ONE;
  let slope = 0n;
  if (asset === SPOT_ASSET) slope += account.spot * weights.spotAssetMaintenance;
  else if (account.spot !== 0n)
    fixed += account.spot * oracleOf(oracles, SPOT_ASSET) * weights.spotAssetMaintenance;
  for (const position of account.perps) {
    const held = position.size * RATE_ONE - magnitude(position.size) * ratioOf(position.market);
    if (position.asset === asset) slope += held;
    else fixed += held * oracleOf(oracles, position.asset);
    fixed += exact(position.quote) * RATE_ONE;
  }
  if (slope === 0n) return fixed < 0n ? { price: price(0n), side: 'above' } : undefined;
  if (slope < 0n && fixed <= 0n) return { price: price(0n), side: 'above' };
  const side = slope < 0n ? 'above' : 'below';
  const root = divide(-fixed, slope, side === 'above' ? 'ceil' : 'floor');
  return root > 0n ? { price: price(root), side } : undefined;
}
