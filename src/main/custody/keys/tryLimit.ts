/** Tries of a passphrase since the last one that opened the key. */
export interface Tries {
  readonly count: number;
  /** When the last one was, in Unix ms. */
  readonly lastAt: number;
}

export const NO_TRIES: Tries = { count: 0, lastAt: 0 };

/** So many wrong tries have no consequence: somebody is only mistyping. */
export const FREE_TRIES = 5;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

/**
 * How long the next try has to wait, in ms: not at all after fewer than five, then 1 s, doubling to 30 s.
 * @param now Unix ms, not before the last try (see `onClock`)
 */
export function waitMs({ count, lastAt }: Tries, now: number): number {
  if (count < FREE_TRIES) return 0;
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (count - FREE_TRIES), LONGEST_WAIT_MS);
  return Math.max(0, lastAt + wait - now);
}

/**
 * The same tries on a clock that may have been set back since: the last one counts as having been just now. So setting
 * it back frees nobody, and a clock that was years ahead by mistake locks nobody out.
 */
export const onClock = (tries: Tries, now: number): Tries =>
  tries.lastAt > now ? { ...tries, lastAt: now } : tries;

/** One more. */
export const afterTry = ({ count }: Tries, now: number): Tries => ({ count: count + 1, lastAt: now });
