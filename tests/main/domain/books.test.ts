import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { OraclePrices } from '../../../src/main/domain/account.ts';
import {
  NO_PNL,
  USDC_PRICE,
  equityWithWallet,
  openBooks,
  record,
  revalue,
  totalPnl,
  worth,
  type Books,
} from '../../../src/main/domain/books.ts';
import { parseBase, parsePrice, parseRate, parseUsd, parseValue } from '../../../src/shared/money/decimal.ts';
import type { Value } from '../../../src/shared/money/quantity.ts';
import { holdingsOf, oraclesOf } from '../../support/accounts.ts';
import { PERPS, anyEvent, anyHoldings, anyOracles, anyPrice, anyUsd } from '../../support/arbitraries.ts';
import { type Fraction, valueIn } from '../../support/fraction.ts';
import { recount, type Step } from './recount.ts';

const anyMove: fc.Arbitrary<Step> = fc
  .record({ SOL: anyPrice, BTC: anyPrice, ETH: anyPrice }, { requiredKeys: [] })
  .map((oracles) => ({ type: 'ORACLES', oracles: oracles as OraclePrices }));
const anyLife = fc.array(fc.oneof(anyEvent, anyMove), { maxLength: 40 });

const lived = (books: Books, steps: readonly Step[]): Books =>
  steps.reduce((so, step) => (step.type === 'ORACLES' ? revalue(so, step.oracles) : record(so, step)), books);

const same = (actual: Value, expected: Fraction): void => {
  expect(valueIn(actual).minus(expected).sign()).toBe(0);
};

