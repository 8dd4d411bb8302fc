/** Lets what is done under one name happen one after the other. */
export class Turns {
  readonly #last = new Map<string, Promise<undefined>>();

  /** Does the work once all that was asked for before under that name is over, whether or not it succeeded. */
  async take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name);
    const turn = Promise.withResolvers<undefined>();
    this.#last.set(name, turn.promise);
    try {
      await before;
      return await work();
    } finally {
      turn.resolve(undefined);
      if (this.#last.get(name) === turn.promise) this.#last.delete(name);
    }
  }
}
