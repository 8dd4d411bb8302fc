import { AppError } from '../../../shared/contract/appError.ts';
import type { Cancel, Schedule } from '../../platform/schedule.ts';
import { ended } from './ended.ts';

/** The venues count their limits by the minute. */
const WINDOW_MS = 60_000;

export interface RateLimit {
  /** Calls in any sixty seconds, the reserve included. */
  readonly perMinute: number;
  /** How many of them only urgent calls may use, so that a cancel never waits behind reads; at least one. */
  readonly reserve: number;
  /** How many calls may wait: so many urgent ones, and so many others. */
  readonly maxWaiting: number;
  /** Who is not urgent and would wait longer is told so at once, in ms; left out, only the number counts. */
  readonly maxWaitMs?: number;
}

export interface TurnOptions {
  /** Goes before all that are not, and may use the reserve. */
  readonly urgent?: boolean;
  /** Gives up waiting. A call that has begun is not ended by it. */
  readonly signal?: AbortSignal | undefined;
  /** Asked when the turn has come: what it answers refuses the call, and the turn is not used up. */
  readonly refusal?: () => Error | undefined;
}

export interface LimiterUse {
  readonly perMinute: number;
  /** Calls begun in the last sixty seconds. */
  readonly used: number;
  readonly waiting: number;
  /** Answered `RATE_LIMITED` since the program began. */
  readonly refused: number;
}

interface Turn {
  readonly refusal: (() => Error | undefined) | undefined;
  begin(): void;
  reject(error: Error): void;
}

/**
 * Lets calls begin in the order in which they came, urgent ones first, and never more than the limit in any sixty
 * seconds (from the start of a call up to, not including, sixty seconds later).
 *
 * Our own, because no kept library does it: p-queue reads the computer's clock itself, which may be set back, and like
 * the others it keeps no reserve and cannot say how long a refused caller has to wait.
 */
export class CallLimiter {
  readonly #category: string;
  readonly #limit: RateLimit;
  /** Milliseconds of a clock that never goes back. */
  readonly #now: () => number;
  readonly #schedule: Schedule;
  readonly #urgent: Turn[] = [];
  readonly #routine: Turn[] = [];
  /** When the last calls began, oldest first; no more than can still matter. */
  readonly #starts: number[] = [];
  #alarm: Cancel | undefined;
  #refused = 0;

  constructor(category: string, limit: RateLimit, now: () => number, schedule: Schedule) {
    if (limit.reserve < 1 || limit.reserve >= limit.perMinute)
      throw new RangeError(
        `A reserve of ${limit.reserve} does not fit into ${limit.perMinute} calls a minute.`,
      );
    this.#category = category;
    this.#limit = limit;
    this.#now = now;
    this.#schedule = schedule;
  }

  /**
   * Makes the call when its turn comes, at once if it can.
   * @throws AppError RATE_LIMITED when too many wait: after `details.waitMs` the call would go out at once if nothing
   * else were asked meanwhile. AppError CANCELLED when the signal aborts first.
   */
  run<T>(call: () => Promise<T>, { urgent = false, signal, refusal }: TurnOptions = {}): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const queue = urgent ? this.#urgent : this.#routine;
    const leave = (): void => {
      queue.splice(queue.indexOf(turn), 1);
      reject(ended());
      this.#proceed();
    };
    const turn: Turn = {
      refusal,
      begin: () => {
        signal?.removeEventListener('abort', leave);
        resolve(begun(call));
      },
      reject: (error) => {
        signal?.removeEventListener('abort', leave);
        reject(error);
      },
    };
    // The alarm of a busy computer may be late: those whose turn has come make room first.
    this.#proceed();
    if (signal?.aborted === true) reject(ended());
    else if (this.#isFull(urgent, queue.length)) reject(this.#refuse(urgent));
    else {
      signal?.addEventListener('abort', leave);
      queue.push(turn);
      this.#proceed();
    }
    return promise;
  }

  use(): LimiterUse {
    const since = this.#now() - WINDOW_MS;
    return {
      perMinute: this.#limit.perMinute,
      used: this.#starts.filter((start) => start > since).length,
      waiting: this.#urgent.length + this.#routine.length,
      refused: this.#refused,
    };
  }

  /** Begins whatever may begin, and sets the alarm for what is next. */
  #proceed(): void {
    this.#alarm?.();
    for (;;) {
      const isUrgent = this.#urgent.length > 0;
      const queue = isUrgent ? this.#urgent : this.#routine;
      const [turn] = queue;
      if (turn === undefined) return;
      const now = this.#now();
      const waitMs = freeAt(this.#starts, this.#cap(isUrgent)) - now;
      if (waitMs > 0) {
        this.#wake(waitMs);
        return;
      }
      queue.shift();
      const refused = turn.refusal?.();
      if (refused !== undefined) {
        turn.reject(refused);
        continue;
      }
      this.#starts.push(now);
      if (this.#starts.length > this.#limit.perMinute) this.#starts.shift();
      turn.begin();
    }
  }

  #wake(waitMs: number): void {
    // A call that began just now may have set one already, by asking for another.
    this.#alarm?.();
    this.#alarm = this.#schedule.after(Math.ceil(waitMs), () => {
      this.#proceed();
    });
  }

  #isFull(urgent: boolean, waiting: number): boolean {
    const { maxWaiting, maxWaitMs = Infinity } = this.#limit;
    const waitMs = this.#waitMs(urgent);
    return (waiting >= maxWaiting && waitMs > 0) || (!urgent && waitMs > maxWaitMs);
  }

  #cap(urgent: boolean): number {
    return urgent ? this.#limit.perMinute : this.#limit.perMinute - this.#limit.reserve;
  }

  /** How long one more would wait if those who wait went first and nobody else came. */
  #waitMs(urgent: boolean): number {
    const now = this.#now();
    const starts = [...this.#starts];
    let at = now;
    const ahead = [...this.#urgent.map(() => true), ...(urgent ? [] : this.#routine.map(() => false))];
    for (const isUrgent of [...ahead, urgent]) {
      at = Math.max(at, freeAt(starts, this.#cap(isUrgent)));
      starts.push(at);
    }
    return Math.ceil(at - now);
  }

  #refuse(urgent: boolean): AppError {
    this.#refused += 1;
    const waitMs = this.#waitMs(urgent);
    return new AppError(
      'RATE_LIMITED',
      `Too many calls are waiting. Ask again in ${Math.ceil(waitMs / 1_000)} s.`,
      { category: this.#category, waitMs },
      { retryable: true },
    );
  }
}

/** When fewer than `cap` calls will have begun in the last minute: sixty seconds after the cap-th last one. */
function freeAt(starts: readonly number[], cap: number): number {
  const deciding = starts[starts.length - cap];
  return deciding === undefined ? -Infinity : deciding + WINDOW_MS;
}

/** Makes a rejection of what is thrown before the first await. */
async function begun<T>(call: () => Promise<T>): Promise<T> {
  return await call();
}
