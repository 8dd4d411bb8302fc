import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CACHE_KINDS, type CacheKind } from '../../../../src/main/market/access/cacheKinds.ts';
import { MarketCache } from '../../../../src/main/market/access/marketCache.ts';
import { ManualClock } from '../../../../src/main/platform/clock.ts';

/** Part B of the requirements, in seconds. */
const SECONDS: readonly (readonly [CacheKind, number])[] = [
  ['book', 1],
  ['prices', 2],
  ['orders', 2],
  ['trades', 5],
  ['positions', 5],
  ['portfolio', 10],
  ['fundingRates', 30],
  ['marketStatistics', 60],
  ['candles', 300],
  ['fundingHistory', 300],
  ['riskParameters', 1_800],
  ['marketInfo', 3_600],
];

function rig(startMs = 1_000_000) {
  const clock = new ManualClock(startMs);
  const cache = new MarketCache(clock);
  let fetches = 0;
  /** Answers 1, 2, 3, … so that one sees which fetch an answer came from. */
  const fetch = (): Promise<number> => Promise.resolve((fetches += 1));
  const pass = (ms: number): void => {
    clock.set(clock.now() + ms);
  };
  return { clock, cache, fetch, pass, fetches: () => fetches };
}

describe('the cache between the app and a venue', () => {
  it('has a time to live for every kind', () => {
    expect(SECONDS.map(([kind]) => kind).toSorted()).toEqual([...CACHE_KINDS].toSorted());
  });

  // Zero: a market may begin there.
  for (const startMs of [0, 1_000_000])
    it.each(SECONDS)(`shows %s until it is exactly %d s old, from ${startMs} on`, async (kind, seconds) => {
      const { cache, fetch, pass } = rig(startMs);
      expect(await cache.get(kind, 'SOL-PERP', fetch)).toBe(1);
      pass(seconds * 1_000 - 1);
      expect(await cache.get(kind, 'SOL-PERP', fetch)).toBe(1);
      pass(1);
      expect(await cache.get(kind, 'SOL-PERP', fetch)).toBe(1);
      pass(1);
      expect(await cache.get(kind, 'SOL-PERP', fetch)).toBe(2);
    });

  it('counts the age from when the venue was asked, not from when it answered', async () => {
    const { cache, fetch, pass } = rig();
    const slow = Promise.withResolvers<number>();
    const first = cache.get('book', 'SOL-PERP', () => slow.promise);
    pass(600);
    slow.resolve(7);
    expect(await first).toBe(7);
    pass(400);
    expect(await cache.get('book', 'SOL-PERP', fetch)).toBe(7);
    pass(1);
    expect(await cache.get('book', 'SOL-PERP', fetch)).toBe(1);
  });

  it('keeps what it has for as long as the market stands still', async () => {
    const { cache, fetch, fetches } = rig();
    for (let i = 0; i < 1_000; i += 1) await cache.get('book', 'SOL-PERP', fetch);
    expect(fetches()).toBe(1);
  });

  it('forgets everything when the clock of the market was set back', async () => {
    const { clock, cache, fetch } = rig();
    await cache.get('book', 'SOL-PERP', fetch);
    await cache.get('marketInfo', 'SOL-PERP', fetch);
    clock.set(clock.now() - 1);
    expect(await cache.get('book', 'SOL-PERP', fetch)).toBe(3);
    expect(await cache.get('marketInfo', 'SOL-PERP', fetch)).toBe(4);
  });

  it('tells kinds and keys apart, and keeps an answer of nothing', async () => {
    const { cache, fetch, fetches } = rig();
    let asked = 0;
    const nothing = (): Promise<undefined> => {
      asked += 1;
      return Promise.resolve(undefined);
    };
    await cache.get('book', 'SOL-PERP', fetch);
    await cache.get('book', 'BTC-PERP', fetch);
    await cache.get('trades', 'SOL-PERP', fetch);
    expect(fetches()).toBe(3);
    await cache.get('orders', 'none', nothing);
    expect(await cache.get('orders', 'none', nothing)).toBeUndefined();
    expect(asked).toBe(1);
  });
});

