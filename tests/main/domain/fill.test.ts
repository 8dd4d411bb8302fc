import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { quoteOf } from '../../../src/main/domain/fill.ts';
import { signed } from '../../../src/main/domain/market.ts';
import { isFinal } from '../../../src/main/domain/order.ts';
import { parseBase, parsePrice, parseUsd } from '../../../src/shared/money/decimal.ts';
import { anyPositiveBase, anyPrice, anySide } from '../../support/arbitraries.ts';
import { Fraction, baseOf, priceOf } from '../../support/fraction.ts';

describe('a fill', () => {
  it('moves size × price dollars', () => {
    expect(quoteOf('buy', parseBase('0.003'), parsePrice('150.123'))).toBe(parseUsd('0.450369'));
    expect(quoteOf('sell', parseBase('0.003'), parsePrice('150.123'))).toBe(parseUsd('0.450369'));
  });

  it('is rounded against the trader: a buyer pays the millionth that a seller does not get', () => {
    fc.assert(
      fc.property(anySide, anyPositiveBase, anyPrice, (side, size, at) => {
        const millionths = baseOf(size)
          .times(priceOf(at))
          .times(new Fraction(10n ** 6n));
        expect(quoteOf(side, size, at)).toBe(side === 'buy' ? millionths.ceil() : millionths.floor());
      }),
    );
    const [size, at] = [parseBase('0.000000001'), parsePrice('0.000000001')];
    expect([quoteOf('buy', size, at), quoteOf('sell', size, at)]).toEqual([1n, 0n]);
  });
});

describe('a side', () => {
  it('of a buy is a positive size and of a sell a negative one', () => {
    expect(signed('buy', parseBase('2'))).toBe(parseBase('2'));
    expect(signed('sell', parseBase('2'))).toBe(parseBase('-2'));
  });
});

describe('an order at a venue', () => {
  it('is final in every state but open', () => {
    expect(isFinal('open')).toBe(false);
    for (const status of ['filled', 'partiallyFilled', 'rejected', 'cancelled', 'expired'] as const) {
      expect(isFinal(status)).toBe(true);
    }
  });
});
