import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { accrued, payable } from '../../../src/main/domain/interest.ts';
import { parseBase, parseRate, parseUsd } from '../../../src/shared/money/decimal.ts';
import { anyRate, anyUsd } from '../../support/arbitraries.ts';
import { Fraction, rateOf, sum } from '../../support/fraction.ts';

const DAY_MS = 86_400_000;
const YEAR_MS = new Fraction(BigInt(365 * DAY_MS));
const stretch = fc.integer({ min: 0, max: 30 * DAY_MS });

/** Interest in smallest units, unrounded. */
const exactly = (balance: bigint, yearly: bigint, elapsedMs: number): Fraction =>
  new Fraction(balance)
    .times(rateOf(yearly))
    .times(new Fraction(BigInt(elapsedMs)))
    .over(YEAR_MS);

describe('interest', () => {
  it('for a whole year is the yearly rate of the balance', () => {
    const year = 365 * DAY_MS;
    expect(payable(accrued(parseUsd('1000'), parseRate('0.04'), year))).toEqual({
      whole: parseUsd('40'),
      carry: 0n,
    });
    expect(payable(accrued(parseBase('2.5'), parseRate('0.04'), year)).whole).toBe(parseBase('0.1'));
    expect(payable(accrued(parseUsd('-1000'), parseRate('0.09'), year)).whole).toBe(parseUsd('-90'));
  });

  it('is rounded down: a deposit earns less, a borrow costs more', () => {
    // 1 USD at 4 % for an hour: 0.04 / 8760 = 4.566… millionths.
    const hour = DAY_MS / 24;
    expect(payable(accrued(parseUsd('1'), parseRate('0.04'), hour)).whole).toBe(4n);
    expect(payable(accrued(parseUsd('-1'), parseRate('0.04'), hour)).whole).toBe(-5n);
  });

  it('does not depend on how a stretch of time is split', () => {
    fc.assert(
      fc.property(anyUsd, anyRate, fc.array(stretch, { maxLength: 30 }), (balance, yearly, stretches) => {
        const total = stretches.reduce((a, b) => a + b, 0);
        const split = stretches.reduce((so, ms) => so + accrued(balance, yearly, ms), 0n);
        expect(split).toBe(accrued(balance, yearly, total));

        let paid = 0n;
        let carry = 0n;
        for (const ms of stretches) {
          const due = payable(carry + accrued(balance, yearly, ms));
          paid += due.whole;
          carry = due.carry;
        }
        expect(paid).toBe(exactly(balance, yearly, total).floor());
      }),
    );
  });

  it('loses nothing while the balance and the rate change: what was paid is the exact sum, rounded down once', () => {
    const pieces = fc.array(fc.record({ balance: anyUsd, yearly: anyRate, ms: stretch }), { maxLength: 30 });
    fc.assert(
      fc.property(pieces, (given) => {
        let paid = 0n;
        let carry = 0n;
        for (const { balance, yearly, ms } of given) {
          const due = payable(carry + accrued(balance, yearly, ms));
          paid += due.whole;
          carry = due.carry;
          expect(carry).toBeGreaterThanOrEqual(0n);
        }
        const exact = sum(given.map(({ balance, yearly, ms }) => exactly(balance, yearly, ms)));
        expect(paid).toBe(exact.floor());
      }),
    );
  });

  it('is none without time, balance or rate', () => {
    expect(payable(accrued(parseUsd('1000'), parseRate('0.04'), 0))).toEqual({ whole: 0n, carry: 0n });
    expect(payable(accrued(0n, parseRate('0.04'), DAY_MS))).toEqual({ whole: 0n, carry: 0n });
    expect(payable(accrued(parseUsd('1000'), parseRate('0'), DAY_MS))).toEqual({ whole: 0n, carry: 0n });
  });
});
