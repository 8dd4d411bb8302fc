import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatUsd } from '../../../../src/shared/money/decimal.ts';
import { HOUR_MS } from '../../../../src/main/domain/funding.ts';
import { baseOf, priceOf, rateOf, sum, usdOf } from '../../../support/fraction.ts';
import { STEADY_START } from '../../../support/steadyFeed.ts';
import { FREE, PaperBench } from './paperBench.ts';

const perp = (size: string) => ({ cash: '5000', perps: [{ size }], settings: FREE });

describe('funding on the paper venue', () => {
  // 10 SOL × $100 × 0.01 % = $0.10.
  it.each([
    ['a short receives', 'positive', '-10', '0.0001', '0.1'],
    ['a long pays', 'positive', '10', '0.0001', '-0.1'],
    ['a short pays', 'negative', '-10', '-0.0001', '-0.1'],
    ['a long receives', 'negative', '10', '-0.0001', '0.1'],
  ])('[R1.1] %s while the rate is %s', (_who, _sign, size, fraction, expected) => {
    const bench = new PaperBench(perp(size));
    bench.passFunded('SOL-PERP', fraction);

    expect(formatUsd(bench.position().fundingEarned)).toBe(expected);
    expect(bench.events()).toEqual([
      {
        type: 'FUNDING',
        t: STEADY_START + HOUR_MS,
        market: 'SOL-PERP',
        size: bench.position().size,
        price: 100_000_000_000n,
        rate: BigInt(Number(fraction) * 1e12),
        amount: bench.position().fundingEarned,
      },
    ]);
    bench.expectBooksToAgree();
  });

  it('[R1.1] is paid at the price that the payment names, and in no other market', () => {
    const bench = new PaperBench({
      ...perp('-10'),
      perps: [{ size: '-10' }, { market: 'BTC-PERP', size: '2' }],
    });
    bench.passFunded('SOL-PERP', '0.0001', '130');

    expect(formatUsd(bench.position('SOL-PERP').fundingEarned)).toBe('0.13');
    expect(formatUsd(bench.position('BTC-PERP').fundingEarned)).toBe('0');
    bench.passFunded('BTC-PERP', '0.0001');
    expect(formatUsd(bench.position('SOL-PERP').fundingEarned)).toBe('0.13');
    expect(formatUsd(bench.position('BTC-PERP').fundingEarned)).toBe('-12');
  });

  it('[R1.3] accrues every hour into unsettled PnL: it counts in equity and health at once, and cash stays', () => {
    const bench = new PaperBench(perp('-10'));
    const before = bench.equity();
    const healthBefore = bench.venue.snapshot().maintenance.collateral;
    for (let hour = 1; hour <= 7; hour += 1) {
      bench.passFunded('SOL-PERP', '0.0001');
      expect(formatUsd(bench.position().quote)).toBe(`0.${hour}`);
      expect(formatUsd(bench.account.cash)).toBe('5000');
      expect(bench.equity().minus(before).toNumber()).toBeCloseTo(hour / 10, 12);
    }
    // $0.70 of collateral, in units of 1e-30 dollars.
    expect(bench.venue.snapshot().maintenance.collateral - healthBefore).toBe(7n * 10n ** 29n);
  });

  it('loses nothing to rounding over many small payments: what a millionth leaves over is carried', () => {
    const payment = fc.record({
      fraction: fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }),
      dollars: fc.integer({ min: 1, max: 400_000 }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: -5_000, max: 5_000 }).filter((lots) => lots !== 0),
        fc.array(payment, { minLength: 1, maxLength: 40 }),
        (lots, payments) => {
          const size = (lots / 1_000).toFixed(3);
          const bench = new PaperBench({ ...perp(size), cash: '900000000' });
          const exact = sum(
            payments.map(({ fraction, dollars }) =>
              baseOf(BigInt(lots) * 1_000_000n)
                .times(priceOf(BigInt(dollars) * 1_000_000n))
                .times(rateOf(BigInt(fraction)))
                .negated(),
            ),
          );
          for (const { fraction, dollars } of payments) {
            const text = (Math.abs(fraction) / 1e12).toFixed(12);
            bench.feed.fund('SOL-PERP', fraction < 0 ? `-${text}` : text, (dollars / 1_000).toFixed(3));
            bench.pass(0);
          }

          expect(bench.position().fundingEarned).toBe(exact.times(usdOf(10n ** 12n)).floor());
        },
      ),
      { numRuns: 60 },
    );
  });

  it('goes to nobody without a position, and the rate is still made known', async () => {
    const bench = new PaperBench({ cash: '1000', settings: FREE });
    bench.passFunded('SOL-PERP', '0.0001');
    expect(bench.events()).toEqual([]);
    expect(bench.venue.takeFundingRates()).toEqual([
      {
        market: 'SOL-PERP',
        t: STEADY_START + HOUR_MS,
        rate: 100_000_000n,
        periodMs: HOUR_MS,
        price: 100_000_000_000n,
      },
    ]);
    expect(bench.venue.takeFundingRates()).toEqual([]);

    await bench.sell('SOL-PERP', '1');
    await bench.buy('SOL-PERP', '1');
    bench.events();
    bench.passFunded('SOL-PERP', '0.0001');

    expect(bench.position().size).toBe(0n);
    expect(bench.events()).toEqual([]);
  });
});
