import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { orderPreview } from '../../../src/shared/contract/orders.ts';
import {
  formatBase,
  formatPrice,
  parseBase,
  parsePrice,
  parseRate,
  parseUsd,
  parseValue,
} from '../../../src/shared/money/decimal.ts';
import { base, price } from '../../../src/shared/money/quantity.ts';
import { orderPreviewView } from '../../../src/main/risk/orderPreviewView.ts';
import { previewOrder } from '../../../src/main/risk/orderPreview.ts';
import { limitFor } from '../../../src/main/domain/marketLimit.ts';
import { Fraction, baseOf, priceOf, rateOf, valueIn } from '../../support/fraction.ts';
import { riskSettings } from './gateCase.ts';
import { limit, plannedIn, previewContext, previewOf, refusalCodes, type TicketText } from './orderCase.ts';

const short = { perps: [{ size: '-10', quote: '1000' }] };

describe('how much of an order takes and how much rests', () => {
  it.each([
    ['all of a market order that the book bears', { size: '4' }, '4', '100.1', '0'],
    ['what is within 0.3 %', { size: '20' }, '10', '100.16', '0'],
    ['no more than what its limit bears', limit('100.15', { size: '20' }), '4', '100.1', '16'],
    ['nothing where the limit can’t bear 0.1 %', limit('100.099', { size: '20' }), '0', null, '20'],
    ['nothing and no rest where it is IOC', limit('100.099', { timeInForce: 'IOC' }), '0', null, '0'],
    ['what takes of an IOC', limit('100.15', { size: '20', timeInForce: 'IOC' }), '4', '100.1', '0'],
    ['nothing of a post-only', limit('99', { postOnly: 'reject' }), '0', null, '1'],
    ['all of a FOK that the book bears', { size: '10', timeInForce: 'FOK' }, '10', '100.16', '0'],
    ['by an offset as by a limit', { type: 'oracleOffset', offset: '0.15', size: '5' }, '4', '100.1', '1'],
  ] as const)('[R1.5] is %s', (_what, typed, takes, average, rests) => {
    const { estimate, refusals } = previewOf(typed);

    expect([formatBase(estimate.takes), formatBase(estimate.rests)]).toEqual([takes, rests]);
    expect(estimate.averagePrice).toBe(average === null ? null : parsePrice(average));
    expect(refusals).toEqual([]);
  });

  it('of a FOK is nothing, and refused, where the book does not bear it whole', () => {
    const preview = previewOf({ size: '11', timeInForce: 'FOK' });

    // The book shows 10.
    expect(refusalCodes(preview)).toEqual(['NOT_FILLED']);
    expect([preview.estimate.takes, preview.estimate.rests]).toEqual([0n, 0n]);
  });

  it('of a post-only that would take is told: refused, cancelled, or one tick behind the touch', () => {
    // The touch is 100.1.
    expect(refusalCodes(previewOf(limit('100.099', { postOnly: 'reject' })))).toEqual([]);
    expect(refusalCodes(previewOf(limit('100.1', { postOnly: 'reject' })))).toEqual([
      'POST_ONLY_WOULD_CROSS',
    ]);
    expect(previewOf(limit('100.1', { postOnly: 'try' })).refusals).toEqual([
      {
        code: 'POST_ONLY_WOULD_CROSS',
        message: 'The order is post-only and would take at 100.1: it would be cancelled.',
      },
    ]);
    const slid = (side: 'buy' | 'sell', at: string) => previewOf(limit(at, { side, postOnly: 'slide' }));
    expect(slid('buy', '105').verdict.trade.legs[0].fills).toMatchObject([{ price: parsePrice('100.099') }]);
    expect(slid('sell', '95').verdict.trade.legs[0].fills).toMatchObject([{ price: parsePrice('99.901') }]);
    expect(slid('buy', '105').refusals).toEqual([]);
    // Under a touch of one tick there is no price to slide to.
    const dust = { prices: { SOL: '0.001' }, seen: { 'SOL-PERP': { oracle: '0.001' } } };
    expect(refusalCodes(previewOf(limit('0.001', { postOnly: 'slide' }), dust))).toEqual([
      'POST_ONLY_WOULD_CROSS',
    ]);
  });

  it('of a reduce-only is never more than there is to reduce', () => {
    const { estimate, after } = previewOf(
      { size: '25', reduceOnly: true },
      { perps: [{ size: '-3', quote: '300' }] },
    );

    expect(estimate.takes).toBe(parseBase('3'));
    expect(after.exposure).toBe(0n);
    expect(refusalCodes(previewOf({ reduceOnly: true }))).toEqual(['REDUCE_ONLY_WOULD_INCREASE']);
    expect(refusalCodes(previewOf({ side: 'sell', reduceOnly: true }, short))).toEqual([
      'REDUCE_ONLY_WOULD_INCREASE',
    ]);
  });

  it('of a reduce-only that waits is not refused: there may be a position by then', () => {
    const exit: TicketText = { type: 'stopMarket', side: 'sell', triggerPrice: '90', reduceOnly: true };

    expect(previewOf(exit).refusals).toEqual([]);
  });
});

