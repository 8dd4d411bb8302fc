/** How a download goes. */
export interface Headway {
  readonly elapsedMs: number;
  /** Since anything last arrived. */
  readonly stalledMs: number;
  readonly bytes: number;
}

const STALLED_MS = 10_000;
const JUDGED_AFTER_MS = 20_000;
/** Of some 110 MB: at this pace it takes five minutes, and nobody waits so long for a first screen. */
const LEAST_BY_THEN = 8_000_000;

/**
 * Why a download is not worth waiting for; undefined while it is. A line that is cut off is found out after 10 s, one
 * that is too slow after 20; one that gets there is given the time it takes.
 */
export function whyGiveUp({ elapsedMs, stalledMs, bytes }: Headway): string | undefined {
  if (stalledMs >= STALLED_MS) return `nothing arrived for ${STALLED_MS / 1_000} s`;
  if (elapsedMs >= JUDGED_AFTER_MS && bytes < LEAST_BY_THEN)
    return 'the line is too slow to wait for (npx install-electron fetches it in your own time)';
  return undefined;
}
