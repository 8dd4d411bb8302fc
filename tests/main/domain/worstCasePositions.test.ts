import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Account, OraclePrices } from '../../../src/main/domain/account.ts';
import { exposureOf, initialTerms } from '../../../src/main/domain/margin.ts';
import { worstCasePositions, type RestingOrder } from '../../../src/main/domain/openOrders.ts';
import { accountAfter } from '../../../src/main/domain/orderPreview.ts';
import { base, price, rate, usd } from '../../../src/shared/money/quantity.ts';
import { everyMarket } from '../../support/accounts.ts';
import { PERPS, anyOracles, anyPosition, anySide, anyWeights } from '../../support/arbitraries.ts';
import { Fraction, ZERO, baseOf, priceOf, rateOf, sum, usdOf, valueIn } from '../../support/fraction.ts';
import { inDollars, larger, naiveTerms, oracle } from './naiveMargin.ts';

const TEN_PERCENT = everyMarket('0.1');

/** Sizes and limits around those of the account, so that orders close, flip and enlarge. */
const anySize = fc.bigInt({ min: 1n, max: 10n ** 13n }).map(base);
const anyHeld = fc.oneof(fc.constant(0n), fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n })).map(base);
const anyMarket = fc.constantFrom('SOL', 'SOL', 'SOL-PERP', 'SOL-PERP', 'BTC-PERP');
const anyOrders = (limit: fc.Arbitrary<bigint>): fc.Arbitrary<readonly RestingOrder[]> =>
  fc.array(
    fc.record({
      market: anyMarket,
      side: anySide,
      size: anySize,
      limitPrice: limit.map(price),
      reduceOnly: fc.constant(false),
    }),
    { maxLength: 6 },
  );
const anyDepositor: fc.Arbitrary<Account> = fc.subarray([...PERPS]).chain((markets) =>
  fc.record({
    cash: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map(usd),
    spot: fc.bigInt({ min: 0n, max: 10n ** 13n }).map(base),
    perps: fc.tuple(...markets.map((market) => anyPosition(market, anyHeld))),
  }),
);
const anyLimit = fc.bigInt({ min: 1n, max: 3n * 10n ** 11n });
const nearOracles: fc.Arbitrary<OraclePrices> = fc.record({
  SOL: anyLimit.map(price),
  BTC: anyLimit.map(price),
  ETH: anyLimit.map(price),
});
const anyRatios = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 0n, max: 10n ** 12n }))
  .map(
    ([sol, btc]) =>
      (market: string) =>
        rate(market === 'SOL-PERP' ? sol : btc),
  );
const anyLiability = fc.bigInt({ min: 10n ** 12n, max: 2n * 10n ** 12n }).map(rate);
const anyRules = fc
  .tuple(anyWeights, anyLiability)
  .map(([weights, cashLiability]) => ({ ...weights, cashLiability }));

function subsets<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: 2 ** all.length }, (_, chosen) =>
    all.filter((_one, at) => Math.floor(chosen / 2 ** at) % 2 === 1),
  );
}

const filled = (account: Account, orders: readonly RestingOrder[]): Account =>
  accountAfter(
    account,
    orders.map((order) => ({ ...order, price: order.limitPrice, fee: usd(0n) })),
  );

/** Notional of one market after `orders`: the units of the position that there is then, one price each, dearest kept. */
function naiveNotional(
  account: Account,
  market: string,
  orders: readonly RestingOrder[],
  at: Fraction,
): Fraction {
  const held = sum(account.perps.filter((one) => one.market === market).map(({ size }) => baseOf(size)));
  const own = orders.filter((order) => order.market === market);
  const change = own.map(({ side, size }) => (side === 'buy' ? baseOf(size) : baseOf(size).negated()));
  const net = sum([held, ...change]);
  const sameWay = own.filter(({ side }) => (net.sign() > 0 ? side === 'buy' : side === 'sell'));
  const units = sameWay.map(({ size, limitPrice }) => ({
    size: baseOf(size),
    at: larger(priceOf(limitPrice), at),
  }));
  if (held.sign() === net.sign()) units.push({ size: held.absolute(), at });
  units.sort((a, b) => b.at.to(a.at));
  let left = net.absolute();
  let worth = ZERO;
  for (const unit of units) {
    const taken = unit.size.to(left) < 0 ? unit.size : left;
    worth = worth.plus(taken.times(unit.at));
    left = left.minus(taken);
  }
  return worth;
}

