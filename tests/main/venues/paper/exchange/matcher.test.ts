import { describe, expect, it } from 'vitest';

import {
  HIGHEST_TICKS,
  lots,
  LOWEST_TICKS,
  ticks,
} from '../../../../../src/main/venues/paper/exchange/grid.ts';
import { Matcher } from '../../../../../src/main/venues/paper/exchange/matcher.ts';
import type { Side } from '../../../../../src/main/domain/market.ts';

const US = 1;
const OTHERS = 2;
const THIRD = 3;

/** A book of orders: id, side, price, size, and whose (others' unless told). */
type Row = readonly [id: number, side: Side, at: number, size: number, owner?: number];

function bookOf(...rows: readonly Row[]): Matcher {
  const book = new Matcher();
  for (const [id, side, at, size, owner = OTHERS] of rows) book.rest(id, owner, side, ticks(at), lots(size));
  return book;
}

/** Matches as maker id, price, lots, what is left. */
const taken = (book: Matcher, side: Side, size: number, limit: number, owner = US) =>
  book
    .take(owner, side, lots(size), ticks(limit))
    .map(({ makerId, ticks, lots, makerLeft }) => [makerId, ticks, lots, makerLeft]);

describe('the matcher', () => {
  it('takes the best price before the oldest order', () => {
    const asks = bookOf([1, 'sell', 102, 5], [2, 'sell', 101, 5], [3, 'sell', 103, 5]);
    expect(taken(asks, 'buy', 12, 103)).toEqual([
      [2, 101, 5, 0],
      [1, 102, 5, 0],
      [3, 103, 2, 3],
    ]);
    const bids = bookOf([1, 'buy', 98, 5], [2, 'buy', 99, 5], [3, 'buy', 97, 5]);
    expect(taken(bids, 'sell', 12, 97)).toEqual([
      [2, 99, 5, 0],
      [1, 98, 5, 0],
      [3, 97, 2, 3],
    ]);
  });

  it('takes the oldest order first at one price', () => {
    const book = bookOf([7, 'sell', 100, 2], [3, 'sell', 100, 2], [5, 'sell', 100, 2]);
    expect(taken(book, 'buy', 5, 100)).toEqual([
      [7, 100, 2, 0],
      [3, 100, 2, 0],
      [5, 100, 1, 1],
    ]);
  });

  it('takes nothing beyond the limit, and leaves what finds no match', () => {
    const book = bookOf([1, 'sell', 100, 2], [2, 'sell', 101, 2]);
    expect(taken(book, 'buy', 10, 99)).toEqual([]);
    expect(taken(book, 'buy', 10, 100)).toEqual([[1, 100, 2, 0]]);
    expect(book.best('sell')).toBe(101);
    expect(taken(book, 'buy', 10, HIGHEST_TICKS)).toEqual([[2, 101, 2, 0]]);
    expect(taken(book, 'buy', 10, HIGHEST_TICKS)).toEqual([]);
    expect(book.size).toBe(0);
    book.rest(3, OTHERS, 'buy', ticks(5), lots(2));
    expect(taken(book, 'sell', 10, LOWEST_TICKS)).toEqual([[3, 5, 2, 0]]);
  });

  it('lets an order keep its place when a part of it is filled', () => {
    const book = bookOf([1, 'buy', 100, 5], [2, 'buy', 100, 5]);
    taken(book, 'sell', 3, 100);
    expect(book.order(1)).toEqual({ id: 1, owner: OTHERS, side: 'buy', ticks: 100, lots: 2 });
    expect(taken(book, 'sell', 3, 100)).toEqual([
      [1, 100, 2, 0],
      [2, 100, 1, 4],
    ]);
  });

  it('lets an order keep its place when it is made smaller, and drops it when nothing is left', () => {
    const book = bookOf([1, 'buy', 100, 5], [2, 'buy', 100, 5]);
    book.reduce(1, lots(4));
    expect(book.lotsAt('buy', ticks(100))).toBe(6);
    expect(book.queue('buy', ticks(100))).toMatchObject([
      { id: 1, lots: 1 },
      { id: 2, lots: 5 },
    ]);
    book.reduce(1, lots(1));
    expect(book.order(1)).toBeUndefined();
    book.reduce(2, lots(5));
    expect(book.best('buy')).toBeUndefined();
  });

  it('cancels from the front, the middle and the back of a queue', () => {
    for (const cancelled of [1, 2, 3]) {
      const book = bookOf([1, 'sell', 100, 1], [2, 'sell', 100, 2], [3, 'sell', 100, 4]);
      const order = book.order(cancelled);
      expect(book.cancel(cancelled)).toEqual(order);
      expect(book.cancel(cancelled)).toBeUndefined();
      const rest = [1, 2, 3].filter((id) => id !== cancelled);
      expect(book.queue('sell', ticks(100)).map(({ id }) => id)).toEqual(rest);
      book.rest(4, OTHERS, 'sell', ticks(100), lots(1));
      expect(taken(book, 'buy', 99, 100).map(([id]) => id)).toEqual([...rest, 4]);
    }
  });

  it('knows whether a limit would take from somebody else', () => {
    const book = bookOf([1, 'sell', 101, 1], [2, 'buy', 99, 1]);
    expect(book.crosses(US, 'buy', ticks(100))).toBe(false);
    expect(book.crosses(US, 'buy', ticks(101))).toBe(true);
    expect(book.crosses(US, 'sell', ticks(100))).toBe(false);
    expect(book.crosses(US, 'sell', ticks(99))).toBe(true);
    expect(book.crosses(OTHERS, 'buy', ticks(200))).toBe(false);
  });

  it('passes over orders of the taker itself and takes those behind them', () => {
    const book = bookOf(
      [1, 'sell', 100, 5, US],
      [2, 'sell', 100, 5],
      [3, 'sell', 101, 5, US],
      [4, 'sell', 102, 5, THIRD],
    );
    expect(taken(book, 'buy', 12, 102)).toEqual([
      [2, 100, 5, 0],
      [4, 102, 5, 0],
    ]);
    expect(book.order(1)?.lots).toBe(5);
    expect(book.order(3)?.lots).toBe(5);
    expect(book.crosses(US, 'buy', ticks(102))).toBe(false);
    book.rest(5, US, 'buy', ticks(102), lots(1));
    expect(book.best('buy')).toBe(102);
  });

  it('counts what is before an order at its price, and only there', () => {
    const book = bookOf([1, 'buy', 100, 3], [2, 'buy', 100, 4, US], [3, 'buy', 100, 5], [4, 'buy', 101, 9]);
    expect([1, 2, 3, 4].map((id) => book.ahead(id))).toEqual([0, 3, 7, 0]);
    book.cancel(1);
    expect(book.ahead(3)).toBe(4);
    expect(() => book.ahead(1)).toThrow(RangeError);
  });

  it('shows its levels best first, to the depth that was asked', () => {
    const book = bookOf(
      [1, 'buy', 98, 1],
      [2, 'buy', 100, 2],
      [3, 'buy', 99, 3],
      [4, 'buy', 100, 4],
      [5, 'sell', 103, 5],
      [6, 'sell', 102, 6],
    );
    expect(book.levels('buy', 2)).toEqual([
      { ticks: 100, lots: 6, orders: 2 },
      { ticks: 99, lots: 3, orders: 1 },
    ]);
    expect(book.levels('sell', 9).map(({ ticks }) => ticks)).toEqual([102, 103]);
    expect(book.prices('buy')).toEqual([100, 99, 98]);
    expect(book.lotsAt('sell', ticks(103))).toBe(5);
    expect(book.lotsAt('sell', ticks(98))).toBe(0);
    expect(book.queue('sell', ticks(98))).toEqual([]);
  });

  it('previews a take without doing it', () => {
    const book = bookOf([1, 'sell', 100, 5], [2, 'sell', 101, 5]);
    const before = [book.levels('sell', 9), book.order(1), book.order(2)];
    const preview = book.preview(US, 'buy', lots(7), ticks(101));
    expect([book.levels('sell', 9), book.order(1), book.order(2)]).toEqual(before);
    expect(book.take(US, 'buy', lots(7), ticks(101))).toEqual(preview);
  });

  it('hands out copies that stay as they were', () => {
    const book = bookOf([1, 'sell', 100, 5]);
    const order = book.order(1);
    const levels = book.levels('sell', 1);
    taken(book, 'buy', 2, 100);
    expect(order?.lots).toBe(5);
    expect(levels[0]?.lots).toBe(5);
  });
});

