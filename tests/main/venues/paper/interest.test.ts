import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseUsd } from '../../../../src/shared/money/decimal.ts';
import { netDelta } from '../../../../src/main/domain/delta.ts';
import { HOUR_MS } from '../../../../src/main/domain/funding.ts';
import { Fraction, ONE, baseOf, usdOf } from '../../../support/fraction.ts';
import { STEADY_START } from '../../../support/steadyFeed.ts';
import { FREE, PaperBench, sol, usdc } from './paperBench.ts';

const EARNING = { gasSol: '0' };
const HOURS_A_YEAR = new Fraction(8_760n);
const percent = (of: number): Fraction => new Fraction(BigInt(of), 100n);

describe('interest on the paper venue', () => {
  it('lets a SOL deposit earn its rate, hour by hour, in SOL', () => {
    const bench = new PaperBench({ spot: '100', settings: EARNING });
    bench.pass(HOUR_MS - 1);
    expect(bench.events()).toEqual([]);
    bench.pass(1);

    // 100 × 4 % / 8760 = 0.000456621004… SOL.
    expect(bench.events()).toEqual([
      {
        type: 'INTEREST',
        t: STEADY_START + HOUR_MS,
        paid: { asset: 'SOL', amount: 456_621n },
        oracle: 100_000_000_000n,
      },
    ]);
    bench.expectBooksToAgree();
  });

  it('makes the drift of a hedge grow by itself', () => {
    const bench = new PaperBench({
      cash: '5000',
      spot: '100',
      perps: [{ size: '-100', quote: '10000' }],
      settings: { ...FREE, solDepositApr: '4' },
    });
    const drift = (): bigint => netDelta(bench.account.spot, bench.position().size);
    expect(drift()).toBe(0n);
    bench.passHours(24);
    const first = drift();
    bench.passHours(24);

    expect(first).toBeGreaterThan(0n);
    expect(drift()).toBeGreaterThan(2n * first);
  });

  it.each([
    // 1000 × 4 % / 8760 = 0.00456621… dollars.
    ['earns a deposit its rate, rounded down', '1000', 4_566n],
    // 1000 × 9 % / 8760 = 0.01027397… dollars.
    ['costs a borrow its rate, rounded up', '-1000', -10_274n],
  ])('on USDC %s', (_what, cash, amount) => {
    const bench = new PaperBench({ cash, spot: '100', settings: { ...EARNING, solDepositApr: '0' } });
    bench.pass(HOUR_MS);

    expect(bench.account.cash).toBe(parseUsd(cash) + amount);
    expect(bench.events()).toEqual([
      {
        type: 'INTEREST',
        t: STEADY_START + HOUR_MS,
        paid: { asset: 'USDC', amount },
        oracle: 1_000_000_000n,
      },
    ]);
    bench.expectBooksToAgree();
  });

  it('accrues on the balance of every moment, not on that of the full hour', async () => {
    const bench = new PaperBench({ cash: '1000', settings: EARNING });
    bench.pass(HOUR_MS / 4);
    await bench.venue.deposit(usdc('3000'));
    bench.pass(HOUR_MS / 4);
    await bench.venue.withdraw(usdc('4000'));
    bench.pass(HOUR_MS / 2);

    // (1000 / 4 + 4000 / 4) × 4 % / 8760 = 0.005707762…
    expect(bench.account.cash).toBe(5_707n);
  });

  it('charges a borrow only while it lasts', async () => {
    const bench = new PaperBench({
      cash: '-1000',
      spot: '100',
      settings: { ...EARNING, solDepositApr: '0' },
    });
    bench.pass(HOUR_MS / 2);
    await bench.venue.deposit(usdc('2000'));
    bench.pass(HOUR_MS / 2);

    // −1000 × 9 % / 17520 + 1000 × 4 % / 17520 = −0.00285388…
    expect(bench.account.cash).toBe(1_000_000_000n - 2_854n);
  });

  it('pays interest on interest, and carries what a smallest unit leaves over', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 100 }),
        (nano, hours, apr) => {
          const bench = new PaperBench({
            spot: `0.${nano.toString().padStart(9, '0')}`.replace('0.1000000000', '1'),
            settings: { ...EARNING, solDepositApr: `${apr}` },
          });
          bench.passHours(hours);

          const start = baseOf(nano);
          const hourly = percent(apr).over(HOURS_A_YEAR);
          const simple = start.times(ONE.plus(hourly.times(new Fraction(BigInt(hours)))));
          let compound = start;
          for (let hour = 0; hour < hours; hour += 1) compound = compound.times(ONE.plus(hourly));
          const nanoSol = new Fraction(10n ** 9n);
          // At least simple interest, at most interest on interest, whichever way the last unit falls.
          expect(bench.account.spot).toBeGreaterThanOrEqual(simple.times(nanoSol).floor());
          expect(bench.account.spot).toBeLessThanOrEqual(compound.times(nanoSol).floor());
        },
      ),
      { numRuns: 40 },
    );
  });

  it('over a year comes to its yearly rate', () => {
    const bench = new PaperBench({
      cash: '1000',
      spot: '1000',
      settings: { ...EARNING, solDepositApr: '5', usdcDepositApr: '10' },
    });
    bench.passHours(8_760);

    // Interest on interest makes 5 % a year 5.127 %, and 10 % 10.517 %.
    expect(baseOf(bench.account.spot).toNumber()).toBeCloseTo(1_000 * Math.exp(0.05), 2);
    expect(usdOf(bench.account.cash).toNumber()).toBeCloseTo(1_000 * Math.exp(0.1), 2);
  });

  it('pays all of a step of many hours at its end', async () => {
    const bench = new PaperBench({ spot: '100', settings: EARNING });
    await bench.venue.deposit(sol('100'));
    bench.pass(10 * HOUR_MS);

    // 200 × 4 % / 876 = 0.00913242… SOL.
    expect(bench.account.spot - 200_000_000_000n).toBe(9_132_420n);
  });
});
