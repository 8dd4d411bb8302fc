const FIRST_MS = 250;
const LONGEST_MS = 5_000;

/** How long to wait before the next try, after so many that failed: 250 ms, doubling up to 5 s. */
export const retryDelayMs = (failures: number): number =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
