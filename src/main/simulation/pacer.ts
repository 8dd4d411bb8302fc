import { FIRST_SPEED } from '../../shared/contract/clockSpeed.ts';
import { MINUTE_MS } from '../market/feed.ts';
import { stopwatch } from '../platform/clock.ts';

/** Further behind than this, lost time is let go instead of made up for in a burst. */
const PATIENCE_MS = 1_000;

/** The pace of a paper market, as a screen shows it. */
export interface ClockShown {
  /** How many times faster than life. */
  readonly speed: number;
  readonly paused: boolean;
  /** On its way to the next funding payment, as fast as it goes. */
  readonly rushing: boolean;
}

/** Keeps a run in step with the wall: each simulated minute takes a minute divided by the speed. */
export class Pacer {
  readonly #stopwatch: () => number;
  #speed: number;
  #paused = false;
  #rushUntil = 0;
  #due: number;
  /** Of the market's minute, in its ms: what was still to come when it was paused. */
  #left = 0;

  /** @param elapsed milliseconds of a clock that never jumps */
  constructor(speed: number = FIRST_SPEED, elapsed: () => number = stopwatch) {
    this.#speed = speed;
    this.#stopwatch = elapsed;
    this.#due = elapsed();
  }

  /** @param now the run's own time */
  shown(now: number): ClockShown {
    return { speed: this.#speed, paused: this.#paused, rushing: !this.#paused && now < this.#rushUntil };
  }

  /** The minute goes on from where it stood, at another pace. */
  setSpeed(speed: number): void {
    const left = this.#leftOfMinute();
    this.#speed = speed;
    this.#paused = false;
    this.#rushUntil = 0;
    this.#due = this.#stopwatch() + left / speed;
  }

  pause(): void {
    this.#left = this.#leftOfMinute();
    this.#paused = true;
  }

  /** Runs as fast as it can up to a moment of the simulated clock, then at its speed again. */
  rushUntil(t: number): void {
    this.#rushUntil = t;
    this.#paused = false;
    this.restart();
  }

  /** Another market: where the rush was to end is nowhere in it. */
  endRush(): void {
    this.#rushUntil = 0;
  }

  /** Milliseconds until the minute after `now` is due, never less than zero; null while paused. */
  untilDue(now: number): number | null {
    if (this.#paused) return null;
    return now < this.#rushUntil ? 0 : Math.max(0, this.#due - this.#stopwatch());
  }

  /**
   * The moment of the market now, within the minute after `now`; `now` itself while it stands or rushes.
   * @param now the run's own time
   */
  momentAfter(now: number): number {
    const wait = this.untilDue(now);
    if (wait === null || now < this.#rushUntil) return now;
    const into = MINUTE_MS - wait * this.#speed;
    return now + Math.max(0, Math.min(MINUTE_MS - 1, Math.floor(into)));
  }

  /** How long a stretch of the market takes now, in wall ms. */
  wallMs(marketMs: number): number {
    return marketMs / this.#speed;
  }

  /** A minute was done: the next is due a minute later, divided by the speed. */
  stepped(now: number): void {
    const at = this.#stopwatch();
    const behind = at - this.#due;
    // At the end of a rush the next minute lies ahead already, counted from a step that nobody waited for.
    const from = now < this.#rushUntil || behind < 0 || behind > PATIENCE_MS ? at : this.#due;
    this.#due = from + MINUTE_MS / this.#speed;
  }

  /** Time that passed until now is not made up for. */
  restart(): void {
    this.#due = this.#stopwatch();
  }

  #leftOfMinute(): number {
    if (this.#paused) return this.#left;
    return Math.max(0, Math.min(MINUTE_MS, (this.#due - this.#stopwatch()) * this.#speed));
  }
}
