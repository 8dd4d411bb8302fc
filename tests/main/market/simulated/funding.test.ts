import { describe, expect, it } from 'vitest';

import { rate } from '../../../../src/shared/money/quantity.ts';
import { HOUR_MS } from '../../../../src/main/domain/funding.ts';
import { MINUTE_MS } from '../../../../src/main/market/feed.ts';
import { FundingHistory } from '../../../../src/main/market/fundingHistory.ts';
import {
  HOURS_A_YEAR,
  START,
  aprOf,
  deviation,
  dollarsOf,
  marketOf,
  mean,
  minutesOf,
  paidUntil,
} from './simulatedMarket.ts';

const DAY_MS = 24 * HOUR_MS;

describe('the funding that a simulated market brings along', () => {
  it('covers the 30 days before the start, hour by hour, the last at the start', () => {
    const { history } = marketOf(1);

    expect(history).toHaveLength(720);
    expect(history.map(({ t }) => START - t)).toEqual(
      Array.from({ length: 720 }, (_, i) => (719 - i) * HOUR_MS),
    );
    expect(new Set(history.map(({ periodMs }) => periodMs))).toEqual(new Set([HOUR_MS]));
  });

  it.each([
    [1, '12'],
    [2, '12'],
    [3, '200'],
    [4, '-40'],
    [5, '0'],
  ])('stands at 1.25 times the mean, now and over 72 h (seed %d, mean %s)', (seed, fundingMeanApr) => {
    const expected = (1.25 * Number(fundingMeanApr)) / 100 / HOURS_A_YEAR;
    const past = new FundingHistory(72 * HOUR_MS, marketOf(seed, { fundingMeanApr }).history);

    expect(past.average?.coveredMs).toBe(72 * HOUR_MS);
    // To the rounding of a rate: a trillionth.
    expect(Math.abs(Number(past.current) - expected * 1e12)).toBeLessThanOrEqual(0.51);
    expect(Math.abs(Number(past.average?.hourly) - expected * 1e12)).toBeLessThanOrEqual(1.01);
  });

  it('wanders in the past as it will in the future, and is not made flat to fit', () => {
    const aprs = [1, 2, 3, 4, 5, 6].flatMap((seed) => marketOf(seed).history.slice(0, 648).map(aprOf));
    const recent = marketOf(1).history.slice(-72).map(aprOf);

    // 648 hours × 6 hold about 54 independent samples of a standard deviation of 12 %.
    expect(deviation(aprs)).toBeGreaterThan(12 * 0.65);
    expect(deviation(aprs)).toBeLessThan(12 * 1.35);
    expect(Math.abs(mean(aprs) - 12)).toBeLessThan((4 * 12) / Math.sqrt(54));
    expect(deviation(recent)).toBeGreaterThan(1);
  });
});

