import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseBase, parsePrice, parseRate, parseValue } from '../../../src/shared/money/decimal.ts';
import { base, price, rate, value, type Base } from '../../../src/shared/money/quantity.ts';
import type { Market, Side } from '../../../src/main/domain/market.ts';
import type { DepthLevel } from '../../../src/main/market/feed.ts';
import {
  breakEven,
  estimateCost,
  expectedFunding,
  likelyPrice,
  type PricedLeg,
} from '../../../src/main/risk/cost.ts';
import { Fraction, ONE, ZERO, baseOf, priceOf, rateOf, sum, valueIn } from '../../support/fraction.ts';
import type { LevelText } from '../../support/steadyFeed.ts';
import { marketsOf } from './gateCase.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function marketNamed(symbol: string): Market {
  const market = marketsOf({}).get(symbol);
  if (market === undefined) throw new Error(`no ${symbol}`);
  return market;
}

const PERP = marketNamed('SOL-PERP');
const SPOT = marketNamed('SOL');
const WHOLE_VALUE = new Fraction(10n ** 18n);

const legAt = (
  side: Side,
  size: string,
  depth: readonly LevelText[],
  mark = '100',
  market = PERP,
): PricedLeg => ({
  side,
  size: parseBase(size),
  mark: parsePrice(mark),
  depth: depth.map(([offset, visible]) => ({ offset: parseRate(offset), size: parseBase(visible) })),
  market,
});

const BOOK: readonly LevelText[] = [
  ['0.001', '4'],
  ['0.002', '6'],
];

