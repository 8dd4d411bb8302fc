import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { OrderCondition } from '../../../../src/main/domain/orderPlan.ts';
import { hold, reached, type ConditionView } from '../../../../src/main/execution/orders/conditions.ts';
import { parsePrice, parseRate } from '../../../../src/shared/money/decimal.ts';
import { RATE_ONE, rate } from '../../../../src/shared/money/quantity.ts';

const VIEW: ConditionView = {
  now: 1_000,
  quote: (market) =>
    market === 'SOL-PERP' ? { oracle: parsePrice('150'), oracleTime: 0, mark: parsePrice('151') } : undefined,
  fundingApr: (market) => (market === 'SOL-PERP' ? 10 : undefined),
  maintenance: { requirement: 40n, collateral: 100n },
};
const holds = (condition: OrderCondition, view = VIEW) => hold({ match: 'all', of: [condition] }, view);
const priceOf = (
  is: 'above' | 'below',
  at: string,
  source: 'oracle' | 'mark' = 'oracle',
  market = 'SOL-PERP',
): OrderCondition => ({ kind: 'price', market, source, is, price: parsePrice(at) });

describe('a condition', () => {
  it.each([
    [priceOf('above', '150'), true],
    [priceOf('above', '150.000000001'), false],
    [priceOf('below', '150'), true],
    [priceOf('below', '149.999999999'), false],
    [priceOf('above', '151', 'mark'), true],
    [priceOf('below', '150', 'mark'), false],
    [priceOf('above', '1', 'oracle', 'BTC-PERP'), false],
    [{ kind: 'funding', market: 'SOL-PERP', is: 'above', apr: 10 }, true],
    [{ kind: 'funding', market: 'SOL-PERP', is: 'below', apr: 9.9 }, false],
    [{ kind: 'funding', market: 'BTC-PERP', is: 'below', apr: 99 }, false],
    [{ kind: 'health', is: 'above', health: parseRate('0.6') }, true],
    [{ kind: 'health', is: 'below', health: parseRate('0.6') }, true],
    [{ kind: 'health', is: 'above', health: parseRate('0.600000000001') }, false],
    [{ kind: 'health', is: 'below', health: parseRate('0.599999999999') }, false],
    [{ kind: 'time', at: 1_000 }, true],
    [{ kind: 'time', at: 1_001 }, false],
  ] satisfies [OrderCondition, boolean][])('%o: %s', (condition, expected) => {
    expect(holds(condition)).toBe(expected);
  });

  it('on health compares exactly: above and below hold together only at the limit itself', () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 20n });
    fc.assert(
      fc.property(amount, amount, fc.bigInt({ min: 0n, max: RATE_ONE }), (requirement, collateral, limit) => {
        const view = { ...VIEW, maintenance: { requirement, collateral } };
        const left = requirement >= collateral ? 0n : collateral - requirement;
        const health = rate(limit);
        expect(holds({ kind: 'health', is: 'above', health }, view)).toBe(
          left * RATE_ONE >= limit * collateral,
        );
        expect(holds({ kind: 'health', is: 'below', health }, view)).toBe(
          left * RATE_ONE <= limit * collateral,
        );
      }),
    );
  });

  it('of several holds with all of them, or with any, as asked', () => {
    const yes: OrderCondition = { kind: 'time', at: 0 };
    const no: OrderCondition = { kind: 'time', at: 2_000 };
    expect(hold({ match: 'all', of: [yes, yes] }, VIEW)).toBe(true);
    expect(hold({ match: 'all', of: [yes, no] }, VIEW)).toBe(false);
    expect(hold({ match: 'any', of: [no, yes] }, VIEW)).toBe(true);
    expect(hold({ match: 'any', of: [no, no] }, VIEW)).toBe(false);
  });

  it('of a trigger holds once the oracle is there', () => {
    const trigger = { price: parsePrice('150'), when: 'below' } as const;
    expect(reached(trigger, parsePrice('150'))).toBe(true);
    expect(reached(trigger, parsePrice('150.01'))).toBe(false);
    expect(reached({ ...trigger, when: 'above' }, parsePrice('150.01'))).toBe(true);
  });
});
