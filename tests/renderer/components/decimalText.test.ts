import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decimalOf,
  fractionToPercent,
  grouped,
  isDecimal,
  signOf,
  toPlaces,
} from '../../../src/renderer/components/decimalText.ts';

/** Any decimal as the contract sends it, also with useless zeros. */
const decimal = fc
  .tuple(
    fc.boolean(),
    fc.bigInt(0n, 10n ** 24n),
    fc.option(fc.stringMatching(/^\d{1,18}$/), { nil: undefined }),
  )
  .map(
    ([negative, whole, fraction]) =>
      `${negative ? '-' : ''}${whole}${fraction === undefined ? '' : `.${fraction}`}`,
  );
const places = fc.integer({ min: 0, max: 12 });

/** The decimal in units of 1e-18, by shifting text: arithmetic of its own. */
function atto(text: string): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const units = BigInt(whole + fraction.padEnd(18, '0'));
  return text.startsWith('-') ? -units : units;
}
const magnitude = (amount: bigint): bigint => (amount < 0n ? -amount : amount);

describe('rounding a decimal for the eye', () => {
  test('is never off by more than half of the last digit shown, and goes away from zero at the half', () => {
    fc.assert(
      fc.property(decimal, places, (text, to) => {
        const off = magnitude(atto(toPlaces(text, to))) - magnitude(atto(text));
        const half = 10n ** BigInt(18 - to);
        return 2n * magnitude(off) <= half && 2n * off !== -half;
      }),
    );
  });

  test('always shows the same number of digits behind the point', () => {
    fc.assert(
      fc.property(decimal, places, (text, to) => (toPlaces(text, to).split('.')[1]?.length ?? 0) === to),
    );
  });

  test('never writes a minus before zero', () => {
    fc.assert(
      fc.property(decimal, places, (text, to) => {
        const rounded = toPlaces(text, to);
        return /[1-9]/.test(rounded) || !rounded.startsWith('-');
      }),
    );
    expect(toPlaces('-0.004', 2)).toBe('0.00');
  });

  test.each([
    ['0.005', 2, '0.01'],
    ['-0.005', 2, '-0.01'],
    ['0.00499999', 2, '0.00'],
    ['9.995', 2, '10.00'],
    ['12', 2, '12.00'],
    ['123456789012345678901234.5', 0, '123456789012345678901235'],
  ])('%s to %i places is %s', (text, to, rounded) => {
    expect(toPlaces(text, to)).toBe(rounded);
  });

  test.each(['', '1e5', '1,5', '.5', '5.', 'NaN', '--1'])('refuses "%s", which is no decimal', (text) => {
    expect(isDecimal(text)).toBe(false);
    expect(() => toPlaces(text, 2)).toThrow(RangeError);
  });
});

describe('grouping', () => {
  test('changes nothing but the commas and the minus', () => {
    fc.assert(fc.property(decimal, (text) => grouped(text).replaceAll(',', '').replace('−', '-') === text));
  });

  test('leaves one to three digits before the first comma and three between the others', () => {
    fc.assert(
      fc.property(decimal, (text) =>
        /^−?\d{1,3}(?:,\d{3})*(?:\.\d+)?$/.test(grouped(text.replace(/^(-?)0+(?=\d)/, '$1'))),
      ),
    );
  });

  test('leaves the digits behind the point alone', () => {
    expect(grouped('-1234567.123456')).toBe('−1,234,567.123456');
  });
});

test('a fraction as percent is exactly a hundred times as much', () => {
  fc.assert(
    fc.property(
      decimal.filter((text) => !/\.\d{17}/.test(text)),
      (text) => atto(fractionToPercent(text)) === 100n * atto(text),
    ),
  );
  expect(fractionToPercent('0.0000125')).toBe('0.00125');
  expect(fractionToPercent('-1.5')).toBe('-150');
});

test('the sign of a decimal is that of its amount, whatever its zeros', () => {
  fc.assert(
    fc.property(decimal, (text) => {
      const amount = atto(text);
      return signOf(text) === (amount === 0n ? 0 : amount > 0n ? 1 : -1);
    }),
  );
});

test('a measured number that is not finite has no decimal, and one of any size has', () => {
  for (const measured of [Number.NaN, Infinity, -Infinity]) expect(decimalOf(measured)).toBeNull();
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (measured) => {
      const text = decimalOf(measured);
      return text !== null && isDecimal(text) && Math.abs(Number(text) - measured) <= 1e-12;
    }),
  );
});
