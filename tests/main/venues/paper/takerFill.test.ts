import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseBase, parsePrice, parseRate } from '../../../../src/shared/money/decimal.ts';
import { base, price, rate, type Base, type Price } from '../../../../src/shared/money/quantity.ts';
import type { Side } from '../../../../src/main/domain/market.ts';
import type { DepthLevel } from '../../../../src/main/market/feed.ts';
import { takerFill } from '../../../../src/main/venues/paper/takerFill.ts';
import { Fraction, ONE, ZERO, baseOf, priceOf, rateOf } from '../../../support/fraction.ts';
import type { LevelText } from '../../../support/steadyFeed.ts';
import { FREE, PaperBench } from './paperBench.ts';

const GRID = { tick: parsePrice('0.001'), lot: parseBase('0.001') };
const TICK = new Fraction(1n, 1_000n);
const LEAST = new Fraction(1n, 1_000n);
const MOST = new Fraction(3n, 1_000n);

const levels = (texts: readonly LevelText[]): readonly DepthLevel[] =>
  texts.map(([offset, size]) => ({ offset: parseRate(offset), size: parseBase(size) }));

/** Fills at a mark of $100, without a limit that matters. */
const fillAt100 = (side: Side, size: string, book: readonly LevelText[], limit?: string) =>
  takerFill(
    side,
    parseBase(size),
    parsePrice(limit ?? (side === 'buy' ? '200' : '50')),
    parsePrice('100'),
    levels(book),
    GRID,
  );

const filled = (size: string, at: string) => ({ size: parseBase(size), price: parsePrice(at) });

