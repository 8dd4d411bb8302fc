/** Where a drift stands on its scale, in percent of the scale's width; the middle is neutral. */
export interface DriftScale {
  readonly position: number;
  /** Left and right edge of what is tolerated. */
  readonly from: number;
  readonly to: number;
  readonly exceeded: boolean;
  /** The drift is further out than the scale reaches. */
  readonly beyond: boolean;
}

/** The scale reaches to twice the tolerance on both sides, so that the tolerated part is always the middle half. */
const REACH = 2;

/** @param driftPct signed, percent; @param tolerancePct percent, above zero or no drift is tolerated */
export function driftScale(driftPct: number, tolerancePct: number): DriftScale {
  const reach = tolerancePct > 0 ? tolerancePct * REACH : 1;
  const position = 50 + (driftPct / reach) * 50;
  const tolerated = tolerancePct > 0 ? 50 / REACH : 0;
  return {
    position: Math.min(100, Math.max(0, position)),
    from: 50 - tolerated,
    to: 50 + tolerated,
    exceeded: Math.abs(driftPct) > tolerancePct,
    beyond: position < 0 || position > 100,
  };
}
