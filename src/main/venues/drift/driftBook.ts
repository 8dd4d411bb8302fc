import { PRICE_ONE, RATE_ONE, base, price, rate, type Price } from '../../../shared/money/quantity.ts';
import { divide, smaller } from '../../../shared/money/rounding.ts';
import type { DepthLevel } from '../../market/feed.ts';
import { priceFrom } from './units.ts';

/** A price on one side of a book, nearest first, with what can be traded at it. Chain units. */
export interface BookLevel {
  readonly price: bigint;
  readonly size: bigint;
}

export interface DriftBook {
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}

/** Several sources of prices as one book: levels of one price add up. */
export function merged(sources: readonly DriftBook[]): DriftBook {
  return {
    bids: levels(
      sources.flatMap(({ bids }) => bids),
      -1,
    ),
    asks: levels(
      sources.flatMap(({ asks }) => asks),
      1,
    ),
  };
}

/** What is left of a book once those who would trade with one another have: nothing in it crosses. */
export function uncrossed({ bids, asks }: DriftBook): DriftBook {
  let book: DriftBook = { bids, asks };
  for (;;) {
    const [bid, ask] = [book.bids[0], book.asks[0]];
    if (bid === undefined || ask === undefined || bid.price < ask.price) return book;
    const traded = smaller(bid.size, ask.size);
    book = { bids: without(book.bids, traded), asks: without(book.asks, traded) };
  }
}

/** A side of which the best level has traded so much. */
function without([best, ...rest]: readonly BookLevel[], traded: bigint): readonly BookLevel[] {
  if (best === undefined || best.size <= traded) return rest;
  return [{ ...best, size: best.size - traded }, ...rest];
}

/** Halfway between the best bid and offer; the oracle where there is no market. */
export function markOf({ bids, asks }: DriftBook, oracle: bigint): Price {
  const [bid, ask] = [bids[0]?.price, asks[0]?.price];
  if (bid === undefined || ask === undefined) return priceFrom(oracle);
  return price(divide((bid + ask) * PRICE_ONE, 2n * 1_000_000n, 'floor'));
}

/**
 * What can be traded at each distance from the mark on either side: of the two sides the thinner, so that what is
 * expected of a trade is never better than its own side of the book.
 */
export function depthOf({ bids, asks }: DriftBook, mark: Price): readonly DepthLevel[] {
  const up = reach(asks, mark, 1n);
  const down = reach(bids, mark, -1n);
  const offsets = [...new Set([...up, ...down].map(({ offset }) => offset))].toSorted((a, b) =>
    a < b ? -1 : 1,
  );
  let before = 0n;
  return offsets.flatMap((offset) => {
    const within = smaller(sizeWithin(up, offset), sizeWithin(down, offset));
    const size = within - before;
    before = within;
    return size > 0n ? [{ offset: rate(offset), size: base(size) }] : [];
  });
}

interface Reach {
  readonly offset: bigint;
  readonly size: bigint;
}

/** How far each level lies from the mark, as a fraction of it, rounded away from the mark. */
const reach = (side: readonly BookLevel[], mark: Price, sign: 1n | -1n): readonly Reach[] =>
  side.map(({ price: at, size }) => {
    const offset = divide(sign * (priceFrom(at) - mark) * RATE_ONE, mark, 'ceil');
    return { offset: offset > 0n ? offset : 0n, size };
  });

const sizeWithin = (side: readonly Reach[], offset: bigint): bigint =>
  side.reduce((sum, one) => (one.offset <= offset ? sum + one.size : sum), 0n);

function levels(all: readonly BookLevel[], better: 1 | -1): readonly BookLevel[] {
  const sizes = new Map<bigint, bigint>();
  for (const { price: at, size } of all) sizes.set(at, (sizes.get(at) ?? 0n) + size);
  return [...sizes]
    .map(([at, size]) => ({ price: at, size }))
    .toSorted((a, b) => (a.price < b.price ? -better : better));
}
