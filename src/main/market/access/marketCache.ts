import type { Clock } from '../../platform/clock.ts';
import { CACHE_KINDS, CACHE_TTL_MS, type CacheKind } from './cacheKinds.ts';
import { KindCache, type CacheUse } from './kindCache.ts';

/** Enough for every market and interval that screens show at once; what is beyond is asked for again. */
const MAX_ENTRIES_PER_KIND = 500;

export type CacheStats = Readonly<Record<CacheKind, CacheUse>>;

/**
 * What a venue said lately, for screens and reports. The clock is the market's: on paper at sixty times the speed, a
 * book may be one second of the market old. An answer's age counts from the moment it was asked for, and it is shown
 * until it is exactly as old as its kind may be.
 *
 * The gates never read it. They look through `Venue.preflight`, which asks the venue afresh for every trade, and this
 * has no way to put an old answer there.
 */
export class MarketCache {
  readonly #clock: Clock;
  readonly #kinds: Readonly<Record<CacheKind, KindCache>>;
  #lastSeen: number;

  constructor(clock: Clock, maxEntriesPerKind = MAX_ENTRIES_PER_KIND) {
    this.#clock = clock;
    this.#lastSeen = clock.now();
    this.#kinds = byKind((kind) => new KindCache(CACHE_TTL_MS[kind], maxEntriesPerKind, clock));
  }

  /**
   * What is kept under the key, or what `fetch` answers. Callers who ask for the same while it is fetched share the one
   * fetch, and its failure. A key always stands for the same shape, so begin it with the name of what is asked.
   */
  get<T>(kind: CacheKind, key: string, fetch: () => Promise<T>): Promise<T> {
    this.#noticeReset();
    return this.#kinds[kind].get(key, fetch) as Promise<T>;
  }

  /** Forgets the keys of a kind that begin so, or all of them; what is being fetched for them is not kept either. */
  invalidate(kind: CacheKind, keyPrefix = ''): void {
    this.#kinds[kind].invalidate(keyPrefix);
  }

  /** Forgets everything. A market that begins anew calls it. */
  clear(): void {
    for (const kind of CACHE_KINDS) this.invalidate(kind);
  }

  stats(): CacheStats {
    return byKind((kind) => this.#kinds[kind].use());
  }

  /** What was kept has not happened yet when the market's clock was set back, and would never grow old. */
  #noticeReset(): void {
    const now = this.#clock.now();
    if (now < this.#lastSeen) this.clear();
    this.#lastSeen = now;
  }
}

const byKind = <T>(of: (kind: CacheKind) => T): Readonly<Record<CacheKind, T>> =>
  Object.fromEntries(CACHE_KINDS.map((kind) => [kind, of(kind)])) as Record<CacheKind, T>;
