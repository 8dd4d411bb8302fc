import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { afterTry, NO_TRIES, onClock, waitMs } from '../../../../src/main/custody/keys/tryLimit.ts';
import { NOW } from './keysAtHand.ts';

describe('wrong tries of a passphrase', () => {
  test('are free five times, then each waits twice as long as the one before, at most 30 s', () => {
    const waits: number[] = [];
    let tries = NO_TRIES;
    let now = NOW;
    for (let count = 0; count < 14; count += 1) {
      waits.push(waitMs(tries, now));
      now += waitMs(tries, now);
      tries = afterTry(tries, now);
    }
    const doubling = [1000, 2000, 4000, 8000, 16_000];
    expect(waits).toEqual([0, 0, 0, 0, 0, ...doubling, 30_000, 30_000, 30_000, 30_000]);
  });

  test('wait from the last one on, to the millisecond', () => {
    const tries = { count: 7, lastAt: NOW };
    expect([waitMs(tries, NOW), waitMs(tries, NOW + 1), waitMs(tries, NOW + 3999)]).toEqual([4000, 3999, 1]);
    expect([waitMs(tries, NOW + 4000), waitMs(tries, NOW + 10 ** 12)]).toEqual([0, 0]);
  });

  test('wait no less and no longer for a clock that is set back, by however much', () => {
    const anyTries = fc.record({ count: fc.nat({ max: 100_000 }), lastAt: fc.nat({ max: 4 * NOW }) });
    fc.assert(
      fc.property(anyTries, fc.nat({ max: 4 * NOW }), (tries, now) => {
        const wait = waitMs(onClock(tries, now), now);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(30_000);
        if (now <= tries.lastAt) expect(wait).toBe(waitMs(tries, tries.lastAt));
        else expect(onClock(tries, now)).toBe(tries);
      }),
    );
  });
});
