import { expect, test } from 'vitest';
import type { CandleView, MarketDataBody } from '../../../../src/shared/contract/marketData.ts';
import { nothingHeld, withHeard, withPage } from '../../../../src/renderer/screens/trade/heldCandles.ts';
import {
  joins,
  mergeCandles,
  withoutOldest,
  withOlder,
} from '../../../../src/renderer/screens/trade/candleSeries.ts';

const candle = (t: number, close = '1'): CandleView => ({
  t,
  open: '1',
  high: '1',
  low: '1',
  close,
  volume: '1',
  quote: '1',
  trades: 1,
  vwap: '1',
});
const from = (first: number, count: number): readonly CandleView[] =>
  Array.from({ length: count }, (_, at) => candle(first + at));
const body = (candles: readonly CandleView[]): MarketDataBody => ({
  channel: 'candles',
  kind: 'update',
  market: 'SOL-PERP',
  resolution: '1m',
  candles: [...candles],
});
const times = (candles: readonly CandleView[]): readonly number[] => candles.map(({ t }) => t);

test('the newer word on a candle replaces the older one, and older pages replace nothing', () => {
  const merged = mergeCandles(from(1, 3), [candle(4), candle(3, '2')]);
  expect(times(merged)).toEqual([1, 2, 3, 4]);
  expect(merged[2]?.close).toBe('2');
  expect(withOlder(merged, [candle(0), candle(3, '9')])[3]?.close).toBe('2');
});

test('candles that begin behind the last known one leave a gap, and only those', () => {
  expect(joins(from(1, 3), from(3, 2))).toBe(true);
  expect(joins(from(1, 3), from(2, 9))).toBe(true);
  expect(joins(from(1, 3), [])).toBe(true);
  expect(joins([], from(7, 2))).toBe(true);
  expect(joins(from(1, 3), from(5, 2))).toBe(false);
});

test('however long the market goes on, the newest candles are kept and the oldest go', () => {
  const few = from(1, 6_000);
  expect(withoutOldest(few)).toBe(few);
  const kept = withoutOldest(from(1, 6_001));
  expect(kept).toHaveLength(4_000);
  expect(kept.at(-1)?.t).toBe(6_001);
});

test('what comes before the first page is put behind it', () => {
  const early = withHeard(nothingHeld('SOL-PERP'), [body([candle(4), candle(5)])]);
  expect(early.candles).toBeNull();
  expect(times(withPage(early, from(1, 4), false).candles ?? [])).toEqual([1, 2, 3, 4, 5]);
});

test('what was missed while nothing was heard is read, and until then nothing is drawn behind the gap', () => {
  const whole = withPage(nothingHeld('SOL-PERP'), from(1, 3), true);
  const gap = withHeard(whole, [body([candle(8), candle(9)])]);
  expect(gap.reading).toBe(true);
  expect(times(gap.candles ?? [])).toEqual([1, 2, 3]);
  const mended = withPage(gap, from(2, 7), true);
  expect(mended.reading).toBe(false);
  expect(times(mended.candles ?? [])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  // Where even the page begins later, what lies before the gap is read again by scrolling back.
  expect(times(withPage(gap, from(6, 3), true).candles ?? [])).toEqual([6, 7, 8, 9]);
});

test('candles that were let go can be read again', () => {
  const long = withPage(nothingHeld('SOL-PERP'), from(1, 6_000), false);
  const cut = withHeard(long, [body([candle(6_000), candle(6_001)])]);
  expect(cut.candles).toHaveLength(4_000);
  expect([long.more, cut.more]).toEqual([false, true]);
});
