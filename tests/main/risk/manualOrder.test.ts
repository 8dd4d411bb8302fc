import { describe, expect, it } from 'vitest';

import { parseBase, parsePrice, parseValue } from '../../../src/shared/money/decimal.ts';
import { riskSettings } from './gateCase.ts';
import { bid, limit, previewOf, type OrderCaseText, type TicketText } from './orderCase.ts';

const buy: TicketText = { size: '2' };
const held = { cash: '10000', perps: [{ size: '-10', quote: '1000' }] };

/** The gates' own reasons; what the venue would say is not asked. */
const gatesOf = (
  typed: TicketText,
  given: OrderCaseText = {},
  settings = riskSettings(),
): readonly string[] => {
  const { verdict } = previewOf(typed, given, settings);
  return verdict.verdict === 'refused' ? verdict.reasons.map(({ code }) => code) : [];
};

describe('an order by hand', () => {
  it('[R6.5] is refused by a slow venue, [R6.6] without gas, [R11.4] on a stale oracle', () => {
    expect(gatesOf(buy)).toEqual([]);
    expect(gatesOf(buy, { seen: { 'SOL-PERP': { latencyMs: 501 } } })).toEqual(['LATENCY_TOO_HIGH']);
    expect(gatesOf(buy, { wallet: '0.016999999' })).toEqual(['INSUFFICIENT_GAS']);
    expect(gatesOf(buy, { seen: { 'SOL-PERP': { ageMs: 30_001 } } })).toEqual(['STALE_PRICE']);
    expect(gatesOf(buy, { seen: { 'SOL-PERP': { mark: '102.001' } } })).toEqual(['STALE_PRICE']);
  });

  it('[R6.7] is refused beyond 5x, and [R6.8] where health would fall too low', () => {
    // 200 = 5 × (40.2 − 2 × 0.1): 5x, and 5 % of 200 are 25 % of 40.
    const deep = { 'SOL-PERP': { depth: [['0.0005', '1000']] as const } };
    expect(gatesOf(buy, { cash: '40.2', seen: deep })).toEqual([]);
    expect(gatesOf(buy, { cash: '40.199999', seen: deep })).toEqual(['LEVERAGE_EXCEEDED']);
    const high = riskSettings({ minHealthPct: '75' });
    expect(gatesOf(buy, { cash: '40.2', seen: deep }, high)).toEqual([]);
    expect(
      gatesOf(
        buy,
        { cash: '40.199999', seen: deep },
        { ...high, maxLeverage: riskSettings({ maxLeverage: '10' }).maxLeverage },
      ),
    ).toEqual(['HEALTH_TOO_LOW']);
  });

  it('[R6.3] sees what it costs and earns, and is not refused for it', () => {
    const all = riskSettings({ profitGate: 'all' });
    const { estimate, refusals } = previewOf(buy, { funding: '0.001' }, all);

    expect(estimate.net).toBeLessThan(0n);
    expect(refusals).toEqual([]);
  });

  it('[R6] passes the gates that never stop what only reduces, and not those of price and leverage', () => {
    const hopeless = {
      cash: '60',
      perps: [{ size: '-10', quote: '1000' }],
      wallet: '0',
      seen: { 'SOL-PERP': { latencyMs: 60_000 } },
    };

    expect(gatesOf({ size: '3' }, hopeless)).toEqual([]);
    expect(gatesOf({ size: '3', reduceOnly: true }, hopeless)).toEqual([]);
    expect(gatesOf(limit('90', { size: '10', reduceOnly: true }), hopeless)).toEqual([]);
    expect(gatesOf({ side: 'sell' }, hopeless)).toEqual([
      'LATENCY_TOO_HIGH',
      'INSUFFICIENT_GAS',
      'LEVERAGE_EXCEEDED',
      'HEALTH_TOO_LOW',
    ]);
    expect(
      gatesOf({ size: '3', reduceOnly: true }, { ...hopeless, seen: { 'SOL-PERP': { ageMs: 30_001 } } }),
    ).toEqual(['STALE_PRICE']);
  });

  it('[R6.7] that rests counts with the orders that rest already', () => {
    const resting = limit('100', { size: '10' });

    expect(gatesOf(resting, { cash: '400', openOrders: [bid('10', '100')] })).toEqual([]);
    expect(gatesOf(resting, { cash: '399.999999', openOrders: [bid('10', '100')] })).toEqual([
      'LEVERAGE_EXCEEDED',
    ]);
    // Bids that close a short turn it round together: 10 short, 30 bid.
    expect(gatesOf(resting, { ...held, cash: '-601', openOrders: [bid('20', '100')] })).toContain(
      'LEVERAGE_EXCEEDED',
    );
    expect(
      gatesOf({ ...resting, reduceOnly: true }, { ...held, cash: '-601', openOrders: [bid('20', '100')] }),
    ).not.toContain('LEVERAGE_EXCEEDED');
  });

  it('[R6.7] that rests far off gains nothing by its distance', () => {
    // Filled at 50 with the oracle at 100 it would seem to have earned 500.
    expect(gatesOf(limit('50', { size: '10' }), { cash: '200' })).toEqual([]);
    expect(gatesOf(limit('50', { size: '10' }), { cash: '199.999999' })).toEqual(['LEVERAGE_EXCEEDED']);
    expect(gatesOf(limit('150', { side: 'sell', size: '10' }), { cash: '200' })).toEqual([
      'LEVERAGE_EXCEEDED',
    ]);
    // 5 % of 1000 are half of 100.
    const loose = {
      ...riskSettings({ minHealthPct: '51' }),
      maxLeverage: riskSettings().maxLeverage * 10n,
    } as ReturnType<typeof riskSettings>;
    expect(gatesOf(limit('50', { size: '10' }), { cash: '100' }, loose)).toEqual(['HEALTH_TOO_LOW']);
  });

  it('is judged whole, also where the book shows less of it', () => {
    const { verdict, estimate } = previewOf({ size: '20' });

    expect(estimate.takes).toBe(parseBase('10'));
    expect(verdict.trade.legs[0]).toMatchObject({
      size: parseBase('20'),
      limitPrice: parsePrice('100.5'),
      fills: [
        { size: parseBase('10'), price: parsePrice('100.16'), liquidity: 'taker' },
        { size: parseBase('10'), price: parsePrice('100.5'), liquidity: 'taker' },
      ],
    });
    expect(verdict.estimate.cost.slippage).toBe(parseValue('6.6'));
  });

  it.each([
    ['reduces', { size: '10' }, {}],
    ['opens', { size: '10.001' }, {}],
    ['opens', { side: 'sell', size: '1' }, {}],
    ['reduces', { size: '99', reduceOnly: true }, {}],
    [
      'reduces',
      { size: '9' },
      {
        openOrders: [bid('1', '90'), bid('5', '90', { reduceOnly: true }), bid('5', '90', { side: 'sell' })],
      },
    ],
    ['opens', { size: '9' }, { openOrders: [bid('1.001', '90')] }],
    ['reduces', { market: 'SOL', side: 'sell', size: '2' }, { spot: '2' }],
    ['opens', { market: 'SOL', side: 'sell', size: '2' }, { spot: '1.999' }],
    ['opens', { market: 'SOL', size: '2' }, { spot: '5' }],
  ] as const)('%s by what becomes of the position: %j', (effect, typed, more) => {
    const { trade } = previewOf(typed, { ...held, ...more }).verdict;

    expect([trade.purpose, trade.effect]).toEqual(['manual', effect]);
  });

  it.each([
    ['Buy 2 SOL-PERP at the market: ordered by hand.', buy],
    ['Sell 2 SOL-PERP at 101.5 or better: ordered by hand.', limit('101.5', { side: 'sell', size: '2' })],
    [
      'Buy 1 SOL-PERP at the market once the oracle is at 110 or above: ordered by hand.',
      { type: 'stopMarket', triggerPrice: '110' },
    ],
    [
      'Buy 1 SOL-PERP at 0.5 under the oracle or better: ordered by hand.',
      { type: 'oracleOffset', offset: '-0.5' },
    ],
    [
      'Buy 1 SOL-PERP at the market once all of its conditions hold: ordered by hand.',
      { conditions: { match: 'all', of: [{ kind: 'health', is: 'above', pct: 70 }] } },
    ],
  ] as const)('says why: %s', (because, typed) => {
    expect(previewOf(typed as TicketText).verdict.trade.because).toBe(because);
  });
});
