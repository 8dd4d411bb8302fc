import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { usd } from '../../../../src/shared/money/quantity.ts';
import { formatUsd, parseBase, parsePrice } from '../../../../src/shared/money/decimal.ts';
import { liquidationPrice } from '../../../../src/main/domain/liquidation.ts';
import { HOUR_MS } from '../../../../src/main/domain/funding.ts';
import { WEIGHTS, everyMarket } from '../../../support/accounts.ts';
import { Fraction, baseOf, usdOf } from '../../../support/fraction.ts';
import { STEADY_START } from '../../../support/steadyFeed.ts';
import { FREE, PaperBench, type BenchOptions } from './paperBench.ts';

const benchOf = (given: BenchOptions) => new PaperBench({ settings: FREE, ...given });

/** Where the domain says that a price move of SOL liquidates this account. */
const expectedPrice = (bench: PaperBench) =>
  liquidationPrice(bench.account, 'SOL', bench.feed.oracles(), everyMarket('0.05'), WEIGHTS);

const milliDollars = (ticks: number): string => (ticks / 1_000).toFixed(3);

/** Moves SOL tick by tick and says at which tick the position was gone; every tick before it was harmless. */
function firstFatalTick(bench: PaperBench, from: number, to: number): string | undefined {
  const step = from < to ? 1 : -1;
  for (let tick = from; tick !== to + step; tick += step) {
    bench.solMovesTo(milliDollars(tick));
    if (bench.held('SOL-PERP') === 0n) return milliDollars(tick);
    expect(bench.events()).toEqual([]);
  }
  return undefined;
}

