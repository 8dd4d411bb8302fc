import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Account, CollateralWeights, OraclePrices } from '../../../src/main/domain/account.ts';
import { liquidationPrice } from '../../../src/main/domain/liquidation.ts';
import { liquidatable, maintenanceTerms } from '../../../src/main/domain/margin.ts';
import { parsePrice, parseRate } from '../../../src/shared/money/decimal.ts';
import { base, price, type Rate } from '../../../src/shared/money/quantity.ts';
import { WEIGHTS, accountOf, everyMarket, oraclesOf, type AccountText } from '../../support/accounts.ts';
import {
  ASSETS,
  PERPS,
  anyOracles,
  anyPosition,
  anyShare,
  anyUsd,
  anyWeights,
} from '../../support/arbitraries.ts';

const FIVE_PERCENT = everyMarket('0.05');
const BILLIONTH = 1n;

/** An account that has positions open: with none, a requirement of zero has a health of its own. */
const anyOpenAccount: fc.Arbitrary<Account> = fc.subarray([...PERPS], { minLength: 1 }).chain((markets) =>
  fc.record({
    cash: anyUsd,
    spot: fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 10n ** 14n })).map(base),
    perps: fc.tuple(
      ...markets.map((market) =>
        anyPosition(
          market,
          fc
            .bigInt({ min: -(10n ** 13n), max: 10n ** 13n })
            .filter((size) => size !== 0n)
            .map(base),
        ),
      ),
    ),
  }),
);
const anyRatio = anyShare.map((share) => (_market: string) => (share + 1n) as Rate);

function liquidatableAt(
  at: bigint,
  asset: string,
  account: Account,
  oracles: OraclePrices,
  ratioOf: (market: string) => Rate,
  weights: CollateralWeights,
): boolean {
  return liquidatable(maintenanceTerms(account, { ...oracles, [asset]: price(at) }, ratioOf, weights));
}

const solLiquidation = (account: AccountText, oracles = oraclesOf({ SOL: '150' })) =>
  liquidationPrice(accountOf(account), 'SOL', oracles, FIVE_PERCENT, WEIGHTS);

