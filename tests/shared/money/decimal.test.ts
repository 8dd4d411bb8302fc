import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  NotADecimal,
  formatBase,
  formatDecimal,
  formatPrice,
  formatRate,
  formatUsd,
  formatValue,
  parseBase,
  parseDecimal,
  parsePrice,
  parseRate,
  parseUsd,
  parseValue,
} from '../../../src/shared/money/decimal.ts';
import {
  BASE_ONE,
  PRICE_ONE,
  RATE_ONE,
  USD_ONE,
  VALUE_ONE,
  base,
  price,
  rate,
  usd,
  value,
} from '../../../src/shared/money/quantity.ts';

const decimals = fc.integer({ min: 0, max: 20 });
const amount = fc.oneof(
  fc.bigInt({ min: -1_000n, max: 1_000n }),
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
);

describe('a decimal text', () => {
  it('gives back exactly the amount that it was written from, at any precision', () => {
    fc.assert(
      fc.property(amount, decimals, (raw, places) => {
        expect(parseDecimal(formatDecimal(raw, places), places)).toBe(raw);
      }),
    );
  });

  it('is the shortest there is: no exponent, no trailing zero, no "-0"', () => {
    fc.assert(
      fc.property(amount, decimals, (raw, places) => {
        const text = formatDecimal(raw, places);
        expect(text).toMatch(/^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/);
        expect(text).not.toBe('-0');
        expect(text.startsWith('-')).toBe(raw < 0n);
      }),
    );
  });

  it('means the same with zeros behind it', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 12 }), (raw, places) => {
        const [whole, fraction = ''] = formatDecimal(raw, places).split('.');
        expect(parseDecimal(`${whole}.${fraction.padEnd(places, '0')}`, places)).toBe(raw);
      }),
    );
  });

  it.each([
    [0n, 6, '0'],
    [1n, 6, '0.000001'],
    [-1n, 6, '-0.000001'],
    [10n, 6, '0.00001'],
    [-1_500_000n, 6, '-1.5'],
    [100_000_000n, 6, '100'],
    [12_340_000n, 6, '12.34'],
    [70n, 0, '70'],
    [-7n, 0, '-7'],
    [5n, 1, '0.5'],
  ])('writes %s of a unit with %s decimals as %s', (raw, places, text) => {
    expect(formatDecimal(raw, places)).toBe(text);
    expect(parseDecimal(text, places)).toBe(raw);
  });

  it('reads minus zero as zero', () => {
    expect(parseDecimal('-0', 6)).toBe(0n);
    expect(parseDecimal('-0.000', 6)).toBe(0n);
  });

  it.each([
    '',
    ' ',
    ' 1',
    '1 ',
    '1\n',
    '+1',
    '--1',
    '-',
    '.5',
    '5.',
    '-.5',
    '01',
    '-00.1',
    '1e3',
    '1E-3',
    '1_000',
    '1,000',
    '1.2.3',
    '0x10',
    '1n',
    'NaN',
    'Infinity',
    '-Infinity',
    'null',
    '١',
  ])('is refused when it is no plain decimal: %j', (text) => {
    expect(() => parseDecimal(text, 6)).toThrow(NotADecimal);
    expect(() => parseDecimal(text, 6)).toThrow(`"${text}" is not a decimal number`);
  });

  it('is refused when it has more digits than the unit, never rounded', () => {
    expect(parseDecimal('0.000001', 6)).toBe(1n);
    expect(() => parseDecimal('0.0000010', 6)).toThrow('"0.0000010" has more than 6 decimals');
    expect(() => parseDecimal('1.5', 0)).toThrow(NotADecimal);
    fc.assert(
      fc.property(
        amount,
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 1, max: 9 }),
        (raw, places, more) => {
          const tooFine = formatDecimal(raw * 10n + 1n, places + more);
          expect(() => parseDecimal(tooFine, places)).toThrow(NotADecimal);
        },
      ),
    );
  });

  it('names its error, so that a caller can make a coded error of it', () => {
    expect(() => parseUsd('a dollar')).toThrow(
      expect.objectContaining({ name: 'NotADecimal', message: '"a dollar" is not a decimal number' }),
    );
  });
});

describe('a kind of quantity', () => {
  it('has its own number of decimals: one whole is what its constant says', () => {
    expect(parseUsd('1')).toBe(USD_ONE);
    expect(parsePrice('1')).toBe(PRICE_ONE);
    expect(parseBase('1')).toBe(BASE_ONE);
    expect(parseRate('1')).toBe(RATE_ONE);
    expect(parseValue('1')).toBe(VALUE_ONE);
  });

  it.each([
    ['dollars', parseUsd, '0.000001', '0.0000001'],
    ['prices', parsePrice, '0.000000001', '0.0000000001'],
    ['sizes', parseBase, '0.000000001', '0.0000000001'],
    ['rates', parseRate, '0.000000000001', '0.0000000000001'],
    ['values', parseValue, '0.000000000000000001', '0.0000000000000000001'],
  ])('counts %s in its smallest unit and refuses anything finer', (_kind, parse, finest, finer) => {
    expect(parse(finest)).toBe(1n);
    expect(() => parse(finer)).toThrow(NotADecimal);
  });

  it('is written with the decimals that it is read with', () => {
    fc.assert(
      fc.property(amount, (raw) => {
        expect(parseUsd(formatUsd(usd(raw)))).toBe(raw);
        expect(parsePrice(formatPrice(price(raw)))).toBe(raw);
        expect(parseBase(formatBase(base(raw)))).toBe(raw);
        expect(parseRate(formatRate(rate(raw)))).toBe(raw);
        expect(parseValue(formatValue(value(raw)))).toBe(raw);
      }),
    );
  });
});