describe('the books', () => {
  it('change in equity is the five parts, the transfers and the adjustments, exactly, whatever happened', () => {
    fc.assert(
      fc.property(anyHoldings, anyOracles, anyLife, (start, opened, steps) => {
        const books = lived(openBooks(start, opened), steps);
        const change = equityWithWallet(books, books.markedAt) - equityWithWallet(start, opened);
        expect(totalPnl(books.parts) + books.transfers + books.adjustments).toBe(change);
      }),
      { numRuns: 200 },
    );
  });

  it('each part is what the list of events says by itself', () => {
    fc.assert(
      fc.property(anyHoldings, anyOracles, anyLife, (start, opened, steps) => {
        const books = lived(openBooks(start, opened), steps);
        const expected = recount(start, opened, steps);
        same(books.parts.price, expected.price);
        same(books.parts.slippage, expected.slippage);
        same(books.parts.fees, expected.fees);
        same(books.parts.funding, expected.funding);
        same(books.parts.interest, expected.interest);
        same(books.transfers, expected.transfers);
        same(books.adjustments, expected.adjustments);
        same(equityWithWallet(start, opened), expected.equityBefore);
        same(equityWithWallet(books, books.markedAt), expected.equityAfter);
      }),
      { numRuns: 200 },
    );
  });

  it('the way that an oracle took does not matter, only where it came from and went', () => {
    fc.assert(
      fc.property(anyHoldings, anyOracles, fc.array(anyOracles), anyOracles, (start, opened, way, end) => {
        const books = openBooks(start, opened);
        const stepwise = [...way, end].reduce(revalue, books);
        expect(stepwise).toEqual(revalue(books, end));
      }),
    );
  });

  it('[R1.3] a settlement changes no part, no transfer and no equity', () => {
    fc.assert(
      fc.property(
        anyHoldings,
        anyOracles,
        fc.constantFrom(...PERPS),
        anyUsd,
        anyPrice,
        (start, opened, market, amount, oracle) => {
          const books = openBooks(start, opened);
          const settled = record(books, { type: 'SETTLEMENT', t: 0, market, amount, oracle });
          expect(settled.parts).toEqual(NO_PNL);
          expect(settled.transfers).toBe(0n);
          expect(settled.markedAt).toEqual(opened);
          expect(equityWithWallet(settled, opened)).toBe(equityWithWallet(start, opened));
        },
      ),
    );
  });

  it('[R7.4] a funding payment is funding, and moves no other part', () => {
    const books = openBooks(
      holdingsOf({ cash: '100', perps: [{ size: '-1', quote: '150' }] }),
      oraclesOf({ SOL: '150' }),
    );
    const paid = record(books, {
      type: 'FUNDING',
      t: 0,
      market: 'SOL-PERP',
      size: parseBase('-1'),
      price: parsePrice('150'),
      rate: parseRate('0.0001'),
      amount: parseUsd('0.015'),
    });
    expect(paid.parts).toEqual({ ...NO_PNL, funding: parseValue('0.015') });
    expect(paid.account.perps[0]).toMatchObject({
      fundingEarned: parseUsd('0.015'),
      quote: parseUsd('150.015'),
    });
  });

  it('a hedge that is opened, paid and closed comes out as on paper', () => {
    const opened = oraclesOf({ SOL: '150' });
    const fill = { type: 'FILL', t: 0, orderId: 'order', size: parseBase('10'), liquidity: 'taker' } as const;
    const steps: Step[] = [
      {
        ...fill,
        market: 'SOL',
        side: 'buy',
        price: parsePrice('150.15'),
        oracle: parsePrice('150'),
        fee: parseUsd('1.5015'),
      },
      {
        ...fill,
        market: 'SOL-PERP',
        side: 'sell',
        price: parsePrice('149.9'),
        oracle: parsePrice('150'),
        fee: parseUsd('1.499'),
      },
      { type: 'ORACLES', oracles: oraclesOf({ SOL: '160' }) },
      {
        type: 'FUNDING',
        t: 0,
        market: 'SOL-PERP',
        size: parseBase('-10'),
        price: parsePrice('160'),
        rate: parseRate('0.0001'),
        amount: parseUsd('0.16'),
      },
      {
        type: 'COST',
        t: 0,
        kind: 'gas',
        paid: { asset: 'SOL', amount: parseBase('0.01') },
        oracle: parsePrice('160'),
      },
      {
        type: 'INTEREST',
        t: 0,
        paid: { asset: 'SOL', amount: parseBase('0.001') },
        oracle: parsePrice('160'),
      },
      { type: 'ORACLES', oracles: oraclesOf({ SOL: '170' }) },
    ];
    const { parts, transfers } = lived(openBooks(holdingsOf({ cash: '2000' }, '1'), opened), steps);
    expect(parts).toEqual({
      // Hedged, only the wallet's SOL moves: 1 × 10 to 160, then 0.991 × 10 to 170.
      price: parseValue('19.91'),
      // Bought 0.15 over the oracle and sold 0.1 under it, 10 each.
      slippage: parseValue('-2.5'),
      // 1.5015 + 1.499 + 0.01 × 160
      fees: parseValue('-4.6005'),
      funding: parseValue('0.16'),
      interest: parseValue('0.16'),
    });
    expect(transfers).toBe(0n);
    expect(totalPnl(parts)).toBe(parseValue('13.1295'));
  });

  it('a deposit and a withdrawal are transfers, each at the oracle of its moment, and no PnL', () => {
    const books = openBooks(holdingsOf({ cash: '100' }), oraclesOf({ SOL: '150' }));
    const moved = lived(books, [
      { type: 'TRANSFER', t: 0, moved: { asset: 'SOL', amount: parseBase('2') }, oracle: parsePrice('150') },
      { type: 'ORACLES', oracles: oraclesOf({ SOL: '160' }) },
      { type: 'TRANSFER', t: 0, moved: { asset: 'SOL', amount: parseBase('-1') }, oracle: parsePrice('155') },
      { type: 'TRANSFER', t: 0, moved: { asset: 'USDC', amount: parseUsd('-40') }, oracle: USDC_PRICE },
    ]);
    // 2 × 150 − 1 × 155 − 40; and the coins: 2 × 10 up, then 2 × 5 down.
    expect(moved.transfers).toBe(parseValue('105'));
    expect(moved.parts).toEqual({ ...NO_PNL, price: parseValue('10') });
  });

  it('an asset that comes in later is counted from its first oracle on', () => {
    const books = openBooks(holdingsOf({ cash: '100' }), oraclesOf({ SOL: '150' }));
    const { parts, markedAt } = lived(books, [
      {
        type: 'FILL',
        t: 0,
        orderId: 'order',
        market: 'BTC-PERP',
        side: 'buy',
        size: parseBase('0.01'),
        price: parsePrice('90000'),
        oracle: parsePrice('90000'),
        fee: parseUsd('0'),
        liquidity: 'maker',
      },
      { type: 'ORACLES', oracles: oraclesOf({ BTC: '91000' }) },
    ]);
    expect(parts).toEqual({ ...NO_PNL, price: parseValue('10') });
    expect(markedAt).toEqual(oraclesOf({ SOL: '150', BTC: '91000' }));
  });

  it('an amount in USDC is worth itself, whatever its oracle says', () => {
    expect(USDC_PRICE).toBe(parsePrice('1'));
    const odd = parsePrice('0.5');
    expect(worth({ asset: 'USDC', amount: parseUsd('3') }, odd)).toBe(parseValue('3'));
    expect(worth({ asset: 'SOL', amount: parseBase('3') }, odd)).toBe(parseValue('1.5'));
    const books = openBooks(holdingsOf({ cash: '1' }, '1'), oraclesOf({ SOL: '150' }));
    for (const paid of [
      { type: 'INTEREST', t: 0, paid: { asset: 'USDC', amount: parseUsd('1') }, oracle: odd },
      { type: 'COST', t: 0, kind: 'tip', paid: { asset: 'USDC', amount: parseUsd('1') }, oracle: odd },
      { type: 'TRANSFER', t: 0, moved: { asset: 'USDC', amount: parseUsd('1') }, oracle: odd },
    ] as const) {
      // The price of SOL stays what it was: none of these says anything about it.
      expect(record(books, paid).markedAt).toEqual(oraclesOf({ SOL: '150' }));
      expect(record(books, paid).parts.price).toBe(0n);
    }
  });

  it('an event that nobody knows stops them', () => {
    const books = openBooks(holdingsOf({}), {});
    expect(() => record(books, { type: 'AIRDROP' } as never)).toThrow(TypeError);
  });

  it("equity counts the wallet's gas, and needs no oracle for a wallet that is empty", () => {
    const oracles = oraclesOf({ SOL: '150' });
    expect(equityWithWallet(holdingsOf({ cash: '10' }, '0.1'), oracles)).toBe(parseValue('25'));
    expect(equityWithWallet(holdingsOf({ cash: '10' }), {})).toBe(parseValue('10'));
    expect(() => equityWithWallet(holdingsOf({ cash: '10' }, '0.1'), {})).toThrow(
      expect.objectContaining({ code: 'STALE_PRICE' }),
    );
  });
});
