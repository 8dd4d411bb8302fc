import { describe, expect, it } from 'vitest';

import { MINUTE_MS } from '../../../../src/main/market/feed.ts';
import {
  START,
  autocorrelation,
  deviation,
  dollarsOf,
  marketOf,
  mean,
  minutesOf,
  returnsOf,
} from './simulatedMarket.ts';

const DAY = 1_440;
/** Nothing but the diffusion: no jumps, no noise of the mark, funding still. */
const CALM = { jumpsPerYear: '0', markNoiseBp: '0', fundingVolatility: '0' };

describe('how a simulated price moves', () => {
  it('has the volatility of the settings', () => {
    const moves = [1, 2, 3].flatMap((seed) =>
      returnsOf(minutesOf(marketOf(seed, { ...CALM, startPrice: '10000' }), 30 * DAY)),
    );
    const yearly = deviation(moves) * Math.sqrt(365 * DAY) * 100;

    expect(yearly).toBeGreaterThan(72);
    expect(yearly).toBeLessThan(88);
  });

  it('has calm and wild stretches: the size of a move says something about the next ones', () => {
    const moves = returnsOf(minutesOf(marketOf(8, CALM), 40 * DAY));
    const squares = moves.map((move) => move ** 2);
    // A series without memory strays from zero by one over the root of its length.
    const chance = 1 / Math.sqrt(squares.length);

    for (const lag of [1, 10, 60]) expect(autocorrelation(squares, lag)).toBeGreaterThan(8 * chance);
    for (const lag of [1, 10, 60]) expect(Math.abs(autocorrelation(moves, lag))).toBeLessThan(8 * chance);
  });

  it('jumps about as often as the settings say, and never without', () => {
    const days = 60;
    const calm = { ...CALM, volatilityPct: '10', startPrice: '10000' };
    const jumpsOf = (jumpsPerYear: string): number =>
      returnsOf(minutesOf(marketOf(3, { ...calm, jumpsPerYear }), days * DAY)).filter(
        // Twenty deviations of an ordinary minute, and a tenth of a jump's.
        (move) => Math.abs(move) > 0.003,
      ).length;
    // A normal exceeds a tenth of its deviation in 92 % of cases.
    const expected = (1_000 / 365) * days * 0.92;

    expect(jumpsOf('0')).toBe(0);
    expect(Math.abs(jumpsOf('1000') - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });

  it('does not move at all without volatility and jumps', () => {
    const seen = minutesOf(marketOf(3, { ...CALM, volatilityPct: '0' }), 500);

    expect(new Set(seen.map(({ oracle }) => oracle))).toEqual(new Set([150]));
  });

  it('on average goes nowhere, however wild', () => {
    // Three days of 500 % a year are a deviation of 45 %. What a log-normal of that width gains by itself is 10 %.
    const ends = Array.from({ length: 400 }, (_, seed) => {
      const feed = marketOf(seed, { ...CALM, volatilityPct: '500' });
      feed.seek(START + 3 * DAY * MINUTE_MS);
      return dollarsOf(feed.quote('SOL').oracle) / 150;
    });

    expect(Math.abs(mean(ends) - 1)).toBeLessThan((3 * 0.48) / Math.sqrt(400));
  });

  it('on average goes nowhere by its jumps either', () => {
    // 27 jumps of 10 % a day: a deviation of 52 %, and a mean that gains 14 % if nothing takes it back.
    const jumpy = { ...CALM, volatilityPct: '0', jumpsPerYear: '10000', jumpSizePct: '10' };
    const ends = Array.from({ length: 500 }, (_, seed) => {
      const feed = marketOf(seed, jumpy);
      feed.seek(START + DAY * MINUTE_MS);
      return dollarsOf(feed.quote('SOL').oracle) / 150;
    });

    expect(Math.abs(mean(ends) - 1)).toBeLessThan((4 * 0.56) / Math.sqrt(500));
  });

  it('keeps the volatility of the settings between its jumps, however many there are', () => {
    const jumpy = { ...CALM, startPrice: '10000', volatilityPct: '80', jumpsPerYear: '3000' };
    const moves = [1, 2].flatMap((seed) => returnsOf(minutesOf(marketOf(seed, jumpy), 40 * DAY)));
    // An ordinary minute is 0.11 %; what is over 0.8 % is a jump or as good as one.
    const between = moves.filter((move) => Math.abs(move) < 0.008);

    expect(deviation(between) * Math.sqrt(365 * DAY) * 100).toBeLessThan(95);
  });

  it('takes BTC and ETH along with SOL', () => {
    const feed = marketOf(13, CALM);
    const logs = { SOL: [] as number[], BTC: [] as number[], ETH: [] as number[] };
    for (let i = 0; i < 5 * DAY; i += 1) {
      feed.seek(START + i * MINUTE_MS);
      const prices = feed.oracles();
      for (const asset of ['SOL', 'BTC', 'ETH'] as const)
        logs[asset].push(Math.log(dollarsOf(prices[asset] ?? 0n)));
    }
    const moves = (asset: keyof typeof logs): readonly number[] =>
      logs[asset].slice(1).map((log, i) => log - (logs[asset][i] ?? Number.NaN));

    expect(Math.exp(logs.BTC[0] ?? 0)).toBeCloseTo(60_000, 2);
    expect(Math.exp(logs.ETH[0] ?? 0)).toBeCloseTo(2_500, 2);
    expect(slope(moves('SOL'), moves('BTC'))).toBeCloseTo(0.45, 1);
    expect(slope(moves('SOL'), moves('ETH'))).toBeCloseTo(0.7, 1);
  });
});

describe('how the mark of the perpetual stands to its oracle', () => {
  /** Mark over oracle less one, minute by minute. */
  const premiums = (changed: Readonly<Record<string, string>>, count: number): readonly number[] =>
    minutesOf(marketOf(17, { startPrice: '10000', fundingVolatility: '0', ...changed }), count).map(
      ({ oracle, mark }) => mark / oracle - 1,
    );

  it('leaves it by the noise of the settings and comes back within minutes', () => {
    const strays = premiums({ markNoiseBp: '5', jumpsPerYear: '0' }, 20 * DAY);

    expect(deviation(strays) * 10_000).toBeGreaterThan(4.5);
    expect(deviation(strays) * 10_000).toBeLessThan(5.5);
    expect(autocorrelation(strays, 1)).toBeCloseTo(Math.exp(-1 / 5), 1);
    expect(autocorrelation(strays, 5)).toBeCloseTo(Math.exp(-1), 1);
    expect(Math.abs(autocorrelation(strays, 60))).toBeLessThan(0.08);
  });

  it('overshoots a jump of the oracle by a tenth of it, and is back in half an hour', () => {
    const changed = {
      ...CALM,
      startPrice: '10000',
      volatilityPct: '0',
      jumpsPerYear: '2000',
      jumpSizePct: '10',
    };
    const seen = minutesOf(marketOf(19, changed), 20 * DAY);
    const jumps = returnsOf(seen).map((move, i) => ({ move, at: i + 1 }));
    const alone = jumps.filter(
      ({ move, at }) =>
        Math.abs(move) > 0.02 &&
        jumps.slice(Math.max(0, at - 61), at + 30).filter((one) => one.move !== 0).length === 1,
    );
    const premiumAt = (minute: number): number => (seen[minute]?.mark ?? 0) / (seen[minute]?.oracle ?? 1) - 1;

    expect(alone.length).toBeGreaterThan(10);
    for (const { move, at } of alone) {
      const before = premiumAt(at - 1);
      expect((premiumAt(at) - before) / move).toBeCloseTo(0.1, 2);
      expect((premiumAt(at + 5) - before) / move).toBeCloseTo(0.1 * Math.exp(-1), 2);
      expect(Math.abs((premiumAt(at + 30) - before) / move)).toBeLessThan(0.002);
    }
  });

  it('holds it where funding wants it: a 365th of the yearly rate, less Drift’s 5000th', () => {
    const still = premiums({ ...CALM, startPrice: '10000', fundingMeanApr: '73' }, 60);

    for (const premium of still) expect(premium).toBeCloseTo((0.73 * 1.25) / 365 - 1 / 5_000, 6);
  });
});

/** Of the straight line through the origin that fits best. */
function slope(x: readonly number[], y: readonly number[]): number {
  const products = x.reduce((sum, one, i) => sum + one * (y[i] ?? 0), 0);
  return products / x.reduce((sum, one) => sum + one ** 2, 0);
}
