import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { bookDifference } from '../../../../src/main/market/data/bookDifference.ts';
import { BookReplica } from '../../../../src/main/market/data/bookReplica.ts';
import {
  mid,
  spread,
  spreadBp,
  type BookChange,
  type BookLevel,
  type BookView,
} from '../../../../src/main/market/data/bookView.ts';
import { parsePrice } from '../../../../src/shared/money/decimal.ts';
import { base, price } from '../../../../src/shared/money/quantity.ts';

const MARKET = 'SOL-PERP';

/** Levels of [price, size], in billionths. */
const levels = (...pairs: readonly (readonly [number, number])[]): readonly BookLevel[] =>
  pairs.map(([at, size]) => ({ price: price(BigInt(at)), size: base(BigInt(size)) }));

const book = (sequence: number, bids: readonly BookLevel[], asks: readonly BookLevel[]): BookView => ({
  market: MARKET,
  t: sequence * 10,
  sequence,
  bids,
  asks,
});

const change = (
  from: number,
  sequence: number,
  bids: readonly BookLevel[],
  asks: readonly BookLevel[] = [],
): BookChange => ({ market: MARKET, t: sequence * 10, from, sequence, bids, asks });

const FIRST = book(7, levels([100, 5], [99, 1]), levels([102, 2], [103, 4]));

function begun(snapshot = FIRST): BookReplica {
  const replica = new BookReplica(MARKET);
  replica.begin(snapshot);
  return replica;
}

/** Close prices, so that levels come, change and go; never crossed. */
const anySides = fc
  .record({
    middle: fc.integer({ min: 10, max: 30 }),
    sizes: fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 3 })), {
      maxLength: 20,
    }),
  })
  .map(({ middle, sizes }) => {
    const sorted = [...new Map(sizes)].toSorted(([a], [b]) => a - b);
    return {
      bids: levels(...sorted.filter(([at]) => at < middle).toReversed()),
      asks: levels(...sorted.filter(([at]) => at > middle)),
    };
  });

const anyBooks = fc
  .array(anySides, { minLength: 2, maxLength: 15 })
  .map((sides) => sides.map(({ bids, asks }, i) => book(3 * i, bids, asks)));

/** Changes that keep no rule but that of their shape. */
const anyLevels = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 3 })), { maxLength: 6 })
  .map((pairs) => levels(...pairs));

const follows = (books: readonly BookView[]): readonly BookChange[] =>
  books.slice(1).map((after, i) => bookDifference(books[i] ?? after, after));

/** A side as a table of prices, put in order by sorting. */
function tabled(
  side: readonly BookLevel[],
  changes: readonly BookLevel[],
  best: 1 | -1,
): readonly BookLevel[] {
  const table = new Map(side.map((level) => [level.price, level]));
  for (const level of changes) {
    table.delete(level.price);
    if (level.size > 0n) table.set(level.price, level);
  }
  return [...table.values()].toSorted((a, b) => best * Number(a.price - b.price));
}

