import { describe, expect, it } from 'vitest';

import { parseBase, parsePrice } from '../../../../src/shared/money/decimal.ts';
import type { PublicTrade } from '../../../../src/main/market/data/trade.ts';
import { candlesOf, dayFiguresOf } from '../../../../src/main/venues/drift/tradeCandles.ts';

const MINUTE = 60_000;
const START = 1_767_225_600_000;
const ALL = { from: 0, to: Number.MAX_SAFE_INTEGER };

const trade = (id: number, minutes: number, at: string): PublicTrade => ({
  id,
  t: START + minutes * MINUTE,
  price: parsePrice(at),
  size: parseBase('1'),
  side: 'buy',
});

describe('candles of the trades that were heard', () => {
  const trades = [trade(8, 0.5, '150'), trade(9, 1.2, '151'), trade(10, 3.1, '149')];
  const now = START + 4 * MINUTE;

  it('leave out the one that had begun before the first trade, and are flat where nothing traded', () => {
    const candles = candlesOf(trades, '1m', ALL, 10, now);
    expect(candles.map(({ t }) => (t - START) / MINUTE)).toEqual([1, 2, 3, 4]);
    expect(candles.map(({ close }) => close)).toEqual(
      ['151', '151', '149', '149'].map((text) => parsePrice(text)),
    );
    expect(candles.map(({ trades: count }) => count)).toEqual([1, 0, 1, 0]);
  });

  it('have the first one, too, where its trade was the first of the market', () => {
    const whole = trades.map((one, at) => ({ ...one, id: at + 1 }));
    expect(candlesOf(whole, '1m', ALL, 10, now)[0]).toMatchObject({ t: START, trades: 1 });
    expect(candlesOf(whole, '1h', ALL, 10, now)).toMatchObject([{ t: START, trades: 3 }]);
  });

  it('are none of an hour of which a part was not heard', () => {
    expect(candlesOf(trades, '1h', ALL, 10, now)).toEqual([]);
    expect(candlesOf([], '1m', ALL, 10, now)).toEqual([]);
  });

  it('are those of the span, and the newest where there are more than asked for', () => {
    const span = { from: START + 2 * MINUTE, to: START + 4 * MINUTE };
    expect(candlesOf(trades, '1m', span, 10, now)).toHaveLength(2);
    expect(candlesOf(trades, '1m', ALL, 1, now)).toMatchObject([{ t: now }]);
  });

  it('make the figures of a day that say how much of it was heard', () => {
    expect(dayFiguresOf(trades, now)).toMatchObject({
      trades: 3,
      coveredMs: 3.5 * MINUTE,
      high: parsePrice('151'),
      low: parsePrice('149'),
    });
  });
});
