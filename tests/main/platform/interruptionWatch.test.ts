import { describe, expect, it } from 'vitest';

import { ManualClock } from '../../../src/main/platform/clock.ts';
import { watchInterruptions } from '../../../src/main/platform/interruptionWatch.ts';
import { ManualSchedule } from '../../../src/main/platform/schedule.ts';
import type { Interruption } from '../../../src/shared/contract/engineStatus.ts';

const NOON = Date.UTC(2026, 2, 1, 12);

/** A computer whose clocks a test moves, and what is heard of it. */
class Computer {
  readonly heard: Interruption[] = [];
  readonly #wall = new ManualClock(NOON);
  readonly #schedule = new ManualSchedule();
  #monotonic = 0;
  #sinceBoot = 0;
  readonly stop: () => void;

  constructor() {
    this.stop = watchInterruptions(
      (one) => this.heard.push(one),
      { wall: this.#wall, monotonic: () => this.#monotonic, sinceBoot: () => this.#sinceBoot },
      this.#schedule,
    );
  }

  /** Time passes on some of the clocks, then the next second is over. */
  pass(wall: number, monotonic = wall, sinceBoot = wall): void {
    this.#wall.set(this.#wall.now() + wall);
    this.#monotonic += monotonic;
    this.#sinceBoot += sinceBoot;
    this.#schedule.pass(1_000);
  }

  get waiting(): number {
    return this.#schedule.waiting;
  }
}

describe('[R11.5] watching for sleep and for jumps of the clock', () => {
  it('hears nothing while time passes, nor of small corrections', () => {
    const computer = new Computer();
    for (let i = 0; i < 100; i += 1) computer.pass(1_000);
    computer.pass(6_000, 1_000, 1_000);
    computer.pass(-4_000, 1_000, 1_000);
    expect(computer.heard).toEqual([]);
  });

  it('hears of a sleep in which the monotonic clock stood still, once, with its bounds', () => {
    const computer = new Computer();
    computer.pass(1_000);
    computer.pass(3_600_000, 1_000, 3_600_000);
    computer.pass(1_000);
    expect(computer.heard).toEqual([{ cause: 'sleep', from: NOON + 1_000, to: NOON + 3_601_000 }]);
  });

  it('hears of a sleep in which every clock went on', () => {
    const computer = new Computer();
    computer.pass(30_001);
    expect(computer.heard).toEqual([{ cause: 'sleep', from: NOON, to: NOON + 30_001 }]);
  });

  it('takes a busy process for busy', () => {
    const computer = new Computer();
    computer.pass(29_999);
    expect(computer.heard).toEqual([]);
  });

  it.each([
    ['forward', 6_001],
    ['back', -4_001],
  ])('hears of a clock that jumps %s by just over five seconds', (_which, wall) => {
    const computer = new Computer();
    computer.pass(wall, 1_000, 1_000);
    expect(computer.heard).toEqual([{ cause: 'clockJump', from: NOON, to: NOON + wall }]);
  });

  it('hears of a sleep although the clock was set back by as much', () => {
    const computer = new Computer();
    computer.pass(1_000, 1_000, 600_000);
    expect(computer.heard).toMatchObject([{ cause: 'sleep' }]);
  });

  it('hears nothing more once it was stopped', () => {
    const computer = new Computer();
    computer.stop();
    computer.pass(3_600_000);
    expect([computer.heard, computer.waiting]).toEqual([[], 0]);
  });
});
