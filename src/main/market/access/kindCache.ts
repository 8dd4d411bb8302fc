import { LRUCache } from 'lru-cache';

import type { Clock } from '../../platform/clock.ts';

/** What one kind was asked since the program began. */
export interface CacheUse {
  readonly ttlMs: number;
  readonly entries: number;
  /** Answered from what was kept. */
  readonly hits: number;
  /** Began a fetch. */
  readonly misses: number;
  /** Waited for a fetch that another caller had begun. */
  readonly shared: number;
  /** The share that began no fetch, hits and shared ones alike, 0 to 1; null before anything was asked. */
  readonly hitRate: number | null;
}

/** The library takes a start of zero for "never expires", and a market's clock may stand at zero. */
const AFTER_ZERO_MS = 1;

/**
 * Answers of one kind by their keys: each at most `ttlMs` old, the least recently used ones dropped beyond `maxEntries`.
 *
 * What is kept, for how long, and what has to go is lru-cache's. The flights are ours: its own `fetch` dates an answer
 * from its arrival, though what it says may be as old as the asking, and lets a fetch under way be pushed out by what is
 * kept.
 */
export class KindCache {
  readonly #ttlMs: number;
  readonly #clock: Clock;
  readonly #kept: LRUCache<string, { readonly value: unknown }>;
  readonly #flights = new Map<string, Promise<unknown>>();
  #hits = 0;
  #misses = 0;
  #shared = 0;

  constructor(ttlMs: number, maxEntries: number, clock: Clock) {
    this.#ttlMs = ttlMs;
    this.#clock = clock;
    this.#kept = new LRUCache({
      max: maxEntries,
      ttl: ttlMs,
      // Otherwise the library would remember the time for a millisecond of the computer's.
      ttlResolution: 0,
      perf: { now: () => clock.now() + AFTER_ZERO_MS },
    });
  }

  /** What is kept, or what `fetch` answers. A failed fetch rejects all who wait for it, and is not kept. */
  get(key: string, fetch: () => Promise<unknown>): Promise<unknown> {
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      this.#hits += 1;
      return Promise.resolve(kept.value);
    }
    const underWay = this.#flights.get(key);
    if (underWay !== undefined) {
      this.#shared += 1;
      return underWay;
    }
    this.#misses += 1;
    return this.#fly(key, fetch);
  }

  /** Forgets every key that begins so. Fetches under way still answer their callers, and are not kept. */
  invalidate(keyPrefix: string): void {
    const begins = (key: string): boolean => key.startsWith(keyPrefix);
    for (const key of [...this.#kept.keys()].filter(begins)) this.#kept.delete(key);
    for (const key of [...this.#flights.keys()].filter(begins)) this.#flights.delete(key);
  }

  use(): CacheUse {
    const free = this.#hits + this.#shared;
    const asked = free + this.#misses;
    return {
      ttlMs: this.#ttlMs,
      entries: this.#kept.size,
      hits: this.#hits,
      misses: this.#misses,
      shared: this.#shared,
      hitRate: asked === 0 ? null : free / asked,
    };
  }

  #fly(key: string, fetch: () => Promise<unknown>): Promise<unknown> {
    const start = this.#clock.now() + AFTER_ZERO_MS;
    const flight: Promise<unknown> = begun(fetch).then(
      (value) => {
        if (this.#land(key, flight)) this.#kept.set(key, { value }, { start });
        return value;
      },
      (error: unknown) => {
        this.#land(key, flight);
        throw error;
      },
    );
    this.#flights.set(key, flight);
    return flight;
  }

  /** Whether the flight is still the one that the key is waiting for. */
  #land(key: string, flight: Promise<unknown>): boolean {
    return this.#flights.get(key) === flight && this.#flights.delete(key);
  }
}

/** Makes a rejection of what is thrown before the first await. */
async function begun(fetch: () => Promise<unknown>): Promise<unknown> {
  return await fetch();
}
