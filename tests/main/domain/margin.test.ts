import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  equityOf,
  exposureOf,
  freeCollateral,
  initialTerms,
  maintenanceTerms,
  marginTerms,
  oracleOf,
} from '../../../src/main/domain/margin.ts';
import { parseRate, parseValue } from '../../../src/shared/money/decimal.ts';
import { RATE_ONE, type Rate } from '../../../src/shared/money/quantity.ts';
import { WEIGHTS, accountOf, everyMarket, oraclesOf } from '../../support/accounts.ts';
import { anyAccount, anyOracles, anyShare, anyWeights } from '../../support/arbitraries.ts';
import { Fraction } from '../../support/fraction.ts';
import { DOLLAR, anyTerms, inDollars, naiveTerms } from './naiveMargin.ts';

const anyRatios = fc.record({ 'SOL-PERP': anyShare, 'BTC-PERP': anyShare, 'ETH-PERP': anyShare }).map(
  (ratios) =>
    (market: string): Rate =>
      ratios[market as 'SOL-PERP'],
);

describe('margin terms', () => {
  it('are the weighted sums of the definition, exactly', () => {
    fc.assert(
      fc.property(anyAccount, anyOracles, anyRatios, anyWeights, (account, oracles, ratioOf, weights) => {
        const liability = weights.cashLiability;
        const kinds = [
          [maintenanceTerms(account, oracles, ratioOf, weights), weights.spotAssetMaintenance],
          [initialTerms(account, oracles, ratioOf, weights), weights.spotAssetInitial],
        ] as const;
        for (const [terms, weight] of kinds) {
          const naive = naiveTerms(account, oracles, ratioOf, weight, liability);
          expect(inDollars(terms).requirement.to(naive.requirement)).toBe(0);
          expect(inDollars(terms).collateral.to(naive.collateral)).toBe(0);
        }
      }),
    );
  });

  it('count a borrow as a requirement and a deposit as collateral', () => {
    const none = everyMarket('0');
    const deposit = marginTerms(accountOf({ cash: '100' }), {}, none, RATE_ONE as Rate, parseRate('1.1'));
    expect(deposit).toEqual({ requirement: 0n, collateral: 100n * DOLLAR });
    const borrow = marginTerms(accountOf({ cash: '-100' }), {}, none, RATE_ONE as Rate, parseRate('1.1'));
    expect(borrow).toEqual({ requirement: 110n * DOLLAR, collateral: 0n });
  });

  it('need no oracle for what is not held, and refuse to guess one for what is', () => {
    const ratios = everyMarket('0.05');
    const stale = (asset: string): unknown =>
      expect.objectContaining({ code: 'STALE_PRICE', details: { asset } });
    expect(maintenanceTerms(accountOf({ cash: '5' }), {}, ratios, WEIGHTS).collateral).toBe(5n * DOLLAR);
    expect(equityOf(accountOf({ cash: '5' }), {})).toBe(parseValue('5'));
    expect(exposureOf(accountOf({ cash: '5', spot: '1' }), {})).toBe(0n);

    const spot = accountOf({ spot: '1' });
    const btc = accountOf({ perps: [{ market: 'BTC-PERP', size: '1' }] });
    const solOnly = oraclesOf({ SOL: '150' });
    expect(() => maintenanceTerms(spot, {}, ratios, WEIGHTS)).toThrow(stale('SOL'));
    expect(() => equityOf(spot, {})).toThrow(stale('SOL'));
    for (const ask of [equityOf, exposureOf]) expect(() => ask(btc, solOnly)).toThrow(stale('BTC'));
    expect(() => maintenanceTerms(btc, solOnly, ratios, WEIGHTS)).toThrow(stale('BTC'));
    expect(() => oracleOf({}, 'ETH')).toThrow('There is no oracle price for ETH.');
  });
});

describe('free collateral', () => {
  it('is collateral less the initial requirement, rounded down to 1e-18 dollars, also under zero', () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        const { requirement, collateral } = inDollars(terms);
        const left = collateral.minus(requirement).times(new Fraction(10n ** 18n));
        expect(freeCollateral(terms)).toBe(left.floor());
      }),
      { numRuns: 300 },
    );
    expect(freeCollateral({ requirement: 0n, collateral: RATE_ONE })).toBe(1n);
    expect(freeCollateral({ requirement: 0n, collateral: RATE_ONE - 1n })).toBe(0n);
    expect(freeCollateral({ requirement: 1n, collateral: 0n })).toBe(-1n);
    expect(freeCollateral({ requirement: RATE_ONE, collateral: 0n })).toBe(-1n);
    expect(freeCollateral({ requirement: RATE_ONE + 1n, collateral: 0n })).toBe(-2n);
    expect(freeCollateral({ requirement: 3n, collateral: 3n })).toBe(0n);
  });

  it('weighs SOL lower than maintenance does', () => {
    // 10 SOL at 100: 800 initial, 900 maintenance; a short of 10 requires 100 initial and 50 maintenance.
    const account = accountOf({ spot: '10', perps: [{ size: '-10', quote: '1000' }] });
    const oracles = oraclesOf({ SOL: '100' });
    expect(freeCollateral(initialTerms(account, oracles, everyMarket('0.1'), WEIGHTS))).toBe(
      parseValue('700'),
    );
    expect(freeCollateral(maintenanceTerms(account, oracles, everyMarket('0.05'), WEIGHTS))).toBe(
      parseValue('850'),
    );
  });
});
