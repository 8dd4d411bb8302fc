/** Those who want to hear. */
export class Listeners<T> {
  readonly #listeners = new Set<(heard: T) => void>();

  /** Returns what ends it. */
  add(listener: (heard: T) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  tell(heard: T): void {
    for (const listener of this.#listeners) listener(heard);
  }
}
