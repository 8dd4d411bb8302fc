import { stopwatch } from '../platform/clock.ts';
import { pause } from '../platform/timers.ts';
import { MINUTE_MS } from '../market/feed.ts';

/** How many times faster than life a paper market runs. */
export type Speed = 1 | 60 | 3_600;
export const SPEEDS: readonly Speed[] = [1, 60, 3_600];

/** Further behind than this, lost time is let go instead of made up for in a burst. */
const PATIENCE_MS = 1_000;

/** Keeps a run in step with the wall: each simulated minute takes a minute divided by the speed. */
export class Pacer {
  #speed: Speed;
  #paused = false;
  #rushUntil = 0;
  #due = stopwatch();
  #wake = new AbortController();

  constructor(speed: Speed) {
    this.#speed = speed;
  }

  get speed(): Speed {
    return this.#speed;
  }

  get paused(): boolean {
    return this.#paused;
  }

  setSpeed(speed: Speed): void {
    this.#speed = speed;
    this.#paused = false;
    this.#start();
  }

  togglePause(): void {
    this.#paused = !this.#paused;
    this.#start();
  }

  /** Runs as fast as it can up to a moment of the simulated clock, then at its speed again. */
  rushUntil(t: number): void {
    this.#rushUntil = t;
    this.#paused = false;
    this.#start();
  }

  /** Ends a wait at once. */
  wake(): void {
    this.#wake.abort();
    this.#wake = new AbortController();
  }

  /** Waits until the minute after `now` is due; while paused, until somebody wakes it. */
  async untilDue(now: number): Promise<void> {
    if (this.#paused) {
      await pause(PATIENCE_MS, this.#wake.signal);
      return;
    }
    if (now < this.#rushUntil) {
      this.#due = stopwatch();
      return;
    }
    this.#due += MINUTE_MS / this.#speed;
    const behind = stopwatch() - this.#due;
    if (behind > PATIENCE_MS) this.#due += behind;
    if (behind < 0) await pause(-behind, this.#wake.signal);
  }

  #start(): void {
    this.#due = stopwatch();
    this.wake();
  }
}
