import type { Price } from '../../../shared/money/quantity.ts';

interface Candidate {
  readonly t: number;
  readonly price: Price;
}

/**
 * The highest or lowest price of a window that moves, without looking at all of it: only prices are kept that no later
 * one beats, so the first is the extreme, and there are no more than there are distinct times.
 */
export class SlidingExtreme {
  readonly #beats: (a: Price, b: Price) => boolean;
  readonly #candidates: Candidate[] = [];

  constructor(kind: 'highest' | 'lowest') {
    this.#beats = kind === 'highest' ? (a, b) => a > b : (a, b) => a < b;
  }

  get best(): Price | undefined {
    return this.#candidates[0]?.price;
  }

  /** Times never fall from one call to the next. */
  add(t: number, price: Price): void {
    const candidates = this.#candidates;
    let last = candidates.at(-1);
    while (last !== undefined && !this.#beats(last.price, price)) {
      candidates.pop();
      last = candidates.at(-1);
    }
    // One that is better and leaves the window no sooner hides it.
    if (last?.t !== t) candidates.push({ t, price });
  }

  /** Forgets everything before a time. */
  forget(before: number): void {
    const candidates = this.#candidates;
    while (candidates[0] !== undefined && candidates[0].t < before) candidates.shift();
  }

  clear(): void {
    this.#candidates.length = 0;
  }
}
