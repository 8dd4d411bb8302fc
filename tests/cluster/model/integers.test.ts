import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  modulo,
  quotientDown,
  quotientUp,
  rootDown,
  saturating,
} from '../../support/cluster/model/integers.ts';

const whole = fc.bigInt({ min: 0n, max: 2n ** 192n });
const signed = fc.bigInt({ min: -(2n ** 127n), max: 2n ** 127n });
const divisor = fc.bigInt({ min: 1n, max: 2n ** 64n });

describe("the program's integers", () => {
  it('take the largest whole root that is not above the true one', () => {
    fc.assert(
      fc.property(whole, fc.constantFrom(2n, 4n), (value, degree) => {
        const root = rootDown(value, degree);
        expect(root ** degree <= value && value < (root + 1n) ** degree).toBe(true);
      }),
    );
  });

  it('round up to the least multiple that reaches, and down to the largest that does not pass', () => {
    fc.assert(
      fc.property(whole, signed, divisor, (positive, either, by) => {
        const [up, down] = [quotientUp(positive, by), quotientDown(either, by)];
        expect(up * by >= positive && (up - 1n) * by < positive).toBe(true);
        expect(down * by <= either && (down + 1n) * by > either).toBe(true);
      }),
    );
  });

  it('leave a remainder that is never negative', () => {
    fc.assert(
      fc.property(signed, divisor, (value, by) => {
        const rest = modulo(value, by);
        expect(rest >= 0n && rest < by && (value - rest) % by === 0n).toBe(true);
      }),
    );
  });

  it('end at zero where a difference would be below it', () => {
    expect([saturating(3n, 5n), saturating(5n, 3n)]).toEqual([0n, 2n]);
  });
});
