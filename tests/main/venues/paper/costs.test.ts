import { describe, expect, it } from 'vitest';

import { formatBase, formatUsd, parseBase } from '../../../../src/shared/money/decimal.ts';
import { PaperBench, refusalOf, sol, usdc } from './paperBench.ts';

const GAS = parseBase('0.00001');

describe('fees on the paper venue', () => {
  it('are 0.1 % of a taker’s notional, of spot and perpetual alike, rounded up', async () => {
    const bench = new PaperBench({ cash: '10000' });

    // 3.333 × 100.1 × 0.1 % = 0.3336333, and the same of 99.9.
    expect(await bench.buy('SOL', '3.333')).toMatchObject({ quote: 333_633_300n, fee: 333_634n });
    expect(await bench.sell('SOL-PERP', '3.333')).toMatchObject({ quote: 332_966_700n, fee: 332_967n });
    // The perpetual moves no cash but its fee; what it was sold for stands in its quote.
    expect(formatUsd(bench.account.cash)).toBe('9665.700099');
    expect(formatUsd(bench.position().quote)).toBe('332.9667');
    bench.expectBooksToAgree();
  });

  it('follow the settings', async () => {
    const bench = new PaperBench({ cash: '10000', settings: { takerFeePct: '2', makerFeePct: '-1' } });

    expect(await bench.sell('SOL-PERP', '10')).toMatchObject({ fee: 19_980_000n });
    await bench.buy('SOL-PERP', '10', { id: 'a', limit: '90', gtc: true });
    bench.solMovesTo('89.999');
    expect(await bench.venue.query('a')).toMatchObject({ report: { fee: -9_000_000n } });
  });
});

describe('gas on the paper venue', () => {
  it('is paid by the wallet, once a transaction, and never by the sub-account', async () => {
    const bench = new PaperBench({ cash: '10000', spot: '5', wallet: '0.0001' });
    await bench.sell('SOL-PERP', '1');
    await bench.sell('SOL', '1');
    await bench.buy('SOL-PERP', '1', { limit: '90', gtc: true });
    await bench.buy('SOL-PERP', '1', { limit: '90' });
    await bench.venue.deposit(usdc('1'));
    await bench.venue.withdraw(sol('1'));

    expect(bench.venue.snapshot().wallet).toBe(parseBase('0.0001') - 6n * GAS);
    expect(bench.account.spot).toBe(parseBase('3'));
    expect(bench.venue.snapshot().gas).toBe(GAS);
    const costs = bench.events().filter(({ type }) => type === 'COST');
    expect(costs).toHaveLength(6);
    expect(costs[0]).toMatchObject({
      kind: 'gas',
      paid: { asset: 'SOL', amount: GAS },
      oracle: 100_000_000_000n,
    });
    bench.expectBooksToAgree();
  });

  it('is not paid for an order that the venue refuses in simulation', async () => {
    const bench = new PaperBench({ cash: '10' });
    await bench.sell('SOL-PERP', '10');
    await bench.buy('SOL', '10');
    await bench.buy('SOL', '0.0001');
    bench.venue.faults.arm('reject', 1);
    await bench.sell('SOL-PERP', '0.1');
    await refusalOf(bench.venue.withdraw(usdc('11')));

    expect(formatBase(bench.venue.snapshot().wallet)).toBe('1');
    expect(bench.events()).toEqual([]);
  });

  it('is not paid again when a resting order fills', async () => {
    const bench = new PaperBench({ cash: '10000' });
    await bench.buy('SOL', '1', { limit: '90', gtc: true });
    bench.events();
    bench.solMovesTo('89.999');

    expect(bench.events().map(({ type }) => type)).toEqual(['FILL']);
  });

  it('can be spent to the last of it, and then nothing goes through', async () => {
    const bench = new PaperBench({ cash: '10000', spot: '5', wallet: '0.00001' });
    await bench.sell('SOL-PERP', '1');
    expect(bench.venue.snapshot().wallet).toBe(0n);

    const broke = 'The wallet has too little SOL for a transaction.';
    expect(await bench.sell('SOL-PERP', '1')).toMatchObject({
      status: 'rejected',
      rejection: { code: 'INSUFFICIENT_GAS', message: broke },
    });
    expect(await bench.buy('SOL', '1', { limit: '90', gtc: true })).toMatchObject({ status: 'rejected' });
    expect(await bench.buy('SOL', '1', { limit: '90' })).toMatchObject({ status: 'rejected' });
    for (const asked of [bench.venue.deposit(usdc('1')), bench.venue.withdraw(usdc('1'))])
      expect(await refusalOf(asked)).toMatchObject({ code: 'INSUFFICIENT_GAS', message: broke });
    expect(bench.held('SOL-PERP')).toBe(parseBase('-1'));
    expect(bench.venue.snapshot().openOrders).toEqual([]);
    bench.expectBooksToAgree();
  });

  it('can be free', async () => {
    const bench = new PaperBench({ cash: '10000', wallet: '0', settings: { gasSol: '0' } });

    expect(await bench.sell('SOL-PERP', '1')).toMatchObject({ status: 'filled' });
    expect(bench.events().map(({ type }) => type)).toEqual(['FILL']);
  });
});
