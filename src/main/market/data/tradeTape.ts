import type { PublicTrade } from './trade.ts';

/** The newest trades of a market. */
export class TradeTape {
  readonly #capacity: number;
  /** A ring: once it is full, the newest trade takes the place of the oldest. */
  readonly #ring: PublicTrade[] = [];
  #taken = 0;
  #newest: PublicTrade | undefined;

  /** @param past oldest first */
  constructor(capacity: number, past: readonly PublicTrade[] = []) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) throw new RangeError(`a tape of ${capacity} trades`);
    this.#capacity = capacity;
    for (const trade of past) this.add(trade);
  }

  get newest(): PublicTrade | undefined {
    return this.#newest;
  }

  /** Takes the next trade; one that it has had, or that is older, changes nothing. */
  add(trade: PublicTrade): 'added' | 'known' {
    const newest = this.#newest;
    if (newest !== undefined && trade.id <= newest.id) return 'known';
    this.#newest = trade;
    this.#ring[this.#taken % this.#capacity] = trade;
    this.#taken += 1;
    return 'added';
  }

  /** At most so many, newest first. */
  latest(limit: number): readonly PublicTrade[] {
    return this.#last(limit).toReversed();
  }

  /** The newest `count` of what it holds, oldest first. */
  #last(count: number): readonly PublicTrade[] {
    const ring = this.#ring;
    const held = Math.max(0, Math.min(count, ring.length));
    const from = (this.#taken - held) % this.#capacity;
    const end = from + held;
    return [...ring.slice(from, end), ...ring.slice(0, Math.max(0, end - this.#capacity))];
  }
}
