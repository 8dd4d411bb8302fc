import { RATE_ONE } from '../../../../shared/money/quantity.ts';
import { divide, larger, smaller } from '../../../../shared/money/rounding.ts';
import type { SendingSettings } from './sendingSettings.ts';

/** What a transaction can compute at most. Source: Solana's `MAX_COMPUTE_UNIT_LIMIT`. */
export const MOST_UNITS = 1_400_000n;
/** Prices are in millionths of a lamport a unit. */
const PRICE_ONE = 1_000_000n;

/**
 * Units to ask for: what the simulation used and a margin, because the accounts may have changed until it lands. All that
 * can be had where the node didn't say what was used.
 * @param least no fewer than these, for what may find more to do than in its trial
 */
export function unitLimitFor(
  used: number | null,
  { unitMargin }: Pick<SendingSettings, 'unitMargin'>,
  least = 0n,
): bigint {
  if (used === null || !Number.isSafeInteger(used) || used <= 0) return MOST_UNITS;
  const wanted = divide(BigInt(used) * (RATE_ONE + unitMargin), RATE_ONE, 'ceil');
  return smaller(larger(wanted, least), MOST_UNITS);
}

/**
 * Micro-lamports to bid for a unit: the percentile of what was paid lately (nearest rank), capped by itself and by what
 * the whole limit would come to.
 */
export function unitPriceFor(
  recent: readonly number[],
  unitLimit: bigint,
  { priorityPercentile, mostUnitPrice, mostPriorityFee }: SendingSettings,
): bigint {
  const paid = recent.filter((one) => Number.isSafeInteger(one) && one >= 0).toSorted((a, b) => a - b);
  const rank = Math.max(Math.ceil((priorityPercentile / 100) * paid.length), 1);
  const wanted = BigInt(paid[rank - 1] ?? 0);
  const affordable = divide(mostPriorityFee * PRICE_ONE, unitLimit, 'floor');
  return smaller(smaller(wanted, BigInt(mostUnitPrice)), affordable);
}