describe('the liquidation price', () => {
  it('is liquidatable, and one billionth of a dollar on the safe side is not', () => {
    fc.assert(
      fc.property(
        anyOpenAccount,
        anyOracles,
        anyRatio,
        anyWeights,
        fc.constantFrom(...ASSETS),
        fc.bigInt({ min: 1n, max: 10n ** 16n }),
        (account, oracles, ratioOf, weights, asset, further) => {
          const found = liquidationPrice(account, asset, oracles, ratioOf, weights);
          const at = (p: bigint) => liquidatableAt(p, asset, account, oracles, ratioOf, weights);
          if (found === undefined) {
            expect([1n, further, 10n ** 20n].map(at)).toEqual([false, false, false]);
            return;
          }
          if (found.price === 0n) {
            expect([1n, further, 10n ** 20n].map(at)).toEqual([true, true, true]);
            return;
          }
          const away = found.side === 'above' ? BILLIONTH : -BILLIONTH;
          expect(at(found.price)).toBe(true);
          expect(at(found.price - away)).toBe(false);
          if (found.price + away * further > 0n) expect(at(found.price + away * further)).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('of an account that every price liquidates is 0, above; of one that none does there is none', () => {
    // 100 owed; nothing owed and nothing behind the short; nothing at all; cash alone.
    const everyPrice = { price: 0n, side: 'above' };
    expect(solLiquidation({ cash: '-100', perps: [{ size: '-1', quote: '0' }] })).toEqual(everyPrice);
    expect(solLiquidation({ cash: '0', perps: [{ size: '-1', quote: '0' }] })).toEqual(everyPrice);
    expect(solLiquidation({ cash: '-100' })).toEqual(everyPrice);
    expect(solLiquidation({ cash: '0' })).toBeUndefined();
    expect(solLiquidation({ cash: '100' })).toBeUndefined();
  });

  it('of a short is above', () => {
    // 100 cash + 150 quote − p = 0.05 p at p = 250 / 1.05 = 238.0952380952…, rounded up.
    expect(solLiquidation({ cash: '100', perps: [{ size: '-1', quote: '150' }] })).toEqual({
      price: parsePrice('238.095238096'),
      side: 'above',
    });
  });

  it('of a long is below', () => {
    // 100 cash + p − 150 = 0.05 p at p = 50 / 0.95 = 52.6315789473…, rounded down.
    expect(solLiquidation({ cash: '100', perps: [{ size: '1', quote: '-150' }] })).toEqual({
      price: parsePrice('52.631578947'),
      side: 'below',
    });
  });

  it('of a hedged account counts the SOL deposit at its maintenance weight', () => {
    // 10 SOL × 0.9 p − 10 p + 1500 + 100 = 0.05 × 10 p at p = 1600 / 1.5 = 1066.6666…, rounded up.
    expect(solLiquidation({ cash: '100', spot: '10', perps: [{ size: '-10', quote: '1500' }] })).toEqual({
      price: parsePrice('1066.666666667'),
      side: 'above',
    });
  });

  it('of a borrow against SOL weighs the borrow as a liability', () => {
    const weights = { ...WEIGHTS, cashLiability: parseRate('1.2') };
    const account = accountOf({ cash: '-90', spot: '1' });
    // 0.9 p = 90 × 1.2 at p = 120.
    expect(liquidationPrice(account, 'SOL', {}, FIVE_PERCENT, weights)).toEqual({
      price: parsePrice('120'),
      side: 'below',
    });
  });

  it('in one market holds the other markets where they are', () => {
    const account = accountOf({
      cash: '1000',
      spot: '2',
      perps: [
        { market: 'BTC-PERP', size: '-0.1', quote: '9000' },
        { market: 'ETH-PERP', size: '1', quote: '-3000' },
      ],
    });
    const oracles = oraclesOf({ SOL: '100', ETH: '3000', BTC: '90000' });
    // 1000 + 2 × 100 × 0.9 + (9000 − 0.1 p) + (3000 − 3000) = 0.005 p + 0.05 × 3000
    // 10180 − 150 = 0.105 p at p = 95523.809523809523…, rounded up.
    expect(liquidationPrice(account, 'BTC', oracles, FIVE_PERCENT, WEIGHTS)).toEqual({
      price: parsePrice('95523.80952381'),
      side: 'above',
    });
    // 0.95 p − 3000 + 1000 + 180 + 0 = 0.005 × 90000 at p = 2270 / 0.95 = 2389.47368421…, rounded down.
    expect(liquidationPrice(account, 'ETH', oracles, FIVE_PERCENT, WEIGHTS)).toEqual({
      price: parsePrice('2389.473684210'),
      side: 'below',
    });
  });

  it('is none where nothing of the asset is held, or no price above zero is dangerous', () => {
    expect(solLiquidation({ cash: '100' })).toBeUndefined();
    expect(solLiquidation({ cash: '100', spot: '3' })).toBeUndefined();
    // A long that is covered even at a price of zero.
    expect(solLiquidation({ cash: '150', perps: [{ size: '1', quote: '-150' }] })).toBeUndefined();
    expect(solLiquidation({ cash: '149.999', perps: [{ size: '1', quote: '-150' }] })).toMatchObject({
      side: 'below',
    });
    const btc = accountOf({ cash: '100', perps: [{ market: 'BTC-PERP', size: '-0.001', quote: '90' }] });
    expect(liquidationPrice(btc, 'ETH', oraclesOf({ BTC: '90000' }), FIVE_PERCENT, WEIGHTS)).toBeUndefined();
  });

  it('is none where it would be a billionth of a billionth', () => {
    // 0.95 p = 0.000001 − 0.000001 has its root at zero.
    expect(solLiquidation({ cash: '0.000001', perps: [{ size: '1', quote: '-0.000001' }] })).toBeUndefined();
  });

  it('asks only for the oracles that it needs', () => {
    const account = accountOf({
      cash: '100',
      spot: '1',
      perps: [{ market: 'BTC-PERP', size: '-0.001', quote: '90' }],
    });
    const stale: unknown = expect.objectContaining({ code: 'STALE_PRICE' });
    expect(() => liquidationPrice(account, 'SOL', {}, FIVE_PERCENT, WEIGHTS)).toThrow(stale);
    expect(() => liquidationPrice(account, 'BTC', {}, FIVE_PERCENT, WEIGHTS)).toThrow(stale);
    const noSpot = { ...account, spot: base(0n) };
    expect(liquidationPrice(noSpot, 'BTC', {}, FIVE_PERCENT, WEIGHTS)?.side).toBe('above');
  });
});
