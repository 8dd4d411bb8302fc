import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { CACHE_KINDS } from '../../../../src/main/market/access/cacheKinds.ts';
import { CircuitOpenError } from '../../../../src/main/market/access/circuit.ts';
import { VenueAccess } from '../../../../src/main/market/access/venueAccess.ts';
import { ManualClock, stopwatch } from '../../../../src/main/platform/clock.ts';
import { realSchedule } from '../../../../src/main/platform/schedule.ts';
import { AppError } from '../../../../src/shared/contract/appError.ts';
import { failureOf, silence } from './failure.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function rig() {
  const marketClock = new ManualClock(0);
  const closing = new AbortController();
  const circuit: string[] = [];
  const access = new VenueAccess({
    venue: 'Drift',
    marketClock,
    now: stopwatch,
    schedule: realSchedule,
    uniform: () => 0.5,
    signal: closing.signal,
    onCircuit: (condition) => circuit.push(condition),
  });
  return { access, marketClock, closing, circuit };
}

const reset = (): Error => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
const noReply = { kind: 'noReply' };
const unanswered = ({ kind }: { readonly kind: string }): boolean => kind === 'noReply';
/** Five unanswered orders, which is what opens the circuit. */
async function knockDown(access: VenueAccess): Promise<void> {
  for (let i = 0; i < 5; i += 1) await access.act('trading', () => Promise.resolve(noReply), { unanswered });
}

