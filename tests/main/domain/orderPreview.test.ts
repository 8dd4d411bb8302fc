import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { FillEvent } from '../../../src/main/domain/accountEvent.ts';
import { afterEvent } from '../../../src/main/domain/accountChange.ts';
import { accountAfter, figuresOf, type PlannedFill } from '../../../src/main/domain/orderPreview.ts';
import { worstCasePositions, type RestingOrder } from '../../../src/main/domain/openOrders.ts';
import { parseBase, parsePrice, parseUsd, parseValue } from '../../../src/shared/money/decimal.ts';
import { base, type Rate } from '../../../src/shared/money/quantity.ts';
import { WEIGHTS, accountOf, everyMarket, oraclesOf } from '../../support/accounts.ts';
import {
  PERPS,
  anyAccount,
  anyEvent,
  anyOracles,
  anyPositiveBase,
  anyPrice,
  anyShare,
  anySide,
  anyWeights,
} from '../../support/arbitraries.ts';
import { Fraction, baseOf, sum, usdOf, valueIn } from '../../support/fraction.ts';
import { naiveHealth, naiveTerms, oracle } from './naiveMargin.ts';

const RULES = {
  initialRatioOf: everyMarket('0.1'),
  maintenanceRatioOf: everyMarket('0.05'),
  weights: WEIGHTS,
};
const SOL_150 = oraclesOf({ SOL: '150' });

const planned = (market: string, side: 'buy' | 'sell', size: string, at: string, fee = '0'): PlannedFill => ({
  market,
  side,
  size: parseBase(size),
  price: parsePrice(at),
  fee: parseUsd(fee),
});

const anyOrders: fc.Arbitrary<readonly RestingOrder[]> = fc.array(
  fc.record({
    market: fc.constantFrom('SOL', ...PERPS),
    side: anySide,
    size: anyPositiveBase,
    limitPrice: anyPrice,
    reduceOnly: fc.boolean(),
  }),
  { maxLength: 4 },
);

describe('the account after a proposed order', () => {
  it('is the account after the same fills at the venue, one by one', () => {
    fc.assert(
      fc.property(anyAccount, fc.array(anyEvent, { maxLength: 12 }), (account, events) => {
        // What is planned moves what size and price say, and pays its fee in cash.
        const fills = events
          .filter((event) => event.type === 'FILL')
          .map(({ quote: _quote, feeFrom: _feeFrom, ...fill }): FillEvent => fill);
        let holdings = { account, wallet: base(0n) };
        for (const fill of fills) holdings = afterEvent(holdings, fill);
        const plan = fills.map(({ market, side, size, price, fee }) => ({ market, side, size, price, fee }));
        expect(accountAfter(account, plan)).toEqual(holdings.account);
      }),
    );
  });

  it('has both legs of a hedge, and what they cost', () => {
    const after = accountAfter(accountOf({ cash: '1000' }), [
      planned('SOL', 'buy', '5', '150.1', '0.5'),
      planned('SOL-PERP', 'sell', '3', '149.9', '0.2'),
      planned('SOL-PERP', 'sell', '2', '149.8', '-0.1'),
    ]);
    // 1000 − 750.5 − 0.5 − 0.2 + 0.1; 3 × 149.9 + 2 × 149.8.
    expect(after).toEqual(accountOf({ cash: '248.9', spot: '5', perps: [{ size: '-5', quote: '749.3' }] }));
  });

  it('without fills is the account itself', () => {
    const account = accountOf({ cash: '1000', spot: '2' });
    expect(accountAfter(account, [])).toEqual(account);
  });
});

