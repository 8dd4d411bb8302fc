import { describe, expect, it } from 'vitest';

import { formatUsd } from '../../../../src/shared/money/decimal.ts';
import { HOUR_MS } from '../../../../src/main/domain/funding.ts';
import { STEADY_START, SteadyFeed } from '../../../support/steadyFeed.ts';
import { FREE, PaperBench } from './paperBench.ts';

/** A short of 10 SOL sold at $100: what the oracle falls below is its gain. */
const SHORT = { cash: '1000', perps: [{ size: '-10', quote: '1000' }], settings: FREE };

describe('settlement on the paper venue', () => {
  it('[R1.3] moves the whole unsettled PnL, price and funding, into cash every 8 h and leaves equity alone', () => {
    const bench = new PaperBench(SHORT);
    for (let hour = 1; hour <= 7; hour += 1) bench.passFunded('SOL-PERP', '0.0001');
    bench.solMovesTo('97.123');
    bench.pass(HOUR_MS - 1);
    const before = bench.equity();
    expect(formatUsd(bench.account.cash)).toBe('1000');

    bench.pass(1);

    // 10 × (100 − 97.123) + 7 × 0.1.
    expect(formatUsd(bench.account.cash)).toBe('1029.47');
    expect(bench.equity().to(before)).toBe(0);
    expect(bench.events().at(-1)).toEqual({
      type: 'SETTLEMENT',
      t: STEADY_START + 8 * HOUR_MS,
      market: 'SOL-PERP',
      amount: 29_470_000n,
      oracle: 97_123_000_000n,
    });
    bench.expectBooksToAgree();
  });

  it('[R1.3] includes the funding that falls due at that very hour', () => {
    const bench = new PaperBench(SHORT);
    bench.passHours(7);
    bench.passFunded('SOL-PERP', '0.0001');

    expect(formatUsd(bench.account.cash)).toBe('1000.1');
  });

  it('[R1.3] turns a deficit into a borrow', () => {
    const bench = new PaperBench({ ...SHORT, cash: '30', spot: '10' });
    bench.solMovesTo('104');
    const before = bench.equity();

    bench.passHours(8);

    expect(formatUsd(bench.account.cash)).toBe('-10');
    expect(bench.equity().to(before)).toBe(0);
    bench.expectBooksToAgree();
  });

  it('[R1.2] keeps settled and unsettled PnL of each position apart', () => {
    const bench = new PaperBench({
      cash: '1000',
      perps: [
        { size: '-10', quote: '1000' },
        { market: 'BTC-PERP', size: '0.1', quote: '-6000' },
      ],
      settings: FREE,
    });
    bench.solMovesTo('98');
    bench.feed.setOracle('BTC', '59900');
    bench.passHours(8);
    bench.solMovesTo('97');

    const settled = (market: string): string => formatUsd(bench.position(market).settledPnl);
    const unsettled = (market: string, oracle: string): number =>
      (Number(bench.position(market).size) / 1e9) * Number(oracle) +
      Number(bench.position(market).quote) / 1e6;
    expect([settled('SOL-PERP'), unsettled('SOL-PERP', '97')]).toEqual(['20', 10]);
    expect([settled('BTC-PERP'), unsettled('BTC-PERP', '59900')]).toEqual(['-10', 0]);
    expect(formatUsd(bench.account.cash)).toBe('1010');
  });

  it('[R1.3] settles what a closed position has left', async () => {
    const bench = new PaperBench({ ...SHORT, cash: '1000' });
    bench.solMovesTo('90');
    await bench.buy('SOL-PERP', '10', { reduceOnly: true });
    expect(formatUsd(bench.account.cash)).toBe('1000');

    bench.passHours(8);

    // Bought back at 0.1 % over $90.
    expect(formatUsd(bench.account.cash)).toBe('1099.1');
    expect(bench.position()).toMatchObject({ size: 0n, quote: 0n, settledPnl: 99_100_000n });
  });

  it('leaves what is less than a millionth of a dollar unsettled, rounding against the trader', () => {
    const bench = new PaperBench({ ...SHORT, perps: [{ size: '-0.0000001', quote: '0' }] });
    bench.solMovesTo('100.001');
    bench.passHours(8);

    // −0.0000001 × 100.001 = −0.0000100001 dollars.
    expect(bench.account.cash).toBe(999_999_989n);
    expect(bench.position().quote).toBe(11n);
    bench.expectBooksToAgree();
  });

  it('leaves no trace where nothing is owed', () => {
    const bench = new PaperBench(SHORT);
    bench.passHours(8);

    expect(bench.events()).toEqual([]);
  });

  it('happens at 08:00, 16:00 and 24:00 UTC, wherever a run begins', () => {
    const feed = new SteadyFeed({ startMs: STEADY_START + 5 * HOUR_MS });
    const bench = new PaperBench({ ...SHORT, feed });
    const settledAt = Array.from({ length: 22 }, () => {
      bench.passFunded('SOL-PERP', '0.0001');
      return bench.events().some(({ type }) => type === 'SETTLEMENT')
        ? (bench.now - STEADY_START) / HOUR_MS
        : 0;
    });

    expect(settledAt.filter((hour) => hour > 0)).toEqual([8, 16, 24]);
  });

  it('happens as often as the setting says', () => {
    const bench = new PaperBench({ ...SHORT, settings: { ...FREE, settlementHours: '1' } });
    bench.passFunded('SOL-PERP', '0.0001');

    expect(formatUsd(bench.account.cash)).toBe('1000.1');
  });

  it('happens once where several hours pass in one step', () => {
    const bench = new PaperBench(SHORT);
    bench.solMovesTo('99');
    bench.pass(30 * HOUR_MS);
    bench.pass(60_000);

    expect(bench.events().filter(({ type }) => type === 'SETTLEMENT')).toHaveLength(1);
    expect(formatUsd(bench.account.cash)).toBe('1010');
  });
});
