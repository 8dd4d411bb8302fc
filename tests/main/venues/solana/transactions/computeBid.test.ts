import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  MOST_UNITS,
  unitLimitFor,
  unitPriceFor,
} from '../../../../../src/main/venues/solana/transactions/computeBid.ts';
import { SENDING_SETTINGS } from '../../../../../src/main/venues/solana/transactions/sendingSettings.ts';
import { readGroup } from '../../../../../src/shared/settings/group.ts';
import { base, rate } from '../../../../../src/shared/money/quantity.ts';

const SETTINGS = readGroup(SENDING_SETTINGS, {});
const SIGNER_MOST = 5_000_000n;

/** What the chain charges: price × limit, rounded up to lamports. */
const feeOf = (price: bigint, limit: bigint): bigint => (price * limit + 999_999n) / 1_000_000n;

describe('the limit of compute units', () => {
  it('is what the simulation used and the margin, rounded up', () => {
    expect(unitLimitFor(100_001, SETTINGS)).toBe(120_002n);
    expect(unitLimitFor(100_000, { unitMargin: rate(0n) })).toBe(100_000n);
  });

  it('is no less than what was asked for, and no more than there is', () => {
    expect(unitLimitFor(100_000, SETTINGS, 600_000n)).toBe(600_000n);
    expect(unitLimitFor(1_000_000, SETTINGS, 600_000n)).toBe(1_200_000n);
    expect(unitLimitFor(100_000, SETTINGS, 2n * MOST_UNITS)).toBe(MOST_UNITS);
  });

  it.each([null, 0, -1, 0.5, Number.NaN])('is all that there is where %s were used', (used) => {
    expect(unitLimitFor(used, SETTINGS)).toBe(MOST_UNITS);
  });

  it('is never less than was used, nor more than there is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_400_000 }),
        fc.bigInt({ min: 0n, max: 4n * 10n ** 12n }),
        (used, margin) => {
          const limit = unitLimitFor(used, { unitMargin: rate(margin) });
          expect(limit).toBeGreaterThanOrEqual(BigInt(used));
          expect(limit).toBeLessThanOrEqual(MOST_UNITS);
        },
      ),
    );
  });
});

describe('the price of a compute unit', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => at + 1);

  it.each([
    [0, 1n],
    [50, 50n],
    [75, 75n],
    [100, 100n],
  ])('is the percentile %s of what was paid lately', (priorityPercentile, price) => {
    expect(unitPriceFor(hundred.toReversed(), 1_000n, { ...SETTINGS, priorityPercentile })).toBe(price);
  });

  it('is nothing where nobody paid, and where a node says what can not be', () => {
    expect(unitPriceFor([], 1_000n, SETTINGS)).toBe(0n);
    expect(unitPriceFor([Number.NaN, -5, 0.5, Number.POSITIVE_INFINITY], 1_000n, SETTINGS)).toBe(0n);
  });

  it('stays under its cap', () => {
    expect(unitPriceFor([9_000_000], 1n, SETTINGS)).toBe(1_000_000n);
  });

  it('never makes a fee above the setting, and none above what the signer takes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 2 ** 40 })),
        fc.bigInt({ min: 1n, max: MOST_UNITS }),
        fc.bigInt({ min: 0n, max: SIGNER_MOST }),
        (recent, limit, most) => {
          const settings = { ...SETTINGS, mostUnitPrice: 100_000_000, mostPriorityFee: base(most) };
          expect(feeOf(unitPriceFor(recent, limit, settings), limit)).toBeLessThanOrEqual(most);
        },
      ),
    );
  });

  it('has a default far under what the signer takes', () => {
    expect(SETTINGS.mostPriorityFee * 10n).toBeLessThanOrEqual(SIGNER_MOST);
    expect(SENDING_SETTINGS.mostPriorityFee.parse('0.005')).toBe(SIGNER_MOST);
    expect(() => SENDING_SETTINGS.mostPriorityFee.parse('0.0051')).toThrow('solana.mostPriorityFeeSol');
    expect(() => SENDING_SETTINGS.tip.parse('0.0051')).toThrow('solana.tipSol');
  });
});
