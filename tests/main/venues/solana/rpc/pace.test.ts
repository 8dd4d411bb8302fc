import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Pace } from '../../../../../src/main/venues/solana/rpc/pace.ts';
import { RigTime } from './poolRig.ts';

/** In steps, so that who begins is seen when it does. */
async function pass(time: RigTime, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 100) {
    time.pass(Math.min(left, 100));
    await breathe();
  }
}

const never = new AbortController().signal;

/** Lets what is promised be told. */
const breathe = async (): Promise<void> => {
  for (let turns = 0; turns < 5; turns += 1) await Promise.resolve();
};

describe('the pace of calls to a node', () => {
  it('lets a fifth of a second have a fifth of the calls', async () => {
    const time = new RigTime();
    const pace = new Pace(25, time.elapsed, time.schedule);
    let begun = 0;
    const begin = async (): Promise<void> => {
      await pace.turn(false, never);
      begun += 1;
    };
    const turns = Array.from({ length: 20 }, begin);
    const seen: number[] = [];
    for (let fifths = 0; fifths < 4; fifths += 1) {
      await breathe();
      seen.push(begun);
      time.pass(200);
    }
    await Promise.all(turns);
    expect(seen).toEqual([5, 10, 15, 20]);
    expect(time.schedule.waiting).toBe(0);
  });

  it('never lets more begin in a second than it may, whenever they come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 700 }), fc.boolean()), { minLength: 1, maxLength: 80 }),
        async (perSecond, calls) => {
          const time = new RigTime();
          const pace = new Pace(perSecond, time.elapsed, time.schedule);
          const starts: number[] = [];
          for (const [gap, urgent] of calls) {
            await pass(time, gap);
            void pace.turn(urgent, never).then(() => {
              starts.push(time.elapsed());
            });
            await breathe();
          }
          while (pace.waiting > 0) {
            time.pass(100);
            await breathe();
          }
          await breathe();
          expect(starts).toHaveLength(calls.length);
          for (const start of starts)
            expect(starts.filter((t) => t >= start && t < start + 1_000).length).toBeLessThanOrEqual(
              perSecond,
            );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('lets urgent calls go first', async () => {
    const time = new RigTime();
    const pace = new Pace(1, time.elapsed, time.schedule);
    const order: string[] = [];
    for (const [name, urgent] of [
      ['first', false],
      ['read', false],
      ['send', true],
    ] as const)
      void pace.turn(urgent, never).then(() => order.push(name));
    await breathe();
    for (let seconds = 0; seconds < 2; seconds += 1) {
      time.pass(1_000);
      await breathe();
    }
    expect(order).toEqual(['first', 'send', 'read']);
  });

  it('lets the urgent calls of a transaction begin at once, and holds them to the number of a second', async () => {
    const time = new RigTime();
    const pace = new Pace(25, time.elapsed, time.schedule);
    const begun = { routine: 0, urgent: 0 };
    const begin = (kind: keyof typeof begun, count: number): void => {
      for (let i = 0; i < count; i += 1)
        void pace.turn(kind === 'urgent', never).then(() => {
          begun[kind] += 1;
        });
    };
    begin('routine', 7);
    begin('urgent', 30);
    await breathe();
    expect(begun).toEqual({ routine: 5, urgent: 20 });
    await pass(time, 1_000);
    expect(begun).toEqual({ routine: 5, urgent: 30 });
    await pass(time, 1_000);
    expect(begun).toEqual({ routine: 7, urgent: 30 });
  });

  it('lets those who wait go when the program closes, and leaves no timer', async () => {
    const time = new RigTime();
    const pace = new Pace(1, time.elapsed, time.schedule);
    const closing = new AbortController();
    await pace.turn(false, closing.signal);
    const waiting = [pace.turn(false, closing.signal), pace.turn(true, closing.signal)];
    closing.abort();
    for (const turn of waiting) await expect(turn).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(pace.turn(false, closing.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(time.schedule.waiting).toBe(0);
  });

  it.each([0, -1, Number.NaN])('refuses %d calls a second', (perSecond) => {
    const time = new RigTime();
    expect(() => new Pace(perSecond, time.elapsed, time.schedule)).toThrow(RangeError);
  });
});
