import { ManualClock, type Clock } from '../../../src/main/platform/clock.ts';
import { ManualSchedule, type Cancel, type Schedule } from '../../../src/main/platform/schedule.ts';

/** Time that is moved on by hand, and knows whether anything went off. */
export class SimulatedTime {
  readonly clock: Clock;
  readonly schedule: Schedule;
  readonly #clock: ManualClock;
  readonly #timers = new ManualSchedule();
  readonly #startMs: number;
  #wentOff = 0;

  constructor(startMs: number) {
    this.#startMs = startMs;
    this.#clock = new ManualClock(startMs);
    this.clock = this.#clock;
    const counted = (act: () => void) => (): void => {
      this.#wentOff += 1;
      act();
    };
    this.schedule = {
      after: (ms, act): Cancel => this.#timers.after(ms, counted(act)),
      every: (ms, act): Cancel => this.#timers.every(ms, counted(act)),
    };
  }

  readonly elapsed = (): number => this.#clock.now() - this.#startMs;

  /** @returns whether anything went off */
  pass(ms: number): boolean {
    const before = this.#wentOff;
    this.#clock.set(this.#clock.now() + ms);
    this.#timers.pass(ms);
    return this.#wentOff > before;
  }
}
