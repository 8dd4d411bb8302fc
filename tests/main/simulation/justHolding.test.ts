import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fromStateText, toStateText } from '../../../src/main/platform/stateText.ts';
import { JustHolding } from '../../../src/main/simulation/justHolding.ts';
import { formatValue, parsePrice, parseValue } from '../../../src/shared/money/decimal.ts';
import { price, value } from '../../../src/shared/money/quantity.ts';
import { Fraction, priceOf, valueIn } from '../../support/fraction.ts';

describe('just holding SOL', () => {
  const held = (): JustHolding => new JustHolding(parseValue('10000'), parsePrice('100'));

  it('[R11.1] makes what the price makes of the whole capital', () => {
    expect(formatValue(held().pnl(parsePrice('100')))).toBe('0');
    expect(formatValue(held().pnl(parsePrice('150')))).toBe('5000');
    expect(formatValue(held().pnl(parsePrice('75.5')))).toBe('-2450');
  });

  it('[R11.1] turns every deposit into SOL and every withdrawal out of it, at the price of its moment', () => {
    const holding = held();
    // 100 SOL + 20 at $50, − 10 at $200.
    holding.transfer(parseValue('1000'), parsePrice('50'));
    holding.transfer(parseValue('-2000'), parsePrice('200'));

    expect(formatValue(holding.pnl(parsePrice('100')))).toBe('2000');
  });

  it('makes nothing by a transfer itself, but for less than a billionth of a SOL', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 24n }),
        fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }),
        fc.bigInt({ min: 10n ** 6n, max: 10n ** 13n }),
        (capital, moved, at) => {
          const holding = new JustHolding(value(capital), price(at));
          holding.transfer(value(moved), price(at));
          const lost = valueIn(holding.pnl(price(at))).negated();
          const dust = priceOf(price(at)).times(new Fraction(2n, 10n ** 9n));

          expect(lost.sign()).toBeGreaterThanOrEqual(0);
          expect(lost.to(dust)).toBeLessThan(0);
        },
      ),
    );
  });

  it('goes on after a restart', () => {
    const first = held();
    first.transfer(parseValue('500'), parsePrice('125'));
    const second = new JustHolding(parseValue('1'), parsePrice('1'));
    second.restore(fromStateText(toStateText(first.save())));

    // 104 SOL that cost $10,500.
    expect(formatValue(second.pnl(parsePrice('200')))).toBe('10300');
  });
});
