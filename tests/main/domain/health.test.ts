import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  healthBelow,
  healthPct,
  healthier,
  liquidatable,
  maintenanceTerms,
} from '../../../src/main/domain/margin.ts';
import { PAPER_WEIGHTS, paperMarkets } from '../../../src/main/venues/paper/paperMarkets.ts';
import { PAPER_SETTINGS } from '../../../src/main/venues/paper/paperSettings.ts';
import { parseRate } from '../../../src/shared/money/decimal.ts';
import { NO_RATE, RATE_ONE, rate, type Rate } from '../../../src/shared/money/quantity.ts';
import { readGroup } from '../../../src/shared/settings/group.ts';
import { accountOf, oraclesOf } from '../../support/accounts.ts';
import { type Fraction, rateOf } from '../../support/fraction.ts';
import { DOLLAR, anyTerms, inDollars, naiveHealth } from './naiveMargin.ts';

const anyLimit = fc.bigInt({ min: 0n, max: 12n * 10n ** 11n }).map(rate);

describe('health', () => {
  it('[R1.4] uses 5 % maintenance margin for SOL-PERP', () => {
    const markets = paperMarkets(readGroup(PAPER_SETTINGS, {}), ['SOL', 'SOL-PERP']);
    const ratioOf = (market: string): Rate => markets.get(market)?.maintenanceMargin ?? NO_RATE;
    expect(ratioOf('SOL-PERP')).toBe(parseRate('0.05'));
    // A short of 10 SOL at 150: 1500 × 5 % = 75 required. Collateral 100 + 10 × 150 × 0.9 = 1450, and no PnL.
    const account = accountOf({ cash: '100', spot: '10', perps: [{ size: '-10', quote: '1500' }] });
    const terms = maintenanceTerms(account, oraclesOf({ SOL: '150' }), ratioOf, PAPER_WEIGHTS);
    expect(terms).toEqual({ requirement: 75n * DOLLAR, collateral: 1_450n * DOLLAR });
    // 100 × (1 − 75 / 1450) = 94.827586…
    expect(healthPct(terms)).toBeCloseTo(94.827_586_206_9, 9);
  });

  it('[R2.3] is 100 × (1 − requirement / collateral), held between 0 and 100', () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        const expected = 100 * naiveHealth(inDollars(terms)).toNumber();
        expect(healthPct(terms)).toBeGreaterThanOrEqual(0);
        expect(healthPct(terms)).toBeLessThanOrEqual(100);
        expect(Math.abs(healthPct(terms) - expected)).toBeLessThan(1e-9);
      }),
    );
  });

  it('is under a limit exactly when the unrounded fraction is', () => {
    fc.assert(
      fc.property(anyTerms, anyLimit, (terms, limit) => {
        expect(healthBelow(terms, limit)).toBe(naiveHealth(inDollars(terms)).to(rateOf(limit)) < 0);
      }),
      { numRuns: 300 },
    );
  });

  it('is not under the limit that it is exactly at, and is when the least more is required', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: RATE_ONE - 1n }),
        fc.bigInt({ min: 1n, max: 10n ** 20n }),
        (limit, times) => {
          const collateral = RATE_ONE * times;
          const requirement = (RATE_ONE - limit) * times;
          expect(healthBelow({ requirement, collateral }, rate(limit))).toBe(false);
          expect(healthBelow({ requirement: requirement + 1n, collateral }, rate(limit))).toBe(true);
          expect(healthBelow({ requirement, collateral: collateral - 1n }, rate(limit))).toBe(true);
          expect(healthBelow({ requirement, collateral }, rate(limit + 1n))).toBe(true);
        },
      ),
    );
  });

  it.each([
    ['nothing required and nothing there', 0n, 0n, 100],
    ['nothing required and something there', 0n, 1n, 100],
    ['nothing required and a debt', 0n, -1n, 0],
    ['something required and nothing there', 1n, 0n, 0],
    ['something required and a debt', 1n, -1n, 0],
    ['as much required as there is', 7n, 7n, 0],
    ['more required than there is', 8n, 7n, 0],
    ['half required of what there is', 4n, 8n, 50],
    ['a quarter required of what there is', 2n, 8n, 75],
  ])('with %s (%s of %s) is %s percent', (_what, requirement, collateral, percent) => {
    const terms = { requirement, collateral };
    const exact = parseRate(String(percent / 100));
    expect(healthPct(terms)).toBe(percent);
    expect(healthBelow(terms, exact)).toBe(false);
    expect(healthBelow(terms, rate(exact + 1n))).toBe(true);
    expect(liquidatable(terms)).toBe(percent === 0);
  });

  it('never falls when there is more collateral or less required', () => {
    fc.assert(
      fc.property(anyTerms, fc.bigInt({ min: 1n, max: 10n ** 30n }), anyLimit, (terms, more, limit) => {
        const richer = { ...terms, collateral: terms.collateral + more };
        const required = { ...terms, requirement: terms.requirement + more };
        expect(healthPct(richer)).toBeGreaterThanOrEqual(healthPct(terms));
        expect(healthPct(required)).toBeLessThanOrEqual(healthPct(terms));
        expect(healthier(terms, richer)).toBe(false);
        expect(healthier(required, terms)).toBe(false);
        expect(healthBelow(richer, limit) && !healthBelow(terms, limit)).toBe(false);
      }),
    );
  });

  it('of two accounts is compared exactly', () => {
    fc.assert(
      fc.property(anyTerms, anyTerms, fc.bigInt({ min: 1n, max: 9n }), (first, second, times) => {
        const [a, b] = [first, second].map((terms) => naiveHealth(inDollars(terms))) as [Fraction, Fraction];
        expect(healthier(first, second)).toBe(a.to(b) > 0);
        expect(healthier(second, first)).toBe(b.to(a) > 0);
        // The same health at another size is not healthier.
        const scaled = { requirement: first.requirement * times, collateral: first.collateral * times };
        expect(healthier(first, scaled)).toBe(false);
        expect(healthier(scaled, first)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [
      'nothing required',
      { requirement: 0n, collateral: 0n },
      'almost all free',
      { requirement: 1n, collateral: 10n ** 30n },
    ],
    [
      'a hair free',
      { requirement: 10n ** 30n - 1n, collateral: 10n ** 30n },
      'liquidatable',
      { requirement: 9n, collateral: 9n },
    ],
    [
      'a third required',
      { requirement: 1n, collateral: 3n },
      'half required',
      { requirement: 2n, collateral: 4n },
    ],
    ['nothing required', { requirement: 0n, collateral: 5n }, 'a debt', { requirement: 0n, collateral: -5n }],
  ])('with %s %o is better than %s %o', (_better, better, _worse, worse) => {
    expect(healthier(better, worse)).toBe(true);
    expect(healthier(worse, better)).toBe(false);
  });

  it('does not tell two liquidatable accounts apart', () => {
    const [bad, worse] = [
      { requirement: 5n, collateral: 4n },
      { requirement: 0n, collateral: -9n },
    ];
    expect(healthier(bad, worse)).toBe(false);
    expect(healthier(worse, bad)).toBe(false);
  });

  it('at 0 % is what the venue liquidates, and nothing else is', () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        expect(liquidatable(terms)).toBe(naiveHealth(inDollars(terms)).sign() === 0);
      }),
      { numRuns: 300 },
    );
  });
});