describe('what the matcher refuses, leaving the book as it was', () => {
  const MOST = Number.MAX_SAFE_INTEGER;
  it.each<[string, (book: Matcher) => unknown]>([
    ['an order that crosses', (book) => book.rest(9, US, 'buy', ticks(101), lots(1))],
    ['an id that rests already', (book) => book.rest(1, US, 'buy', ticks(90), lots(1))],
    ['no lots', (book) => book.rest(9, US, 'buy', ticks(90), lots(0))],
    ['a part of a lot', (book) => book.rest(9, US, 'buy', ticks(90), lots(0.5))],
    ['a size too large to count', (book) => book.rest(9, US, 'buy', ticks(90), lots(2 ** 53))],
    ['a level too large to count', (book) => book.rest(9, US, 'buy', ticks(99), lots(MOST))],
    ['a price of nothing', (book) => book.rest(9, US, 'buy', ticks(0), lots(1))],
    ['a price between ticks', (book) => book.rest(9, US, 'buy', ticks(90.5), lots(1))],
    ['a price that is no number', (book) => book.rest(9, US, 'buy', ticks(Number.NaN), lots(1))],
    ['to take nothing', (book) => book.take(US, 'buy', lots(0), ticks(101))],
    ['to take less than nothing', (book) => book.take(US, 'buy', lots(-1), ticks(101))],
    ['to take without a limit', (book) => book.take(US, 'buy', lots(1), ticks(Infinity))],
    ['to preview a part of a lot', (book) => book.preview(US, 'buy', lots(0.5), ticks(101))],
    ['to reduce by more than is left', (book) => book.reduce(1, lots(6))],
    ['to reduce by nothing', (book) => book.reduce(1, lots(0))],
    ['to reduce what does not rest', (book) => book.reduce(9, lots(1))],
  ])('%s', (_what, act) => {
    const book = bookOf([1, 'sell', 101, 5], [2, 'buy', 99, 5]);
    expect(() => act(book)).toThrow(RangeError);
    expect(book.size).toBe(2);
    expect(book.levels('sell', 9)).toEqual([{ ticks: 101, lots: 5, orders: 1 }]);
    expect(book.levels('buy', 9)).toEqual([{ ticks: 99, lots: 5, orders: 1 }]);
  });
});
