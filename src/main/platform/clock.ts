/** The time, passed in: wall time on a desk, simulated time in a run. Unix milliseconds. */
export interface Clock {
  now(): number;
}

/** The computer's own clock. */
export const wallClock: Clock = { now: () => Date.now() };

/** Milliseconds of a clock that never jumps, for measuring how long something took. */
export const stopwatch = (): number => performance.now();

/** A clock that stands where it is put. */
export class ManualClock implements Clock {
  #now: number;

  constructor(startMs: number) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  set(t: number): void {
    this.#now = t;
  }
}
