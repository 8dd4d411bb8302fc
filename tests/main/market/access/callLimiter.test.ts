import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CallLimiter, type RateLimit } from '../../../../src/main/market/access/callLimiter.ts';
import { CALL_CATEGORIES, RATE_LIMITS } from '../../../../src/main/market/access/rateLimits.ts';
import { breathe } from '../../../../src/main/platform/timers.ts';
import { AppError } from '../../../../src/shared/contract/appError.ts';
import { failureOf } from './failure.ts';
import { ManualTime } from './manualTime.ts';

const MINUTE = 60_000;
const SMALL: RateLimit = { perMinute: 5, reserve: 2, maxWaiting: 3 };

function rig(limit: RateLimit = SMALL) {
  const time = new ManualTime(5_000);
  const limiter = new CallLimiter('trading', limit, time.now, time);
  const begun: { readonly name: string; readonly at: number }[] = [];
  const call = (name: string) => (): Promise<string> => {
    begun.push({ name, at: time.now() });
    return Promise.resolve(name);
  };
  const names = (): readonly string[] => begun.map(({ name }) => name);
  const refusals: AppError[] = [];
  /** Asks without looking at the answer; refusals are collected. */
  const ask = (name: string, urgent = false): Promise<void> =>
    limiter.run(call(name), { urgent }).then(
      () => undefined,
      (error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        refusals.push(error);
      },
    );
  return { time, limiter, begun, call, names, ask, refusals };
}

describe('the limits of a venue', () => {
  it('are a hundred a minute for market data, fifty for trading and two hundred for the account', () => {
    expect(CALL_CATEGORIES.map((category) => [category, RATE_LIMITS[category].perMinute])).toEqual([
      ['marketData', 100],
      ['trading', 50],
      ['account', 200],
    ]);
  });

  it('each leave a reserve, and a queue', () => {
    for (const { perMinute, reserve, maxWaiting } of Object.values(RATE_LIMITS)) {
      expect(reserve).toBeGreaterThan(0);
      expect(reserve).toBeLessThan(perMinute);
      expect(maxWaiting).toBeGreaterThan(0);
    }
  });

  it('are not accepted with a reserve that does not fit', () => {
    expect(() => rig({ perMinute: 5, reserve: 5, maxWaiting: 1 })).toThrow(RangeError);
    expect(() => rig({ perMinute: 5, reserve: 0, maxWaiting: 1 })).toThrow(RangeError);
  });
});

