import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  divide,
  divideCarrying,
  larger,
  magnitude,
  smaller,
  toStep,
} from '../../../src/shared/money/rounding.ts';
import { Fraction } from '../../support/fraction.ts';

const anyInteger = fc.oneof(
  fc.bigInt({ min: -12n, max: 12n }),
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
);
const notZero = anyInteger.filter((one) => one !== 0n);
const positive = notZero.map((one) => (one < 0n ? -one : one));

describe('a division', () => {
  it('rounds as named, for every sign of both numbers', () => {
    fc.assert(
      fc.property(anyInteger, notZero, (numerator, denominator) => {
        const exact = new Fraction(numerator, denominator);
        expect(divide(numerator, denominator, 'floor')).toBe(exact.floor());
        expect(divide(numerator, denominator, 'ceil')).toBe(exact.ceil());
        expect(divide(numerator, denominator, 'truncate')).toBe(exact.truncate());
        expect(divide(numerator, denominator, 'nearest')).toBe(exact.nearest());
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    // numerator, denominator, floor, ceil, truncate, nearest
    [7n, 2n, 3n, 4n, 3n, 4n],
    [-7n, 2n, -4n, -3n, -3n, -4n],
    [7n, -2n, -4n, -3n, -3n, -4n],
    [-7n, -2n, 3n, 4n, 3n, 4n],
    [1n, 3n, 0n, 1n, 0n, 0n],
    [-1n, 3n, -1n, 0n, 0n, 0n],
    [2n, 3n, 0n, 1n, 0n, 1n],
    [-2n, 3n, -1n, 0n, 0n, -1n],
    [6n, 3n, 2n, 2n, 2n, 2n],
    [-6n, 3n, -2n, -2n, -2n, -2n],
    [0n, 5n, 0n, 0n, 0n, 0n],
  ])('of %s by %s is %s, %s, %s, %s', (numerator, denominator, floor, ceil, truncate, nearest) => {
    expect(divide(numerator, denominator, 'floor')).toBe(floor);
    expect(divide(numerator, denominator, 'ceil')).toBe(ceil);
    expect(divide(numerator, denominator, 'truncate')).toBe(truncate);
    expect(divide(numerator, denominator, 'nearest')).toBe(nearest);
  });

  it('by zero throws, however it is rounded', () => {
    for (const rounding of ['floor', 'ceil', 'truncate', 'nearest'] as const) {
      expect(() => divide(1n, 0n, rounding)).toThrow(RangeError);
    }
    expect(() => divideCarrying(1n, 0n)).toThrow(RangeError);
  });

  it('that carries leaves a remainder of the denominator at most, and both make up the whole', () => {
    fc.assert(
      fc.property(anyInteger, positive, (numerator, denominator) => {
        const { whole, carry } = divideCarrying(numerator, denominator);
        expect(whole * denominator + carry).toBe(numerator);
        expect(carry >= 0n && carry < denominator).toBe(true);
      }),
    );
  });

  it('that carries loses nothing over any sequence: what was paid is the whole sum, rounded down once', () => {
    fc.assert(
      fc.property(fc.array(anyInteger, { maxLength: 30 }), positive, (amounts, denominator) => {
        let paid = 0n;
        let carry = 0n;
        for (const amount of amounts) {
          const step = divideCarrying(amount + carry, denominator);
          paid += step.whole;
          carry = step.carry;
        }
        const total = amounts.reduce((a, b) => a + b, 0n);
        expect(paid).toBe(new Fraction(total, denominator).floor());
      }),
    );
  });
});

describe('a step', () => {
  it('is the multiple below, above or nearest', () => {
    expect(toStep(1_234n, 100n, 'floor')).toBe(1_200n);
    expect(toStep(1_234n, 100n, 'ceil')).toBe(1_300n);
    expect(toStep(1_250n, 100n, 'nearest')).toBe(1_300n);
    expect(toStep(-1_234n, 100n, 'truncate')).toBe(-1_200n);
    expect(toStep(-1_234n, 100n, 'floor')).toBe(-1_300n);
    expect(toStep(1_200n, 100n, 'ceil')).toBe(1_200n);
  });

  it('is on the grid and less than one step away', () => {
    fc.assert(
      fc.property(
        anyInteger,
        positive,
        fc.constantFrom('floor', 'ceil', 'truncate', 'nearest'),
        (amount, step, rounding) => {
          const stepped = toStep(amount, step, rounding);
          expect(stepped % step).toBe(0n);
          expect(new Fraction(stepped - amount).absolute().to(new Fraction(step))).toBe(-1);
        },
      ),
    );
  });
});

describe('of two amounts', () => {
  it('the smaller and the larger are told apart, and a magnitude has no sign', () => {
    expect([smaller(-2n, 1n), smaller(1n, -2n), smaller(3n, 3n)]).toEqual([-2n, -2n, 3n]);
    expect([larger(-2n, 1n), larger(1n, -2n), larger(3n, 3n)]).toEqual([1n, 1n, 3n]);
    expect([magnitude(-5n), magnitude(0n), magnitude(5n)]).toEqual([5n, 0n, 5n]);
  });
});
