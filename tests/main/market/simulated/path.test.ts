import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { HOUR_MS } from '../../../../src/main/domain/funding.ts';
import { MINUTE_MS, type Feed } from '../../../../src/main/market/feed.ts';
import { fromStateText, toStateText } from '../../../../src/main/platform/stateText.ts';
import { START, dollarsOf, marketOf } from './simulatedMarket.ts';

/** Everything that a feed shows at the moment where it stands. */
function shown(feed: Feed): unknown {
  return {
    oracles: feed.oracles(),
    funding: feed.takeFunding(),
    markets: feed.markets.map((market) => ({ quote: feed.quote(market), depth: feed.depth(market) })),
  };
}

/** What a feed shows at each of these moments. */
function journey(feed: Feed, moments: readonly number[]): readonly unknown[] {
  return moments.map((t) => {
    feed.seek(t);
    return shown(feed);
  });
}

const minutes = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, i) => START + (from + i) * MINUTE_MS);

describe('the path of a simulated market', () => {
  it('is the same for the same seed', () => {
    const moments = minutes(0, 200);

    expect(journey(marketOf(7), moments)).toEqual(journey(marketOf(7), moments));
    expect(marketOf(7).history).toEqual(marketOf(7).history);
  });

  it.each([8, -7, 7 + 2 ** 32])('is another for another seed (7 and %d)', (other) => {
    const [ours, theirs] = [marketOf(7), marketOf(other)];
    for (const feed of [ours, theirs]) feed.seek(START + 10 * MINUTE_MS);

    expect(ours.quote('SOL').oracle).not.toBe(theirs.quote('SOL').oracle);
    expect(ours.quote('BTC-PERP').oracle).not.toBe(theirs.quote('BTC-PERP').oracle);
    expect(ours.history).not.toEqual(theirs.history);
  });

  it('does not depend on where one stops to look', () => {
    const end = START + 3 * HOUR_MS;
    const straight = marketOf(11);
    straight.seek(end);
    const stepwise = marketOf(11);
    const paid = minutes(0, 180).flatMap((t) => {
      stepwise.seek(t);
      stepwise.seek(t + 12_345);
      return stepwise.takeFunding();
    });
    stepwise.seek(end);

    expect([...paid, ...stepwise.takeFunding()]).toEqual(straight.takeFunding());
    expect(shown(stepwise)).toEqual(shown(straight));
  });

  it('starts at the price of the settings, on its seed’s own way', () => {
    expect(marketOf(1, { startPrice: '87.5' }).quote('SOL').oracle).toBe(87_500_000_000n);
    expect(marketOf(1).quote('SOL')).toEqual({
      oracle: 150_000_000_000n,
      oracleTime: START,
      mark: 150_000_000_000n,
    });
  });

  it('goes on the same after save and restore, from any minute and from inside an hour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 150 }), fc.integer({ min: 1, max: 130 }), (cut, more) => {
        const unbroken = marketOf(21);
        journey(unbroken, minutes(0, cut + 1));
        const text = toStateText(unbroken.save());

        const resumed = marketOf(21);
        resumed.restore(fromStateText(text));

        expect(shown(resumed)).toEqual(shown(unbroken));
        const rest = minutes(cut + 1, cut + 1 + more);
        expect(journey(resumed, rest)).toEqual(journey(unbroken, rest));
      }),
      { numRuns: 25 },
    );
  });

  it('restores into a feed that has already been elsewhere', () => {
    const unbroken = marketOf(21);
    journey(unbroken, minutes(0, 95));
    const strayed = marketOf(21);
    strayed.seek(START + 50 * HOUR_MS);

    strayed.restore(fromStateText(toStateText(unbroken.save())));

    expect(journey(strayed, minutes(95, 200))).toEqual(journey(unbroken, minutes(95, 200)));
  });

  it('goes on the same when it was saved between two minutes', () => {
    const unbroken = marketOf(22);
    unbroken.seek(START + 61 * MINUTE_MS + 35_000);
    unbroken.takeFunding();
    const resumed = marketOf(22);
    resumed.restore(fromStateText(toStateText(unbroken.save())));

    const rest = [61 * MINUTE_MS + 35_000, 61 * MINUTE_MS + 40_000, 2 * HOUR_MS].map((ms) => START + ms);
    expect(journey(resumed, rest)).toEqual(journey(unbroken, rest));
  });

  it('keeps payments that are due when it is saved before they were taken', () => {
    const unbroken = marketOf(23);
    unbroken.seek(START + HOUR_MS);
    const resumed = marketOf(23);
    resumed.restore(fromStateText(toStateText(unbroken.save())));

    expect(resumed.takeFunding()).toEqual(unbroken.takeFunding());
  });

  it('shows between two minutes a straight line from the one to the other', () => {
    const feed = marketOf(3);
    const ends = marketOf(3);
    for (let minute = 0; minute < 90; minute += 1) {
      const t = START + minute * MINUTE_MS;
      ends.seek(t);
      const from = ends.quote('SOL-PERP');
      ends.seek(t + MINUTE_MS);
      const to = ends.quote('SOL-PERP');
      for (const ms of [1, 15_000, 30_000, 59_999]) {
        feed.seek(t + ms);
        const seen = feed.quote('SOL-PERP');
        const share = ms / MINUTE_MS;
        for (const which of ['oracle', 'mark'] as const) {
          const expected = dollarsOf(from[which]) * (1 - share) + dollarsOf(to[which]) * share;
          // Each end is itself rounded to a tick of 0.001.
          expect(Math.abs(dollarsOf(seen[which]) - expected)).toBeLessThanOrEqual(0.001_000_1);
        }
        expect(seen.oracleTime).toBe(t + ms);
      }
    }
  });

  it('publishes SOL on the tick of a tenth of a cent, and BTC and ETH to the cent', () => {
    const feed = marketOf(4);
    for (let i = 0; i < 500; i += 1) {
      feed.seek(START + i * 17_000);
      const { oracle, mark } = feed.quote('SOL-PERP');
      expect([oracle % 1_000_000n, mark % 1_000_000n]).toEqual([0n, 0n]);
      const { SOL, BTC, ETH } = feed.oracles();
      expect(SOL).toBe(oracle);
      expect([BTC, ETH].map((cents) => (cents ?? 1n) % 10_000_000n)).toEqual([0n, 0n]);
      expect([feed.quote('BTC-PERP').oracle, feed.quote('ETH-PERP').oracle]).toEqual([BTC, ETH]);
    }
  });

  it('trades spot at the oracle, and every perpetual at the same premium over its own', () => {
    const feed = marketOf(5, { fundingMeanApr: '200' });
    feed.seek(START + 400 * MINUTE_MS);
    const premium = (market: string): number =>
      dollarsOf(feed.quote(market).mark) / dollarsOf(feed.quote(market).oracle) - 1;

    expect(feed.quote('SOL').mark).toBe(feed.quote('SOL').oracle);
    expect(Math.abs(premium('SOL-PERP'))).toBeGreaterThan(0.001);
    // A tick of SOL is a 150,000th of its price.
    expect(Math.abs(premium('BTC-PERP') - premium('SOL-PERP'))).toBeLessThan(1e-5);
    expect(Math.abs(premium('ETH-PERP') - premium('SOL-PERP'))).toBeLessThan(1e-5);
  });

  it('shows a hundred times $5,000 within 0.3 % on each side of every market, nearest first', () => {
    const feed = marketOf(6);
    feed.seek(START + 77 * MINUTE_MS);
    for (const market of feed.markets) {
      const { mark } = feed.quote(market);
      const levels = feed.depth(market);
      const within = levels.filter(({ offset }) => Number(offset) / 1e12 <= 0.003);
      const worth = within.reduce((sum, { size }) => sum + (Number(size) / 1e9) * dollarsOf(mark), 0);
      expect(worth).toBeGreaterThanOrEqual(100 * 5_000);
      expect(worth).toBeCloseTo(1_000_000, 0);
      const offsets = levels.map(({ offset }) => offset);
      expect(offsets).toEqual(offsets.toSorted((a, b) => (a < b ? -1 : 1)));
      expect(offsets.at(-1)).toBe(3_000_000_000n);
    }
  });

  it('shows as much depth as the settings say', () => {
    const levels = marketOf(6, { depthUsd: '30000', startPrice: '100' }).depth('SOL');

    expect(levels.reduce((sum, { size }) => sum + Number(size) / 1e9, 0)).toBeCloseTo(300, 6);
  });

  it.each(['quote', 'depth'] as const)('knows no market but its own (%s)', (ask) => {
    expect(() => marketOf(1)[ask]('DOGE-PERP')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_MARKET', details: { market: 'DOGE-PERP' } }),
    );
  });

  it('hands each payment out once', () => {
    const feed = marketOf(9);
    feed.seek(START + 2 * HOUR_MS);

    expect(feed.takeFunding()).toHaveLength(2 * 3);
    expect(feed.takeFunding()).toEqual([]);
  });
});
