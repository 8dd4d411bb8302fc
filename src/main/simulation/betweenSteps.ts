import { breathe } from '../platform/timers.ts';

/** So long may work go on before the rest of the program is heard. */
const BREATHE_AFTER_MS = 20;
/** So long may work go on before a step that is due is done. */
const TURN_MS = 50;

/** Work that has to wait until a step is whole: it never sees, and never changes, half a minute. */
export class BetweenSteps {
  readonly #waiting: { readonly work: () => Promise<void>; readonly refuse: (reason: Error) => void }[] = [];
  readonly #elapsed: () => number;
  readonly #called: () => void;
  #closed: Error | undefined;

  /**
   * @param elapsed milliseconds of a clock that never jumps
   * @param called told that there is work
   */
  constructor(elapsed: () => number, called: () => void) {
    this.#elapsed = elapsed;
    this.#called = called;
  }

  /** Does the work as soon as no step is under way, in the order in which it was asked for; what is urgent first. */
  ask<T>(work: () => T | Promise<T>, urgent = false): Promise<T> {
    return new Promise((resolve, refuse) => {
      if (this.#closed !== undefined) {
        refuse(this.#closed);
        return;
      }
      const waiting = {
        work: async () => {
          try {
            resolve(await work());
          } catch (error) {
            refuse(error instanceof Error ? error : new Error(String(error)));
          }
        },
        refuse,
      };
      if (urgent) this.#waiting.unshift(waiting);
      else this.#waiting.push(waiting);
      this.#called();
    });
  }

  /**
   * What is asked for by now, for as long as a turn lasts: however much is asked, the steps go on. Returns whether there
   * is more.
   */
  async takeTurn(): Promise<boolean> {
    const begun = this.#elapsed();
    let heard = begun;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      await next.work();
      const now = this.#elapsed();
      if (now - heard >= BREATHE_AFTER_MS) {
        await breathe();
        heard = this.#elapsed();
      }
      if (now - begun >= TURN_MS) break;
    }
    return this.#waiting.length > 0;
  }

  /** From now on nothing is taken, and what still waits is refused. */
  close(reason: Error): void {
    this.#closed = reason;
    for (const { refuse } of this.#waiting.splice(0)) refuse(reason);
  }
}