describe('the limiter', () => {
  it('tells who would wait too long so at once, and never who is urgent', async () => {
    const { time, ask, refusals, names } = rig({ perMinute: 3, reserve: 1, maxWaiting: 9, maxWaitMs: 2_000 });
    for (const name of ['a', 'b']) await ask(name);
    time.pass(57_999);
    await ask('late');
    expect(refusals).toMatchObject([{ code: 'RATE_LIMITED', details: { waitMs: 2_001 } }]);
    time.pass(1);
    const waiting = ask('in time');
    await ask('cancel', true);
    const second = ask('second cancel', true);
    // Cancels that come later go first all the same.
    time.pass(62_000);
    await Promise.all([waiting, second]);
    expect(names()).toEqual(['a', 'b', 'cancel', 'second cancel', 'in time']);
    expect(refusals).toHaveLength(1);
  });

  it('keeps no order waiting that would come two seconds late, and no read that would come ten', () => {
    expect(RATE_LIMITS.trading.maxWaitMs).toBe(2_000);
    expect([RATE_LIMITS.marketData.maxWaitMs, RATE_LIMITS.account.maxWaitMs]).toEqual([10_000, 10_000]);
  });

  it('lets a call begin at once while there is room, and again exactly sixty seconds later', () => {
    const { time, ask, begun } = rig();
    for (const name of ['a', 'b', 'c', 'd']) void ask(name);
    expect(begun).toHaveLength(3);
    time.pass(MINUTE - 1);
    expect(begun).toHaveLength(3);
    time.pass(1);
    expect(begun[3]).toEqual({ name: 'd', at: 5_000 + MINUTE });
  });

  it('keeps the order in which calls came', () => {
    const { time, ask, names } = rig();
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) void ask(name);
    time.pass(MINUTE);
    expect(names()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('lets urgent calls go first, and use the reserve that others may not', () => {
    const { time, ask, names } = rig();
    for (const name of ['a', 'b', 'c', 'd']) void ask(name);
    void ask('cancel 1', true);
    void ask('cancel 2', true);
    void ask('cancel 3', true);
    expect(names()).toEqual(['a', 'b', 'c', 'cancel 1', 'cancel 2']);
    time.pass(MINUTE);
    expect(names().slice(5, 7)).toEqual(['cancel 3', 'd']);
  });

  it('takes an urgent call when the queue of the others is full', () => {
    const { ask, names, refusals } = rig();
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) void ask(name);
    void ask('cancel', true);
    expect(names()).toEqual(['a', 'b', 'c', 'cancel']);
    expect(refusals).toHaveLength(0);
  });

  it('answers RATE_LIMITED with the category and the wait when too many wait', async () => {
    const { time, limiter, ask, refusals } = rig();
    for (const name of ['a', 'b', 'c']) void ask(name);
    time.pass(10_000);
    for (const name of ['d', 'e', 'f']) void ask(name);
    await ask('g');
    // d, e and f go at 60 s and take the three turns: the next is free when the minute from there is over.
    expect(refusals[0]).toMatchObject({
      code: 'RATE_LIMITED',
      details: { category: 'trading', waitMs: 110_000 },
      retryable: true,
    });
    expect(limiter.use()).toEqual({ perMinute: 5, used: 3, waiting: 3, refused: 1 });
  });

  it('forgets who gives up waiting, without a turn used', async () => {
    const { time, limiter, call, ask, names } = rig();
    for (const name of ['a', 'b', 'c']) void ask(name);
    const giving = new AbortController();
    const waiting = limiter.run(call('d'), { signal: giving.signal });
    void ask('e');
    giving.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    time.pass(MINUTE);
    expect(names()).toEqual(['a', 'b', 'c', 'e']);
  });

  it('does not begin what was given up before it was asked', async () => {
    const { limiter, call, names } = rig();
    await expect(limiter.run(call('a'), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(names()).toEqual([]);
  });

  it('does not end a call that has begun, nor who waits behind it', async () => {
    const { limiter, ask } = rig();
    const giving = new AbortController();
    const slow = Promise.withResolvers<string>();
    const sent = limiter.run(() => slow.promise, { signal: giving.signal });
    for (const name of ['a', 'b', 'waits']) void ask(name);
    giving.abort();
    expect(limiter.use().waiting).toBe(1);
    slow.resolve('filled');
    expect(await sent).toBe('filled');
  });

  it('uses no turn for a call that is refused when its turn has come', async () => {
    const { limiter, call, ask, names } = rig();
    const refused = new Error('no longer');
    const refusal = (): Error => refused;
    for (let i = 0; i < 10; i += 1) await expect(limiter.run(call('x'), { refusal })).rejects.toBe(refused);
    expect(limiter.use().used).toBe(0);
    void ask('a');
    expect(names()).toEqual(['a']);
  });

  it('passes on what a call throws, and goes on', async () => {
    const { limiter, ask, names } = rig();
    const failing = limiter.run(() => {
      throw new Error('bad');
    });
    await expect(failing).rejects.toThrow('bad');
    void ask('a');
    expect(names()).toEqual(['a']);
  });

  it('leaves no alarm behind when the only one who waits gives up', async () => {
    const { time, limiter, call, ask } = rig();
    for (const name of ['a', 'b', 'c']) void ask(name);
    const giving = new AbortController();
    const waiting = failureOf(limiter.run(call('d'), { signal: giving.signal }));
    expect(time.waiting).toBe(1);
    giving.abort();
    expect(time.waiting).toBe(0);
    expect(await waiting).toMatchObject({ code: 'CANCELLED' });
  });

  it('makes room for the next when the alarm is late', async () => {
    const time = new ManualTime();
    let late = 0;
    const limiter = new CallLimiter('trading', SMALL, () => time.now() + late, time);
    let begun = 0;
    const ask = (): Promise<number> => limiter.run(() => Promise.resolve((begun += 1)));
    const six = [1, 2, 3, 4, 5, 6].map(ask);
    late = MINUTE;
    void ask();
    expect(limiter.use()).toMatchObject({ used: 3, waiting: 1, refused: 0 });
    expect(await Promise.all(six)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('counts a call for sixty seconds', () => {
    const { time, limiter, ask } = rig();
    void ask('a');
    time.pass(MINUTE - 1);
    expect(limiter.use().used).toBe(1);
    time.pass(1);
    expect(limiter.use().used).toBe(0);
  });

  it('leaves no alarm behind when nobody waits', () => {
    const { time, ask } = rig();
    for (const name of ['a', 'b', 'c', 'd']) void ask(name);
    expect(time.waiting).toBe(1);
    time.pass(2 * MINUTE);
    expect(time.waiting).toBe(0);
  });

  it('takes who comes in the very moment in which another begins', () => {
    const { time, limiter, ask, call, names } = rig({ perMinute: 2, reserve: 1, maxWaiting: 3 });
    void ask('a');
    void limiter.run(() => {
      void ask('c');
      return call('b')();
    });
    time.pass(MINUTE);
    expect(names()).toEqual(['a', 'b']);
    expect(time.waiting).toBe(1);
    time.pass(MINUTE);
    expect(names()).toEqual(['a', 'b', 'c']);
  });
});

/** Pauses that often end in bursts, and now and then at the edge of the window. */
const anyPause = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 20_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(MINUTE - 1, MINUTE, MINUTE + 1) },
);
const anyCalls = fc.array(fc.record({ pauseMs: anyPause, urgent: fc.boolean() }), { maxLength: 60 });
const anyLimit = fc.record({
  perMinute: fc.integer({ min: 3, max: 8 }),
  reserve: fc.integer({ min: 1, max: 2 }),
  maxWaiting: fc.integer({ min: 0, max: 6 }),
});

describe('whatever is asked when', () => {
  it('no sixty seconds see more calls than the limit, nor more others than it leaves them', () => {
    fc.assert(
      fc.property(anyLimit, anyCalls, (limit, calls) => {
        const { time, ask, begun } = rig(limit);
        calls.forEach(({ pauseMs, urgent }, i) => {
          time.pass(pauseMs);
          void ask(`${urgent ? 'urgent' : 'other'} ${i}`, urgent);
        });
        time.pass(100 * MINUTE);
        begun.forEach(({ at, name }, i) => {
          const before = begun.slice(0, i + 1).filter((one) => one.at > at - MINUTE);
          expect(before.length).toBeLessThanOrEqual(limit.perMinute);
          if (name.startsWith('other'))
            expect(before.length).toBeLessThanOrEqual(limit.perMinute - limit.reserve);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('calls of one urgency begin in the order in which they came, and each that was not refused begins once', async () => {
    await fc.assert(
      fc.asyncProperty(anyLimit, anyCalls, async (limit, calls) => {
        const { time, ask, names, refusals } = rig(limit);
        const asked = calls.map(({ pauseMs, urgent }, i) => {
          time.pass(pauseMs);
          return ask(`${urgent ? 'urgent' : 'other'} ${i}`, urgent);
        });
        time.pass(100 * MINUTE);
        await Promise.all(asked);
        expect(names().length + refusals.length).toBe(calls.length);
        for (const urgency of ['urgent', 'other']) {
          const order = names()
            .filter((name) => name.startsWith(urgency))
            .map((name) => Number(name.split(' ')[1]));
          expect(order).toEqual([...new Set(order)].toSorted((a, b) => a - b));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('a refused call goes out at once after the wait that it was told, and no millisecond sooner', async () => {
    await fc.assert(
      fc.asyncProperty(anyLimit, anyCalls, fc.boolean(), async (limit, calls, urgent) => {
        // The same past twice: once it is asked again in time, and once a millisecond too soon.
        const asked = await Promise.all([0, 1].map((sooner) => askAgain(limit, calls, urgent, sooner)));
        expect(asked.map(({ waitMs }) => waitMs)).toEqual([asked[0]?.waitMs, asked[0]?.waitMs]);
        expect(asked.map(({ wentAtOnce }) => wentAtOnce)).toEqual([true, false]);
      }),
      { numRuns: 100 },
    );
  });
});

/** Asks until one is refused, and then once more, `soonerMs` before the time it was told. */
async function askAgain(
  limit: RateLimit,
  calls: readonly { readonly pauseMs: number; readonly urgent: boolean }[],
  urgent: boolean,
  soonerMs: number,
): Promise<{ readonly waitMs: number; readonly wentAtOnce: boolean }> {
  const { time, ask, names, refusals, limiter } = rig(limit);
  for (const { pauseMs, urgent: first } of calls) {
    time.pass(pauseMs);
    void ask('earlier', first);
  }
  await breathe();
  const { refused } = limiter.use();
  while (limiter.use().refused === refused) void ask('filling', urgent);
  await breathe();
  const waitMs = Number(refusals.at(-1)?.details['waitMs']);
  time.pass(waitMs - soonerMs);
  void ask('again', urgent);
  return { waitMs, wentAtOnce: names().includes('again') };
}