describe('what an order costs and earns', () => {
  it('[R6.1] is slippage and the taker’s fee on what takes, the maker’s on what rests, gas and tip once', () => {
    const paper = { takerFeePct: '0.1', makerFeePct: '-0.02' };
    const { estimate } = previewOf(
      limit('100.15', { size: '20' }),
      { paper, gas: '0.00001', funding: '0' },
      riskSettings({ tipSol: '0.001' }),
    );

    expect(estimate.cost).toEqual({
      gas: parseValue('0.001'),
      tip: parseValue('0.1'),
      // 4 × 0.1.
      slippage: parseValue('0.4'),
      // 0.1 % of 400.4, less 0.02 % of 16 × 100.15.
      fees: parseValue('0.07992'),
      total: parseValue('0.58092'),
    });
    expect(estimate.net).toBe(parseValue('-0.58092'));
  });

  it('[R6.2] is the funding of what it opens: a short earns a positive rate, a long pays it, spot has none', () => {
    const revenue = (typed: TicketText, given = {}) =>
      previewOf(typed, { funding: '0.00001', ...given }).estimate.expectedRevenue;

    // 10 × 100 × 0.001 % × 720 h, half of it where it is earned.
    expect(revenue({ side: 'sell', size: '10' })).toBe(parseValue('3.6'));
    expect(revenue({ size: '10' })).toBe(parseValue('-7.2'));
    expect(revenue({ side: 'sell', size: '10' }, { funding: '-0.00001' })).toBe(parseValue('-7.2'));
    expect(revenue({ size: '10' }, { funding: '-0.00001' })).toBe(parseValue('3.6'));
    expect(revenue({ market: 'SOL', size: '10' })).toBe(0n);
    // Closing earns none, and of a flip only what is beyond.
    expect(revenue({ size: '3' }, short)).toBe(0n);
    expect(revenue({ size: '10' }, { perps: [{ size: '-4', quote: '400' }] })).toBe(parseValue('-4.32'));
  });

  it('has no slippage where its limit is better than the mark, and no gain either', () => {
    const { verdict, estimate } = previewOf(limit('90', { timeInForce: 'IOC' }));

    expect([estimate.takes, verdict.estimate.cost.slippage]).toEqual([0n, 0n]);
  });

  it('adds up, exactly and as shown', () => {
    const anyOrder = fc.record({
      side: fc.constantFrom('buy' as const, 'sell' as const),
      lots: fc.bigInt({ min: 1n, max: 30_000n }),
      ticks: fc.bigInt({ min: 90_000n, max: 110_000n }),
      type: fc.constantFrom('market' as const, 'limit' as const),
    });
    fc.assert(
      fc.property(anyOrder, ({ side, lots, ticks, type }) => {
        const typed: TicketText = {
          side,
          type,
          size: formatBase(base(lots * 1_000_000n)),
          ...(type === 'limit' ? { price: formatPrice(price(ticks * 1_000_000n)) } : {}),
        };
        const preview = previewOf(
          typed,
          { paper: {}, gas: '0.000005', funding: '0.00001' },
          riskSettings({ tipSol: '0.00001' }),
        );
        const { cost, expectedRevenue, net, takes, rests } = preview.estimate;
        const shown = orderPreviewView(preview).estimate;
        const [gas, tip, slippage, fees] = [shown.gas, shown.tip, shown.slippage, shown.fees].map(parseUsd);

        expect(cost.total).toBe(cost.gas + cost.tip + cost.slippage + cost.fees);
        expect(net).toBe(expectedRevenue - cost.total);
        expect(parseUsd(shown.cost)).toBe((gas ?? 0n) + (tip ?? 0n) + (slippage ?? 0n) + (fees ?? 0n));
        expect(parseUsd(shown.net)).toBe(parseUsd(shown.expectedRevenue) - parseUsd(shown.cost));
        expect(takes + rests).toBeLessThanOrEqual(lots * 1_000_000n);
        if (type === 'limit') expect(takes + rests).toBe(lots * 1_000_000n);
        // No fill is worse than the limit, and a market order’s limit no wider than the tolerance.
        const { limitPrice } = preview.verdict.trade.legs[0];
        for (const fill of preview.verdict.trade.legs[0].fills ?? [])
          expect(side === 'buy' ? fill.price <= limitPrice : fill.price >= limitPrice).toBe(true);
        if (type === 'market')
          expect(limitPrice >= parsePrice('99.5') && limitPrice <= parsePrice('100.5')).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the account after an order', () => {
  it('is what its fills make of it, counted by hand', () => {
    const anyOrder = fc.record({
      buys: fc.boolean(),
      lots: fc.bigInt({ min: 1n, max: 20_000n }),
      ticks: fc.bigInt({ min: 95_000n, max: 105_000n }),
      heldLots: fc.bigInt({ min: -20_000n, max: 20_000n }),
    });
    fc.assert(
      fc.property(anyOrder, ({ buys, lots, ticks, heldLots }) => {
        const held = formatBase(base(heldLots * 1_000_000n));
        const quote = formatBase(base(-heldLots * 100_000_000n));
        const size = formatBase(base(lots * 1_000_000n));
        const at = formatPrice(price(ticks * 1_000_000n));
        const typed = limit(at, { side: buys ? 'buy' : 'sell', size });
        const { estimate, before, after } = previewOf(typed, {
          perps: [{ size: held, quote }],
          paper: { takerFeePct: '0', makerFeePct: '0' },
        });
        const way = new Fraction(buys ? 1n : -1n);
        const hundred = new Fraction(100n);
        // Without fees, equity changes by what each fill is away from the oracle, at 100.
        const worth = (amount: bigint, fillPrice: bigint) =>
          baseOf(amount)
            .times(way)
            .times(hundred.minus(priceOf(fillPrice)));
        const gained = worth(estimate.takes, estimate.averagePrice ?? 0n).plus(
          worth(estimate.rests, parsePrice(at)),
        );
        const position = baseOf(parseBase(held)).plus(way.times(baseOf(parseBase(size))));
        const notional = position.absolute().times(hundred);

        expect(valueIn(after.equity).to(valueIn(before.equity).plus(gained))).toBe(0);
        expect(valueIn(after.exposure).to(notional)).toBe(0);
        expect(valueIn(after.maintenanceRequirement).to(notional.times(rateOf(parseRate('0.05'))))).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  it('has paid its fees, and is told beside the account before it', () => {
    const { before, after } = previewOf({ size: '4' }, { paper: { takerFeePct: '0.1' }, cash: '1000' });

    expect(before).toMatchObject({ equity: parseValue('1000'), exposure: 0n, leverage: 0, healthPct: 100 });
    // 4 × 0.1 of slippage, and 0.1 % of 400.4.
    expect(after).toMatchObject({ equity: parseValue('999.1996'), exposure: parseValue('400') });
  });

  it('of a stop is that of its trigger price, where the market then stands', () => {
    const stop = { type: 'stopMarket', size: '4', triggerPrice: '120' } as const;
    const { estimate, before, after, verdict } = previewOf(stop, { cash: '1000' });

    expect(estimate).toMatchObject({ takes: parseBase('4'), averagePrice: parsePrice('120.12') });
    expect(before.equity).toBe(parseValue('1000'));
    expect(after).toMatchObject({ equity: parseValue('999.52'), exposure: parseValue('480') });
    expect(verdict.trade.legs[0].limitPrice).toBe(parsePrice('120.6'));
    // Before, the market stands where it stands: 10 short since 100.
    const covering = previewOf(stop, { cash: '1000', ...short });
    expect([covering.before.equity, covering.after.equity]).toEqual([
      parseValue('1000'),
      parseValue('799.52'),
    ]);
  });

  const above = (at: string, market = 'SOL-PERP') =>
    ({ kind: 'price', market, source: 'oracle', is: 'above', price: at }) as const;
  const below = (at: string) => ({ ...above(at), is: 'below' }) as const;

  it.each([
    ['the last of all its prices', 'all', [above('120'), above('130')], '130.13'],
    ['the last of all below', 'all', [below('80'), below('90')], '80.08'],
    ['the first of any', 'any', [above('120'), above('130')], '120.12'],
    ['the first of any below', 'any', [below('80'), below('90')], '90.09'],
    ['now where one holds', 'any', [above('120'), above('90')], '100.1'],
    ['now where it waits for another market', 'all', [above('70000', 'BTC-PERP')], '100.1'],
    ['now where it waits for no price', 'all', [{ kind: 'health', is: 'above', pct: 50 } as const], '100.1'],
  ] as const)('of a conditional order is that of %s', (_what, match, of, average) => {
    const { estimate } = previewOf({ size: '1', conditions: { match, of: [...of] } });

    expect(estimate.averagePrice).toBe(parsePrice(average));
  });

  it('of a conditional oracle offset follows the oracle', () => {
    const typed: TicketText = {
      type: 'oracleOffset',
      offset: '-1',
      conditions: { match: 'all', of: [above('120')] },
    };

    expect(previewOf(typed).verdict.trade.legs[0].limitPrice).toBe(parsePrice('119'));
  });
});

describe('what the venue would refuse', () => {
  it('is a purchase or sale of SOL that the balances can’t pay for, unless it lends', () => {
    const spot = { market: 'SOL', size: '2' } as const;

    expect(refusalCodes(previewOf(spot, { cash: '200.2' }))).toEqual([]);
    expect(refusalCodes(previewOf(spot, { cash: '200.199999' }))).toEqual(['INSUFFICIENT_BALANCE']);
    expect(refusalCodes(previewOf({ ...spot, side: 'sell' }, { spot: '1.999' }))).toEqual([
      'INSUFFICIENT_BALANCE',
    ]);
    const context = { ...previewContext({ cash: '200', spot: '5' }), borrowing: true };
    expect(refusalCodes(previewOrder(plannedIn(context, spot), context, riskSettings()))).toEqual([]);
  });

  it('is an order beyond the initial margin, and no reduction', () => {
    // 10 % of 400 against 40 − 0.4.
    const high = riskSettings({ maxLeverage: '10', minHealthPct: '1', guardHealthPct: '1' });

    expect(refusalCodes(previewOf({ size: '4' }, { cash: '40.4' }, high))).toEqual([]);
    expect(refusalCodes(previewOf({ size: '4' }, { cash: '40.399999' }, high))).toContain(
      'INSUFFICIENT_COLLATERAL',
    );
    expect(refusalCodes(previewOf({ size: '4' }, { cash: '90', ...short }, high))).toEqual([]);
  });
});

describe('a preview as it travels', () => {
  it('fits the contract', () => {
    const view = orderPreviewView(
      previewOf(limit('100.15', { size: '20' }), { ...short, spot: '2', paper: {} }),
    );

    expect(orderPreview.parse(view)).toEqual(view);
    expect(view.estimate).toMatchObject({ takes: '4', averagePrice: '100.1', rests: '16' });
    expect(view.before.liquidations).toHaveLength(1);
  });

  it('is rounded against the trader', () => {
    const preview = previewOf({ size: '4' });
    const odd = {
      ...preview.after,
      equity: parseValue('1.0000009'),
      freeCollateral: parseValue('-0.0000001'),
    };
    const { after } = orderPreviewView({
      ...preview,
      after: {
        ...odd,
        initialRequirement: parseValue('0.0000001'),
        maintenanceRequirement: parseValue('2.0000001'),
      },
    });

    expect(after).toMatchObject({
      equity: '1',
      freeCollateral: '-0.000001',
      initialMargin: '0.000001',
      maintenanceMargin: '2.000001',
    });
  });

  it('has the reasons of the gates and those of the venue', () => {
    const { refusals } = orderPreviewView(
      previewOf({ reduceOnly: true }, { wallet: '0', seen: { 'SOL-PERP': { ageMs: 99_999 } } }),
    );

    expect(refusals.map(({ code }) => code)).toEqual(['STALE_PRICE', 'REDUCE_ONLY_WOULD_INCREASE']);
  });
});

describe('the limit of a market order', () => {
  it('[R4.4] is where limitFor puts it, from the mark', () => {
    const context = previewContext({ seen: { 'SOL-PERP': { mark: '101.333' } } });
    const plan = plannedIn(context, { side: 'sell' });

    expect(plan.limitPrice).toBe(limitFor('sell', parsePrice('101.333'), parseRate('0.005'), plan.market));
  });
});
