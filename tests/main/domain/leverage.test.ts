import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  dollars,
  equityOf,
  exposureOf,
  leverageAbove,
  leverageRatio,
  oracleOf,
  unsettledPnl,
} from '../../../src/main/domain/margin.ts';
import { parseRate, parseValue } from '../../../src/shared/money/decimal.ts';
import { rate, usd, value, type Value } from '../../../src/shared/money/quantity.ts';
import { accountOf, oraclesOf, positionOf } from '../../support/accounts.ts';
import { anyAccount, anyOracles, anyPosition } from '../../support/arbitraries.ts';
import { ZERO, baseOf, priceOf, rateOf, sum, usdOf, valueIn } from '../../support/fraction.ts';
import { larger, oracle } from './naiveMargin.ts';

describe('equity and leverage', () => {
  it('equity is cash, spot at the oracle and unsettled PnL, funding in it', () => {
    fc.assert(
      fc.property(anyAccount, anyOracles, (account, oracles) => {
        const pnl = account.perps.map(({ size, quote, asset }) =>
          baseOf(size).times(oracle(oracles, asset)).plus(usdOf(quote)),
        );
        const expected = sum([
          usdOf(account.cash),
          baseOf(account.spot).times(oracle(oracles, 'SOL')),
          ...pnl,
        ]);
        expect(valueIn(equityOf(account, oracles)).to(expected)).toBe(0);
      }),
    );
  });

  it('[R2.7] unsettled PnL follows the price: a short gains what the oracle falls', () => {
    const short = positionOf({ size: '-2', quote: '300' });
    expect(unsettledPnl(short, oracleOf(oraclesOf({ SOL: '150' }), 'SOL'))).toBe(0n);
    expect(unsettledPnl(short, oracleOf(oraclesOf({ SOL: '140' }), 'SOL'))).toBe(parseValue('20'));
    expect(unsettledPnl(short, oracleOf(oraclesOf({ SOL: '151.5' }), 'SOL'))).toBe(parseValue('-3'));
    fc.assert(
      fc.property(
        anyPosition('SOL-PERP'),
        anyOracles,
        anyOracles,
        (position, { SOL: then }, { SOL: now }) => {
          const moved = unsettledPnl(position, now!) - unsettledPnl(position, then!);
          const expected = baseOf(position.size).times(priceOf(now!).minus(priceOf(then!)));
          expect(valueIn(moved).to(expected)).toBe(0);
        },
      ),
    );
  });

  it('exposure is every absolute perp notional and the borrow, never spot or deposits', () => {
    fc.assert(
      fc.property(anyAccount, anyOracles, (account, oracles) => {
        const notionals = account.perps.map(({ size, asset }) =>
          baseOf(size).absolute().times(oracle(oracles, asset)),
        );
        const borrow = larger(usdOf(account.cash).negated(), ZERO);
        expect(valueIn(exposureOf(account, oracles)).to(sum([...notionals, borrow]))).toBe(0);
      }),
    );
    const mixed = accountOf({
      cash: '-50',
      spot: '100',
      perps: [{ size: '-10' }, { market: 'BTC-PERP', size: '0.01' }],
    });
    // 10 × 150 + 0.01 × 90000 + 50 = 2450.
    expect(exposureOf(mixed, oraclesOf({ SOL: '150', BTC: '90000' }))).toBe(parseValue('2450'));
    expect(exposureOf({ ...mixed, perps: [], cash: usd(0n) }, {})).toBe(0n);
  });

  const anyAmount: fc.Arbitrary<Value> = fc
    .oneof(fc.bigInt({ min: -3n, max: 3n }), fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }))
    .map(value);
  const anyExposure = anyAmount.map((one) => (one < 0n ? value(-one) : one));

  it('leverage is over a limit exactly when the fraction is; infinite where equity is gone', () => {
    const limits = fc.bigInt({ min: 0n, max: 10n ** 13n }).map(rate);
    fc.assert(
      fc.property(anyExposure, anyAmount, limits, (exposure, equity, limit) => {
        const over =
          equity > 0n ? valueIn(exposure).over(valueIn(equity)).to(rateOf(limit)) > 0 : exposure > 0n;
        expect(leverageAbove(exposure, equity, limit)).toBe(over);
      }),
      { numRuns: 300 },
    );
  });

  it('at exactly five times is not over 5x, and the least more is', () => {
    const five = parseRate('5');
    const equity = parseValue('0.2');
    expect(leverageAbove(parseValue('1'), equity, five)).toBe(false);
    expect(leverageAbove(value(parseValue('1') + 1n), equity, five)).toBe(true);
    expect(leverageAbove(parseValue('1'), value(equity - 1n), five)).toBe(true);
  });

  it('without exposure is none, whatever the equity', () => {
    for (const equity of ['100', '0', '-100']) {
      expect(leverageAbove(value(0n), parseValue(equity), rate(0n))).toBe(false);
      expect(leverageRatio(value(0n), parseValue(equity))).toBe(0);
    }
  });

  it('as a number is exposure over equity', () => {
    expect(leverageRatio(parseValue('250'), parseValue('100'))).toBe(2.5);
    expect(leverageRatio(parseValue('250'), value(0n))).toBe(Number.POSITIVE_INFINITY);
    expect(leverageRatio(parseValue('250'), parseValue('-1'))).toBe(Number.POSITIVE_INFINITY);
    expect(leverageRatio(parseValue('1'), value(1n))).toBe(1e18);
  });

  it('an amount is shown in whole dollars', () => {
    expect(dollars(parseValue('-1234.5'))).toBeCloseTo(-1_234.5, 9);
    expect(dollars(value(1n))).toBe(1e-18);
  });
});
