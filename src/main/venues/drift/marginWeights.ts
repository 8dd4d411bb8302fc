import { divide, larger, magnitude, smaller } from '../../../shared/money/rounding.ts';
import type { PerpMarketState, SpotMarketState } from './driftState.ts';
import { tokensOf } from './scaledBalance.ts';

/** Which of the two margins. */
export type MarginKind = 'initial' | 'maintenance';

/** Weights and margin ratios are in ten-thousandths. */
export const WEIGHT_ONE = 10_000n;
const IMF_ONE = 1_000_000n;
/** The root of a size of 1e9 × 10. */
const ROOT_ONE = 100_000n;
/** A profit of 1e6 in the unit of sizes. */
const SIZE_PER_DOLLAR = 1_000n;
const FRACTION_ONE = 10n ** 9n;

/** The largest whole number whose square is not above. */
export function wholeRoot(number: bigint): bigint {
  if (number < 2n) return number;
  let guess = 1n << BigInt((number.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (guess + number / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

const rootOfSize = (size: bigint): bigint => wholeRoot(magnitude(size) * 10n + 1n);

/**
 * Margin ratio of a perpetual position: larger positions need more. The greatest of the ratio, a ratio of the user's
 * own, and 0.8 × ratio + IMF × √size. Source: the program's `calculate_size_premium_liability_weight`.
 * @param size 1e9
 * @param own ten-thousandths; 0 for none
 */
export function perpMarginRatio(market: PerpMarketState, size: bigint, kind: MarginKind, own = 0n): bigint {
  const least = kind === 'initial' ? market.initialMargin : market.maintenanceMargin;
  return larger(larger(withPremium(size, market.imf, least), least), own);
}

/** A weight over one, of what is owed. @param tokens smallest units */
export function liabilityWeight(market: SpotMarketState, tokens: bigint, kind: MarginKind): bigint {
  const least = kind === 'initial' ? market.initialLiabilityWeight : market.maintenanceLiabilityWeight;
  return withPremium(inBillionths(tokens, market), market.imf, least);
}

/** A weight under one, of what is held. @param tokens smallest units  @param oracle 1e6 */
export function assetWeight(
  market: SpotMarketState,
  tokens: bigint,
  kind: MarginKind,
  oracle: bigint,
): bigint {
  const most = kind === 'initial' ? scaledInitialWeight(market, oracle) : market.maintenanceAssetWeight;
  return withDiscount(inBillionths(tokens, market), market.imf, most);
}

/**
 * Weight of profit that the venue owes, as collateral. Towards new positions it counts the less, the larger it is and the
 * more the venue owes to all traders together. Source: the program's `get_unrealized_asset_weight`.
 * @param profit 1e6, more than nothing
 */
export function profitWeight(market: PerpMarketState, kind: MarginKind, profit: bigint): bigint {
  if (kind === 'maintenance') return market.pnlMaintenanceAssetWeight;
  const { pnlInitialAssetWeight: weight, pnlMaxImbalance: most, netUserPnl } = market;
  if (weight === 0n) return 0n;
  const balanced = most > 0n && netUserPnl > most ? (weight * most) / netUserPnl : weight;
  return balanced === 0n ? 0n : withDiscount(profit * SIZE_PER_DOLLAR, market.pnlImf, balanced);
}

function withPremium(size: bigint, imf: bigint, least: bigint): bigint {
  if (imf === 0n) return least;
  const perUnit = (ROOT_ONE * IMF_ONE) / WEIGHT_ONE;
  const premium = least - least / 5n + (rootOfSize(size) * imf) / perUnit;
  return larger(least, premium);
}

function withDiscount(size: bigint, imf: bigint, most: bigint): bigint {
  if (imf === 0n) return most;
  const over = IMF_ONE + (rootOfSize(size) * imf) / ROOT_ONE;
  return smaller(most, ((IMF_ONE + IMF_ONE / 10n) * WEIGHT_ONE) / over);
}

/** The more of an asset all deposits together are, the less it counts. */
function scaledInitialWeight(market: SpotMarketState, oracle: bigint): bigint {
  const { scaleInitialAssetWeightStart: start, initialAssetWeight: weight, depositBalance } = market;
  if (start === 0n) return weight;
  const deposits = tokensOf({ kind: 'deposit', scaled: depositBalance }, market);
  const worth = (deposits * oracle) / 10n ** BigInt(market.decimals);
  return worth < start ? weight : (weight * start) / worth;
}

const inBillionths = (tokens: bigint, { decimals }: SpotMarketState): bigint =>
  divide(tokens * FRACTION_ONE, 10n ** BigInt(decimals), 'truncate');
