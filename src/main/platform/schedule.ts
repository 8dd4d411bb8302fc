/** Ends what was begun; calling it again does nothing. */
export type Cancel = () => void;

/** Calls that come later, passed in so that a test need not wait for them. */
export interface Schedule {
  after(ms: number, act: () => void): Cancel;
  every(ms: number, act: () => void): Cancel;
}

/** The computer's own timers. None of them keeps the process alive. */
export const realSchedule: Schedule = {
  after(ms, act) {
    const timer = setTimeout(act, ms).unref();
    return () => {
      clearTimeout(timer);
    };
  },
  every(ms, act) {
    const timer = setInterval(act, ms).unref();
    return () => {
      clearInterval(timer);
    };
  },
};

interface Entry {
  due: number;
  readonly act: () => void;
  readonly everyMs: number | undefined;
}

/** Timers that go off when the time is moved on by hand. */
export class ManualSchedule implements Schedule {
  readonly #entries = new Set<Entry>();
  #now = 0;

  after(ms: number, act: () => void): Cancel {
    return this.#add({ due: this.#now + ms, act, everyMs: undefined });
  }

  every(ms: number, act: () => void): Cancel {
    return this.#add({ due: this.#now + ms, act, everyMs: ms });
  }

  /** How many wait. */
  get waiting(): number {
    return this.#entries.size;
  }

  /** Lets `ms` pass: what falls due goes off in order, each at its time. */
  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = [...this.#entries].sort((a, b) => a.due - b.due)[0];
      if (next === undefined || next.due > end) break;
      this.#now = next.due;
      if (next.everyMs === undefined) this.#entries.delete(next);
      else next.due += next.everyMs;
      next.act();
    }
    this.#now = end;
  }

  #add(entry: Entry): Cancel {
    this.#entries.add(entry);
    return () => {
      this.#entries.delete(entry);
    };
  }
}
