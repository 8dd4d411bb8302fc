import { existsSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseRate } from '../../../../src/shared/money/decimal.ts';
import { readFunding } from '../../../../src/main/market/recorded/fundingRows.ts';
import { HOUR, MARKET_DATA, MINUTE, START, fundingRow, scratchFiles } from './recordings.ts';

const write = scratchFiles();
const DAY = 24 * HOUR;

const read = (...lines: readonly string[]) => readFunding(write('funding.csv', lines.join('\n')));
/** The rate that a file's text becomes. */
const rateOf = (text: string) => read('time,rate', `${START},${text}`, `${START + HOUR},0`)[0]?.rate;

describe('reading funding rates', () => {
  it('takes the period from the row before, and for the first row from the first two', () => {
    expect(
      read('time,rate,premium', `${START},0.0001,5`, `${START + HOUR},-0.0002,x`, `${START + 2 * HOUR},0,`),
    ).toEqual([
      fundingRow(START, '0.0001', HOUR),
      fundingRow(START + HOUR, '-0.0002', HOUR),
      fundingRow(START + 2 * HOUR, '0', HOUR),
    ]);
  });

  it('takes the mark price where the file has it, and goes without where the cell is empty', () => {
    expect(
      read('time,rate,mark_price', `${START},0.0001,101.74786780`, `${START + 8 * HOUR},0.0002,`),
    ).toEqual([
      fundingRow(START, '0.0001', 8 * HOUR, '101.7478678'),
      fundingRow(START + 8 * HOUR, '0.0002', 8 * HOUR),
    ]);
  });

  it('takes the period from the hours where rates were added up, a shorter day included', () => {
    expect(read('time,rate_sum,hours', `${START},0.0024,24`, `${START + DAY},0.0023,23`)).toEqual([
      fundingRow(START, '0.0024', DAY),
      fundingRow(START + DAY, '0.0023', 23 * HOUR),
    ]);
  });

  it('accepts payments that come some seconds early or late', () => {
    const times = [0, HOUR + 37, 2 * HOUR - 1_200, 3 * HOUR + 4, 4 * HOUR];

    const rows = read('time,rate', ...times.map((t) => `${START + t},0.0001`));

    expect(rows.map(({ periodMs }) => periodMs)).toEqual([
      HOUR + 37,
      HOUR + 37,
      HOUR - 1_237,
      HOUR + 1_204,
      HOUR - 4,
    ]);
  });

  it.each([
    ['-0.00010081228661748273', '-0.000100812287'],
    ['0.0003647000508544274', '0.000364700051'],
    ['9.566562574719542e-05', '0.000095665626'],
    ['-3.641818328592947E-5', '-0.000036418183'],
    ['0.0000000000005', '0.000000000001'],
    ['-0.0000000000005', '-0.000000000001'],
    ['0.00000000000049999999999999999999', '0'],
    ['1e-99', '0'],
    ['1.5e-1', undefined],
    ['0.1', '0.1'],
    ['-0', '0'],
  ])('rounds %s to the nearest trillionth on its digits', (text, rounded) => {
    if (rounded === undefined) expect(() => rateOf(text)).toThrow('beyond 0.1');
    else expect(rateOf(text)).toBe(parseRate(rounded));
  });

  it('reads a rate the same with and without a power of ten', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 18n }),
        fc.integer({ min: 0, max: 8 }),
        (digits, power) => {
          const plain = `0.${digits.toString().padStart(20, '0')}`;
          const point = plain.slice(2 + power);
          const shifted = `${BigInt(plain.slice(2, 2 + power) || '0')}.${point}e-${power}`;
          expect(rateOf(shifted)).toBe(rateOf(plain));
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each<readonly [string, string, string, string]>([
    [
      'a word for a rate',
      'time,rate',
      `${START + 3 * HOUR},high`,
      'the rate is wrong: "high" is not a decimal',
    ],
    ['NaN', 'time,rate', `${START + 3 * HOUR},NaN`, 'the rate is wrong: "NaN" is not a decimal number'],
    ['an empty rate', 'time,rate', `${START + 3 * HOUR},`, 'the rate is wrong: "" is not a decimal number'],
    ['a huge exponent', 'time,rate', `${START + 3 * HOUR},1e999999999`, 'the rate is wrong: "1e999999999"'],
    [
      'an absurd rate',
      'time,rate',
      `${START + 3 * HOUR},0.100000000001`,
      'a rate of 0.100000000001 a period',
    ],
    [
      'an absurd negative rate',
      'time,rate',
      `${START + 3 * HOUR},-12`,
      'a rate of -12 a period is beyond 0.1',
    ],
    ['a time that is none', 'time,rate', `yesterday,0`, 'the time is not a whole number of milliseconds'],
    ['a duplicate', 'time,rate', `${START + 2 * HOUR},0`, 'the time is a duplicate of the line before'],
    ['an earlier row', 'time,rate', `${START + MINUTE},0`, 'the rows are not sorted'],
    [
      'a gap',
      'time,rate',
      `${START + 4 * HOUR},0`,
      'there is a gap: 120 minutes after the line before instead of 60 minutes',
    ],
    [
      'a row too early',
      'time,rate',
      `${START + 2.5 * HOUR},0`,
      'the row comes too early: 30 minutes after the line',
    ],
    [
      'more than a minute late',
      'time,rate',
      `${START + 3 * HOUR + MINUTE + 1},0`,
      'there is a gap: 61 minutes',
    ],
    ['a mark of 0', 'time,rate,mark_price', `${START + 3 * HOUR},0,0`, 'the mark price is 0'],
    [
      'a negative mark',
      'time,rate,mark_price',
      `${START + 3 * HOUR},0,-5`,
      'the mark price is negative (-5)',
    ],
    ['a word for a mark', 'time,rate,mark_price', `${START + 3 * HOUR},0,x`, 'the mark price is wrong: "x"'],
    [
      'no hours',
      'time,rate_sum,hours',
      `${START + 3 * HOUR},0,0`,
      'the hours are not a whole number above 0 ("0")',
    ],
    [
      'half an hour',
      'time,rate_sum,hours',
      `${START + 3 * HOUR},0,0.5`,
      'the hours are not a whole number above 0',
    ],
    [
      'overlapping hours',
      'time,rate_sum,hours',
      `${START + 3 * HOUR},0,2`,
      'the row covers 2 hours, but the rows are 1',
    ],
  ])('refuses %s, naming file, line and reason', (_, header, bad, reason) => {
    const tail = header.endsWith('hours') ? ',1' : header.endsWith('mark_price') ? ',100' : '';
    const good = [0, 1, 2].map((i) => `${START + i * HOUR},0.0001${tail}`);

    expect(() => read(header, ...good, bad)).toThrow(
      expect.objectContaining({
        code: 'INVALID_DATA_FILE',
        message: expect.stringContaining(`funding.csv, line 5: ${reason}`) as string,
        details: expect.objectContaining({ line: 5 }) as object,
      }),
    );
  });

  it('names the line of a gap in the first rows too', () => {
    const times = [0, 2, 3, 4].map((hours) => `${START + hours * HOUR},0`);

    expect(() => read('time,rate', ...times)).toThrow('funding.csv, line 3: there is a gap');
  });

  it.each([
    ['no column of rates', 'time,price', 'there is no column rate'],
    ['a sum of rates over an unknown time', 'time,rate_sum', 'there is no column hours'],
    ['no time', 'rate', 'there is no column time'],
    ['no row', 'time,rate', 'there are fewer than 2 rows'],
  ])('refuses a file with %s', (_, header, reason) => {
    expect(() => read(header)).toThrow(`funding.csv, line 1: ${reason}.`);
  });

  it('refuses rows that are so close that jitter could not be told from a gap', () => {
    expect(() => read('time,rate', ...[0, 1, 2].map((i) => `${START + i * MINUTE},0`))).toThrow(
      'funding.csv, line 3: the rows are less than 2 minutes apart.',
    );
  });

  describe.skipIf(!existsSync(MARKET_DATA))(
    'of real files (skipped where MARKET_DATA_DIR is missing)',
    () => {
      it.each([
        [
          'sol-usdt-funding-8h.csv',
          2_193,
          8 * HOUR,
          fundingRow(START, '0.00022410', 8 * HOUR, '101.7478678'),
        ],
        [
          'sol-funding-hyperliquid-1h.csv',
          8_764,
          HOUR,
          fundingRow(Date.UTC(2024, 11, 31, 20), '0.0000125', HOUR),
        ],
        [
          'sol-perp-funding-drift-1d.csv',
          366,
          DAY,
          fundingRow(Date.UTC(2024, 11, 31), '-0.000100812287', DAY),
        ],
      ])('%s is read whole', (name, count, periodMs, first) => {
        const rows = readFunding(path.join(MARKET_DATA, name));

        expect(rows).toHaveLength(count);
        expect(rows[0]).toEqual(first);
        expect(rows.every((row) => row.periodMs === periodMs)).toBe(true);
      });
    },
  );
});
