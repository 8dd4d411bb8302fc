import { price, type Price } from '../../shared/money/quantity.ts';
import { divide, larger } from '../../shared/money/rounding.ts';
import { SPOT_ASSET, type Account, type CollateralWeights, type OraclePrices } from './account.ts';
import { liquidatable, maintenanceTerms, type MarginRatioOf } from './margin.ts';

/** The oracle price at which health reaches 0, and on which side of it danger lies. */
export interface LiquidationPrice {
  readonly price: Price;
  /** `above`: liquidated at this price or higher. `below`: at this price or lower. */
  readonly side: 'above' | 'below';
}

/** Where the oracle of one asset, all others as they are, liquidates the account. At most one of the two is a price. */
export interface AssetLiquidation {
  readonly asset: string;
  /** Liquidated at this price and every higher one, and not one billionth of a dollar under it. */
  readonly above: Price | null;
  /** Liquidated at this price and every lower one, and not one billionth of a dollar over it. */
  readonly below: Price | null;
  /**
   * Today's prices liquidate it already. The price that there is then lies where the oracle has to go back to, and one
   * billionth beyond it the account is safe; with neither, no price of this asset alone would save it.
   */
  readonly already: boolean;
}

/**
 * Solves requirement = collateral for the oracle of `asset`, everything else as it is. Prices are above zero. An account
 * that every price liquidates has the price 0, `above`; one that none does has none.
 * Exact: the first billionth of a dollar at which the account is liquidatable. Source: the definition of health in the
 * requirements. Throws STALE_PRICE where another asset that is held has no oracle.
 */
export function liquidationPrice(
  account: Account,
  asset: string,
  oracles: OraclePrices,
  ratioOf: MarginRatioOf,
  weights: CollateralWeights,
): LiquidationPrice | undefined {
  const { fixed, slope, border } = surplusLine(account, asset, oracles, ratioOf, weights);
  if (slope === 0n) return fixed < border ? { price: price(0n), side: 'above' } : undefined;
  if (slope < 0n) {
    const first = divide(fixed - border, -slope, 'floor') + 1n;
    return { price: price(larger(first, 0n)), side: 'above' };
  }
  const last = divide(border - 1n - fixed, slope, 'floor');
  return last > 0n ? { price: price(last), side: 'below' } : undefined;
}

/**
 * The liquidation price of every asset that is held or positioned in, in both directions: of a deposit that backs
 * positions in other assets too. Throws STALE_PRICE where one of them has no oracle.
 */
export function liquidationPrices(
  account: Account,
  oracles: OraclePrices,
  ratioOf: MarginRatioOf,
  weights: CollateralWeights,
): readonly AssetLiquidation[] {
  const already = liquidatable(maintenanceTerms(account, oracles, ratioOf, weights));
  return assetsOf(account).map((asset) => {
    const found = liquidationPrice(account, asset, oracles, ratioOf, weights);
    return {
      asset,
      // From the lowest price there is upwards means everywhere, and a border that no price is on the other side of is none.
      above: found?.side === 'above' && found.price > 1n ? found.price : null,
      below: found?.side === 'below' ? found.price : null,
      already,
    };
  });
}

/** collateral − requirement = fixed + slope × price, for every price above zero; liquidated where it is under `border`. */
interface SurplusLine {
  readonly fixed: bigint;
  readonly slope: bigint;
  readonly border: bigint;
}

/**
 * Both terms are linear in a price that is not negative, so two prices tell the line. A requirement that there is must be
 * covered with something left over, and none has only to be covered: one unit apart. It is there at every price above
 * zero or at none of them.
 */
function surplusLine(
  account: Account,
  asset: string,
  oracles: OraclePrices,
  ratioOf: MarginRatioOf,
  weights: CollateralWeights,
): SurplusLine {
  const termsAt = (at: bigint) =>
    maintenanceTerms(account, { ...oracles, [asset]: price(at) }, ratioOf, weights);
  const [nothing, least] = [termsAt(0n), termsAt(1n)];
  const fixed = nothing.collateral - nothing.requirement;
  return {
    fixed,
    slope: least.collateral - least.requirement - fixed,
    border: least.requirement > 0n ? 1n : 0n,
  };
}

function assetsOf({ spot, perps }: Account): readonly string[] {
  const open = perps.filter(({ size }) => size !== 0n).map(({ asset }) => asset);
  return [...new Set(spot === 0n ? open : [SPOT_ASSET, ...open])];
}
