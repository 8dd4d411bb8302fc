import type { Timers } from '../../../src/renderer/api/timers.ts';

interface Waiting {
  readonly at: number;
  readonly call: () => void;
}

/** A clock that stands still until it is moved on. */
export class ManualTimers implements Timers {
  #now = 1_700_000_000_000;
  #waiting: Waiting[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, call: () => void): () => void {
    const waiting = { at: this.#now + ms, call };
    this.#waiting.push(waiting);
    return () => {
      this.#waiting = this.#waiting.filter((one) => one !== waiting);
    };
  }

  /** Moves on, and calls whatever falls due on the way, in its order. */
  pass(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const [next] = this.#waiting.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#waiting = this.#waiting.filter((one) => one !== next);
      this.#now = next.at;
      next.call();
    }
    this.#now = until;
  }
}
