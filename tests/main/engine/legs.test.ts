import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { limitFor } from '../../../src/main/domain/marketLimit.ts';
import { clipSize, lotsOf, perpLeg, spotLeg } from '../../../src/main/engine/legs.ts';
import {
  formatBase,
  formatPrice,
  parseBase,
  parsePrice,
  parseRate,
} from '../../../src/shared/money/decimal.ts';
import { base, price, rate } from '../../../src/shared/money/quantity.ts';
import { Fraction, baseOf, priceOf, rateOf, usdOf } from '../../support/fraction.ts';
import { marketsOf, settingsOf, viewOf } from './fixtures/scene.ts';

const { perp } = marketsOf();
const TOLERANCE = parseRate('0.005');
const { unhedgedUsd } = settingsOf().engine;

describe('a price limit', () => {
  it.each([
    ['buy', '150', '150.75'],
    ['sell', '150', '149.25'],
    // 0.5 % of 150.001 is 0.750005: inwards to the tick, never wider than the tolerance.
    ['buy', '150.001', '150.751'],
    ['sell', '150.001', '149.251'],
    ['buy', '0.999', '1.003'],
    ['sell', '0.999', '0.995'],
  ] as const)('[R4.4] to %s at a mark of %s is %s', (side, mark, limit) => {
    expect(formatPrice(limitFor(side, parsePrice(mark), TOLERANCE, perp))).toBe(limit);
  });

  it('[R4.4] is on the tick, within the tolerance, and less than a tick from it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('buy' as const, 'sell' as const),
        fc.bigInt({ min: 1_000n, max: 10n ** 9n }),
        fc.bigInt({ min: 10n ** 9n, max: 5n * 10n ** 10n }),
        (side, ticks, tolerance) => {
          const mark = price(ticks * 1_000_000n);
          const limit = limitFor(side, mark, rate(tolerance), perp);
          const away = priceOf(limit).minus(priceOf(mark));
          const allowed = rateOf(tolerance).times(priceOf(mark));
          const left = allowed.minus(side === 'buy' ? away : away.negated());

          expect(limit % 1_000_000n).toBe(0n);
          expect(left.sign()).toBeGreaterThanOrEqual(0);
          expect(left.to(new Fraction(1n, 1_000n))).toBeLessThan(0);
        },
      ),
    );
  });
});

describe('a leg', () => {
  const view = viewOf({ spotMark: '151', perpMark: '149' });
  const size = parseBase('2');

  it('of spot is priced from its own mark, and sold only out of what is there', () => {
    expect(spotLeg('buy', size, view, TOLERANCE)).toEqual({
      market: 'SOL',
      side: 'buy',
      size,
      limitPrice: parsePrice('151.755'),
      reduceOnly: false,
    });
    expect(spotLeg('sell', size, view, TOLERANCE)).toMatchObject({
      limitPrice: parsePrice('150.245'),
      reduceOnly: true,
    });
  });

  it('of the perpetual is priced from its own mark, and bought only to reduce', () => {
    expect(perpLeg('sell', size, view, TOLERANCE)).toEqual({
      market: 'SOL-PERP',
      side: 'sell',
      size,
      limitPrice: parsePrice('148.255'),
      reduceOnly: false,
    });
    expect(perpLeg('buy', size, view, TOLERANCE)).toMatchObject({
      limitPrice: parsePrice('149.745'),
      reduceOnly: true,
    });
  });
});

describe('a clip', () => {
  it.each([
    // nine tenths of $500 at 150.75
    [{ oracle: '150' }, '2.985'],
    [{ oracle: '150', perpMark: '152' }, '2.945'],
    [{ oracle: '150', perpMark: '148' }, '2.985'],
    [{ oracle: '100' }, '4.477'],
    // A lot that is worth more than the bound is still the least that can be traded.
    [{ oracle: '1000000' }, '0.001'],
  ])('[R11.3] stays under $500 with room to spare: %o', (scene, size) => {
    expect(formatBase(clipSize(unhedgedUsd, viewOf(scene), TOLERANCE))).toBe(size);
  });

  it('[R11.3] is the largest that even at its price limit takes no more than nine tenths of the bound', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1_000n, max: 10n ** 8n }),
        fc.bigInt({ min: -20n, max: 20n }),
        fc.bigInt({ min: 10n ** 7n, max: 10n ** 12n }),
        fc.bigInt({ min: 10n ** 9n, max: 5n * 10n ** 10n }),
        (ticks, off, bound, tolerance) => {
          const text = (at: bigint): string => `${at / 1_000n}.${String(at % 1_000n).padStart(3, '0')}`;
          const view = viewOf({ oracle: text(ticks), perpMark: text(ticks + off) });
          const clip = clipSize(usdFrom(bound), view, rate(tolerance));
          const dearest = new Fraction(off > 0n ? ticks + off : ticks, 1_000n).times(
            rateOf(tolerance).plus(new Fraction(1n)),
          );
          const share = usdOf(bound).times(new Fraction(9n, 10n));
          const lot = new Fraction(1n, 1_000n);
          const worth = (sol: Fraction): Fraction => sol.times(dearest);

          expect(clip % 1_000_000n).toBe(0n);
          expect(clip).toBeGreaterThan(0n);
          if (clip > 1_000_000n) expect(worth(baseOf(clip)).to(share)).toBeLessThanOrEqual(0);
          // The price with its tolerance is rounded up to a billionth, which may cost a lot at the most.
          const twoMore = baseOf(clip).plus(lot).times(new Fraction(1_000_001n, 1_000_000n));

          expect(worth(twoMore).to(share)).toBeGreaterThan(0);
        },
      ),
    );
  });
});

const usdFrom = (raw: bigint) => raw as typeof unhedgedUsd;

describe('the smallest of some sizes', () => {
  it.each([
    [['3.0019', '2.5009'], '2.5'],
    [['2.5', '3'], '2.5'],
    [['0.0009', '3'], '0'],
    [['0.001', '3'], '0.001'],
    [['0', '3'], '0'],
    [['-2.5', '3'], '0'],
    [['1.5'], '1.5'],
  ])('is in whole lots and never under nothing: %o', (sizes, least) => {
    expect(formatBase(lotsOf(base(1_000_000n), ...sizes.map(parseBase)))).toBe(least);
  });
});
