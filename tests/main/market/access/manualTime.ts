import type { Cancel, Schedule } from '../../../../src/main/platform/schedule.ts';
import type { Clock } from '../../../../src/main/platform/clock.ts';

interface Alarm {
  readonly due: number;
  readonly act: () => void;
}

/** A clock and its alarms, moved on together by hand. */
export class ManualTime implements Clock, Schedule {
  readonly #alarms = new Set<Alarm>();
  #now: number;

  constructor(startMs = 0) {
    this.#now = startMs;
  }

  readonly now = (): number => this.#now;

  after(ms: number, act: () => void): Cancel {
    const alarm = { due: this.#now + ms, act };
    this.#alarms.add(alarm);
    return () => {
      this.#alarms.delete(alarm);
    };
  }

  every(): Cancel {
    throw new Error('Nothing here repeats.');
  }

  /** How many alarms are set. */
  get waiting(): number {
    return this.#alarms.size;
  }

  /** Lets time pass: what falls due goes off in order, each at its time. */
  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = [...this.#alarms].sort((a, b) => a.due - b.due);
      if (next === undefined || next.due > end) break;
      this.#now = next.due;
      this.#alarms.delete(next);
      next.act();
    }
    this.#now = end;
  }
}
