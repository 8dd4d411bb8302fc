import { RATE_ONE, base, type Base, type Rate } from '../../shared/money/quantity.ts';
import { magnitude } from '../../shared/money/rounding.ts';

/** Net delta: hedgeable spot + signed perp size. Zero is neutral. */
export const netDelta = (spot: Base, perp: Base): Base => base(spot + perp);

/**
 * Whether |drift| is over `tolerance` (0.01 = 1 %), exactly: |net| / spot > tolerance.
 * With no spot, an open perp is a drift of 100 %, and nothing open is none.
 */
export function driftExceeds(spot: Base, perp: Base, tolerance: Rate): boolean {
  if (spot <= 0n) return perp !== 0n && RATE_ONE > tolerance;
  return magnitude(spot + perp) * RATE_ONE > spot * tolerance;
}

/** Signed drift in percent of hedgeable spot, for display and statistics. */
export function driftPct(spot: Base, perp: Base): number {
  if (spot <= 0n) return perp === 0n ? 0 : perp > 0n ? 100 : -100;
  return (Number(spot + perp) / Number(spot)) * 100;
}
