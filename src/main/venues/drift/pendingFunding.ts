import { divide } from '../../../shared/money/rounding.ts';

/** Of a unit of funding: 1e9 (rate) × 1e9 (size) over 1e6 (dollars). */
const FUNDING_SCALE = 1_000_000_000_000n;

/** Cumulative rates of a market, dollars for one of the asset, 1e9. */
export interface CumulativeFunding {
  readonly cumulativeFundingLong: bigint;
  readonly cumulativeFundingShort: bigint;
}

/**
 * Dollars (1e6) that a position receives (positive) or pays between two cumulative rates, cut towards zero as the program
 * cuts. Source: the program's `calculate_funding_payment`.
 */
export const fundingBetween = (size: bigint, from: bigint, to: bigint): bigint =>
  divide(-(to - from) * size, FUNDING_SCALE, 'truncate');

/** The cumulative rate that goes for a position of this size. */
export const cumulativeRateOf = (size: bigint, market: CumulativeFunding): bigint =>
  size > 0n ? market.cumulativeFundingLong : market.cumulativeFundingShort;

/** Funding that a position is owed and that the program has not yet put into its quote: it does so when it is next touched. */
export function pendingFunding(
  { size, lastFunding }: { readonly size: bigint; readonly lastFunding: bigint },
  market: CumulativeFunding,
): bigint {
  return size === 0n ? 0n : fundingBetween(size, lastFunding, cumulativeRateOf(size, market));
}
