import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import fc from 'fast-check';
import { afterAll } from 'vitest';

import { parseBase, parsePrice, parseRate } from '../../../../src/shared/money/decimal.ts';
import { base, price } from '../../../../src/shared/money/quantity.ts';
import type { Candle } from '../../../../src/main/market/recorded/candles.ts';
import type { FundingRow } from '../../../../src/main/market/recorded/fundingRows.ts';

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
/** A midnight, as good as any. */
export const START = Date.UTC(2024, 0, 1);

const root = fileURLToPath(new URL('../../../../', import.meta.url));
/** Real recordings, which are no part of the project: tests that want them skip where they are missing. */
export const MARKET_DATA = path.resolve(root, process.env['MARKET_DATA_DIR'] ?? '../shared/data');

/** Writes files into a folder that is gone after the tests. Call once, outside of a test. */
export function scratchFiles(): (name: string, text: string) => string {
  const folder = mkdtempSync(path.join(tmpdir(), 'recorded-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return (name, text) => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  };
}

/** A candle as a test writes it: open, high, low, close, volume. */
export function candle(t: number, texts: readonly [string, string, string, string, string]): Candle {
  const [open, high, low, close, volume] = texts;
  return {
    t,
    open: parsePrice(open),
    high: parsePrice(high),
    low: parsePrice(low),
    close: parsePrice(close),
    volume: parseBase(volume),
  };
}

export function fundingRow(t: number, rate: string, periodMs: number, at?: string): FundingRow {
  return { t, rate: parseRate(rate), periodMs, ...(at === undefined ? {} : { price: parsePrice(at) }) };
}

/** What a candle shows, its time left out; prices have up to nine decimals. */
export const shapes: fc.Arbitrary<Omit<Candle, 't'>> = fc
  .tuple(
    fc.array(fc.bigInt({ min: 1_000_000n, max: 500_000_000_000n }), { minLength: 4, maxLength: 4 }),
    fc.boolean(),
    fc.bigInt({ min: 0n, max: 10n ** 15n }),
  )
  .map(([prices, rising, volume]) => {
    const [low = 0n, a = 0n, b = 0n, high = 0n] = prices.toSorted((x, y) => (x < y ? -1 : x > y ? 1 : 0));
    const [open, close] = rising ? [a, b] : [b, a];
    return {
      open: price(open),
      high: price(high),
      low: price(low),
      close: price(close),
      volume: base(volume),
    };
  });