describe('a replica of a book', () => {
  it('is the book after every difference that it is told', () => {
    fc.assert(
      fc.property(anyBooks, (books) => {
        const replica = begun(books[0]);
        for (const [i, difference] of follows(books).entries()) {
          expect(replica.apply(difference)).toBe('applied');
          expect(replica.view).toEqual(books[i + 1]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is what a table of prices would be after any changes, and is never shown crossed', () => {
    fc.assert(
      fc.property(
        anySides,
        fc.array(fc.record({ bids: anyLevels, asks: anyLevels }), { maxLength: 12 }),
        ({ bids, asks }, changes) => {
          const replica = begun(book(0, bids, asks));
          let expected: BookView | undefined = book(0, bids, asks);
          for (const [i, told] of changes.entries()) {
            const verdict = replica.apply(change(i, i + 1, told.bids, told.asks));
            if (expected !== undefined) {
              const next = book(
                i + 1,
                tabled(expected.bids, told.bids, -1),
                tabled(expected.asks, told.asks, 1),
              );
              const [bid, ask] = [next.bids[0], next.asks[0]];
              expected = bid && ask && bid.price >= ask.price ? undefined : next;
            }
            expect(verdict).toBe(expected === undefined ? 'gap' : 'applied');
            expect(replica.view).toEqual(expected);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('notices a change that is missing, refuses all after it, and shows nothing until a new snapshot', () => {
    fc.assert(
      fc.property(anyBooks, fc.nat(), (books, at) => {
        const changes = follows(books);
        const lost = at % changes.length;
        const replica = begun(books[0]);
        for (const [i, told] of changes.entries()) {
          if (i === lost) continue;
          expect(replica.apply(told)).toBe(i < lost ? 'applied' : 'gap');
          expect(replica.view === undefined).toBe(i > lost);
        }
        const snapshot = books[lost + 1] ?? FIRST;
        expect(replica.begin(snapshot)).toBe('applied');
        for (const told of changes.slice(lost + 1)) expect(replica.apply(told)).toBe('applied');
        expect(replica.view).toEqual(books.at(-1));
      }),
      { numRuns: 200 },
    );
  });

  it('takes each change once, and none from before its snapshot', () => {
    const replica = begun();
    const next = change(7, 8, levels([100, 9]));
    expect(replica.apply(change(5, 6, levels([100, 3])))).toBe('old');
    expect(replica.apply(change(6, 7, levels([100, 3])))).toBe('old');
    expect(replica.apply(next)).toBe('applied');
    expect(replica.apply(next)).toBe('old');
    expect(replica.view?.bids).toEqual(levels([100, 9], [99, 1]));
  });

  it('has a gap where a change begins before the book and ends after it', () => {
    const replica = begun();
    expect(replica.apply(change(6, 8, levels([100, 9])))).toBe('gap');
    expect(replica.view).toBeUndefined();
  });

  it.each([
    ['crossed', change(7, 8, levels([103, 1]))],
    ['locked', change(7, 8, levels([102, 1]))],
  ])('has a gap where a change leaves it %s', (_how, told) => {
    const replica = begun();
    expect(replica.apply(told)).toBe('gap');
    expect(replica.view).toBeUndefined();
    expect(replica.apply(change(8, 9, []))).toBe('gap');
  });

  it('may cross on the way where the whole change does not', () => {
    const replica = begun();
    expect(replica.apply(change(7, 8, levels([102, 1]), levels([102, 0])))).toBe('applied');
    expect(replica.view?.bids[0]).toEqual(levels([102, 1])[0]);
    expect(replica.view?.asks).toEqual(levels([103, 4]));
  });

  it.each([
    ['is crossed', book(8, levels([102, 5]), levels([102, 2]))],
    ['has its bids the wrong way round', book(8, levels([99, 5], [100, 2]), [])],
    ['has its asks the wrong way round', book(8, [], levels([103, 5], [102, 2]))],
    ['has one price twice', book(8, levels([99, 5], [99, 2]), [])],
    ['has a level without size', book(8, [], levels([103, 0]))],
  ])('does not begin with a snapshot that %s', (_what, snapshot) => {
    const replica = begun();
    expect(replica.begin(snapshot)).toBe('gap');
    expect(replica.view).toBeUndefined();
  });

  it('needs a snapshot before the first change', () => {
    const replica = new BookReplica(MARKET);
    expect(replica.view).toBeUndefined();
    expect(replica.apply(change(0, 1, []))).toBe('gap');
  });

  it('does not alter what it has shown', () => {
    const replica = begun();
    const shown = replica.view;
    const copy = structuredClone(shown);
    replica.apply(change(7, 8, levels([100, 0], [98, 3]), levels([103, 1])));
    expect(shown).toEqual(copy);
    expect(replica.view?.bids).toEqual(levels([99, 1], [98, 3]));
  });

  it('refuses another market', () => {
    const replica = begun();
    expect(() => replica.begin({ ...FIRST, market: 'BTC-PERP' })).toThrow(RangeError);
    expect(() => replica.apply({ ...change(7, 8, []), market: 'BTC-PERP' })).toThrow(RangeError);
  });
});

describe('the difference of two books', () => {
  it('names the levels that differ, best first, and no others', () => {
    const after = book(9, levels([101, 1], [100, 5], [98, 2]), levels([102, 3], [104, 1]));
    expect(bookDifference(FIRST, after)).toEqual({
      market: MARKET,
      t: 90,
      from: 7,
      sequence: 9,
      bids: levels([101, 1], [99, 0], [98, 2]),
      asks: levels([102, 3], [103, 0], [104, 1]),
    });
  });

  it('is empty where nothing has changed but the number', () => {
    expect(bookDifference(FIRST, { ...FIRST, sequence: 8 })).toMatchObject({ bids: [], asks: [] });
  });

  it('is of one market, and of a book and a later one', () => {
    expect(() => bookDifference(FIRST, { ...FIRST, sequence: 8, market: 'BTC-PERP' })).toThrow(RangeError);
    expect(() => bookDifference(FIRST, FIRST)).toThrow(RangeError);
  });
});

describe('mid and spread', () => {
  const at = (bid: string, ask: string): BookView =>
    book(1, [{ price: parsePrice(bid), size: base(1n) }], [{ price: parsePrice(ask), size: base(1n) }]);

  it('are of the best bid and ask', () => {
    const view = at('149.925', '150.075');
    expect([spread(view), mid(view), spreadBp(view)]).toEqual([parsePrice('0.15'), parsePrice('150'), 10]);
  });

  it('round half a billionth up', () => {
    expect(mid(at('0.000000001', '0.000000002'))).toBe(parsePrice('0.000000002'));
  });

  it.each([
    ['bids', book(1, [], levels([102, 2]))],
    ['asks', book(1, levels([100, 2]), [])],
  ])('are unknown without %s', (_side, view) => {
    expect([spread(view), mid(view), spreadBp(view)]).toEqual([null, null, null]);
  });
});
