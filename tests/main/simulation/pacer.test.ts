import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Pacer } from '../../../src/main/simulation/pacer.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Any moment of the market, on a full hour. */
const T = 1_000 * HOUR;

function pacerAt(speed: number) {
  let elapsed = 0;
  const pacer = new Pacer(speed, () => elapsed);
  return {
    pacer,
    pass: (ms: number) => {
      elapsed += ms;
    },
    elapsed: () => elapsed,
  };
}

describe('a pacer', () => {
  it('begins at once, and then lets a minute take a minute divided by the speed', () => {
    for (const speed of [1, 60, 3_600]) {
      const { pacer, pass } = pacerAt(speed);
      expect(pacer.untilDue(T)).toBe(0);
      for (let step = 1; step <= 5; step += 1) {
        pacer.stepped(T + step * MINUTE);
        expect(pacer.untilDue(T)).toBeCloseTo(MINUTE / speed, 9);
        pass(MINUTE / speed);
        expect(pacer.untilDue(T)).toBeCloseTo(0, 9);
      }
    }
  });

  it('makes up for a step that was a little late, so that the speed holds', () => {
    const { pacer, pass, elapsed } = pacerAt(60);
    for (let step = 1; step <= 100; step += 1) {
      pass((pacer.untilDue(T) ?? 0) + 7);
      pacer.stepped(T);
    }
    expect(elapsed()).toBeCloseTo(99 * 1_000 + 7, 6);
  });

  it('lets time go that was lost for longer than a second: no burst', () => {
    const { pacer, pass } = pacerAt(3_600);
    pacer.stepped(T);
    pass(5_000);
    pacer.stepped(T + MINUTE);
    expect(pacer.untilDue(T)).toBeCloseTo(MINUTE / 3_600, 9);
  });

  it('never is due earlier than now, whatever happens', () => {
    const deed = fc.oneof(
      fc.record({ do: fc.constant('step' as const), by: fc.nat({ max: 5_000 }) }),
      fc.record({
        do: fc.constantFrom('pass', 'speed', 'rush', 'pause', 'restart'),
        by: fc.integer({ min: 1, max: 3_600 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(deed), (deeds) => {
        const { pacer, pass } = pacerAt(60);
        let now = T;
        for (const { do: what, by } of deeds) {
          if (what === 'step') pacer.stepped((now += MINUTE));
          if (what === 'step' || what === 'pass') pass(by);
          if (what === 'speed') pacer.setSpeed(by);
          if (what === 'rush') pacer.rushUntil(now + by * MINUTE);
          if (what === 'pause') pacer.pause();
          if (what === 'restart') pacer.restart();
          const wait = pacer.untilDue(now);
          const { paused, rushing } = pacer.shown(now);
          expect(wait === null).toBe(paused);
          expect(paused && rushing).toBe(false);
          if (rushing) expect(wait).toBe(0);
          if (wait !== null) expect(wait).toBeGreaterThanOrEqual(0);
        }
      }),
      { seed: 3 },
    );
  });

  it('paused is due never, and resumes with its next speed', () => {
    const { pacer, pass } = pacerAt(60);
    pacer.pause();
    pass(HOUR);
    expect(pacer.untilDue(T)).toBeNull();
    expect(pacer.shown(T)).toEqual({ speed: 60, paused: true, rushing: false });
    pacer.setSpeed(120);
    expect(pacer.untilDue(T)).toBe(0);
    expect(pacer.shown(T)).toEqual({ speed: 120, paused: false, rushing: false });
  });

  it('rushes to a moment of the market without a pause, and no further', () => {
    const { pacer } = pacerAt(1);
    pacer.rushUntil(T + HOUR);
    for (let now = T; now < T + HOUR; now += MINUTE) {
      expect(pacer.untilDue(now)).toBe(0);
      expect(pacer.shown(now)).toEqual({ speed: 1, paused: false, rushing: true });
      pacer.stepped(now + MINUTE);
    }
    expect(pacer.untilDue(T + HOUR)).toBeGreaterThanOrEqual(MINUTE);
    expect(pacer.shown(T + HOUR).rushing).toBe(false);
  });

  it('forgets a rush when a speed is chosen', () => {
    const { pacer } = pacerAt(1);
    pacer.rushUntil(T + HOUR);
    pacer.setSpeed(60);
    pacer.stepped(T);
    expect(pacer.untilDue(T)).toBe(1_000);
    expect(pacer.shown(T).rushing).toBe(false);
  });

  it('restarted does not make up for what passed before', () => {
    const { pacer, pass } = pacerAt(60);
    pacer.stepped(T);
    pass(900);
    pacer.restart();
    expect(pacer.untilDue(T)).toBe(0);
    pacer.stepped(T);
    expect(pacer.untilDue(T)).toBe(1_000);
  });
});
