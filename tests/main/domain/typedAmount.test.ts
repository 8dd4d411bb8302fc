import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { AppError } from '../../../src/shared/contract/appError.ts';
import { formatBase, formatPrice } from '../../../src/shared/money/decimal.ts';
import { base, price } from '../../../src/shared/money/quantity.ts';
import { typedOffset, typedPrice, typedSize } from '../../../src/main/domain/typedAmount.ts';
import { marketsOf } from '../risk/gateCase.ts';

const MARKETS = [...marketsOf().values()];
const anyMarket = fc.constantFrom(...MARKETS);

/** Numbers of every length, and what is none. */
const anyText = fc.oneof(
  fc
    .record({
      sign: fc.constantFrom('', '-'),
      whole: fc.bigInt({ min: 0n, max: 10n ** 20n }),
      part: fc.stringMatching(/^\d{0,19}$/),
    })
    .map(({ sign, whole, part }) => `${sign}${whole}${part === '' ? '' : `.${part}`}`),
  fc.string({ maxLength: 40 }),
);

const nearestOf = (read: () => unknown): string | undefined => {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return String(error.details['nearest']);
    throw error;
  }
};

describe('what a trader types', () => {
  it.each([
    ['size', typedSize],
    ['price', (text: string, market: (typeof MARKETS)[number]) => typedPrice(text, market, 'price')],
    ['offset', (text: string, market: (typeof MARKETS)[number]) => typedOffset(text, market, 'offset')],
  ] as const)('as a %s is taken as it is, or refused with a nearest value that is taken', (_what, read) => {
    fc.assert(
      fc.property(anyText, anyMarket, (text, market) => {
        const nearest = nearestOf(() => read(text, market));
        fc.pre(nearest !== undefined);
        expect(nearestOf(() => read(nearest ?? '', market))).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it('under a minimum that is off the lot is told the first lot above it', () => {
    const odd = MARKETS.map((market) => ({ ...market, minimum: base(market.lot + 1n) }));

    expect(odd.map((market) => nearestOf(() => typedSize('0.000000001', market)))).toEqual(
      odd.map(({ lot }) => formatBase(base(2n * lot))),
    );
  });

  it('on the grid is taken to the last digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 12n }), anyMarket, (count, market) => {
        const size = base(market.minimum + count * market.lot);
        const at = price(count * market.tick);

        expect(typedSize(formatBase(size), market)).toBe(size);
        expect(typedPrice(formatPrice(at), market, 'price')).toBe(at);
        expect(typedOffset(`-${formatPrice(at)}`, market, 'offset')).toBe(-at);
      }),
      { numRuns: 200 },
    );
  });

  it('between two steps is told the nearer one: never further than half a step', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n }), anyMarket, (raw, market) => {
        fc.pre(raw % market.tick !== 0n && raw > market.tick);
        const nearest = nearestOf(() => typedPrice(formatPrice(price(raw)), market, 'price')) ?? '';
        const away = typedPrice(nearest, market, 'price') - raw;

        expect(2n * (away < 0n ? -away : away)).toBeLessThanOrEqual(market.tick);
      }),
      { numRuns: 200 },
    );
  });
});