describe('a taker’s fill on the paper venue', () => {
  it.each([
    ['buy', '100.1'],
    ['sell', '99.9'],
  ] as const)('[R1.5] slips at least 0.1 %% where the book is nearer (%s)', (side, at) => {
    expect(fillAt100(side, '10', [['0.0002', '50']])).toEqual(filled('10', at));
    expect(fillAt100(side, '10', [['0', '50']])).toEqual(filled('10', at));
  });

  it.each([
    // (4 × 0.1 % + 6 × 0.2 %) / 10 = 0.16 %.
    ['buy', '100.16'],
    ['sell', '99.84'],
  ] as const)('[R1.5] pays the average of the walk through the book (%s)', (side, at) => {
    const book: readonly LevelText[] = [
      ['0.001', '4'],
      ['0.002', '6'],
      ['0.003', '100'],
    ];
    expect(fillAt100(side, '10', book)).toEqual(filled('10', at));
  });

  it.each([
    // (1 × 0.1 % + 2 × 0.2 %) / 3 = 0.1666… %, to the tick against the trader.
    ['buy', '100.167'],
    ['sell', '99.833'],
  ] as const)('rounds that average to the tick against the trader (%s)', (side, at) => {
    const book: readonly LevelText[] = [
      ['0.001', '1'],
      ['0.002', '50'],
    ];
    expect(fillAt100(side, '3', book)).toEqual(filled('3', at));
  });

  it.each([
    ['buy', '100.101'],
    ['sell', '99.899'],
  ] as const)('rounds it so however little is over the tick (%s)', (side, at) => {
    const book: readonly LevelText[] = [
      ['0.001', '10000000'],
      ['0.002', '1'],
    ];
    expect(fillAt100(side, '10000000.001', book)).toEqual(filled('10000000.001', at));
  });

  it.each(['buy', 'sell'] as const)('[R1.5] leaves unfilled what would slip over 0.3 %% (%s)', (side) => {
    const book: readonly LevelText[] = [
      ['0.003', '4'],
      ['0.003000000001', '100'],
    ];
    expect(fillAt100(side, '10', book)).toEqual(filled('4', side === 'buy' ? '100.3' : '99.7'));
    expect(fillAt100(side, '10', [['0.0031', '100']])).toBeUndefined();
    expect(fillAt100(side, '10', [])).toBeUndefined();
  });

  it.each([
    ['buy', '100.2', '100.199'],
    ['sell', '99.8', '99.801'],
  ] as const)('[R1.5] takes no level beyond the limit (%s)', (side, atLevel, before) => {
    const book: readonly LevelText[] = [
      ['0.001', '4'],
      ['0.002', '100'],
    ];
    expect(fillAt100(side, '10', book, atLevel)?.size).toBe(parseBase('10'));
    expect(fillAt100(side, '10', book, before)).toEqual(filled('4', side === 'buy' ? '100.1' : '99.9'));
  });

  it.each([
    ['buy', '100.1', '100.099'],
    ['sell', '99.9', '99.901'],
  ] as const)('[R1.5] fills nothing at a limit nearer than 0.1 %% (%s)', (side, bears, tooNear) => {
    expect(fillAt100(side, '10', [['0.0001', '50']], bears)).toEqual(filled('10', bears));
    expect(fillAt100(side, '10', [['0.0001', '50']], tooNear)).toBeUndefined();
  });

  it('fills whole lots, and nothing where less than a lot is to be had', () => {
    expect(fillAt100('buy', '10', [['0.001', '4.0019']])).toEqual(filled('4.001', '100.1'));
    expect(fillAt100('buy', '10', [['0.001', '0.0009']])).toBeUndefined();
  });

  it('[R1.5] for any book, size and limit: the average of the walk, within 0.1 % and 0.3 %, never past the limit', () => {
    const offsets = fc.uniqueArray(fc.bigInt({ min: 0n, max: 4_500_000_000n }), {
      minLength: 1,
      maxLength: 6,
    });
    const book = offsets.chain((list) =>
      fc.tuple(
        ...list
          .toSorted((a, b) => (a < b ? -1 : 1))
          .map((offset) =>
            fc
              .bigInt({ min: 1n, max: 30_000_000_000n })
              .map((size): DepthLevel => ({ offset: rate(offset), size: base(size) })),
          ),
      ),
    );
    const grid = { min: 1n, max: 300_000n };
    fc.assert(
      fc.property(
        fc.constantFrom<Side>('buy', 'sell'),
        fc.bigInt({ min: 1n, max: 60_000n }).map((lots) => base(lots * 1_000_000n)),
        fc.bigInt({ ...grid, min: 1_000n }).map((ticks) => price(ticks * 1_000_000n)),
        fc.bigInt({ min: -1_000n, max: 6_000n }),
        book,
        (side, size, mark, beyond, depth) => {
          const moved = (Number(mark) / 1e6) * (Number(beyond) / 1e6);
          const limit = price(mark + BigInt(Math.round(side === 'buy' ? moved : -moved)) * 1_000_000n);
          expectRightFill(side, size, mark, limit, depth);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

/** Walks the book in plain fractions and compares. */
function expectRightFill(
  side: Side,
  size: Base,
  mark: Price,
  limit: Price,
  depth: readonly DepthLevel[],
): void {
  const fill = takerFill(side, size, limit, mark, depth, GRID);
  const [from, end] = [priceOf(mark), priceOf(limit)];
  const up = side === 'buy';
  const moved = (share: Fraction): Fraction => from.times(ONE.plus(up ? share : share.negated()));
  const onTick = (at: Fraction, rounded: 'up' | 'down'): Fraction => {
    const ticks = at.over(TICK);
    return new Fraction(rounded === 'up' ? ticks.ceil() : ticks.floor()).times(TICK);
  };
  const isPast = (at: Fraction): boolean => (up ? at.to(end) > 0 : at.to(end) < 0);
  const nearest = onTick(moved(LEAST), up ? 'up' : 'down');
  if (isPast(nearest)) {
    expect(fill).toBeUndefined();
    return;
  }
  let [left, paid, taken] = [baseOf(size), ZERO, ZERO];
  for (const { offset, size: visible } of depth) {
    const at = onTick(moved(rateOf(offset)), up ? 'down' : 'up');
    if (rateOf(offset).to(MOST) > 0 || isPast(at)) break;
    const part = left.to(baseOf(visible)) < 0 ? left : baseOf(visible);
    [left, paid, taken] = [left.minus(part), paid.plus(part.times(moved(rateOf(offset)))), taken.plus(part)];
  }
  const lots = taken.times(new Fraction(1_000n)).floor();
  if (lots === 0n) {
    expect(fill).toBeUndefined();
    return;
  }
  expect(fill?.size).toBe(lots * 1_000_000n);
  const at = priceOf(fill?.price ?? 0n);
  expect(at.over(TICK).floor()).toBe(at.over(TICK).ceil());
  expect(isPast(at)).toBe(false);
  const slipped = (up ? at.minus(from) : from.minus(at)).over(from);
  expect(slipped.to(LEAST)).toBeGreaterThanOrEqual(0);
  // A mark of less than $1 has ticks of over 0.1 %: there the nearest one that bears 0.1 % counts.
  expect(slipped.to(MOST) <= 0 || at.to(nearest) === 0).toBe(true);
  // Every level is priced on the tick, so that the average may differ from the unrounded one by less than one.
  const average = paid.over(taken);
  const expected = (up ? average.to(nearest) > 0 : average.to(nearest) < 0) ? average : nearest;
  expect(at.minus(expected).absolute().to(TICK)).toBeLessThan(0);
}

describe('a market order on the paper venue', () => {
  it('[R1.5] measures its slippage from the mark, not from the oracle', async () => {
    const bench = new PaperBench({ cash: '10000', settings: FREE });
    bench.feed.setMark('SOL-PERP', '102');
    await bench.sell('SOL-PERP', '10');

    expect(bench.events()).toMatchObject([{ price: 101_898_000_000n, oracle: 100_000_000_000n }]);
    bench.expectBooksToAgree();
  });

  it('[R1.5] reports what a thin book left unfilled', async () => {
    const bench = new PaperBench({ cash: '10000', settings: FREE });
    bench.feed.setDepth('SOL-PERP', [['0.002', '4']]);

    expect(await bench.sell('SOL-PERP', '10')).toEqual({
      clientOrderId: 'order-1',
      status: 'partiallyFilled',
      filled: parseBase('4'),
      quote: 399_200_000n,
      fee: 0n,
    });
    expect(bench.held('SOL-PERP')).toBe(parseBase('-4'));
  });

  it('[R1.5] expires where its limit can’t bear 0.1 %', async () => {
    const bench = new PaperBench({ cash: '10000', settings: FREE });

    expect(await bench.buy('SOL', '10', { limit: '100.099' })).toMatchObject({
      status: 'expired',
      filled: 0n,
    });
    expect(await bench.buy('SOL', '10', { limit: '100.1' })).toMatchObject({ status: 'filled' });
  });

  it('[R1.5] rests there, if it is good till cancelled', async () => {
    const bench = new PaperBench({ cash: '10000', settings: FREE });

    expect(await bench.buy('SOL', '10', { limit: '99.5', gtc: true })).toMatchObject({ status: 'open' });
    expect(bench.venue.snapshot().openOrders).toMatchObject([{ clientOrderId: 'order-1' }]);
  });
});
