import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  exact,
  movedBy,
  shareOfUsd,
  shareOfValue,
  sizeFor,
  toUsd,
  valueOf,
} from '../../../src/shared/money/arithmetic.ts';
import { parseBase, parsePrice, parseRate, parseUsd, parseValue } from '../../../src/shared/money/decimal.ts';
import { price, value, type Value } from '../../../src/shared/money/quantity.ts';
import type { Rounding } from '../../../src/shared/money/rounding.ts';
import { anyBase, anyPrice, anyRate, anyUsd } from '../../support/arbitraries.ts';
import { ONE, Fraction, baseOf, priceOf, rateOf, usdOf, valueIn } from '../../support/fraction.ts';

const anyRounding = fc.constantFrom<Rounding>('floor', 'ceil', 'truncate', 'nearest');
const anyValue: fc.Arbitrary<Value> = fc.tuple(anyBase, anyPrice).map(([size, at]) => valueOf(size, at));

/** A number of dollars, SOL … as a count of units of so many decimals, rounded. */
function counted(whole: Fraction, decimals: number, rounding: Rounding): bigint {
  const units = whole.times(new Fraction(10n ** BigInt(decimals)));
  return units[rounding]();
}

describe('money arithmetic', () => {
  it('multiplies a size by a price without rounding', () => {
    // 0.000000001 SOL at 0.000000001 USD is 1e-18 USD, the smallest value there is.
    expect(valueOf(parseBase('0.000000001'), parsePrice('0.000000001'))).toBe(1n);
    expect(valueOf(parseBase('-2.5'), parsePrice('150.2'))).toBe(parseValue('-375.5'));
    fc.assert(
      fc.property(anyBase, anyPrice, (size, at) => {
        expect(valueIn(valueOf(size, at)).to(baseOf(size).times(priceOf(at)))).toBe(0);
      }),
    );
  });

  it('turns dollars into a value exactly, and back', () => {
    expect(exact(parseUsd('-12.000001'))).toBe(parseValue('-12.000001'));
    fc.assert(
      fc.property(anyUsd, anyRounding, (amount, rounding) => {
        expect(toUsd(exact(amount), rounding)).toBe(amount);
      }),
    );
  });

  it('rounds a value to millionths of a dollar as named', () => {
    fc.assert(
      fc.property(anyValue, anyRounding, (amount, rounding) => {
        expect(toUsd(amount, rounding)).toBe(counted(valueIn(amount), 6, rounding));
      }),
    );
    const justOver = value(parseValue('1') + 1n);
    expect(toUsd(justOver, 'floor')).toBe(parseUsd('1'));
    expect(toUsd(justOver, 'ceil')).toBe(parseUsd('1.000001'));
  });

  it('finds the size that an amount buys', () => {
    expect(sizeFor(parseValue('1000'), parsePrice('150'), 'floor')).toBe(parseBase('6.666666666'));
    expect(sizeFor(parseValue('1000'), parsePrice('150'), 'ceil')).toBe(parseBase('6.666666667'));
    expect(() => sizeFor(parseValue('1'), price(0n), 'floor')).toThrow(RangeError);
    fc.assert(
      fc.property(anyValue, anyPrice, anyRounding, (amount, at, rounding) => {
        expect(sizeFor(amount, at, rounding)).toBe(counted(valueIn(amount).over(priceOf(at)), 9, rounding));
      }),
    );
  });

  it('takes a share of dollars and of a value, rounded as named', () => {
    // 0.1 % of 333.333333 is 0.333333333: a fee is rounded up, a revenue down.
    expect(shareOfUsd(parseUsd('333.333333'), parseRate('0.001'), 'ceil')).toBe(parseUsd('0.333334'));
    expect(shareOfUsd(parseUsd('333.333333'), parseRate('0.001'), 'floor')).toBe(parseUsd('0.333333'));
    fc.assert(
      fc.property(anyUsd, anyValue, anyRate, anyRounding, (dollars, amount, share, rounding) => {
        const of = rateOf(share);
        expect(shareOfUsd(dollars, share, rounding)).toBe(counted(usdOf(dollars).times(of), 6, rounding));
        expect(shareOfValue(amount, share, rounding)).toBe(counted(valueIn(amount).times(of), 18, rounding));
      }),
    );
  });

  it('moves a price by a fraction of itself, up and down', () => {
    expect(movedBy(parsePrice('150'), parseRate('0.005'), 'ceil')).toBe(parsePrice('150.75'));
    expect(movedBy(parsePrice('150'), parseRate('-0.005'), 'floor')).toBe(parsePrice('149.25'));
    fc.assert(
      fc.property(anyPrice, anyRate, fc.constantFrom<Rounding>('floor', 'ceil'), (from, share, rounding) => {
        const moved = priceOf(from).times(ONE.plus(rateOf(share)));
        expect(movedBy(from, share, rounding)).toBe(counted(moved, 9, rounding));
      }),
    );
  });
});
