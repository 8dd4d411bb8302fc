import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { driftExceeds, driftPct, netDelta } from '../../../src/main/domain/delta.ts';
import { parseBase, parseRate } from '../../../src/shared/money/decimal.ts';
import { NO_BASE, base, rate } from '../../../src/shared/money/quantity.ts';
import { anyBase, anyPositiveBase } from '../../support/arbitraries.ts';
import { Fraction, baseOf, rateOf } from '../../support/fraction.ts';

const tolerance = fc.bigInt({ min: 0n, max: 2n * 10n ** 12n }).map(rate);
const HUNDRED = new Fraction(100n);

describe('delta drift', () => {
  it('[R5.1] is net delta over hedgeable spot', () => {
    // 10 SOL against a short of 9.85: net 0.15, and 0.15 / 10 = 1.5 %.
    expect(netDelta(parseBase('10'), parseBase('-9.85'))).toBe(parseBase('0.15'));
    expect(driftPct(parseBase('10'), parseBase('-9.85'))).toBeCloseTo(1.5, 12);
    // 8 SOL against a short of 8.4: net −0.4, and −0.4 / 8 = −5 %.
    expect(driftPct(parseBase('8'), parseBase('-8.4'))).toBeCloseTo(-5, 12);
    expect(driftPct(parseBase('8'), parseBase('-8'))).toBe(0);
    fc.assert(
      fc.property(anyPositiveBase, anyBase, (spot, perp) => {
        const net = baseOf(spot).plus(baseOf(perp));
        expect(baseOf(netDelta(spot, perp)).to(net)).toBe(0);
        const expected = net.over(baseOf(spot)).times(HUNDRED).toNumber();
        expect(Math.abs(driftPct(spot, perp) - expected)).toBeLessThanOrEqual(
          1e-12 * Math.abs(expected) + 1e-15,
        );
      }),
    );
  });

  it('[R5.2] is over a tolerance only when it is more than it, exactly and on both sides', () => {
    const onePercent = parseRate('0.01');
    expect(driftExceeds(parseBase('10'), parseBase('-9.9'), onePercent)).toBe(false);
    expect(driftExceeds(parseBase('10'), parseBase('-9.899999999'), onePercent)).toBe(true);
    expect(driftExceeds(parseBase('10'), parseBase('-10.1'), onePercent)).toBe(false);
    expect(driftExceeds(parseBase('10'), parseBase('-10.100000001'), onePercent)).toBe(true);
  });

  it('[R5.2] exceeds a tolerance exactly when the fraction does', () => {
    fc.assert(
      fc.property(anyPositiveBase, anyBase, tolerance, (spot, perp, limit) => {
        const drift = baseOf(spot).plus(baseOf(perp)).absolute().over(baseOf(spot));
        expect(driftExceeds(spot, perp, limit)).toBe(drift.to(rateOf(limit)) > 0);
      }),
    );
  });

  it('[R5.2] is compared without rounding at the very tolerance, whatever the spot', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 9n }), tolerance, fc.boolean(), (times, limit, long) => {
        // A spot of which the tolerance is a whole number of billionths.
        const spot = base(times * 10n ** 12n);
        const edge = times * limit;
        const perpAt = (net: bigint) => base(-spot + (long ? net : -net));
        expect(driftExceeds(spot, perpAt(edge), limit)).toBe(false);
        expect(driftExceeds(spot, perpAt(edge + 1n), limit)).toBe(true);
      }),
    );
  });

  it('[R5.1] of an open perp with no spot is 100 %, and of nothing is none', () => {
    const [whole, almost] = [parseRate('1'), parseRate('0.999999999999')];
    for (const perp of [parseBase('-0.001'), parseBase('3')]) {
      expect(driftExceeds(NO_BASE, perp, almost)).toBe(true);
      expect(driftExceeds(NO_BASE, perp, whole)).toBe(false);
    }
    expect(driftPct(NO_BASE, parseBase('-0.001'))).toBe(-100);
    expect(driftPct(NO_BASE, parseBase('3'))).toBe(100);
    expect(driftExceeds(NO_BASE, NO_BASE, rate(0n))).toBe(false);
    expect(driftPct(NO_BASE, NO_BASE)).toBe(0);
  });

  it('does not move with the price: both legs are counted in SOL', () => {
    // One billionth of SOL of spot is spot: the drift of an equal short is none.
    expect(driftPct(parseBase('0.000000001'), parseBase('-0.000000001'))).toBe(0);
    expect(driftExceeds(parseBase('0.000000001'), parseBase('-0.000000001'), rate(0n))).toBe(false);
    expect(driftExceeds(parseBase('0.000000001'), NO_BASE, parseRate('0.999999999999'))).toBe(true);
  });
});
