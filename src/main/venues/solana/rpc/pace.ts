import { ended } from '../../../market/access/ended.ts';
import type { Cancel, Schedule } from '../../../platform/schedule.ts';

/** A second's calls are let through in fifths of it, so that a node never sees all of them at once. */
const PARTS_OF_SECOND = 5;

interface Turn {
  readonly begin: () => void;
}

/** No more than so many calls within so many ms. */
interface Limit {
  readonly calls: number;
  readonly withinMs: number;
}

/**
 * Lets calls to one node begin evenly, and never more than so many a second. Urgent ones go first and need not be even:
 * a transaction takes more calls than a fifth of a second has, and its price doesn't wait for them.
 */
export class Pace {
  readonly #even: Limit;
  readonly #most: Limit;
  readonly #elapsed: () => number;
  readonly #schedule: Schedule;
  readonly #urgent: Turn[] = [];
  readonly #routine: Turn[] = [];
  /** When the last calls began, oldest first. */
  readonly #starts: number[] = [];
  #alarm: Cancel | undefined;

  /** @param elapsed ms of a clock that never goes back */
  constructor(callsPerSecond: number, elapsed: () => number, schedule: Schedule) {
    if (!(callsPerSecond > 0)) throw new RangeError(`${callsPerSecond} calls a second are none.`);
    const limitOf = (calls: number): Limit => ({ calls, withinMs: (calls / callsPerSecond) * 1_000 });
    this.#even = limitOf(Math.max(1, Math.floor(callsPerSecond / PARTS_OF_SECOND)));
    this.#most = limitOf(Math.max(1, Math.floor(callsPerSecond)));
    this.#elapsed = elapsed;
    this.#schedule = schedule;
  }

  get waiting(): number {
    return this.#urgent.length + this.#routine.length;
  }

  /** Resolves when the call may begin. @throws AppError CANCELLED when the signal aborts first. */
  async turn(urgent: boolean, signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw ended();
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const turn: Turn = {
      begin: () => {
        resolve(undefined);
      },
    };
    const queue = urgent ? this.#urgent : this.#routine;
    const leave = (): void => {
      queue.splice(queue.indexOf(turn), 1);
      reject(ended());
      this.#proceed();
    };
    signal.addEventListener('abort', leave);
    queue.push(turn);
    this.#proceed();
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  #proceed(): void {
    this.#alarm?.();
    this.#alarm = undefined;
    while (this.waiting > 0) {
      const now = this.#elapsed();
      const waitMs = this.#freeAt() - now;
      if (waitMs > 0) {
        this.#alarm = this.#schedule.after(Math.ceil(waitMs), () => {
          this.#proceed();
        });
        return;
      }
      this.#starts.push(now);
      if (this.#starts.length > this.#most.calls) this.#starts.shift();
      const turn = this.#urgent.shift() ?? this.#routine.shift();
      turn?.begin();
    }
  }

  /** When the next of those who wait may begin. */
  #freeAt(): number {
    const limits = this.#urgent.length > 0 ? [this.#most] : [this.#most, this.#even];
    return Math.max(
      ...limits.map(({ calls, withinMs }) => (this.#starts.at(-calls) ?? -Infinity) + withinMs),
    );
  }
}
