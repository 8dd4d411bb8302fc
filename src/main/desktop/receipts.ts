/**
 * What was handed to a page and not taken yet. IPC has no backpressure of its own, so the preload gives a receipt for
 * each frame; they come in the order of the frames, and one that nobody waits for counts for nothing.
 */
export class Receipts {
  #sizes: number[] = [];
  #first = 0;
  #waiting = 0;

  get waitingBytes(): number {
    return this.#waiting;
  }

  sent(bytes: number): void {
    this.#sizes.push(bytes);
    this.#waiting += bytes;
  }

  taken(): void {
    const bytes = this.#sizes[this.#first];
    if (bytes === undefined) return;
    this.#waiting -= bytes;
    this.#first += 1;
    if (this.#first < COMPACT_AT) return;
    this.#sizes = this.#sizes.slice(this.#first);
    this.#first = 0;
  }
}

/** Taking the first of a long array away is slow; it is done for many at once. */
const COMPACT_AT = 1_024;