const naiveBorrow = (account: Account): Fraction => larger(usdOf(account.cash).negated(), ZERO);

describe('the worst case of open orders, for any account and orders', () => {
  it('without orders, or with none but reduce-only ones, is the account as it stands', () => {
    const ordersOf = (all: readonly RestingOrder[]) => all.map((order) => ({ ...order, reduceOnly: true }));
    fc.assert(
      fc.property(
        anyDepositor,
        anyOrders(anyLimit).map(ordersOf),
        anyOracles,
        anyRules,
        (account, orders, oracles, weights) => {
          const found = worstCasePositions(account, orders, oracles, TEN_PERCENT, weights);
          expect(found).toEqual(worstCasePositions(account, [], oracles, TEN_PERCENT, weights));
          expect(found.exposure).toBe(exposureOf(account, oracles));
          expect(found.reserved).toBe(0n);
          expect(found.positions.map(({ market, size }) => [market, size])).toEqual(
            account.perps.map(({ market, size }) => [market, size]),
          );
        },
      ),
    );
  });

  it('is never exceeded by any subset of the orders filled at their limits, and one subset of each market reaches it', () => {
    fc.assert(
      fc.property(
        anyDepositor,
        anyOrders(anyLimit),
        nearOracles,
        anyRatios,
        anyRules,
        (account, orders, oracles, ratioOf, weights) => {
          const found = worstCasePositions(account, orders, oracles, ratioOf, weights);
          const asset = (market: string) => market.slice(0, 3);
          const free = (one: Account): bigint => {
            const terms = initialTerms(one, oracles, ratioOf, weights);
            return terms.collateral - terms.requirement;
          };
          const before = free(account);
          const reached = new Map(found.positions.map(({ market }) => [market, ZERO]));
          for (const chosen of subsets(orders)) {
            const after = filled(account, chosen);
            expect(exposureOf(after, oracles)).toBeLessThanOrEqual(found.exposure);
            expect(free(after)).toBeGreaterThanOrEqual(before - found.reserved);
            const notionals = found.positions.map(({ market }) => {
              const worth = naiveNotional(account, market, chosen, oracle(oracles, asset(market)));
              reached.set(market, larger(reached.get(market) ?? ZERO, worth));
              return worth;
            });
            expect(
              valueIn(found.exposure).to(sum([...notionals, naiveBorrow(after)])),
            ).toBeGreaterThanOrEqual(0);
          }
          for (const { market, notional, requirement } of found.positions) {
            expect(reached.get(market)?.to(valueIn(notional))).toBe(0);
            const required = valueIn(notional).times(rateOf(ratioOf(market)));
            expect(Fraction.counted(requirement, 30).to(required)).toBe(0);
          }
        },
      ),
      { numRuns: 120 },
    );
  });

  it('reserves for SOL that is there exactly what the worst subset takes, worked out as fractions', () => {
    const spotOrders = anyOrders(anyLimit).map((orders) =>
      orders.map((order) => ({ ...order, market: 'SOL' })),
    );
    fc.assert(
      fc.property(anyDepositor, spotOrders, nearOracles, anyRules, (given, orders, oracles, weights) => {
        const account = { ...given, spot: base(10n ** 14n), perps: [] };
        const free = (one: Account): Fraction => {
          const { spotAssetInitial, cashLiability } = weights;
          const terms = naiveTerms(one, oracles, TEN_PERCENT, spotAssetInitial, cashLiability);
          return terms.collateral.minus(terms.requirement);
        };
        const lost = subsets(orders).map((chosen) => free(account).minus(free(filled(account, chosen))));
        const { reserved } = worstCasePositions(account, orders, oracles, TEN_PERCENT, weights);
        const { requirement } = inDollars({ requirement: reserved, collateral: 0n });
        expect(requirement.to(lost.reduce(larger, ZERO))).toBe(0);
      }),
      { numRuns: 80 },
    );
  });
});
