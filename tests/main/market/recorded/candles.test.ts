import { existsSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { readCandles } from '../../../../src/main/market/recorded/candles.ts';
import { HOUR, MARKET_DATA, MINUTE, START, candle, scratchFiles } from './recordings.ts';

const write = scratchFiles();
const HEADER = 'time,open,high,low,close,volume';
const GOOD = ['100', '110', '90', '105', '7'] as const;

const textOf = (rows: readonly (readonly (string | number)[])[]) =>
  [HEADER, ...rows.map((row) => row.join(','))].join('\n');

describe('reading candles', () => {
  it('reads every column exactly, up to nine decimals', () => {
    const file = write(
      'sol.csv',
      textOf([
        [START, '0.123456789', '2', '0.1', '1', '0'],
        [START + HOUR, ...GOOD],
      ]),
    );

    expect(readCandles(file)).toEqual([
      candle(START, ['0.123456789', '2', '0.1', '1', '0']),
      candle(START + HOUR, GOOD),
    ]);
  });

  it.each([1, 5, 60, 1_440])('takes candles of %i minutes by their first two rows', (minutes) => {
    const rows = [0, 1, 2].map((i) => [START + i * minutes * MINUTE, ...GOOD]);

    expect(readCandles(write('sol.csv', textOf(rows)))).toHaveLength(3);
  });

  it.each<readonly [string, readonly (string | number)[], string]>([
    [
      'a word for a price',
      [START + 2 * HOUR, 'high', 110, 90, 105, 7],
      'the open is wrong: "high" is not a decimal',
    ],
    ['NaN', [START + 2 * HOUR, 100, 'NaN', 90, 105, 7], 'the high is wrong: "NaN" is not a decimal number'],
    [
      'Infinity',
      [START + 2 * HOUR, 100, 'Infinity', 90, 105, 7],
      'the high is wrong: "Infinity" is not a decimal',
    ],
    [
      'an exponent',
      [START + 2 * HOUR, 100, 110, '9e1', 105, 7],
      'the low is wrong: "9e1" is not a decimal number',
    ],
    [
      'an empty field',
      [START + 2 * HOUR, 100, 110, 90, '', 7],
      'the close is wrong: "" is not a decimal number',
    ],
    [
      'a space',
      [START + 2 * HOUR, 100, 110, 90, ' 105', 7],
      'the close is wrong: " 105" is not a decimal number',
    ],
    [
      'a hex number',
      [START + 2 * HOUR, 100, 110, 90, '0x69', 7],
      'the close is wrong: "0x69" is not a decimal',
    ],
    [
      'ten decimals',
      [START + 2 * HOUR, '100.0000000001', 110, 90, 105, 7],
      'the open is wrong: "100.0000000001" has',
    ],
    ['a price of 0', [START + 2 * HOUR, 0, 110, 0, 105, 7], 'the open is 0'],
    ['a negative price', [START + 2 * HOUR, 100, 110, -90, 105, 7], 'the low is negative (-90)'],
    [
      'a price under the tick',
      [START + 2 * HOUR, 100, 110, '0.0009', 105, 7],
      'the low is under 0.001 (0.0009)',
    ],
    ['a negative volume', [START + 2 * HOUR, 100, 110, 90, 105, -1], 'the volume is negative (-1)'],
    [
      'a high below the open',
      [START + 2 * HOUR, 111, 110, 90, 105, 7],
      'the high is below the open or the close',
    ],
    [
      'a high below the close',
      [START + 2 * HOUR, 100, 110, 90, 111, 7],
      'the high is below the open or the close',
    ],
    [
      'a low above the open',
      [START + 2 * HOUR, 89, 110, 90, 105, 7],
      'the low is above the open or the close',
    ],
    [
      'a low above the close',
      [START + 2 * HOUR, 100, 110, 90, 89, 7],
      'the low is above the open or the close',
    ],
    [
      'a time with a fraction',
      ['1704074400000.5', ...GOOD],
      'the time is not a whole number of milliseconds',
    ],
    ['a negative time', ['-1', ...GOOD], 'the time is not a whole number of milliseconds ("-1")'],
    [
      'a time as a date',
      ['2024-01-01', ...GOOD],
      'the time is not a whole number of milliseconds ("2024-01-01")',
    ],
    ['a time off the minute', [START + 2 * HOUR + 1, ...GOOD], 'the time is not on a whole minute'],
    ['a duplicate', [START + HOUR, ...GOOD], 'the time is a duplicate of the line before'],
    ['an earlier row', [START, ...GOOD], 'the rows are not sorted'],
    [
      'a gap',
      [START + 3 * HOUR, ...GOOD],
      'there is a gap: 120 minutes after the line before instead of 60 minutes',
    ],
    [
      'a row too early',
      [START + HOUR + MINUTE, ...GOOD],
      'the row comes too early: 1 minute after the line before',
    ],
    ['a missing field', [START + 2 * HOUR, 100, 110, 90, 105], '5 fields instead of 6'],
  ])('refuses %s, naming file, line and reason', (_, bad, reason) => {
    const file = write('sol.csv', textOf([[START, ...GOOD], [START + HOUR, ...GOOD], bad]));

    expect(() => readCandles(file)).toThrow(
      expect.objectContaining({
        code: 'INVALID_DATA_FILE',
        message: expect.stringContaining(`sol.csv, line 4: ${reason}`) as string,
        details: { file, line: 4, reason: expect.stringContaining(reason) as string },
      }),
    );
  });

  it.each([
    ['no row', [], 1],
    ['one row', [[START, ...GOOD]], 2],
  ])('refuses a file with %s, as nothing tells how long a candle is', (_, rows, line) => {
    expect(() => readCandles(write('sol.csv', textOf(rows)))).toThrow(
      `sol.csv, line ${line}: there are fewer than 2 rows.`,
    );
  });

  it('refuses a file without the column of the volume', () => {
    expect(() => readCandles(write('sol.csv', 'time,open,high,low,close\n'))).toThrow(
      'sol.csv, line 1: there is no column volume.',
    );
  });

  const recorded = path.join(MARKET_DATA, 'sol-usdt-candles-1h.csv');
  it.skipIf(!existsSync(recorded))(
    'reads two real years whole (skipped where MARKET_DATA_DIR has no file)',
    () => {
      const candles = readCandles(recorded);

      expect(candles).toHaveLength(17_544);
      expect(candles[0]).toEqual(candle(START, ['101.72', '102.79', '101.56', '101.96', '196680.93']));
      expect(candles.at(-1)).toEqual(
        candle(Date.UTC(2025, 11, 31, 23), ['124.86', '125.05', '124.6', '124.65', '51558.229']),
      );
    },
  );
});
