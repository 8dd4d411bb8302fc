import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { RESOLUTIONS, type Candle } from '../../../src/main/market/data/candle.ts';
import { CandleRepository } from '../../../src/main/storage/candleRepository.ts';
import { parseBase, parsePrice, parseValue } from '../../../src/shared/money/decimal.ts';
import { base, price, value } from '../../../src/shared/money/quantity.ts';
import { DAY_MS, NOW, opened, scratchFolder } from './fixtures/scratch.ts';

const MINUTE_MS = 60_000;
const SOURCE = 'paper/run-1';
const MARKET = 'SOL-PERP';
const ALL = [0, 8_640_000_000_000_000, 1_000] as const;

const candleAt = (t: number, close = '150.25'): Candle => ({
  t,
  open: parsePrice('150'),
  high: parsePrice('151.000000001'),
  low: parsePrice('149.5'),
  close: parsePrice(close),
  volume: parseBase('12.345678901'),
  quote: parseValue('1852.000000000000000001'),
  trades: 42,
});

/** One a minute from a moment on. */
const minutes = (count: number, from = NOW): readonly Candle[] =>
  Array.from({ length: count }, (_, i) => candleAt(from + i * MINUTE_MS));

describe('stored candles', () => {
  it('come back from the disk exactly, though figures go beyond what a number or 64 bits hold', () => {
    const file = path.join(scratchFolder(), 'vault.sqlite');
    const large: Candle = {
      ...candleAt(NOW + MINUTE_MS),
      high: price(2n ** 63n - 1n),
      volume: base(10n ** 24n + 1n),
      quote: value(10n ** 36n + 1n),
    };
    const candles = [candleAt(NOW), large];
    new CandleRepository(opened(file)).upsert(SOURCE, MARKET, '1d', candles);

    const found: readonly Candle[] = new CandleRepository(opened(file)).page(SOURCE, MARKET, '1d', ...ALL);

    expect(found).toEqual(candles);
  });

  it('are paged oldest first, from the first moment up to and without the last', () => {
    const candles = new CandleRepository(opened());
    const ten = minutes(10);
    candles.upsert(SOURCE, MARKET, '1m', ten.toReversed());
    const from = NOW + 2 * MINUTE_MS;
    expect(candles.page(SOURCE, MARKET, '1m', from, NOW + 6 * MINUTE_MS, 100)).toEqual(ten.slice(2, 6));
    expect(candles.page(SOURCE, MARKET, '1m', from - 1, NOW + 6 * MINUTE_MS + 1, 100)).toEqual(
      ten.slice(2, 7),
    );
    expect(candles.page(SOURCE, MARKET, '1m', from, from, 100)).toEqual([]);
  });

  it('are the newest where there are more than asked for', () => {
    const candles = new CandleRepository(opened());
    const ten = minutes(10);
    candles.upsert(SOURCE, MARKET, '1m', ten);
    expect(candles.page(SOURCE, MARKET, '1m', NOW, NOW + 9 * MINUTE_MS, 3)).toEqual(ten.slice(6, 9));
  });

  it('are replaced by a later version of themselves', () => {
    const candles = new CandleRepository(opened());
    candles.upsert(SOURCE, MARKET, '1m', minutes(2));
    const closed: Candle = {
      t: NOW,
      open: parsePrice('1'),
      high: parsePrice('4'),
      low: parsePrice('0.5'),
      close: parsePrice('2'),
      volume: parseBase('3'),
      quote: parseValue('5'),
      trades: 6,
    };
    candles.upsert(SOURCE, MARKET, '1m', [closed]);
    expect(candles.page(SOURCE, MARKET, '1m', ...ALL)).toEqual([closed, ...minutes(2).slice(1)]);
  });

  it('are written all together or not at all', () => {
    const candles = new CandleRepository(opened());
    const impossible = { ...candleAt(NOW + MINUTE_MS), close: price(2n ** 63n) };
    expect(() => {
      candles.upsert(SOURCE, MARKET, '1m', [candleAt(NOW), impossible]);
    }).toThrow(RangeError);
    expect(candles.page(SOURCE, MARKET, '1m', ...ALL)).toEqual([]);
  });

  it('are part of a transaction that is under way, and go with it', () => {
    const db = opened();
    const candles = new CandleRepository(db);
    db.exec('BEGIN');
    candles.upsert(SOURCE, MARKET, '1m', minutes(3));
    db.exec('ROLLBACK');
    expect(candles.page(SOURCE, MARKET, '1m', ...ALL)).toEqual([]);
  });

  it('of another source, market or resolution are others', () => {
    const candles = new CandleRepository(opened());
    const keys = [
      [SOURCE, MARKET, '1m', '150'],
      ['paper/run-2', MARKET, '1m', '151'],
      [SOURCE, 'BTC-PERP', '1m', '152'],
      [SOURCE, MARKET, '5m', '153'],
    ] as const;
    for (const [source, market, resolution, close] of keys)
      candles.upsert(source, market, resolution, [candleAt(NOW, close)]);
    for (const [source, market, resolution, close] of keys)
      expect(candles.page(source, market, resolution, ...ALL)).toEqual([candleAt(NOW, close)]);

    candles.empty(SOURCE);

    expect(keys.map(([s, m, r]) => candles.page(s, m, r, ...ALL).length)).toEqual([0, 1, 0, 0]);
  });

  it('of a minute stay for 7 days, of 5 for 30, of 15 for 90, and longer ones for good', () => {
    const candles = new CandleRepository(opened());
    const age = (days: number): number => NOW - days * DAY_MS;
    const times = [age(3_650), age(90) - 1, age(90), age(30) - 1, age(30), age(7) - 1, age(7), NOW];
    for (const source of [SOURCE, 'other'])
      for (const resolution of RESOLUTIONS)
        candles.upsert(
          source,
          MARKET,
          resolution,
          times.map((t) => candleAt(t)),
        );

    expect(candles.prune(SOURCE, NOW)).toBe(6 + 4 + 2);

    const kept = (source: string) =>
      RESOLUTIONS.map((resolution) => candles.page(source, MARKET, resolution, ...ALL).map(({ t }) => t));
    expect(kept(SOURCE)).toEqual([times.slice(6), times.slice(4), times.slice(2), times, times, times]);
    expect(kept('other')).toEqual(RESOLUTIONS.map(() => times));
    expect(candles.prune(SOURCE, NOW)).toBe(0);
  });
});
