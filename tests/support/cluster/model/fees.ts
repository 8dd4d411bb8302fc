import type { FeeStructure, FeeTier, MarketKind, State, UserStats } from './accounts.ts';
import {
  between,
  greater,
  lesser,
  magnitude,
  quotient,
  quotientUp,
  rootDown,
  saturating,
  unsigned,
} from './integers.ts';
import { PERCENT, QUOTE, TEN_BASIS_POINTS } from './precision.ts';

/** What a fill costs and whom it pays, quote 1e6. Source: math/fees.rs. */
export interface FillFees {
  readonly taker: bigint;
  readonly makerRebate: bigint;
  readonly filler: bigint;
  readonly market: bigint;
}

const MILLION = 1_000_000n * QUOTE;
const THOUSAND = 1_000n * QUOTE;

/** A tier is reached by volume of 30 days or by a stake, of which one dollar may be missing. */
const TIERS: readonly (readonly [volume: bigint, stake: bigint])[] = [
  [MILLION, THOUSAND / 2n],
  [5n * MILLION, THOUSAND],
  [10n * MILLION, 2n * THOUSAND],
  [50n * MILLION, 5n * THOUSAND],
  [100n * MILLION, 10n * THOUSAND],
];

function tierOf(stats: UserStats, { feeTiers }: FeeStructure, kind: MarketKind): FeeTier {
  const volume = stats.takerVolume30d + stats.makerVolume30d;
  const stake = stats.ifStakedQuoteAssetAmount;
  const reached = TIERS.findLastIndex(([least, staked]) => volume >= least || stake >= staked - QUOTE);
  const tier = feeTiers[kind === 'Spot' ? 0 : reached + 1];
  if (tier === undefined) throw new Error('the state has too few fee tiers');
  return tier;
}

const HUNDRED = 100n;

/** The market's own adjustment in hundredths; `roundsUp` where it is added. */
function adjusted(
  fee: bigint,
  adjustment: number,
  roundsUp: readonly [less: boolean, more: boolean],
): bigint {
  const part = fee * magnitude(BigInt(adjustment));
  const divide = (isUp: boolean): bigint => (isUp ? quotientUp(part, HUNDRED) : part / HUNDRED);
  if (adjustment < 0) return saturating(fee, divide(roundsUp[0]));
  return fee + divide(roundsUp[1]);
}

function takerFee(quote: bigint, tier: FeeTier, adjustment: number): bigint {
  const fee = quotientUp(quote * BigInt(tier.feeNumerator), BigInt(tier.feeDenominator));
  return adjusted(fee, adjustment, [false, true]);
}

function makerRebate(quote: bigint, tier: FeeTier, adjustment: number): bigint {
  const rebate = quotient(quote * BigInt(tier.makerRebateNumerator), BigInt(tier.makerRebateDenominator));
  return adjusted(rebate, adjustment, [true, false]);
}

/** The less of a part of the fee and what waiting is worth. Source: calculate_filler_reward. */
function fillerReward(
  fee: bigint,
  slots: bigint,
  multiplier: bigint,
  { rewardNumerator, rewardDenominator, timeBasedRewardLowerBound }: FeeStructure['fillerRewardStructure'],
): bigint {
  const bySize = quotient(fee * BigInt(rewardNumerator), BigInt(rewardDenominator));
  const scaled = between(multiplier, TEN_BASIS_POINTS, TEN_BASIS_POINTS * 100n);
  const least = (timeBasedRewardLowerBound * scaled) / TEN_BASIS_POINTS;
  const byTime = (rootDown(greater(1n, slots) * 100_000_000n, 4n) * least) / 100n;
  return lesser(bySize, byTime);
}

export interface Filled {
  readonly kind: MarketKind;
  readonly quote: bigint;
  /** Slots since the taker's order was placed. */
  readonly slots: bigint;
  /** 0 where no filler is rewarded. Source: calculate_filler_multiplier_for_matched_orders. */
  readonly fillerMultiplier: bigint;
  readonly feeAdjustment: number;
}

/** Source: calculate_fee_for_fulfillment_with_match. */
export function matchFees(state: State, taker: UserStats, maker: UserStats, filled: Filled): FillFees {
  const structure = filled.kind === 'Perp' ? state.perpFeeStructure : state.spotFeeStructure;
  const fee = takerFee(filled.quote, tierOf(taker, structure, filled.kind), filled.feeAdjustment);
  const rebate = makerRebate(filled.quote, tierOf(maker, structure, filled.kind), filled.feeAdjustment);
  const filler =
    filled.fillerMultiplier === 0n
      ? 0n
      : fillerReward(fee, filled.slots, filled.fillerMultiplier, structure.fillerRewardStructure);
  return { taker: fee, makerRebate: rebate, filler, market: unsigned(fee - filler - rebate) };
}

/** How much more a filler gets for makers who quote far from the oracle; 1e6, from a tenth of a percent to 10 %. */
export function fillerMultiplier(makerPrice: bigint, makerIsLong: boolean, oraclePrice: bigint): bigint {
  const above = quotient((oraclePrice - makerPrice) * PERCENT, oraclePrice);
  const better = (makerIsLong ? -above : above) + TEN_BASIS_POINTS * 2n;
  return between(better, TEN_BASIS_POINTS, TEN_BASIS_POINTS * 100n);
}
