import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { merged, uncrossed, type BookLevel } from '../../../../src/main/venues/drift/driftBook.ts';

const level: fc.Arbitrary<BookLevel> = fc.record({
  price: fc.bigInt({ min: 90n, max: 110n }),
  size: fc.bigInt({ min: 1n, max: 9n }),
});
const anyBook = fc.record({ bids: fc.array(level), asks: fc.array(level) }).map((book) => merged([book]));
const total = (side: readonly BookLevel[]): bigint => side.reduce((sum, { size }) => sum + size, 0n);

describe('a book of which nothing crosses', () => {
  it('has lost the same on both sides, and nothing where nothing crossed', () => {
    fc.assert(
      fc.property(anyBook, (book) => {
        const left = uncrossed(book);
        const [bid, ask] = [left.bids[0], left.asks[0]];
        expect(bid === undefined || ask === undefined || bid.price < ask.price).toBe(true);
        expect(total(book.bids) - total(left.bids)).toBe(total(book.asks) - total(left.asks));
        expect(uncrossed(left)).toEqual(left);
      }),
    );
  });

  it('keeps what lies behind, best first, whole', () => {
    const book = merged([
      {
        bids: [
          { price: 101n, size: 3n },
          { price: 99n, size: 1n },
        ],
        asks: [
          { price: 100n, size: 2n },
          { price: 102n, size: 7n },
        ],
      },
    ]);
    expect(uncrossed(book)).toEqual({
      bids: [
        { price: 101n, size: 1n },
        { price: 99n, size: 1n },
      ],
      asks: [{ price: 102n, size: 7n }],
    });
  });
});
