import { ended } from '../../../market/access/ended.ts';
import type { Cancel, Schedule } from '../../../platform/schedule.ts';

/** A second's calls are let through in fifths of it, so that a node never sees all of them at once. */
const PARTS_OF_SECOND = 5;

interface Turn {
  readonly begin: () => void;
}

/** Lets calls to one node begin evenly, urgent ones first, and never more than so many a second. */
export class Pace {
  readonly #atOnce: number;
  readonly #windowMs: number;
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
    this.#atOnce = Math.max(1, Math.floor(callsPerSecond / PARTS_OF_SECOND));
    this.#windowMs = (this.#atOnce / callsPerSecond) * 1_000;
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
      const [oldest = -Infinity] = this.#starts.length < this.#atOnce ? [] : this.#starts;
      const waitMs = oldest + this.#windowMs - now;
      if (waitMs > 0) {
        this.#alarm = this.#schedule.after(Math.ceil(waitMs), () => {
          this.#proceed();
        });
        return;
      }
      this.#starts.push(now);
      if (this.#starts.length > this.#atOnce) this.#starts.shift();
      const turn = this.#urgent.shift() ?? this.#routine.shift();
      turn?.begin();
    }
  }
}
