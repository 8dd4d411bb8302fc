import type { Side } from '../../../domain/market.ts';
import type { Ticks } from './grid.ts';
import type { PriceLevel } from './priceLevel.ts';

/**
 * The price levels of one side. They lie in an array from worst to best: most orders come and go near the best price,
 * which is the end, where little has to move; a search is binary, and nothing is allocated but a level that is new.
 */
export class BookSide {
  readonly #levels: PriceLevel[] = [];
  /** Ticks times this: the higher, the better the price for who takes it. */
  readonly #sign: 1 | -1;

  constructor(side: Side) {
    this.#sign = side === 'buy' ? 1 : -1;
  }

  /** A level by its distance from the best, which is 0. */
  at(fromBest: number): PriceLevel | undefined {
    return this.#levels[this.#levels.length - 1 - fromBest];
  }

  /** Whether the level's price is the limit or better, for who takes from this side. */
  within(level: PriceLevel, limit: Ticks): boolean {
    return level.ticks * this.#sign >= limit * this.#sign;
  }

  find(ticks: Ticks): PriceLevel | undefined {
    const level = this.#levels[this.#place(ticks)];
    return level?.ticks === ticks ? level : undefined;
  }

  add(level: PriceLevel): void {
    const levels = this.#levels;
    const place = this.#place(level.ticks);
    levels.push(level);
    levels.copyWithin(place + 1, place, levels.length - 1);
    levels[place] = level;
  }

  remove(level: PriceLevel): void {
    const levels = this.#levels;
    const place = this.#place(level.ticks);
    levels.copyWithin(place, place + 1);
    levels.pop();
  }

  /** Where the level of a price is, or would come: behind all that are worse. */
  #place(ticks: Ticks): number {
    const levels = this.#levels;
    const rank = ticks * this.#sign;
    let low = 0;
    let high = levels.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const level = levels[middle];
      if (level !== undefined && level.ticks * this.#sign < rank) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
