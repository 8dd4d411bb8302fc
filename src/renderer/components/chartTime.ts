import type { UTCTimestamp } from 'lightweight-charts';

/**
 * The chart knows only UTC, so a moment is moved to where UTC shows the trader's own time: as it is at the newest point,
 * for a clock that is set back would let the curve run backwards. Both in Unix ms.
 */
export const chartTime = (t: number, newest: number): UTCTimestamp =>
  (Math.floor(t / 1000) + offsetAt(newest)) as UTCTimestamp;

/** How far the trader's clock is ahead of UTC at a moment, in seconds. `at` in Unix ms. */
export const offsetAt = (at: number): number => -new Date(at).getTimezoneOffset() * 60;