describe('a read', () => {
  it('asks the venue once in the life of an answer, and counts one call', async () => {
    const { access, marketClock } = rig();
    const fetch = vi.fn((): Promise<string> => Promise.resolve('book'));
    for (let i = 0; i < 100; i += 1) await access.read('marketData', 'book', 'SOL-PERP', fetch);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(access.stats().limits.marketData.used).toBe(1);
    marketClock.set(1_001);
    await access.read('marketData', 'book', 'SOL-PERP', fetch);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('[R9.1] is asked again when the network fails, and every attempt counts against the limit', async () => {
    const { access } = rig();
    const fetch = vi.fn((): Promise<string> => Promise.resolve('book')).mockRejectedValueOnce(reset());
    const read = access.read('marketData', 'book', 'SOL-PERP', fetch);
    await vi.runAllTimersAsync();
    expect(await read).toBe('book');
    expect(access.stats()).toMatchObject({ retries: 1, limits: { marketData: { used: 2 } } });
  });

  it('[R9.1] fails with VENUE_UNAVAILABLE and the reason after the last attempt', async () => {
    const { access } = rig();
    const cause = reset();
    const failure = failureOf(access.ask('account', () => Promise.reject(cause)));
    await vi.runAllTimersAsync();
    expect(await failure).toMatchObject({
      code: 'VENUE_UNAVAILABLE',
      message: 'Drift does not answer.',
      cause,
    });
    expect(access.stats().retries).toBe(3);
  });

  it('is given up after 10 s without an answer, told so by its signal, and asked again', async () => {
    const { access } = rig();
    const signals: AbortSignal[] = [];
    const read = access.ask('marketData', (signal) => {
      signals.push(signal);
      return signals.length === 1 ? silence() : Promise.resolve('book');
    });
    await vi.advanceTimersByTimeAsync(9_999);
    expect(signals[0]?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(signals[0]?.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await read).toBe('book');
  });

  it('ends at once when the program closes, whether it waits for its turn, for an answer or to ask again', async () => {
    const { access, closing } = rig();
    for (let i = 0; i < 88; i += 1) await access.ask('marketData', () => Promise.resolve('answered'));
    await vi.advanceTimersByTimeAsync(55_000);
    const reads = [
      access.read('marketData', 'book', 'SOL-PERP', () => Promise.reject(reset())),
      access.read('marketData', 'trades', 'SOL-PERP', silence),
      ...Array.from({ length: 12 }, () => access.ask('marketData', silence)),
    ].map(failureOf);
    await vi.advanceTimersByTimeAsync(100);
    expect(access.stats().limits.marketData.waiting).toBe(12);
    closing.abort();
    const codes = (await Promise.all(reads)).map((error) => error instanceof AppError && error.code);
    expect(new Set(codes)).toEqual(new Set(['CANCELLED']));
    expect(access.stats().limits.marketData.waiting).toBe(0);
    expect(performance.now()).toBe(55_100);
  });
});

describe('an act', () => {
  it('is never sent twice, whatever becomes of it', async () => {
    const { access } = rig();
    const cause = reset();
    const call = vi.fn((): Promise<string> => Promise.reject(cause));
    await expect(access.act('trading', call)).rejects.toBe(cause);
    await vi.runAllTimersAsync();
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('that has been sent is not ended by closing the program, and one that waits is not sent', async () => {
    const { access, closing } = rig();
    const slow = Promise.withResolvers<string>();
    const sent = access.act('trading', () => slow.promise);
    for (let i = 1; i < 40; i += 1) await access.act('trading', () => Promise.resolve('sent'));
    await vi.advanceTimersByTimeAsync(58_500);
    const call = vi.fn<() => Promise<string>>();
    const waiting = failureOf(access.act('trading', call));
    closing.abort();
    expect(await waiting).toMatchObject({ code: 'CANCELLED' });
    slow.resolve('filled');
    expect(await sent).toBe('filled');
    expect(call).not.toHaveBeenCalled();
  });

  it('that waits for its turn can be given up', async () => {
    const { access } = rig();
    for (let i = 0; i < 40; i += 1) await access.act('trading', () => Promise.resolve('sent'));
    await vi.advanceTimersByTimeAsync(58_500);
    const giving = new AbortController();
    const waiting = access.act('trading', () => Promise.resolve('sent'), { signal: giving.signal });
    giving.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('that is urgent goes out when the limit of the others is used up', async () => {
    const { access } = rig();
    for (let i = 0; i < 40; i += 1) await access.act('trading', () => Promise.resolve('sent'));
    await vi.advanceTimersByTimeAsync(58_500);
    const waiting = access.act('trading', () => Promise.resolve('later'));
    expect(await access.act('trading', () => Promise.resolve('cancelled'), { urgent: true })).toBe(
      'cancelled',
    );
    await vi.advanceTimersByTimeAsync(1_500);
    expect(await waiting).toBe('later');
  });
});

describe('a venue that does not answer', () => {
  it('is not asked any more, neither by reads nor by orders, and no turn is used up', async () => {
    const { access, circuit } = rig();
    await knockDown(access);
    const call = vi.fn<() => Promise<string>>();
    for (const asked of [access.ask('account', call), access.act('trading', call)])
      await expect(asked).rejects.toMatchObject({ code: 'VENUE_UNAVAILABLE', details: { waitMs: 10_000 } });
    expect(call).not.toHaveBeenCalled();
    expect(circuit).toEqual(['open']);
    expect(access.stats()).toMatchObject({
      circuit: 'open',
      circuitWaitMs: 10_000,
      limits: { trading: { used: 5 }, account: { used: 0 } },
    });
  });

  it('refuses at once, without waiting for a turn', async () => {
    const { access } = rig();
    for (let i = 0; i < 35; i += 1) await access.act('trading', () => Promise.resolve('sent'));
    await knockDown(access);
    expect(await failureOf(access.act('trading', silence))).toBeInstanceOf(CircuitOpenError);
    expect(performance.now()).toBe(0);
  });

  it('still shows what is in the cache', async () => {
    const { access } = rig();
    await access.read('marketData', 'marketInfo', 'SOL-PERP', () => Promise.resolve('tick 0.01'));
    await knockDown(access);
    const fetch = vi.fn<() => Promise<string>>();
    expect(await access.read('marketData', 'marketInfo', 'SOL-PERP', fetch)).toBe('tick 0.01');
  });

  it('is sent what is urgent all the same', async () => {
    const { access } = rig();
    await knockDown(access);
    expect(await access.act('trading', () => Promise.resolve('cancelled'), { urgent: true })).toBe(
      'cancelled',
    );
    expect(await access.ask('account', () => Promise.resolve('positions'), { urgent: true })).toBe(
      'positions',
    );
    expect(access.stats().circuit).toBe('open');
  });

  it('is asked by the first read after the rest, and then by all', async () => {
    const { access, circuit } = rig();
    await knockDown(access);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await access.ask('account', () => Promise.resolve('positions'))).toBe('positions');
    expect(await access.act('trading', () => Promise.resolve('sent'))).toBe('sent');
    expect(circuit).toEqual(['open', 'halfOpen', 'closed']);
  });

  it('is not sent an order whose turn comes after the circuit opened', async () => {
    const { access } = rig();
    for (let i = 0; i < 35; i += 1) await access.act('trading', () => Promise.resolve('sent'));
    const calls = Array.from({ length: 5 }, () => Promise.withResolvers<{ readonly kind: string }>());
    const orders = calls.map(({ promise }) => access.act('trading', () => promise, { unanswered }));
    const late = vi.fn<() => Promise<{ readonly kind: string }>>();
    await vi.advanceTimersByTimeAsync(58_500);
    const waiting = failureOf(access.act('trading', late, { unanswered }));
    for (const { resolve } of calls) resolve(noReply);
    await Promise.all(orders);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(await waiting).toBeInstanceOf(CircuitOpenError);
    expect(late).not.toHaveBeenCalled();
  });
});

describe('the figures of a venue', () => {
  it('are plain numbers and words, and can be sent as they are', async () => {
    const { access } = rig();
    await access.read('marketData', 'book', 'SOL-PERP', () => Promise.resolve('book'));
    const stats = access.stats();
    expect(JSON.parse(JSON.stringify(stats))).toEqual(stats);
    expect(Object.keys(stats.cache)).toEqual([...CACHE_KINDS]);
    expect(stats).toMatchObject({
      venue: 'Drift',
      circuit: 'closed',
      circuitWaitMs: 0,
      retries: 0,
      limits: { marketData: { perMinute: 100, used: 1, waiting: 0, refused: 0 } },
      cache: { book: { hits: 0, misses: 1, shared: 0, hitRate: 0 } },
    });
  });
});
