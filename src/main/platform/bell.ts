import { pause } from './timers.ts';

/** One loop waits, others ring: a wait ends at the first ring, also at one that came just before it. */
export class Bell {
  #rung = false;
  #ring = new AbortController();

  ring(): void {
    this.#rung = true;
    this.#ring.abort();
  }

  /** @param ms the longest wait; without it until somebody rings */
  async wait(ms = FOREVER_MS): Promise<void> {
    if (!this.#rung) await pause(ms, this.#ring.signal);
    this.#rung = false;
    this.#ring = new AbortController();
  }
}

/** The longest that a timer takes: 24 days, after which a loop just looks again. */
const FOREVER_MS = 2 ** 31 - 1;
