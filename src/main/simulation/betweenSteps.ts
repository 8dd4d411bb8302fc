/** Work that has to wait until a step is whole: it never sees, and never changes, half a minute. */
export class BetweenSteps {
  readonly #waiting: (() => Promise<void>)[] = [];
  readonly #called: () => void;
  #closed: Error | undefined;

  /** @param called told that there is work */
  constructor(called: () => void) {
    this.#called = called;
  }

  /** Does the work as soon as no step is under way, in the order in which it was asked for. */
  ask<T>(work: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#closed !== undefined) {
        reject(this.#closed);
        return;
      }
      this.#waiting.push(async () => {
        try {
          resolve(await work());
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
      this.#called();
    });
  }

  /** Everything that is asked for by now, and meanwhile. */
  async takeAll(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) await next();
  }

  /** From now on nothing is taken. */
  close(reason: Error): void {
    this.#closed = reason;
  }
}