describe('the figures of an account', () => {
  it('follow the definitions of equity, leverage, health and margin, worked out as fractions', () => {
    const anyRatios = fc.record({ initial: anyShare, maintenance: anyShare });
    fc.assert(
      fc.property(
        anyAccount,
        anyOrders,
        anyOracles,
        anyRatios,
        anyWeights,
        (account, orders, oracles, ratios, weights) => {
          const always = (ratio: Rate) => (_market: string) => ratio;
          const [initialRatioOf, maintenanceRatioOf] = [always(ratios.initial), always(ratios.maintenance)];
          const found = figuresOf(account, oracles, { initialRatioOf, maintenanceRatioOf, weights }, orders);

          const worth = sum([
            usdOf(account.cash),
            baseOf(account.spot).times(oracle(oracles, 'SOL')),
            ...account.perps.map(({ size, quote, asset }) =>
              baseOf(size).times(oracle(oracles, asset)).plus(usdOf(quote)),
            ),
          ]);
          expect(valueIn(found.equity).to(worth)).toBe(0);

          const { spotAssetInitial, spotAssetMaintenance, cashLiability } = weights;
          const initial = naiveTerms(account, oracles, initialRatioOf, spotAssetInitial, cashLiability);
          const maintenance = naiveTerms(
            account,
            oracles,
            maintenanceRatioOf,
            spotAssetMaintenance,
            cashLiability,
          );
          const smallest = new Fraction(10n ** 18n);
          expect(found.initialRequirement).toBe(initial.requirement.times(smallest).ceil());
          expect(found.maintenanceRequirement).toBe(maintenance.requirement.times(smallest).ceil());
          expect(found.healthPct).toBeCloseTo(naiveHealth(maintenance).toNumber() * 100, 6);

          const worst = worstCasePositions(account, orders, oracles, initialRatioOf, weights);
          const reserved = Fraction.counted(worst.reserved, 30);
          expect(found.reservedMargin).toBe(reserved.times(smallest).ceil());
          const free = initial.collateral.minus(initial.requirement).minus(reserved);
          expect(found.freeCollateral).toBe(free.times(smallest).floor());

          expect(found.exposure).toBe(worst.exposure);
          const exposure = valueIn(worst.exposure);
          if (exposure.sign() === 0) expect(found.leverage).toBe(0);
          else if (worth.sign() <= 0) expect(found.leverage).toBeNull();
          else {
            const { top, bottom } = exposure.over(worth);
            expect((found.leverage ?? 0) / (Number(top) / Number(bottom))).toBeCloseTo(1, 12);
          }
        },
      ),
    );
  });

  it('of a hedge before and after a sale of the perpetual are those of a ticket', () => {
    const before = accountOf({ cash: '250', spot: '5' });
    const after = accountAfter(before, [planned('SOL-PERP', 'sell', '5', '150', '0')]);
    // 250 + 750; 750 / 1000; 0.05 × 750 of 250 + 675; 250 + 600 − 75; (250 + 750 − 0.5 p) = 0.25 p at p = 4000 / 3.
    expect(figuresOf(after, SOL_150, RULES, [])).toEqual({
      equity: parseValue('1000'),
      exposure: parseValue('750'),
      leverage: 0.75,
      healthPct: 100 * (1 - 37.5 / 925),
      initialRequirement: parseValue('75'),
      maintenanceRequirement: parseValue('37.5'),
      reservedMargin: 0n,
      freeCollateral: parseValue('775'),
      liquidationPrices: [{ asset: 'SOL', above: parsePrice('1333.333333334'), below: null, already: false }],
    });
    expect(figuresOf(before, SOL_150, RULES, [])).toMatchObject({
      exposure: 0n,
      leverage: 0,
      healthPct: 100,
      freeCollateral: parseValue('850'),
      liquidationPrices: [{ asset: 'SOL', above: null, below: null, already: false }],
    });
  });

  it('count open orders in leverage and free collateral, and not in health or the liquidation price', () => {
    const account = accountOf({ cash: '1000', perps: [{ size: '-2', quote: '300' }] });
    const asked: RestingOrder = {
      market: 'SOL-PERP',
      side: 'sell',
      size: parseBase('8'),
      limitPrice: parsePrice('150'),
      reduceOnly: false,
    };
    const idle = figuresOf(account, SOL_150, RULES, []);
    const busy = figuresOf(account, SOL_150, RULES, [asked]);
    expect(idle).toMatchObject({ leverage: 0.3, freeCollateral: parseValue('970'), reservedMargin: 0n });
    // 10 × 150 / 1000; 970 − 8 × 15.
    expect(busy).toEqual({
      ...idle,
      exposure: parseValue('1500'),
      leverage: 1.5,
      reservedMargin: parseValue('120'),
      freeCollateral: parseValue('850'),
    });
    expect(figuresOf(account, SOL_150, RULES, [{ ...asked, reduceOnly: true }])).toEqual(idle);
  });

  it('show leverage without equity as infinite, and what is missing as negative', () => {
    const broke = accountOf({ cash: '0', perps: [{ size: '-2', quote: '200' }] });
    expect(figuresOf(broke, SOL_150, RULES, [])).toMatchObject({
      equity: parseValue('-100'),
      leverage: null,
      healthPct: 0,
      freeCollateral: parseValue('-130'),
      liquidationPrices: [{ asset: 'SOL', above: parsePrice('95.238095239'), already: true }],
    });
  });

  it('round a requirement up and what is free down to the smallest unit', () => {
    // A billionth of a SOL at a billionth of a dollar, of which a tenth is required.
    const dust = accountOf({ perps: [{ size: '0.000000001' }] });
    const oracles = oraclesOf({ SOL: '0.000000001' });
    expect(figuresOf(dust, oracles, RULES, [])).toMatchObject({
      equity: 1n,
      initialRequirement: 1n,
      maintenanceRequirement: 1n,
      freeCollateral: 0n,
    });
  });
});