describe('the funding that a simulated market pays', () => {
  it('falls due every full hour on each perpetual, priced at its oracle then', () => {
    const feed = marketOf(2);
    const seen = [1, 2, 3].flatMap((hour) => {
      feed.seek(START + hour * HOUR_MS - 1);
      expect(feed.takeFunding()).toEqual([]);
      feed.seek(START + hour * HOUR_MS);
      const prices = feed.oracles();
      const due = feed.takeFunding();
      expect(due.map(({ market }) => market)).toEqual(['SOL-PERP', 'BTC-PERP', 'ETH-PERP']);
      expect(due.map(({ price }) => price)).toEqual([prices.SOL, prices.BTC, prices.ETH]);
      return due;
    });

    expect(seen.map(({ t }) => t - START)).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3].map((hour) => hour * HOUR_MS));
    expect(seen.every(({ periodMs }) => periodMs === HOUR_MS)).toBe(true);
  });

  it('is Drift’s formula on the averages of the marks and oracles that the hour’s minutes showed', () => {
    // At $100,000 a tick is a hundred-millionth of the price, so that sampled prices are as good as exact ones.
    const changed = { startPrice: '100000', markNoiseBp: '20' };
    const seen = minutesOf(marketOf(31, changed), 48 * 60);
    const paid = paidUntil(marketOf(31, changed), START + 48 * HOUR_MS);
    const rounding = (2 * 0.0005) / 100_000 / 24;

    expect(paid).toHaveLength(48);
    for (const [hour, { rate: charged }] of paid.entries()) {
      const sampled = seen.slice(hour * 60, hour * 60 + 60);
      const markTwap = mean(sampled.map(({ mark }) => mark));
      const oracleTwap = mean(sampled.map(({ oracle }) => oracle));
      const expected = (markTwap - oracleTwap + oracleTwap / 5_000) / 24 / oracleTwap;
      expect(Math.abs(Number(charged) / 1e12 - expected)).toBeLessThan(4 * rounding);
    }
    // And they differ enough from hour to hour for that to mean something.
    expect(deviation(paid.map(({ rate: charged }) => Number(charged) / 1e12))).toBeGreaterThan(
      100 * rounding,
    );
  });

  it('never charges more than 0.125 % an hour, either way', () => {
    const wild = { fundingMeanApr: '0', fundingVolatility: '500', markNoiseBp: '100' };
    const rates = [1, 2, 3, 4].flatMap((seed) =>
      paidUntil(marketOf(seed, wild), START + 90 * DAY_MS).map((print) => print.rate),
    );

    expect(rates.every((charged) => charged <= rate(1_250_000_000n))).toBe(true);
    expect(rates.every((charged) => charged >= rate(-1_250_000_000n))).toBe(true);
    expect(rates).toContain(1_250_000_000n);
    expect(rates).toContain(-1_250_000_000n);
  });

  it('averages the setting over years, with stretches below zero', () => {
    const aprs = [1, 2, 3, 4].map((seed) =>
      paidUntil(marketOf(seed), START + HOURS_A_YEAR * HOUR_MS).map(aprOf),
    );
    // A mean of n hours of a wander with a time constant of 36 h and deviation σ strays by σ × √(2 × 36 / n).
    const strays = 12 * Math.sqrt((2 * 36) / (4 * HOURS_A_YEAR));

    expect(aprs.map((year) => year.length)).toEqual([1, 1, 1, 1].map(() => HOURS_A_YEAR));
    expect(Math.abs(mean(aprs.flat()) - 12)).toBeLessThan(4 * strays);
    for (const year of aprs) {
      const below = year.filter((apr) => apr < 0).length / year.length;
      // Half of a normal's tail below one deviation, 16 %, with half as much again either way.
      expect(below).toBeGreaterThan(0.08);
      expect(below).toBeLessThan(0.24);
      expect(longestBelowZero(year)).toBeGreaterThan(12);
    }
  });

  it.each(['-30', '60'])('averages %s, where that is the setting', (fundingMeanApr) => {
    const feed = marketOf(5, { fundingMeanApr });
    const aprs = paidUntil(feed, START + HOURS_A_YEAR * HOUR_MS).map(aprOf);

    expect(Math.abs(mean(aprs) - Number(fundingMeanApr))).toBeLessThan(
      4 * 12 * Math.sqrt((2 * 36) / HOURS_A_YEAR),
    );
  });

  it('without volatility goes straight back to the mean, a 36th of the way each hour', () => {
    const feed = marketOf(1, { fundingVolatility: '0', markNoiseBp: '0', jumpsPerYear: '0' });
    const aprs = paidUntil(feed, START + 300 * HOUR_MS).map(aprOf);

    expect(aprs).toHaveLength(300);
    for (const [hour, apr] of aprs.entries()) {
      // 1e-12 an hour is 1e-6 percent a year.
      expect(Math.abs(apr - (12 + 3 * Math.exp(-hour / 36)))).toBeLessThan(2e-6);
    }
  });

  it('takes the payments of the hour in which a run was cut from both its halves', () => {
    const feed = marketOf(12, { markNoiseBp: '50' });
    const cut = marketOf(12, { markNoiseBp: '50' });
    cut.seek(START + 5 * HOUR_MS + 37 * MINUTE_MS);
    const resumed = marketOf(12, { markNoiseBp: '50' });
    cut.takeFunding();
    resumed.restore(cut.save());

    expect(paidUntil(resumed, START + 6 * HOUR_MS)).toEqual(paidUntil(feed, START + 6 * HOUR_MS).slice(5));
    expect(dollarsOf(resumed.quote('SOL').oracle)).toBe(dollarsOf(feed.quote('SOL').oracle));
  });
});

function longestBelowZero(aprs: readonly number[]): number {
  let [longest, current] = [0, 0];
  for (const apr of aprs) {
    current = apr < 0 ? current + 1 : 0;
    longest = Math.max(longest, current);
  }
  return longest;
}