describe('liquidation on the paper venue', () => {
  it('[R1.4] closes a naked 5x short at its liquidation price, and not one tick before', async () => {
    const bench = new PaperBench({ cash: '1010' });
    // Sold at 99.9: 4995 of quote, 4.995 of fees.
    await bench.sell('SOL-PERP', '50');
    bench.events();
    const foreseen = expectedPrice(bench);

    // 1005.005 + 4995 − 50 p = 5 % of 50 p at p = 114.28580952…
    expect(firstFatalTick(bench, 114_200, 114_300)).toBe('114.286');
    expect(foreseen).toEqual({ price: parsePrice('114.285809524'), side: 'above' });
    expect(parsePrice('114.286') - (foreseen?.price ?? 0n)).toBeLessThan(parsePrice('0.001'));
    bench.expectBooksToAgree();
  });

  it('closes a naked long the same way below', async () => {
    const bench = new PaperBench({ cash: '1010' });
    await bench.buy('SOL-PERP', '50');
    bench.events();

    // 1004.995 − 5005 + 50 p = 2.5 p at p = 84.21063157…
    expect(expectedPrice(bench)).toEqual({ price: parsePrice('84.210631578'), side: 'below' });
    expect(firstFatalTick(bench, 84_300, 84_200)).toBe('84.210');
    expect(bench.events()[0]).toMatchObject({ type: 'FILL', side: 'sell', size: parseBase('50') });
    bench.expectBooksToAgree();
  });

  it('closes all of it at the oracle and charges 2.5 % of what it closed', async () => {
    const bench = new PaperBench({ cash: '1010' });
    await bench.sell('SOL-PERP', '50');
    bench.events();
    bench.feed.setMark('SOL-PERP', '120');
    bench.solMovesTo('114.286');

    const happened = { t: STEADY_START, market: 'SOL-PERP', oracle: parsePrice('114.286') };
    expect(bench.events()).toEqual([
      {
        ...happened,
        type: 'FILL',
        orderId: `liquidation-SOL-PERP-${STEADY_START}`,
        side: 'buy',
        size: parseBase('50'),
        price: parsePrice('114.286'),
        fee: 0n,
        liquidity: 'taker',
      },
      {
        type: 'COST',
        t: STEADY_START,
        kind: 'liquidation',
        // 50 × 114.286 × 2.5 %.
        paid: { asset: 'USDC', amount: 142_857_500n },
        oracle: 1_000_000_000n,
      },
      // 4995 − 5714.3.
      { ...happened, type: 'SETTLEMENT', amount: -719_300_000n },
    ]);
    expect(formatUsd(bench.account.cash)).toBe('142.8475');
    expect(bench.position()).toMatchObject({ size: 0n, quote: 0n, settledPnl: -719_300_000n });
  });

  it('[R1.4] comes at the first tick at which 5 % of a naked short are no longer covered, for any short', () => {
    const lots = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(
        lots,
        fc.integer({ min: 1, max: 50_000_000 }),
        fc.integer({ min: 0, max: 30_000 }),
        (size, quote, cash) => {
          const sold = BigInt(size) * 1_000_000n;
          const received = usd(BigInt(quote) * 1_000n);
          const left = usd(BigInt(cash) * 1_000_000n);
          const root = usdOf(received + left).over(baseOf(sold).times(new Fraction(21n, 20n)));
          const fatal = root.times(new Fraction(1_000n)).ceil();
          fc.pre(fatal > 2n && fatal < 10n ** 9n);
          const bench = benchOf({
            cash: formatUsd(left),
            perps: [{ size: milliDollars(-size), quote: formatUsd(received) }],
          });
          bench.solMovesTo(milliDollars(Number(fatal) - 1));
          expect(bench.held('SOL-PERP')).toBe(-sold);
          bench.solMovesTo(milliDollars(Number(fatal)));
          expect(bench.held('SOL-PERP')).toBe(0n);
          bench.expectBooksToAgree();
        },
      ),
      { numRuns: 200 },
    );
  });

  it('[R1.4] follows the maintenance margin of the settings', () => {
    const bench = benchOf({
      cash: '1000',
      perps: [{ size: '-50', quote: '5000' }],
      settings: { ...FREE, maintenanceMarginPct: '8' },
    });

    // 6000 / (50 × 1.08) = 111.1111…
    expect(firstFatalTick(bench, 111_100, 111_120)).toBe('111.112');
  });

  it('closes every perpetual, whichever moved', () => {
    const bench = benchOf({
      cash: '2100',
      perps: [
        { size: '-50', quote: '5000' },
        { market: 'BTC-PERP', size: '0.1', quote: '-6100' },
        { market: 'ETH-PERP', size: '0' },
      ],
    });
    // 2100 + 5000 − 50 p − 6100 + 6000 = 2.5 p + 300 at p = 127.619…
    bench.solMovesTo('127.619');
    expect(bench.events()).toEqual([]);
    bench.solMovesTo('127.62');

    expect(
      bench.events().map((event) => ('market' in event ? `${event.type} ${event.market}` : event.type)),
    ).toEqual([
      'FILL SOL-PERP',
      'COST',
      'SETTLEMENT SOL-PERP',
      'FILL BTC-PERP',
      'COST',
      'SETTLEMENT BTC-PERP',
    ]);
    expect([bench.held('SOL-PERP'), bench.held('BTC-PERP')]).toEqual([0n, 0n]);
    // 2100 + 5000 − 6381 − 100 − 2.5 % of (6381 + 6000).
    expect(formatUsd(bench.account.cash)).toBe('309.475');
    bench.expectBooksToAgree();
  });

  /** Four times as much short as there is SOL, sold at $100: 9 p + 4000 − 40 p = 2 p at p = 121.2121… */
  const overHedged = () => benchOf({ spot: '10', perps: [{ size: '-40', quote: '4000' }] });

  it('keeps SOL that covers the borrow which is left', () => {
    const bench = overHedged();
    bench.solMovesTo('121.212');
    expect(bench.events()).toEqual([]);
    bench.solMovesTo('121.213');

    // 4000 − 4848.52, and 2.5 % of 4848.52; 90 % of 1212.13 are more than that.
    expect(formatUsd(bench.account.cash)).toBe('-969.733');
    expect(bench.account.spot).toBe(parseBase('10'));
    bench.expectBooksToAgree();
  });

  it('sells as much SOL as repays a borrow that it doesn’t cover, in whole lots', () => {
    const bench = overHedged();
    // Owed: 1000 and 2.5 % of 5000. The 10 SOL count for exactly as much.
    bench.solMovesTo('125');

    // 1125 / 97.5 % / 125 = 9.2307… SOL, sold for 1153.875 less 2.5 %.
    expect(bench.account.spot).toBe(parseBase('0.769'));
    expect(formatUsd(bench.account.cash)).toBe('0.028125');
    expect(bench.events().slice(-2)).toMatchObject([
      {
        type: 'FILL',
        market: 'SOL',
        side: 'sell',
        size: parseBase('9.231'),
        price: parsePrice('125'),
        fee: 0n,
      },
      { type: 'COST', kind: 'liquidation', paid: { amount: 28_846_875n } },
    ]);
    bench.expectBooksToAgree();
  });

  it('leaves a debt that nothing covers in plain sight, and growing', () => {
    const bench = new PaperBench({ spot: '10.0005', perps: [{ size: '-40', quote: '4000' }] });
    bench.solMovesTo('130');

    // 1200 and 2.5 % of 5200 are owed; 10 SOL bring 1300 less 2.5 %.
    expect(formatUsd(bench.account.cash)).toBe('-62.5');
    expect(bench.account.spot).toBe(parseBase('0.0005'));
    expect(bench.equity().sign()).toBe(-1);
    bench.events();
    bench.pass(HOUR_MS);

    expect(new Set(bench.events().map(({ type }) => type))).toEqual(new Set(['INTEREST']));
    // 62.5 × 9 % / 8760 = 0.000642…, rounded up.
    expect(formatUsd(bench.account.cash)).toBe('-62.500643');
    bench.expectBooksToAgree();
  });

  it('sells SOL for a borrow alone, where there is no perpetual', () => {
    const bench = benchOf({ cash: '-900', spot: '10' });
    bench.solMovesTo('100.001');
    expect(bench.events()).toEqual([]);
    bench.solMovesTo('100');

    // 900 / 97.5 % / 100 = 9.2307…
    expect(bench.account.spot).toBe(parseBase('0.769'));
    expect(formatUsd(bench.account.cash)).toBe('0.0225');
  });

  it('costs what the setting says', () => {
    const settings = { ...FREE, liquidationPenaltyPct: '0' };
    const bench = benchOf({ cash: '-900', spot: '10', settings });
    bench.pass(0);

    expect([formatUsd(bench.account.cash), bench.account.spot]).toEqual(['0', parseBase('1')]);
  });

  it('settles what a closed position has lost, before it weighs what is left', () => {
    const bench = benchOf({ spot: '10', perps: [{ size: '0', quote: '-950' }] });
    bench.pass(0);

    // 90 % of 1000 do not cover 950: 950 / 97.5 % / 100 = 9.7435… SOL are sold, as for any other borrow.
    expect(bench.account.spot).toBe(parseBase('0.256'));
    expect(formatUsd(bench.account.cash)).toBe('0.04');
  });

  it('is never done to an account without a requirement', () => {
    const bench = benchOf({ cash: '0', spot: '0' });
    bench.solMovesTo('1');

    expect(bench.events()).toEqual([]);
  });
});