describe('the price that a taker can expect', () => {
  it.each([
    ['buy', 'nearer than 0.1 %', '10', [['0.0002', '50']], '100.1'],
    ['sell', 'nearer than 0.1 %', '10', [['0.0002', '50']], '99.9'],
    ['buy', 'empty', '10', [], '100.1'],
    ['sell', 'empty', '10', [], '99.9'],
    // (4 × 0.1 % + 6 × 0.2 %) / 10 = 0.16 %.
    ['buy', 'deep enough', '10', BOOK, '100.16'],
    ['sell', 'deep enough', '10', BOOK, '99.84'],
    // (4 × 0.1 % + 16 × 0.2 %) / 20 = 0.18 %: beyond the book at its last level.
    ['buy', 'too thin', '20', BOOK, '100.18'],
    ['sell', 'too thin', '20', BOOK, '99.82'],
    // (4 × 0.1 % + 2 × 0.2 %) / 6 = 0.1333… %, to the tick against the trader.
    ['buy', 'uneven', '6', BOOK, '100.134'],
    ['sell', 'uneven', '6', BOOK, '99.866'],
    // Nothing is left after the first level, and the second is not asked.
    ['buy', 'only touched', '4', BOOK, '100.1'],
    ['sell', 'far off', '1', [['0.02', '9']], '98'],
    ['buy', 'for nothing', '0', BOOK, '100.1'],
    ['sell', 'for nothing', '0', BOOK, '99.9'],
  ] as const)('to %s from a book that is %s: %s SOL at %j cost %s', (side, _what, size, book, expected) => {
    expect(likelyPrice(legAt(side, size, book))).toBe(parsePrice(expected));
  });

  it('is on the tick, rounded against the trader', () => {
    // 0.1 % of 33.333 is 0.033333.
    expect(likelyPrice(legAt('buy', '1', [], '33.333'))).toBe(parsePrice('33.367'));
    expect(likelyPrice(legAt('sell', '1', [], '33.333'))).toBe(parsePrice('33.299'));
    expect(likelyPrice(legAt('buy', '1', [], '60000', marketNamed('BTC-PERP')))).toBe(parsePrice('60060'));
    expect(likelyPrice(legAt('sell', '1', [], '60000.7', marketNamed('BTC-PERP')))).toBe(
      parsePrice('59940.6'),
    );
  });

  it('is the walk through the book and never less than 0.1 %, for any book', () => {
    const level = fc.tuple(
      fc.bigInt({ min: 0n, max: 20_000_000_000n }),
      fc.bigInt({ min: 0n, max: 10n ** 11n }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom<Side>('buy', 'sell'),
        fc.bigInt({ min: 1n, max: 10n ** 11n }).map(base),
        fc.bigInt({ min: 1_000n, max: 10n ** 6n }).map((ticks) => price(ticks * 1_000_000n)),
        fc.array(level, { maxLength: 5 }),
        (side, size, mark, texts) => {
          const depth = texts
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([offset, visible]): DepthLevel => ({ offset: rate(offset), size: base(visible) }));
          const found = priceOf(likelyPrice({ side, size, mark, depth, market: PERP }));
          const least = new Fraction(1n, 1_000n);
          const slipped = walked(size, depth, least);
          const beyond = slipped.to(least) > 0 ? slipped : least;
          const exact = priceOf(mark).times(ONE.plus(side === 'buy' ? beyond : beyond.negated()));

          const against = side === 'buy' ? found.minus(exact) : exact.minus(found);
          expect(against.sign()).toBeGreaterThanOrEqual(0);
          // A tick, and a billionth for each level's own rounding.
          expect(against.to(new Fraction(1_000_002n, 10n ** 9n))).toBeLessThan(0);
          expect(found.times(new Fraction(1_000n)).floor()).toBe(found.times(new Fraction(1_000n)).ceil());
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

/** Average distance from the mark, as a fraction of it. */
function walked(size: Base, depth: readonly DepthLevel[], least: Fraction): Fraction {
  let left = baseOf(size);
  let [paid, last] = [ZERO, least];
  for (const { offset, size: visible } of depth) {
    if (left.sign() === 0) break;
    const part = left.to(baseOf(visible)) < 0 ? left : baseOf(visible);
    last = rateOf(offset);
    paid = paid.plus(part.times(last));
    left = left.minus(part);
  }
  return paid.plus(left.times(last)).over(baseOf(size));
}

describe('what a trade costs', () => {
  it('[R6.1] is gas, tip, slippage and fees of its own legs, one way', () => {
    const legs = [legAt('buy', '10', BOOK, '100', SPOT), legAt('sell', '4', BOOK, '101')];
    const cost = estimateCost(legs, parseBase('0.00001'), parseBase('0.002'), parsePrice('150'));

    expect(cost).toEqual({
      // Two transactions, one tip.
      gas: parseValue('0.003'),
      tip: parseValue('0.3'),
      // 10 × 0.16 and 4 × 0.101.
      slippage: parseValue('2.004'),
      // 0.1 % of 10 × 100.16 and of 4 × 100.899.
      fees: parseValue('1.405196'),
      total: parseValue('3.712196'),
    });
  });

  it('[R6.1] of one leg is that of one transaction', () => {
    const cost = estimateCost([legAt('sell', '1', [])], parseBase('0.01'), parseBase('0'), parsePrice('100'));

    expect(cost).toEqual({
      gas: parseValue('1'),
      tip: 0n,
      slippage: parseValue('0.1'),
      fees: parseValue('0.0999'),
      total: parseValue('1.1999'),
    });
  });

  it('[R6.1] is the sum of its parts, each computed by itself, whatever the legs', () => {
    const leg = fc.record({
      side: fc.constantFrom<Side>('buy', 'sell'),
      size: fc.bigInt({ min: 1n, max: 10n ** 6n }).map((lots) => base(lots * 1_000_000n)),
      mark: fc.bigInt({ min: 1_000n, max: 10n ** 6n }).map((ticks) => price(ticks * 1_000_000n)),
    });
    fc.assert(
      fc.property(
        fc.array(leg, { minLength: 1, maxLength: 2 }),
        fc.bigInt({ min: 0n, max: 10n ** 8n }).map(base),
        fc.bigInt({ min: 0n, max: 10n ** 8n }).map(base),
        (given, gas, tip) => {
          const legs = given.map((one): PricedLeg => ({ ...one, depth: [], market: PERP }));
          const solPrice = parsePrice('137.5');
          const cost = estimateCost(legs, gas, tip, solPrice);

          const at = legs.map((one) => priceOf(likelyPrice(one)));
          const sizes = legs.map(({ size }) => baseOf(size));
          const slippage = sum(
            sizes.map((size, i) =>
              size.times((at[i] ?? ZERO).minus(priceOf(legs[i]?.mark ?? 0n)).absolute()),
            ),
          );
          const fees = sum(sizes.map((size, i) => size.times(at[i] ?? ZERO).times(new Fraction(1n, 1_000n))));
          const sol = new Fraction(275n, 2n);
          const paidGas = baseOf(gas)
            .times(sol)
            .times(new Fraction(BigInt(legs.length)));
          const parts = [paidGas, baseOf(tip).times(sol), slippage, fees];
          expect([cost.gas, cost.tip, cost.slippage, cost.fees]).toEqual(
            parts.map((part) => part.times(WHOLE_VALUE).ceil()),
          );
          expect(cost.total).toBe(sum(parts).times(WHOLE_VALUE).ceil());
        },
      ),
      { numRuns: 300 },
    );
  });

  it('rounds a fee up to the last digit', () => {
    // 0.000000001 SOL at 0.001: 0.1 % of 1e-12 dollars.
    const tiny = { ...legAt('sell', '0', [], '0.001'), size: base(1n) };
    expect(estimateCost([tiny], base(0n), base(0n), parsePrice('1')).fees).toBe(0n);
    const odd: PricedLeg = {
      ...legAt('sell', '0.000000001', [], '100'),
      market: { ...PERP, takerFee: rate(1n) },
    };
    // 99.9e-9 × 1e-12 dollars is a tenth of 1e-18: it still costs one.
    expect(estimateCost([odd], base(0n), base(0n), parsePrice('1')).fees).toBe(1n);
  });
});

describe('the funding that a short can expect', () => {
  it('[R6.2] is notional × rate × hours', () => {
    // 1000 × 0.001 % × 720 h.
    expect(expectedFunding(parseValue('1000'), parseRate('0.00001'), 30 * DAY_MS, parseRate('1'))).toBe(
      parseValue('7.2'),
    );
    expect(expectedFunding(parseValue('1000'), parseRate('0.00001'), HOUR_MS / 2, parseRate('1'))).toBe(
      parseValue('0.005'),
    );
  });

  it('[R6.4] counts 50 % of a positive rate and all of a negative one', () => {
    const at = (hourly: string) =>
      expectedFunding(parseValue('1000'), parseRate(hourly), 30 * DAY_MS, parseRate('0.5'));

    expect(at('0.00001')).toBe(parseValue('3.6'));
    expect(at('-0.00001')).toBe(parseValue('-7.2'));
    expect(at('0')).toBe(0n);
  });

  it('[R6.2] is rounded down, never in favour of a trade', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 24n }).map(value),
        fc.bigInt({ min: -(10n ** 10n), max: 10n ** 10n }).map(rate),
        fc.integer({ min: 1, max: 365 * DAY_MS }),
        fc.integer({ min: 0, max: 100 }),
        (notional, hourly, ms, share) => {
          const found = expectedFunding(notional, hourly, ms, rate(BigInt(share) * 10n ** 10n));
          const hours = new Fraction(BigInt(ms), BigInt(HOUR_MS));
          const counted = hourly > 0n ? new Fraction(BigInt(share), 100n) : ONE;
          const exact = valueIn(notional)
            .times(rateOf(hourly))
            .times(hours)
            .times(counted)
            .times(WHOLE_VALUE);

          expect(exact.minus(new Fraction(found)).sign()).toBeGreaterThanOrEqual(0);
          expect(exact.minus(new Fraction(found)).to(new Fraction(2n))).toBeLessThan(0);
        },
      ),
    );
  });
});

describe('the break-even time', () => {
  it('[R6.1] is when funding has paid for the way in and out', () => {
    // $3 each way at $0.20 a day.
    expect(breakEven(parseValue('3'), parseValue('6'), 30 * DAY_MS)).toBe(30 * DAY_MS);
    expect(breakEven(parseValue('1'), parseValue('6'), 30 * DAY_MS)).toBe(10 * DAY_MS);
  });

  it('[R6.1] is rounded up to the millisecond', () => {
    expect(breakEven(parseValue('1'), parseValue('3'), 1_000)).toBe(667);
    expect(breakEven(parseValue('0'), parseValue('3'), 1_000)).toBe(0);
  });

  it('[R6.1] never comes where funding earns nothing', () => {
    expect(breakEven(parseValue('1'), value(0n), DAY_MS)).toBeNull();
    expect(breakEven(parseValue('1'), value(-1n), DAY_MS)).toBeNull();
    expect(breakEven(value(1n), value(1n), DAY_MS)).toBe(2 * DAY_MS);
  });
});
