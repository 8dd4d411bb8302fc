import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parsePrice, parseRate } from '../../../src/shared/money/decimal.ts';
import { price, rate } from '../../../src/shared/money/quantity.ts';
import { limitFor } from '../../../src/main/domain/marketLimit.ts';
import { Fraction, ONE, priceOf, rateOf } from '../../support/fraction.ts';
import { marketsOf, riskSettings } from './gateCase.ts';

const market = (symbol: string) => {
  const found = marketsOf().get(symbol);
  if (found === undefined) throw new Error(`no ${symbol}`);
  return found;
};
const at = (side: 'buy' | 'sell', mark: string, tolerance: string, symbol = 'SOL-PERP') =>
  limitFor(side, parsePrice(mark), parseRate(tolerance), market(symbol));

describe('the price limit of a market order', () => {
  it('[R4.4] is the mark ± the slippage tolerance, 0.5 %', () => {
    const { slippageTolerance } = riskSettings();

    expect(limitFor('buy', parsePrice('100'), slippageTolerance, market('SOL'))).toBe(parsePrice('100.5'));
    expect(limitFor('sell', parsePrice('100'), slippageTolerance, market('SOL'))).toBe(parsePrice('99.5'));
  });

  it('[R4.4] is on the tick, rounded towards the mark', () => {
    // 0.5 % of 33.333 is 0.166665.
    expect(at('buy', '33.333', '0.005')).toBe(parsePrice('33.499'));
    expect(at('sell', '33.333', '0.005')).toBe(parsePrice('33.167'));
    expect(at('buy', '60000.7', '0.005', 'BTC-PERP')).toBe(parsePrice('60300.7'));
    expect(at('sell', '60000.7', '0.005', 'BTC-PERP')).toBe(parsePrice('59700.7'));
  });

  it('[R4.4] is never wider than the tolerance, and less than a tick narrower', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('buy' as const, 'sell' as const),
        fc.bigInt({ min: 1_000_000_000n, max: 10n ** 15n }).map(price),
        fc.bigInt({ min: 1_000_000_000n, max: 50_000_000_000n }).map(rate),
        fc.constantFrom('SOL', 'BTC-PERP'),
        (side, mark, tolerance, symbol) => {
          const { tick } = market(symbol);
          const limit = limitFor(side, mark, tolerance, market(symbol));
          const share = side === 'buy' ? rateOf(tolerance) : rateOf(tolerance).negated();
          const exact = priceOf(mark).times(ONE.plus(share));
          const inside = side === 'buy' ? exact.minus(priceOf(limit)) : priceOf(limit).minus(exact);

          expect(limit % tick).toBe(0n);
          expect(inside.sign()).toBeGreaterThanOrEqual(0);
          expect(inside.to(priceOf(tick).plus(new Fraction(1n, 10n ** 9n)))).toBeLessThan(0);
        },
      ),
    );
  });
});