describe('a single flight', () => {
  it('serves a hundred callers with one fetch', async () => {
    const { cache } = rig();
    const slow = Promise.withResolvers<string>();
    let fetches = 0;
    const callers = Array.from({ length: 100 }, () =>
      cache.get('book', 'SOL-PERP', () => {
        fetches += 1;
        return slow.promise;
      }),
    );
    slow.resolve('book');
    expect(await Promise.all(callers)).toEqual(Array.from({ length: 100 }, () => 'book'));
    expect(fetches).toBe(1);
    expect(cache.stats().book).toEqual({
      ttlMs: 1_000,
      entries: 1,
      hits: 0,
      misses: 1,
      shared: 99,
      hitRate: 0.99,
    });
  });

  it.each(['before', 'after'])(
    'that fails %s the first await rejects all who wait and is not kept',
    async (when) => {
      const { cache, fetch } = rig();
      const fail = (): Promise<number> => {
        if (when === 'before') throw new Error('down');
        return Promise.reject(new Error('down'));
      };
      const callers = await Promise.allSettled([1, 2, 3].map(() => cache.get('book', 'SOL-PERP', fail)));
      expect(callers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
      expect(cache.stats().book).toMatchObject({ misses: 1, shared: 2, entries: 0 });
      expect(await cache.get('book', 'SOL-PERP', fetch)).toBe(1);
    },
  );

  it.each([
    ['its key is invalidated', (cache: MarketCache) => cache.invalidate('book', 'SOL')],
    ['its kind is invalidated', (cache: MarketCache) => cache.invalidate('book')],
    ['everything is cleared', (cache: MarketCache) => cache.clear()],
  ])('answers those who wait, and is not kept, when %s meanwhile', async (_, forget) => {
    const { cache, fetch } = rig();
    const [old, fresh] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    const waiting = cache.get('book', 'SOL-PERP', () => old.promise);
    forget(cache);
    const later = cache.get('book', 'SOL-PERP', () => fresh.promise);
    fresh.resolve('fresh');
    expect(await later).toBe('fresh');
    old.resolve('old');
    expect(await waiting).toBe('old');
    expect(await cache.get<unknown>('book', 'SOL-PERP', fetch)).toBe('fresh');
  });

  it('that an invalidation overtook does not end the flight that came after it', async () => {
    const { cache } = rig();
    const [old, fresh] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    const waiting = cache.get('book', 'SOL-PERP', () => old.promise);
    cache.invalidate('book');
    const later = cache.get('book', 'SOL-PERP', () => fresh.promise);
    old.resolve('old');
    await waiting;
    const joined = cache.get('book', 'SOL-PERP', () => Promise.resolve('a third'));
    fresh.resolve('fresh');
    expect(await Promise.all([later, joined])).toEqual(['fresh', 'fresh']);
  });
});

describe('invalidating', () => {
  it('forgets the keys that begin so, and no others', async () => {
    const { cache, fetch } = rig();
    for (const key of ['SOL-PERP:1m', 'SOL-PERP:5m', 'BTC-PERP:1m']) await cache.get('candles', key, fetch);
    await cache.get('trades', 'SOL-PERP:1m', fetch);
    cache.invalidate('candles', 'SOL-PERP:');
    expect(await cache.get('candles', 'SOL-PERP:1m', fetch)).toBe(5);
    expect(await cache.get('candles', 'SOL-PERP:5m', fetch)).toBe(6);
    expect(await cache.get('candles', 'BTC-PERP:1m', fetch)).toBe(3);
    expect(await cache.get('trades', 'SOL-PERP:1m', fetch)).toBe(4);
  });
});

describe('the figures of the cache', () => {
  it('know no hit rate before anything was asked', () => {
    expect(rig().cache.stats().book.hitRate).toBeNull();
  });

  it('agree with a count by hand, whatever is asked when', async () => {
    const steps = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 700 })), {
      minLength: 1,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (asked) => {
        const { clock, cache, fetch, pass } = rig();
        const fetchedAt = new Map<string, number>();
        let [hits, misses] = [0, 0];
        for (const [key, ms] of asked) {
          pass(ms);
          const at = fetchedAt.get(key);
          if (at !== undefined && clock.now() - at <= 1_000) hits += 1;
          else {
            misses += 1;
            fetchedAt.set(key, clock.now());
          }
          await cache.get('book', key, fetch);
        }
        const use = cache.stats().book;
        expect([use.hits, use.misses, use.shared]).toEqual([hits, misses, 0]);
        expect(use.hitRate).toBeCloseTo(hits / asked.length, 12);
      }),
      { numRuns: 50 },
    );
  });

  it('are over 90 % for a book that a screen asks for every 50 ms', async () => {
    const { cache, fetch, pass } = rig();
    for (let i = 0; i < 1_200; i += 1) {
      await cache.get('book', 'SOL-PERP', fetch);
      pass(50);
    }
    expect(cache.stats().book.hitRate).toBeGreaterThan(0.9);
  });

  it('never keeps more than it may, and drops what was not asked for the longest', async () => {
    const clock = new ManualClock(0);
    const cache = new MarketCache(clock, 3);
    let fetches = 0;
    const ask = (key: string): Promise<number> =>
      cache.get('candles', key, () => Promise.resolve((fetches += 1)));
    for (const key of ['a', 'b', 'c', 'a', 'd']) await ask(key);
    expect(cache.stats().candles.entries).toBe(3);
    expect(await ask('a')).toBe(1);
    expect(await ask('b')).toBe(5);
  });
});
