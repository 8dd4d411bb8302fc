import { NO_BASE } from '../../../shared/money/quantity.ts';
import { isBetterAsk, isBetterBid, type IsBetter } from './bookSide.ts';
import type { BookChange, BookLevel, BookView } from './bookView.ts';

/**
 * What a subscriber who has `before` needs to have `after`: the levels that differ, and no others. Of views of a limited
 * depth it says what falls out of sight, and what comes into it, as if it had been cancelled or placed.
 * Throws a RangeError for views of two markets, and where `after` is no newer.
 */
export function bookDifference(before: BookView, after: BookView): BookChange {
  if (before.market !== after.market) {
    throw new RangeError(`${before.market} and ${after.market} are two books`);
  }
  if (after.sequence <= before.sequence) {
    throw new RangeError(`the book of ${after.sequence} does not follow on that of ${before.sequence}`);
  }
  return {
    market: after.market,
    t: after.t,
    from: before.sequence,
    sequence: after.sequence,
    bids: sideDifference(before.bids, after.bids, isBetterBid),
    asks: sideDifference(before.asks, after.asks, isBetterAsk),
  };
}

/** Walks both sides at once, from the best level on. */
function sideDifference(
  before: readonly BookLevel[],
  after: readonly BookLevel[],
  isBetter: IsBetter,
): readonly BookLevel[] {
  const changed: BookLevel[] = [];
  let old = 0;
  for (const level of after) {
    let was = before[old];
    while (was !== undefined && isBetter(was.price, level.price)) {
      changed.push({ price: was.price, size: NO_BASE });
      old += 1;
      was = before[old];
    }
    if (was?.price === level.price) old += 1;
    if (was?.price !== level.price || was.size !== level.size) changed.push(level);
  }
  for (const { price } of before.slice(old)) changed.push({ price, size: NO_BASE });
  return changed;
}
