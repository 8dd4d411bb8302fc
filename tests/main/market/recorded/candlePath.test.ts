import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatPrice, parsePrice } from '../../../../src/shared/money/decimal.ts';
import { between, candlePath, onTick } from '../../../../src/main/market/recorded/candlePath.ts';
import { START, candle, shapes } from './recordings.ts';

const SOL = candle(START, ['100', '110', '80.5', '105', '7']);
const TICK = parsePrice('0.001');

const path = (first: 'high' | 'low', minutes: number) => candlePath(SOL, first, minutes).map(formatPrice);

describe('the path through a candle', () => {
  it('goes open, high, low, close where the high came first', () => {
    const at = path('high', 60);

    expect([at[0], at[20], at[40], at[59]]).toEqual(['100', '110', '80.5', '105']);
    expect([at[1], at[10], at[30], at[58]]).toEqual(['100.5', '105', '95.25', '103.711']);
    expect(at).toHaveLength(60);
  });

  it('goes open, low, high, close where the low came first', () => {
    const at = path('low', 60);

    expect([at[0], at[20], at[40], at[59]]).toEqual(['100', '80.5', '110', '105']);
  });

  it.each([
    [1, ['100']],
    [2, ['100', '105']],
    [3, ['100', '110', '105']],
    [4, ['100', '110', '80.5', '105']],
    [5, ['100', '110', '95.25', '80.5', '105']],
  ])('has room for what fits into %i minutes', (minutes, prices) => {
    expect(path('high', minutes)).toEqual(prices);
  });

  it('stays within low and high, on the tick, whatever the candle', () => {
    const minutes = fc.integer({ min: 1, max: 1_440 });
    fc.assert(
      fc.property(shapes, fc.constantFrom('high', 'low'), minutes, (shape, first, length) => {
        const [low, high] = [onTick(shape.low), onTick(shape.high)];
        const prices = candlePath({ t: START, ...shape }, first, length);

        expect(prices).toHaveLength(length);
        expect(prices.every((at) => at >= low && at <= high && at % TICK === 0n)).toBe(true);
        expect(prices[0]).toBe(onTick(shape.open));
        if (length > 1) expect(prices.at(-1)).toBe(onTick(shape.close));
        if (length > 3) expect(new Set(prices)).toEqual(new Set([...prices, low, high]));
      }),
    );
  });

  it('moves one way between its four stops', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const prices = candlePath({ t: START, ...shape }, 'high', 60);
        for (const [from, to, up] of [
          [0, 20, true],
          [20, 40, false],
          [40, 59, true],
        ] as const) {
          const leg = prices.slice(from, to + 1);
          expect(leg).toEqual(leg.toSorted((a, b) => (a === b ? 0 : a < b === up ? -1 : 1)));
        }
      }),
    );
  });
});

describe('a price between two', () => {
  it.each([
    ['100', '101', 1, 3, '100.333'],
    ['101', '100', 1, 3, '100.667'],
    ['100', '100.001', 1, 2, '100.001'],
    ['100', '101', 0, 3, '100'],
    ['100', '101', 3, 3, '101'],
  ])('from %s to %s, %i of %i, is %s', (from, to, part, whole, at) => {
    expect(formatPrice(between(parsePrice(from), parsePrice(to), part, whole))).toBe(at);
  });
});
