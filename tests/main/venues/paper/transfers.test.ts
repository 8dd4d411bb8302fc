import { describe, expect, it } from 'vitest';

import { parseBase, parseUsd } from '../../../../src/shared/money/decimal.ts';
import { STEADY_START } from '../../../support/steadyFeed.ts';
import { FREE, PaperBench, refusalOf, sol, usdc } from './paperBench.ts';

describe('a deposit on the paper venue', () => {
  it('arrives at once and is told as a transfer at the oracle', async () => {
    const bench = new PaperBench({ cash: '100', settings: FREE });
    await bench.venue.deposit(usdc('50.5'));
    await bench.venue.deposit(sol('2'));

    expect(bench.account).toMatchObject({ cash: parseUsd('150.5'), spot: parseBase('2') });
    expect(bench.events()).toEqual([
      { type: 'TRANSFER', t: STEADY_START, moved: usdc('50.5'), oracle: 1_000_000_000n },
      { type: 'TRANSFER', t: STEADY_START, moved: sol('2'), oracle: 100_000_000_000n },
    ]);
    bench.expectBooksToAgree();
  });

  it.each([usdc('0'), usdc('-1'), sol('0'), sol('-1')])('must be more than zero (%o)', async (moved) => {
    const bench = new PaperBench({ cash: '100', spot: '5' });

    expect(await refusalOf(bench.venue.deposit(moved))).toMatchObject({
      code: 'INVALID_SIZE',
      message: 'A deposit must be more than zero.',
    });
    expect(await refusalOf(bench.venue.withdraw(moved))).toMatchObject({
      code: 'INVALID_SIZE',
      message: 'A withdrawal must be more than zero.',
    });
    expect(bench.events()).toEqual([]);
  });
});

describe('a withdrawal on the paper venue', () => {
  it('may take the last of each asset where nothing is open', async () => {
    const bench = new PaperBench({ cash: '100', spot: '5', settings: FREE });
    await bench.venue.withdraw(usdc('100'));
    await bench.venue.withdraw(sol('5'));

    expect(bench.account).toMatchObject({ cash: 0n, spot: 0n });
    expect(bench.events()).toMatchObject([
      { moved: { asset: 'USDC', amount: parseUsd('-100') } },
      { moved: { asset: 'SOL', amount: parseBase('-5') } },
    ]);
    bench.expectBooksToAgree();
  });

  it.each([
    ['USDC', usdc('100.000001')],
    ['SOL', sol('5.000000001')],
  ])('of more %s than there is is refused', async (asset, moved) => {
    const bench = new PaperBench({ cash: '100', spot: '5', settings: FREE });

    expect(await refusalOf(bench.venue.withdraw(moved))).toMatchObject({
      code: 'INSUFFICIENT_BALANCE',
      message: `There is less ${asset} in the sub-account than that.`,
      details: { asset },
    });
    expect(bench.account).toMatchObject({ cash: parseUsd('100'), spot: parseBase('5') });
  });

  it('[R3.7] may leave exactly the initial margin, and nothing less', async () => {
    // 10 % of 1000 for the short; the SOL counts 80 %.
    const open = () =>
      new PaperBench({ cash: '50', spot: '5', perps: [{ size: '-10', quote: '1000' }], settings: FREE });
    const given = open();
    await given.venue.withdraw(sol('4.375'));
    expect(await refusalOf(given.venue.withdraw(usdc('0.000001')))).toMatchObject({
      code: 'INSUFFICIENT_COLLATERAL',
      message: 'What is left would not cover the initial margin.',
      details: { asset: 'USDC' },
    });
    expect(await refusalOf(open().venue.withdraw(sol('4.375000001')))).toMatchObject({
      code: 'INSUFFICIENT_COLLATERAL',
      details: { asset: 'SOL' },
    });
  });

  it('[R3.7] may take the dollars that the initial margin does not need', async () => {
    const bench = new PaperBench({ cash: '200', perps: [{ size: '-10', quote: '1000' }], settings: FREE });

    expect(await refusalOf(bench.venue.withdraw(usdc('100.000001')))).toMatchObject({
      code: 'INSUFFICIENT_COLLATERAL',
    });
    await bench.venue.withdraw(usdc('100'));
    expect(bench.account.cash).toBe(parseUsd('100'));
  });

  it('leaves what a closed position has lost and not yet settled', async () => {
    const bench = new PaperBench({ cash: '150', perps: [{ size: '0', quote: '-100' }], settings: FREE });

    expect(await refusalOf(bench.venue.withdraw(usdc('50.000001')))).toMatchObject({
      code: 'INSUFFICIENT_COLLATERAL',
    });
    await bench.venue.withdraw(usdc('50'));
    expect(bench.equity().sign()).toBe(0);
  });

  it('counts a borrow as what must be covered', async () => {
    const bench = new PaperBench({ cash: '-80', spot: '2', settings: FREE });

    expect(await refusalOf(bench.venue.withdraw(sol('1.000000001')))).toMatchObject({
      code: 'INSUFFICIENT_COLLATERAL',
    });
    await bench.venue.withdraw(sol('1'));
    expect(await refusalOf(bench.venue.withdraw(usdc('1')))).toMatchObject({ code: 'INSUFFICIENT_BALANCE' });
  });
});
