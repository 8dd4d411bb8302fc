import fc from 'fast-check';

import type { Account, OraclePrices } from '../../../src/main/domain/account.ts';
import type { MarginTerms } from '../../../src/main/domain/margin.ts';
import type { Rate } from '../../../src/shared/money/quantity.ts';
import { Fraction, ONE, ZERO, baseOf, priceOf, rateOf, sum, usdOf } from '../../support/fraction.ts';

/** One dollar in the unit of margin terms: 1e-30. */
export const DOLLAR = 10n ** 30n;

/** Margin terms as a person computes them, in whole dollars. */
export interface NaiveTerms {
  readonly requirement: Fraction;
  readonly collateral: Fraction;
}

export const oracle = (oracles: OraclePrices, asset: string): Fraction => priceOf(oracles[asset] ?? 0n);
export const larger = (a: Fraction, b: Fraction): Fraction => (a.to(b) > 0 ? a : b);

export function naiveTerms(
  account: Account,
  oracles: OraclePrices,
  ratioOf: (market: string) => Rate,
  spotWeight: Rate,
  liability: Rate,
): NaiveTerms {
  const cash = usdOf(account.cash);
  const deposit = larger(cash, ZERO);
  const borrow = larger(cash.negated(), ZERO);
  const notionals = account.perps.map(({ asset, market, size }) =>
    baseOf(size)
      .absolute()
      .times(oracle(oracles, asset))
      .times(rateOf(ratioOf(market))),
  );
  const pnl = account.perps.map(({ asset, size, quote }) =>
    baseOf(size).times(oracle(oracles, asset)).plus(usdOf(quote)),
  );
  return {
    requirement: sum([...notionals, borrow.times(rateOf(liability))]),
    collateral: sum([
      deposit,
      baseOf(account.spot).times(oracle(oracles, 'SOL')).times(rateOf(spotWeight)),
      ...pnl,
    ]),
  };
}

/** Health as the requirements define it: a fraction from 0 to 1. */
export function naiveHealth({ requirement, collateral }: NaiveTerms): Fraction {
  if (requirement.sign() === 0 && collateral.sign() >= 0) return ONE;
  if (collateral.sign() <= 0) return ZERO;
  return larger(ZERO, ONE.minus(requirement.over(collateral)));
}

export const inDollars = ({ requirement, collateral }: MarginTerms): NaiveTerms => ({
  requirement: Fraction.counted(requirement, 30),
  collateral: Fraction.counted(collateral, 30),
});

/** Terms of every kind: none, equal, collateral under zero, a hair apart, far apart. */
export const anyTerms: fc.Arbitrary<MarginTerms> = fc
  .record({
    requirement: fc.oneof(fc.bigInt({ min: 0n, max: 4n }), fc.bigInt({ min: 0n, max: 10n ** 36n })),
    away: fc.oneof(fc.bigInt({ min: -4n, max: 4n }), fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n })),
  })
  .map(({ requirement, away }) => ({ requirement, collateral: requirement + away }));
