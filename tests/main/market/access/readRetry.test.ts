import { getEventListeners } from 'node:events';

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { CircuitOpenError } from '../../../../src/main/market/access/circuit.ts';
import { ReadRetry } from '../../../../src/main/market/access/readRetry.ts';
import { AppError } from '../../../../src/shared/contract/appError.ts';
import { failureOf, silence } from './failure.ts';

const down = new AppError('VENUE_UNAVAILABLE', 'The venue does not answer.');
const never = new AbortController().signal;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A venue that answers from the given attempt on, and when it was asked. */
function venue(answersAt: number, failure: Error = down) {
  const askedAt: number[] = [];
  const ask = (): Promise<string> => {
    askedAt.push(Date.now());
    return askedAt.length < answersAt ? Promise.reject(failure) : Promise.resolve('book');
  };
  return { ask, askedAt };
}

const delays = (times: readonly number[]): readonly number[] =>
  times.slice(1).map((t, i) => t - (times[i] ?? 0));

describe('[R9.1] a read that gets no answer', () => {
  it('is asked again after 1 s, 2 s and 4 s, and then fails with the last error', async () => {
    const retry = new ReadRetry(() => 0.5);
    const { ask, askedAt } = venue(Infinity);
    const failure = failureOf(retry.run(ask, never));
    await vi.runAllTimersAsync();
    expect(await failure).toBe(down);
    expect(askedAt).toEqual([0, 1_000, 3_000, 7_000]);
    expect(retry.retries).toBe(3);
  });

  it.each([1, 2, 3, 4])('is not asked again once attempt %d was answered', async (attempt) => {
    const { ask, askedAt } = venue(attempt);
    const read = new ReadRetry(() => 0.5).run(ask, never);
    await vi.runAllTimersAsync();
    expect(await read).toBe('book');
    expect(askedAt).toHaveLength(attempt);
  });

  it('waits a fifth less to a fifth more than that, as chance has it', async () => {
    const anyChance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.tuple(anyChance, anyChance, anyChance), async (chances) => {
        const drawn = [...chances];
        const { ask, askedAt } = venue(Infinity);
        const failure = failureOf(new ReadRetry(() => drawn.shift() ?? NaN).run(ask, never));
        await vi.runAllTimersAsync();
        expect(await failure).toBe(down);
        const expected = [1_000, 2_000, 4_000].map(
          (mean, i) => mean * 0.8 + mean * 0.4 * (chances[i] ?? NaN),
        );
        delays(askedAt).forEach((delay, i) => {
          expect(Math.abs(delay - (expected[i] ?? NaN))).toBeLessThanOrEqual(0.5 + 1e-9);
        });
        expect(askedAt).toHaveLength(4);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['a refusal', new AppError('INVALID_SIZE', 'The size is off the lot.')],
    ['a full limit', new AppError('RATE_LIMITED', 'Too many.', {}, { retryable: true })],
    ['an open circuit', new CircuitOpenError('VENUE_UNAVAILABLE', 'Not now.', {}, { retryable: true })],
    ['a fault of ours', new TypeError('x is not a function')],
  ])('is not asked again after %s', async (_, failure) => {
    const { ask, askedAt } = venue(2, failure);
    await expect(new ReadRetry(() => 0.5).run(ask, never)).rejects.toBe(failure);
    expect(askedAt).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends at once when the program closes while it waits, and is never asked again', async () => {
    const closing = new AbortController();
    const { ask, askedAt } = venue(Infinity);
    const failure = failureOf(new ReadRetry(() => 0.5).run(ask, closing.signal));
    await vi.advanceTimersByTimeAsync(500);
    closing.abort();
    expect(await failure).toMatchObject({ code: 'CANCELLED' });
    expect(Date.now()).toBe(500);
    await vi.runAllTimersAsync();
    expect(askedAt).toEqual([0]);
    expect(getEventListeners(closing.signal, 'abort')).toHaveLength(0);
  });

  it('ends at once when the program closes while it is asked, and does not begin after that', async () => {
    const closing = new AbortController();
    const retry = new ReadRetry(() => 0.5);
    const failure = failureOf(retry.run(silence, closing.signal));
    closing.abort();
    expect(await failure).toMatchObject({ code: 'CANCELLED' });
    const { ask, askedAt } = venue(1);
    await expect(retry.run(ask, closing.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(askedAt).toEqual([]);
  });

  it('does not keep the process alive while it waits', async () => {
    const timers = vi.spyOn(globalThis, 'setTimeout');
    const failure = failureOf(new ReadRetry(() => 0.5).run(venue(Infinity).ask, never));
    await vi.runAllTimersAsync();
    expect(await failure).toBe(down);
    expect(timers.mock.results.map(({ value }) => (value as NodeJS.Timeout).hasRef())).toEqual([
      false,
      false,
      false,
    ]);
  });
});
