import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { feesOf } from '../../../../src/main/venues/drift/driftMarkets.ts';
import { RATE_ONE } from '../../../../src/shared/money/quantity.ts';

const hundredths = (most: bigint): fc.Arbitrary<bigint> => fc.bigInt({ min: 0n, max: most });

describe("a trader's fees in a market", () => {
  it('are those of the tier where the market adds nothing: 0.1 % and a rebate of 0.02 %', () => {
    const tier = {
      takerNumerator: 10_000n,
      takerDenominator: 10_000_000n,
      makerNumerator: 2_000n,
      makerDenominator: 10_000_000n,
    };
    expect(feesOf(tier, 0n)).toEqual({ takerFee: RATE_ONE / 1_000n, makerFee: -RATE_ONE / 5_000n });
    expect(feesOf(tier, -50n)).toEqual({ takerFee: RATE_ONE / 2_000n, makerFee: -RATE_ONE / 10_000n });
    expect(feesOf(tier, 100n)).toEqual({ takerFee: RATE_ONE / 500n, makerFee: -RATE_ONE / 2_500n });
  });

  it('are never less than the tier with the percentage on top, and a rebate never more', () => {
    fc.assert(
      fc.property(
        hundredths(100_000n),
        hundredths(20_000n),
        fc.bigInt({ min: -100n, max: 100n }),
        (taker, maker, adjustment) => {
          const denominator = 10_000_000n;
          const { takerFee, makerFee } = feesOf(
            {
              takerNumerator: taker,
              takerDenominator: denominator,
              makerNumerator: maker,
              makerDenominator: denominator,
            },
            adjustment,
          );
          // Multiplied out: fee ≥ tier × (100 + adjustment) / 100 > fee less one unit.
          const exact = (numerator: bigint): bigint => numerator * (100n + adjustment) * RATE_ONE;
          const scale = denominator * 100n;
          expect(takerFee * scale >= exact(taker) && (takerFee - 1n) * scale < exact(taker)).toBe(true);
          expect(-makerFee * scale <= exact(maker) && (-makerFee + 1n) * scale > exact(maker)).toBe(true);
        },
      ),
    );
  });
});
