import type { Price } from '../../../shared/money/quantity.ts';
import type { BookLevel } from './bookView.ts';

/** Whether the first price comes before the second in its side of the book. */
export type IsBetter = (a: Price, b: Price) => boolean;

export const isBetterBid: IsBetter = (a, b) => a > b;
export const isBetterAsk: IsBetter = (a, b) => a < b;

/**
 * A side after a change. Each level named has its new size, whatever it was; one that was not there and is not to be
 * there either says nothing, because it may lie deeper than the side is known.
 */
export function changedSide(
  levels: readonly BookLevel[],
  changes: readonly BookLevel[],
  isBetter: IsBetter,
): readonly BookLevel[] {
  if (changes.length === 0) return levels;
  const side = [...levels];
  for (const change of changes) {
    const at = placeOf(side, change.price, isBetter);
    const known = side[at]?.price === change.price ? 1 : 0;
    if (change.size > 0n) side.splice(at, known, change);
    else side.splice(at, known);
  }
  return side;
}

/** Whether each level is worse than the one before it, and has something on offer. */
export const isSide = (levels: readonly BookLevel[], isBetter: IsBetter): boolean =>
  levels.every(({ price, size }, at) => {
    const better = levels[at - 1];
    return size > 0n && (better === undefined || isBetter(better.price, price));
  });

/** Where a price is in a side, or would be. */
function placeOf(side: readonly BookLevel[], price: Price, isBetter: IsBetter): number {
  let from = 0;
  let to = side.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const level = side[middle];
    if (level !== undefined && isBetter(level.price, price)) from = middle + 1;
    else to = middle;
  }
  return from;
}
