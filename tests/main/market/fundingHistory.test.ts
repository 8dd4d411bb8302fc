import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { HOUR_MS, type FundingSample } from '../../../src/main/domain/funding.ts';
import { FundingHistory } from '../../../src/main/market/fundingHistory.ts';
import { parseRate } from '../../../src/shared/money/decimal.ts';
import { anyRate } from '../../support/arbitraries.ts';
import { Fraction, rateOf, sum } from '../../support/fraction.ts';

const TRILLION = new Fraction(10n ** 12n);
const at = (hour: number, fraction: string, hours = 1): FundingSample => ({
  t: hour * HOUR_MS,
  rate: parseRate(fraction),
  periodMs: hours * HOUR_MS,
});

/** Payments one after the other, each covering the time since the one before: hourly, or as an exchange pays. */
const pastOf = (hours: number): fc.Arbitrary<readonly FundingSample[]> =>
  fc
    .array(anyRate, { minLength: 1, maxLength: 120 })
    .map((rates) =>
      rates.map((paid, i) => ({ t: (i + 1) * hours * HOUR_MS, rate: paid, periodMs: hours * HOUR_MS })),
    );
const anyPeriodHours = fc.constantFrom(1, 8, 24);

describe('[R11.1] the funding history', () => {
  it('says nothing before the first payment', () => {
    const history = new FundingHistory(72 * HOUR_MS);
    expect(history.current).toBeUndefined();
    expect(history.average).toBeUndefined();
  });

  it('knows the last rate an hour, whatever the period it was paid for', () => {
    const history = new FundingHistory(72 * HOUR_MS, [at(1, '0.0001')]);
    expect(history.current).toBe(parseRate('0.0001'));
    history.add(at(9, '-0.0008', 8));
    expect(history.current).toBe(parseRate('-0.0001'));
  });

  it('averages by the hours that each rate covers', () => {
    // 0.0003 for one hour and 0.0008 for eight: 0.0011 / 9 = 0.000122222222…
    const history = new FundingHistory(72 * HOUR_MS, [at(1, '0.0003'), at(9, '0.0008', 8)]);
    expect(history.average).toEqual({ hourly: parseRate('0.000122222222'), coveredMs: 9 * HOUR_MS });
  });

  it('says how much time it covers while it is younger than its window', () => {
    const history = new FundingHistory(72 * HOUR_MS);
    for (let hour = 1; hour <= 100; hour += 1) {
      history.add(at(hour, '0.0001'));
      expect(history.average).toEqual({
        hourly: parseRate('0.0001'),
        coveredMs: Math.min(hour, 72) * HOUR_MS,
      });
    }
  });

  it('forgets a payment exactly when it falls out of the window', () => {
    // With a window of 3 hours, the payment of hour 1 counts at hour 3 and is gone at hour 4.
    const history = new FundingHistory(3 * HOUR_MS, [at(1, '0.9'), at(2, '0'), at(3, '0')]);
    expect(history.average).toEqual({ hourly: parseRate('0.3'), coveredMs: 3 * HOUR_MS });
    history.add(at(4, '0.0003'));
    expect(history.average).toEqual({ hourly: parseRate('0.0001'), coveredMs: 3 * HOUR_MS });
  });

  it('forgets what a gap has made too old', () => {
    const history = new FundingHistory(72 * HOUR_MS, [at(1, '0.9'), at(2, '0.9')]);
    history.add(at(500, '0.0002'));
    expect(history.average).toEqual({ hourly: parseRate('0.0002'), coveredMs: HOUR_MS });
  });

  it('is the sum of the rates over the sum of the hours in the window, after every payment', () => {
    const anyCase = anyPeriodHours.chain((hours) =>
      fc.record({
        past: pastOf(hours),
        windowMs: fc.integer({ min: 1, max: 40 }).map((n) => n * hours * HOUR_MS),
      }),
    );
    fc.assert(
      fc.property(anyCase, ({ past, windowMs }) => {
        const history = new FundingHistory(windowMs);
        for (const [i, sample] of past.entries()) {
          history.add(sample);
          const inside = past.slice(0, i + 1).filter(({ t }) => sample.t - t < windowMs);
          const hours = sum(inside.map(({ periodMs }) => new Fraction(BigInt(periodMs), BigInt(HOUR_MS))));
          const paid = sum(inside.map(({ rate: one }) => rateOf(one)));
          expect(history.average?.hourly).toBe(paid.over(hours).times(TRILLION).nearest());
          expect(history.average?.coveredMs).toBe(Math.min((i + 1) * sample.periodMs, windowMs));
        }
      }),
    );
  });

  it('that starts with a past is as if it had heard every payment itself', () => {
    fc.assert(
      fc.property(anyPeriodHours.chain(pastOf), fc.nat(120), (past, cut) => {
        const heard = new FundingHistory(72 * HOUR_MS);
        for (const sample of past) heard.add(sample);
        const resumed = new FundingHistory(72 * HOUR_MS, past.slice(0, cut));
        for (const sample of past.slice(cut)) resumed.add(sample);
        expect([resumed.current, resumed.average]).toEqual([heard.current, heard.average]);
      }),
    );
  });
});
