import {
  RATE_ONE,
  rate,
  usd,
  type Base,
  type Price,
  type Rate,
  type Usd,
} from '../../shared/money/quantity.ts';
import { divide, divideCarrying } from '../../shared/money/rounding.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const YEAR_HOURS = 8_760n;

/** A funding rate that was paid: a fraction of notional, positive when longs pay shorts. */
export interface FundingSample {
  readonly t: number;
  readonly rate: Rate;
  /** How long a stretch this one payment covers. */
  readonly periodMs: number;
}

/** A funding payment and the fraction of a millionth that is carried into the next. */
export interface FundingPayment {
  readonly amount: Usd;
  readonly carry: bigint;
}

/** 1e9 (size) × 1e9 (price) × 1e12 (rate) over 1e6 (USD). */
const PAYMENT_SCALE = 1_000_000_000_000_000_000_000_000n;

/**
 * What a position receives (positive) or pays: −size × price × rate, rounded down to a millionth of a dollar, the
 * remainder carried to the next payment of the same position.
 */
export function fundingPayment(size: Base, at: Price, fraction: Rate, carry: bigint): FundingPayment {
  const paid = divideCarrying(-size * at * fraction + carry, PAYMENT_SCALE);
  return { amount: usd(paid.whole), carry: paid.carry };
}

/**
 * Drift's hourly rate as a fraction of the oracle: (mark TWAP − oracle TWAP + oracle TWAP / 5000) / 24, clamped.
 * Source: the venue's reference ("Numbers"). Rounded to the nearest trillionth.
 * @param clamp the most that one hour may charge either way (fraction)
 */
export function driftHourlyRate(markTwap: Price, oracleTwap: Price, clamp: Rate): Rate {
  const offset = 5_000n * (markTwap - oracleTwap) + oracleTwap;
  const hourly = divide(offset * RATE_ONE, 5_000n * 24n * oracleTwap, 'nearest');
  return rate(hourly > clamp ? clamp : hourly < -clamp ? -clamp : hourly);
}

/** A rate for a period as a rate for one hour, rounded to the nearest trillionth. */
export function hourlyRate(sample: FundingSample): Rate {
  return rate(divide(sample.rate * BigInt(HOUR_MS), BigInt(sample.periodMs), 'nearest'));
}

/** An hourly rate as simple interest for a year, in percent, for display. */
export function aprPct(hourly: Rate): number {
  return (Number(hourly * YEAR_HOURS) / Number(RATE_ONE)) * 100;
}
