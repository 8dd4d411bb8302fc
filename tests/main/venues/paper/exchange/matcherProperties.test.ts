import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Side } from '../../../../../src/main/domain/market.ts';
import { ticks } from '../../../../../src/main/venues/paper/exchange/grid.ts';
import { Matcher } from '../../../../../src/main/venues/paper/exchange/matcher.ts';
import type { RestingOrder } from '../../../../../src/main/venues/paper/exchange/restingOrder.ts';
import { NaiveMatcher, type Matching } from '../../../../support/naiveMatcher.ts';
import { anySteps, Player, type Effect } from './orderStream.ts';

const SIDES: readonly Side[] = ['buy', 'sell'];
const RUNS = { numRuns: 100 };

const sumOf = (rows: readonly { readonly lots: number }[]): number =>
  rows.reduce((sum, row) => sum + row.lots, 0);

const ordersOf = (book: Matching, side: Side): readonly RestingOrder[] =>
  book.levels(side, Infinity).flatMap((level) => book.queue(side, level.ticks));

/** Everything that can be seen of a book. */
const seen = (book: Matching) =>
  SIDES.map((side) => ({
    best: book.best(side),
    atParity: book.lotsAt(side, ticks(100)),
    levels: book.levels(side, Infinity),
    orders: ordersOf(book, side).map((order) => [order, book.ahead(order.id)]),
  }));

/** Plays a random stream and looks at the book after every step. */
function assertAfterEveryStep(look: (effect: Effect, book: Matcher, before: number) => void): void {
  fc.assert(
    fc.property(anySteps, (steps) => {
      const book = new Matcher();
      const player = new Player(book);
      for (const step of steps) {
        const before = resting(book);
        look(player.play(step), book, before);
      }
    }),
    RUNS,
  );
}

const resting = (book: Matcher): number => sumOf(SIDES.flatMap((side) => book.levels(side, Infinity)));

describe('over any stream of orders, the matcher', () => {
  it('agrees with a matcher that is obviously right, match by match and queue by queue', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const books = [new Matcher(), new NaiveMatcher()] as const;
        const players = books.map((book) => new Player(book));
        for (const step of steps) {
          const [effect, expected] = players.map((player) => player.play(step));
          expect(effect).toEqual(expected);
          expect(seen(books[0])).toEqual(seen(books[1]));
        }
      }),
      RUNS,
    );
  });

  it('never fills worse than the limit, and never with the same owner', () => {
    assertAfterEveryStep(({ step, matches }) => {
      if ('back' in step) return;
      for (const { ticks, makerOwner } of matches) {
        if (step.side === 'buy') expect(ticks).toBeLessThanOrEqual(step.ticks);
        else expect(ticks).toBeGreaterThanOrEqual(step.ticks);
        expect(makerOwner).not.toBe(step.owner);
      }
    });
  });

  it('fills and leaves exactly the size of each order, and stops only when nothing more can be had', () => {
    assertAfterEveryStep(({ step, id, matches, rested, refused }, book) => {
      if ('back' in step) return;
      expect(matches.every(({ lots }) => lots > 0)).toBe(true);
      const unfilled = step.lots - sumOf(matches);
      expect(unfilled).toBeGreaterThanOrEqual(0);
      if (step.kind === 'limit') expect({ refused, rested }).toEqual({ refused: false, rested: unfilled });
      if (unfilled > 0 && step.kind !== 'postOnly')
        expect(book.crosses(step.owner, step.side, step.ticks)).toBe(false);
      expect(book.order(id)?.lots ?? 0).toBe(rested);
    });
  });

  it('conserves lots: what rests is what came to rest less what was taken or withdrawn', () => {
    assertAfterEveryStep(({ matches, rested, withdrawn }, book, before) => {
      expect(resting(book)).toBe(before + rested - sumOf(matches) - withdrawn);
    });
  });

  it('tells with each match what is left of the maker', () => {
    assertAfterEveryStep(({ matches }, book) => {
      for (const { makerId, makerLeft } of matches) expect(book.order(makerId)?.lots ?? 0).toBe(makerLeft);
    });
  });

  it('never lets orders of different owners stand crossed', () => {
    assertAfterEveryStep((_effect, book) => {
      const asks = ordersOf(book, 'sell');
      for (const bid of ordersOf(book, 'buy'))
        for (const ask of asks) if (bid.owner !== ask.owner) expect(bid.ticks).toBeLessThan(ask.ticks);
    });
  });

  it('shows levels that are the sums of their queues, in order, with none empty', () => {
    assertAfterEveryStep((_effect, book) => {
      for (const side of SIDES) {
        const levels = book.levels(side, Infinity);
        for (const { ticks, lots, orders } of levels) {
          const queue = book.queue(side, ticks);
          expect({ lots, orders }).toEqual({ lots: sumOf(queue), orders: queue.length });
          expect(orders).toBeGreaterThan(0);
        }
        const away = side === 'buy' ? -1 : 1;
        const prices = book.prices(side);
        expect(prices).toEqual([...new Set(prices)].toSorted((a, b) => away * (a - b)));
        expect(book.best(side)).toBe(prices[0]);
      }
      expect(book.size).toBe(SIDES.reduce((sum, side) => sum + ordersOf(book, side).length, 0));
    });
  });

  it('previews exactly what a take then does', () => {
    assertAfterEveryStep(({ step }, book) => {
      if ('back' in step) return;
      const before = seen(book);
      const preview = book.preview(step.owner, step.side, step.lots, step.ticks);
      expect(seen(book)).toEqual(before);
      expect(book.take(step.owner, step.side, step.lots, step.ticks)).toEqual(preview);
    });
  });

  it('gives the same matches for the same stream', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const [first, second] = [new Player(new Matcher()), new Player(new Matcher())];
        for (const step of steps) expect(first.play(step)).toEqual(second.play(step));
      }),
      RUNS,
    );
  });
});
