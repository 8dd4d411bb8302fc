import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  HOUR_MS,
  aprPct,
  driftHourlyRate,
  fundingPayment,
  hourlyRate,
} from '../../../src/main/domain/funding.ts';
import { parseBase, parsePrice, parseRate, parseUsd } from '../../../src/shared/money/decimal.ts';
import { rate } from '../../../src/shared/money/quantity.ts';
import { anyBase, anyPrice, anyRate } from '../../support/arbitraries.ts';
import { Fraction, baseOf, priceOf, rateOf, sum } from '../../support/fraction.ts';

const MILLION = new Fraction(10n ** 6n);
const TRILLION = new Fraction(10n ** 12n);
const UNCLAMPED = rate(10n ** 30n);

describe('a funding payment', () => {
  it.each([
    // 10 SOL × 150 × 0.01 % = 0.15
    ['longs pay shorts when the rate is positive: a short', '-10', '0.0001', '0.15'],
    ['longs pay shorts when the rate is positive: a long', '10', '0.0001', '-0.15'],
    ['shorts pay longs when the rate is negative: a short', '-10', '-0.0001', '-0.15'],
    ['shorts pay longs when the rate is negative: a long', '10', '-0.0001', '0.15'],
    ['nobody pays when the rate is zero: a short', '-10', '0', '0'],
  ])('[R1.1] %s of %s at %s receives %s', (_who, size, fraction, received) => {
    expect(fundingPayment(parseBase(size), parsePrice('150'), parseRate(fraction), 0n)).toEqual({
      amount: parseUsd(received),
      carry: 0n,
    });
  });

  it('is rounded down to a millionth, for who receives and for who pays', () => {
    // 1 SOL × 1 USD × 0.00000015 = 0.15 millionths.
    const [at, fraction] = [parsePrice('1'), parseRate('0.00000015')];
    expect(fundingPayment(parseBase('-1'), at, fraction, 0n).amount).toBe(0n);
    expect(fundingPayment(parseBase('1'), at, fraction, 0n).amount).toBe(-1n);
  });

  it('[R1.3] loses nothing over any sequence: all payments are the exact sum, rounded down once', () => {
    const payments = fc.array(fc.record({ size: anyBase, at: anyPrice, fraction: anyRate }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(payments, (given) => {
        let received = 0n;
        let carry = 0n;
        for (const { size, at, fraction } of given) {
          const payment = fundingPayment(size, at, fraction, carry);
          received += payment.amount;
          carry = payment.carry;
        }
        const exact = sum(
          given.map(({ size, at, fraction }) =>
            baseOf(size).negated().times(priceOf(at)).times(rateOf(fraction)),
          ),
        );
        expect(received).toBe(exact.times(MILLION).floor());
      }),
    );
  });
});

describe("Drift's hourly rate", () => {
  const naive = (mark: Fraction, oracle: Fraction): Fraction =>
    mark
      .minus(oracle)
      .plus(oracle.over(new Fraction(5_000n)))
      .over(new Fraction(24n))
      .over(oracle);

  it('is (mark − oracle + oracle / 5000) / 24 of the oracle, to the nearest trillionth', () => {
    fc.assert(
      fc.property(anyPrice, anyPrice, (mark, oracle) => {
        const expected = naive(priceOf(mark), priceOf(oracle)).times(TRILLION).nearest();
        expect(driftHourlyRate(mark, oracle, UNCLAMPED)).toBe(expected);
      }),
    );
  });

  it('is the offset alone where the mark is at the oracle', () => {
    // 1 / 5000 / 24 = 0.00000833333…: 7.3 % a year.
    const hourly = driftHourlyRate(parsePrice('150'), parsePrice('150'), parseRate('0.00125'));
    expect(hourly).toBe(parseRate('0.000008333333'));
    expect(aprPct(hourly)).toBeCloseTo(7.3, 5);
  });

  it('is zero where the mark is under the oracle by exactly the offset', () => {
    expect(driftHourlyRate(parsePrice('149.97'), parsePrice('150'), parseRate('0.00125'))).toBe(0n);
  });

  it('is held at the clamp either way, and exactly at it is left as it is', () => {
    const clamp = parseRate('0.00125');
    // 150 × (1 + 24 × 0.00125 − 1/5000) = 154.47 is exactly at the clamp.
    expect(driftHourlyRate(parsePrice('154.47'), parsePrice('150'), clamp)).toBe(clamp);
    expect(driftHourlyRate(parsePrice('200'), parsePrice('150'), clamp)).toBe(clamp);
    expect(driftHourlyRate(parsePrice('154.4'), parsePrice('150'), clamp)).toBeLessThan(clamp);
    expect(driftHourlyRate(parsePrice('100'), parsePrice('150'), clamp)).toBe(-clamp);
    // 150 × (1 − 24 × 0.00125 − 1/5000) = 145.47
    expect(driftHourlyRate(parsePrice('145.47'), parsePrice('150'), clamp)).toBe(-clamp);
    expect(driftHourlyRate(parsePrice('145.5'), parsePrice('150'), clamp)).toBeGreaterThan(-clamp);
    fc.assert(
      fc.property(anyPrice, anyPrice, fc.bigInt({ min: 0n, max: 10n ** 12n }), (mark, oracle, most) => {
        const free = naive(priceOf(mark), priceOf(oracle)).times(TRILLION).nearest();
        const expected = free > most ? most : free < -most ? -most : free;
        expect(driftHourlyRate(mark, oracle, rate(most))).toBe(expected);
      }),
    );
  });
});

describe('a rate for a period', () => {
  it('is spread evenly over its hours, to the nearest trillionth', () => {
    expect(hourlyRate({ t: 0, rate: parseRate('0.0008'), periodMs: 8 * HOUR_MS })).toBe(parseRate('0.0001'));
    expect(hourlyRate({ t: 0, rate: parseRate('-0.0001'), periodMs: HOUR_MS })).toBe(parseRate('-0.0001'));
    expect(hourlyRate({ t: 0, rate: parseRate('0.0001'), periodMs: HOUR_MS / 2 })).toBe(parseRate('0.0002'));
    // 1e-12 over 2 hours is half a trillionth: halves go away from zero.
    expect(hourlyRate({ t: 0, rate: rate(-1n), periodMs: 2 * HOUR_MS })).toBe(-1n);
    fc.assert(
      fc.property(anyRate, fc.integer({ min: 1, max: 40 * 24 * HOUR_MS }), (paid, periodMs) => {
        const hours = new Fraction(BigInt(periodMs), BigInt(60 * 60 * 1_000));
        expect(hourlyRate({ t: 0, rate: paid, periodMs })).toBe(
          rateOf(paid).over(hours).times(TRILLION).nearest(),
        );
      }),
    );
  });

  it('is shown as simple interest for a year of 365 days', () => {
    // 0.001 % an hour × 24 × 365 = 8.76 %.
    expect(aprPct(parseRate('0.00001'))).toBeCloseTo(8.76, 12);
    expect(aprPct(parseRate('-0.00002'))).toBeCloseTo(-17.52, 12);
  });
});
