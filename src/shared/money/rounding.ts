/**
 * Where a division leaves a remainder, its direction is named at the call:
 * - `floor`: towards minus infinity (what a trader is paid)
 * - `ceil`: towards plus infinity (what a trader pays)
 * - `truncate`: towards zero (a size that must not grow)
 * - `nearest`: to the nearest, halves away from zero (display only)
 */
export type Rounding = 'floor' | 'ceil' | 'truncate' | 'nearest';

/** `numerator / denominator`, rounded as named. Throws a RangeError on a denominator of 0. */
export function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const quotient = numerator / denominator;
  const remainder = numerator % denominator;
  if (remainder === 0n || rounding === 'truncate') return quotient;
  const negative = remainder < 0n !== denominator < 0n;
  switch (rounding) {
    case 'floor':
      return negative ? quotient - 1n : quotient;
    case 'ceil':
      return negative ? quotient : quotient + 1n;
    case 'nearest':
      return 2n * magnitude(remainder) < magnitude(denominator)
        ? quotient
        : negative
          ? quotient - 1n
          : quotient + 1n;
  }
}

/** The whole part rounded down, and what it leaves for the next time: `whole × denominator + carry = numerator`. */
export interface Carried {
  readonly whole: bigint;
  readonly carry: bigint;
}

/** Divides and keeps the remainder (0 ≤ carry < denominator), so that many small accruals lose nothing. */
export function divideCarrying(numerator: bigint, denominator: bigint): Carried {
  const whole = divide(numerator, denominator, 'floor');
  return { whole, carry: numerator - whole * denominator };
}

/** `amount` on the grid of `step` (both in the same unit; step > 0). */
export function toStep(amount: bigint, step: bigint, rounding: Rounding): bigint {
  return divide(amount, step, rounding) * step;
}

export function magnitude(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}

export function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

export function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
