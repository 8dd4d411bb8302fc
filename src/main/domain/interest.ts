import { RATE_ONE, type Rate } from '../../shared/money/quantity.ts';
import { divideCarrying, type Carried } from '../../shared/money/rounding.ts';
import { HOUR_MS, YEAR_HOURS } from './funding.ts';

const YEAR_MS = YEAR_HOURS * BigInt(HOUR_MS);

/**
 * Simple interest that a balance earns over a stretch of time, unrounded: balance × yearly rate × milliseconds, to be
 * divided once, when it is paid.
 * @param balance in the asset's smallest unit; negative for a borrow, and then interest is negative
 */
export function accrued(balance: bigint, yearly: Rate, elapsedMs: number): bigint {
  return balance * yearly * BigInt(elapsedMs);
}

/**
 * What of an accrual can be paid in whole units: rounded down (a deposit earns less, a borrow costs more), the
 * remainder carried into the next payment.
 */
export function payable(accrual: bigint): Carried {
  return divideCarrying(accrual, RATE_ONE * YEAR_MS);
}
