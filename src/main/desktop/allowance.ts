/** So many of something within a time, and no more: a storm of alerts, or of a page that keeps falling over. */
export class Allowance {
  readonly #count: number;
  readonly #withinMs: number;
  #taken: readonly number[] = [];

  constructor(count: number, withinMs: number) {
    this.#count = count;
    this.#withinMs = withinMs;
  }

  /** Takes one if there is one left. A clock that was set back gives everything again. */
  take(now: number): boolean {
    this.#taken = this.#taken.filter((at) => at <= now && now - at < this.#withinMs);
    if (this.#taken.length >= this.#count) return false;
    this.#taken = [...this.#taken, now];
    return true;
  }
}
