import { describe, expect, it } from 'vitest';
import type { RestingOrder } from '../../../src/main/domain/openOrders.ts';
import { parseBase, parsePrice } from '../../../src/shared/money/decimal.ts';

import { codesOf, contextOf, leg, refusalsOf, riskSettings, trade, type CaseText } from './gateCase.ts';

const LATENCY = 'LATENCY_TOO_HIGH';
const GAS = 'INSUFFICIENT_GAS';
const LEVERAGE = 'LEVERAGE_EXCEEDED';
const HEALTH = 'HEALTH_TOO_LOW';
const STALE = 'STALE_PRICE';

const opening = trade([leg('sell', '10')]);

describe('the latency gate', () => {
  const seenAfter = (latencyMs: number, market = 'SOL-PERP') =>
    contextOf({ seen: { [market]: { latencyMs } } });

  it('[R6.5] passes at 500 ms and refuses at 501', () => {
    expect(codesOf(opening, seenAfter(500))).toEqual([]);
    expect(refusalsOf(opening, seenAfter(501))).toEqual([
      {
        code: LATENCY,
        message: 'The venue took 501 ms to answer; no new risk is taken over 500 ms.',
        numbers: { latencyMs: 501, limitMs: 500 },
      },
    ]);
  });

  it('[R6.5] judges by the slowest of the trade’s own markets', () => {
    const both = trade([leg('buy', '10', { market: 'SOL' }), leg('sell', '10')]);

    expect(codesOf(both, seenAfter(501, 'SOL'))).toEqual([LATENCY]);
    expect(codesOf(both, seenAfter(501, 'SOL-PERP'))).toEqual([LATENCY]);
    expect(codesOf(opening, seenAfter(501, 'SOL'))).toEqual([]);
  });

  it('[R6.5] follows its setting', () => {
    expect(codesOf(opening, seenAfter(41), riskSettings({ maxLatencyMs: '40' }))).toEqual([LATENCY]);
    expect(codesOf(opening, seenAfter(800), riskSettings({ maxLatencyMs: '800' }))).toEqual([]);
  });
});

describe('the gas gate', () => {
  it('[R6.6] passes with 0.017 SOL and refuses with less', () => {
    expect(codesOf(opening, contextOf({ wallet: '0.017' }))).toEqual([]);
    expect(refusalsOf(opening, contextOf({ wallet: '0.016999999' }))).toEqual([
      {
        code: GAS,
        message: 'The wallet has 0.016999999 SOL; 0.017 SOL are kept for getting out.',
        numbers: { wallet: '0.016999999', reserve: '0.017' },
      },
    ]);
  });

  it('[R6.6] does not count the SOL of the sub-account', () => {
    expect(codesOf(opening, contextOf({ wallet: '0', spot: '100' }))).toEqual([GAS]);
  });
});

describe('the leverage gate', () => {
  // 10 SOL sold at 99.9: 1000 = 5 × (201 − 10 × 0.1).
  it('[R6.7] passes at exactly 5x and refuses beyond', () => {
    expect(codesOf(opening, contextOf({ cash: '201' }))).toEqual([]);
    expect(refusalsOf(opening, contextOf({ cash: '200.999999' }))).toEqual([
      {
        code: LEVERAGE,
        message: 'Leverage would be 5.00x; the limit is 5x.',
        numbers: { exposure: '1000', equity: '199.999999', limit: '5' },
      },
    ]);
  });

  it('[R6.7] counts fees as paid', () => {
    // 0.999 more.
    expect(codesOf(opening, contextOf({ cash: '201.999', paper: {} }))).toEqual([]);
    expect(codesOf(opening, contextOf({ cash: '201.998999', paper: {} }))).toEqual([LEVERAGE]);
  });

  it('[R6.7] counts a fee as rounded up, to the last millionth', () => {
    // 1000.5 = 5 × (202.1 − 1.0005 − 0.9995): the fee is 0.1 % of 999.4995.
    const odd = trade([leg('sell', '10.005')]);

    expect(codesOf(odd, contextOf({ cash: '202.1', paper: {} }))).toEqual([]);
    expect(codesOf(odd, contextOf({ cash: '202.099999', paper: {} }))).toEqual([LEVERAGE]);
  });

  it('[R6.9] names exposure rounded up and equity rounded down', () => {
    // A billionth of SOL is a tenth of a millionth of a dollar.
    const perps = [{ size: '-0.000000001', quote: '0' }];

    expect(refusalsOf(opening, contextOf({ cash: '101', perps }))).toMatchObject([
      { code: LEVERAGE, numbers: { exposure: '1000.000001', equity: '99.999999' } },
      { code: HEALTH },
    ]);
  });

  const resting = (given: Partial<RestingOrder>): RestingOrder => ({
    market: 'SOL-PERP',
    side: 'sell',
    size: parseBase('2'),
    limitPrice: parsePrice('110'),
    reduceOnly: false,
    ...given,
  });

  it('[R6.7] counts what rests in the books at its worst; not the other side, and nothing that only reduces', () => {
    // 1000 for the order, 220 for what rests beside it: 1220 / 244 = 5, after a dollar of slippage.
    const at = (cash: string, orders: readonly RestingOrder[]) =>
      codesOf(opening, { ...contextOf({ cash }), openOrders: orders });

    expect(at('245', [resting({})])).toEqual([]);
    expect(at('244.999999', [resting({})])).toEqual([LEVERAGE]);
    expect(at('201', [resting({ side: 'buy' }), resting({ reduceOnly: true })])).toEqual([]);
  });

  it('[R6.7] counts a purchase of SOL that rests for what it would have to borrow', () => {
    const buying = (size: string) => [
      resting({ market: 'SOL', side: 'buy', limitPrice: parsePrice('90'), size: parseBase(size) }),
    ];

    expect(codesOf(opening, { ...contextOf({ cash: '201' }), openOrders: buying('2') })).toEqual([]);
    expect(codesOf(opening, { ...contextOf({ cash: '201' }), openOrders: buying('3') })).toEqual([LEVERAGE]);
  });

  it('[R6.7] takes a smaller position for no increase, though bids that rest then reach further', () => {
    const held = { ...contextOf({ perps: [{ size: '-10', quote: '1000' }], cash: '100' }) };
    const bids = [resting({ side: 'buy', size: parseBase('20') })];
    const settings = riskSettings({ minHealthPct: '1', guardHealthPct: '1' });

    expect(codesOf(trade([leg('buy', '1')]), { ...held, openOrders: bids }, settings)).toEqual([]);
    expect(codesOf(trade([leg('buy', '11')]), { ...held, openOrders: bids }, settings)).toEqual([LEVERAGE]);
  });

  it('[R6.7] refuses SOL that is bought with too much borrowed, though no position changes', () => {
    // 2000 of the 2002 are lent, to an equity of 200 − 2.
    const buying = trade([leg('buy', '20', { market: 'SOL' })]);

    expect(codesOf(buying, contextOf({ cash: '2', spot: '2' }))).toContain(LEVERAGE);
    expect(codesOf(buying, contextOf({ cash: '2002', spot: '2' }))).toEqual([]);
  });

  it('[R6.7] counts a borrow and every position', () => {
    const held = { perps: [{ size: '-5', quote: '500' }], cash: '-500', spot: '10' };
    // (15 × 100 + 500) / (−500 + 1000 − 1).
    expect(codesOf(opening, contextOf(held), riskSettings({ maxLeverage: '4.01' }))).not.toContain(LEVERAGE);
    expect(codesOf(opening, contextOf(held), riskSettings({ maxLeverage: '4' }))).toContain(LEVERAGE);
  });

  it('[R6.7] follows its setting', () => {
    const context = contextOf({ cash: '1001' });

    expect(codesOf(opening, context, riskSettings({ maxLeverage: '1' }))).toEqual([]);
    expect(codesOf(opening, context, riskSettings({ maxLeverage: '0.999999' }))).toEqual([LEVERAGE]);
  });

  it('[R6.7] refuses any increase where equity is gone', () => {
    const context = contextOf({ cash: '0', perps: [{ size: '-10', quote: '900' }] });

    expect(refusalsOf(opening, context)[0]).toMatchObject({
      code: LEVERAGE,
      message: 'Leverage would be infinite, for there is no equity left; the limit is 5x.',
      numbers: { equity: '-101' },
    });
  });

  it('[R6.7] never refuses what does not increase', () => {
    const over = { cash: '100', perps: [{ size: '-10', quote: '1000' }] };
    const settings = riskSettings({ minHealthPct: '1', guardHealthPct: '1' });

    expect(codesOf(trade([leg('buy', '1')]), contextOf(over), settings)).toEqual([]);
    // Exactly turned round: as much exposure as before.
    expect(codesOf(trade([leg('buy', '20')]), contextOf(over), settings)).toEqual([]);
    expect(codesOf(trade([leg('buy', '20.001')]), contextOf(over), settings)).toEqual([LEVERAGE]);
  });

  it('[R6.7] can be passed by no claim that an increase reduces', () => {
    const context = contextOf({ cash: '100' });
    const claimed = trade([leg('sell', '10', { reduceOnly: true })], { effect: 'reduces' });

    expect(codesOf(claimed, context)).toEqual([LEVERAGE]);
  });
});

describe('the health gate', () => {
  const high = riskSettings({ maxLeverage: '10' });
  // 5 % of 1000 are 40 % of 126 − 10 × 0.1.
  it('[R6.8] passes at exactly 60 % and refuses under it', () => {
    expect(codesOf(opening, contextOf({ cash: '126' }), high)).toEqual([]);
    expect(refusalsOf(opening, contextOf({ cash: '125.999999' }), high)).toEqual([
      {
        code: HEALTH,
        message: 'Health would fall to 60.0 %.',
        numbers: { healthPct: 100, healthAfterPct: 60, minHealth: '0.6', guardHealth: '0.5' },
      },
    ]);
  });

  it('[R6.8] measures the account after all legs, by the venue’s weights', () => {
    // After buying 20 SOL: 20 × 90 + 2201 − 20 × 100.1 − 2 = 1997 against 100.
    const both = trade([leg('buy', '20', { market: 'SOL' }), leg('sell', '20')]);
    const refusals = refusalsOf(both, contextOf({ cash: '2201' }), riskSettings({ minHealthPct: '96' }));

    expect(refusals.map(({ numbers }) => numbers.healthAfterPct)).toEqual([94.99]);
  });

  it('[R6.8] follows its setting', () => {
    const context = contextOf({ cash: '1001' });

    expect(codesOf(opening, context, riskSettings({ minHealthPct: '95' }))).toEqual([]);
    expect(codesOf(opening, context, riskSettings({ minHealthPct: '96' }))).toEqual([HEALTH]);
  });

  // 5 % of 1000 are half of 100.
  const halfHealthy = (cash: string): CaseText => ({ cash, perps: [{ size: '-10', quote: '1000' }] });
  const guardOnly = riskSettings({ maxLeverage: '10', minHealthPct: '1' });
  const little = trade([leg('sell', '0.001')]);

  it('[R11.2] increases nothing while health is under 50 %, and passes at exactly 50 %', () => {
    const generous = { ...guardOnly, maxLeverage: guardOnly.maxLeverage * 10n } as typeof guardOnly;
    expect(codesOf(little, contextOf(halfHealthy('100')), generous)).toEqual([]);
    expect(refusalsOf(little, contextOf(halfHealthy('99.999999')), generous)).toEqual([
      {
        code: HEALTH,
        message: 'Health is 50.0 %; nothing is increased under 0.5.',
        numbers: { healthPct: 50, healthAfterPct: 49.99, minHealth: '0.01', guardHealth: '0.5' },
      },
    ]);
  });

  it('[R11.2] follows its setting', () => {
    const context = contextOf(halfHealthy('1000'));
    const at = (guardHealthPct: string) => riskSettings({ minHealthPct: '1', guardHealthPct });

    expect(codesOf(little, context, at('95'))).toEqual([]);
    expect(codesOf(little, context, at('96'))).toEqual([HEALTH]);
  });
});

describe('the oracle gate', () => {
  const seen = (given: NonNullable<CaseText['seen']>[string], market = 'SOL-PERP') =>
    contextOf({ seen: { [market]: given } });

  it('[R11.4] passes an oracle of 30 s and refuses an older one', () => {
    expect(codesOf(opening, seen({ ageMs: 30_000 }))).toEqual([]);
    expect(refusalsOf(opening, seen({ ageMs: 30_001 }))).toEqual([
      {
        code: STALE,
        message: 'The oracle of SOL-PERP is too old or too far from the mark to trade on.',
        numbers: {
          market: 'SOL-PERP',
          ageMs: 30_001,
          limitMs: 30_000,
          oracle: '100',
          mark: '100',
          maxGap: '0.02',
        },
      },
    ]);
  });

  it.each([
    ['above', '102', '102.000000001'],
    ['below', '98', '97.999999999'],
  ])('[R11.4] passes a mark 2 %% %s the oracle and refuses one further off', (_where, near, far) => {
    expect(codesOf(opening, seen({ mark: near }))).toEqual([]);
    expect(refusalsOf(opening, seen({ mark: far }))).toMatchObject([{ code: STALE, numbers: { mark: far } }]);
  });

  it('[R11.4] looks at every leg, and at no other market', () => {
    const both = trade([leg('buy', '10', { market: 'SOL' }), leg('sell', '10')]);

    expect(refusalsOf(both, seen({ ageMs: 30_001 }, 'SOL'))).toMatchObject([{ numbers: { market: 'SOL' } }]);
    expect(refusalsOf(both, seen({ ageMs: 30_001 }))).toMatchObject([{ numbers: { market: 'SOL-PERP' } }]);
    expect(codesOf(both, seen({ ageMs: 30_001 }, 'BTC-PERP'))).toEqual([]);
  });

  it('[R11.4] refuses reductions too', () => {
    const reducing = trade([leg('buy', '10', { reduceOnly: true })], {
      purpose: 'flatten',
      effect: 'reduces',
    });
    const held = { perps: [{ size: '-20', quote: '2000' }] };

    expect(codesOf(reducing, contextOf({ ...held, seen: { 'SOL-PERP': { ageMs: 30_001 } } }))).toEqual([
      STALE,
    ]);
    expect(codesOf(reducing, contextOf({ ...held, seen: { 'SOL-PERP': { mark: '103' } } }))).toEqual([STALE]);
  });

  it('[R11.4] follows its settings', () => {
    const settings = riskSettings({ oracleMaxAgeMs: '5000', oracleMaxGapPct: '1' });

    expect(codesOf(opening, seen({ ageMs: 5_000, mark: '101' }), settings)).toEqual([]);
    expect(codesOf(opening, seen({ ageMs: 5_001 }), settings)).toEqual([STALE]);
    expect(codesOf(opening, seen({ mark: '101.001' }), settings)).toEqual([STALE]);
  });
});

describe('a trade that lowers risk', () => {
  /** Slow, broke, unprofitable and nearly liquidated: 5 % of 1000 of 60. */
  const hopeless = (more: CaseText = {}) =>
    contextOf({
      cash: '60',
      perps: [{ size: '-10', quote: '1000' }],
      wallet: '0',
      funding: '-0.001',
      seen: { 'SOL-PERP': { latencyMs: 60_000 }, SOL: { latencyMs: 60_000 } },
      ...more,
    });
  const all = riskSettings({ profitGate: 'all' });

  it('[R6] meets every gate there when it does not', () => {
    expect(codesOf(trade([leg('sell', '0.001')], { purpose: 'correct' }), hopeless(), all)).toEqual([
      LATENCY,
      GAS,
      LEVERAGE,
      HEALTH,
      'UNPROFITABLE',
    ]);
  });

  it('[R6] passes gates 3, 5, 6 and 8 as reduce-only', () => {
    const reducing = trade([leg('buy', '1', { reduceOnly: true })], { purpose: 'correct', effect: 'hedges' });

    expect(codesOf(reducing, hopeless(), all)).toEqual([]);
  });

  it('[R6] passes them where every leg is reduce-only, and not where one is', () => {
    // Selling SOL raises health, so a long stands in for the leg that does not.
    const first = leg('buy', '1', { reduceOnly: true });
    const second = leg('buy', '0.01', { market: 'BTC-PERP' });

    expect(codesOf(trade([first, { ...second, reduceOnly: true }]), hopeless(), all)).toEqual([LEVERAGE]);
    expect(codesOf(trade([first, second]), hopeless(), all)).toEqual([
      LATENCY,
      GAS,
      LEVERAGE,
      HEALTH,
      'UNPROFITABLE',
    ]);
  });

  it('[R6] passes them where health is higher afterwards', () => {
    const healthier = trade([leg('buy', '1')], { purpose: 'correct', effect: 'hedges' });
    const selling = trade([leg('sell', '1', { market: 'SOL' })], { purpose: 'correct', effect: 'hedges' });

    expect(codesOf(healthier, hopeless(), all)).toEqual([]);
    expect(codesOf(selling, hopeless({ spot: '5', cash: '-400' }), all)).toEqual([]);
  });

  it('[R6] does not pass them where health stays as it is', () => {
    // Nothing is open, before or after: 100 % both times.
    const selling = trade([leg('sell', '1', { market: 'SOL' })], { purpose: 'correct', effect: 'hedges' });
    const context = hopeless({ perps: [], spot: '5', cash: '0' });

    expect(codesOf(selling, context, all)).toEqual([LATENCY, GAS, 'UNPROFITABLE']);
  });

  it('[R6] passes them where its effect is to reduce', () => {
    const selling = trade([leg('sell', '1', { market: 'SOL' })], { purpose: 'exit', effect: 'reduces' });

    expect(codesOf(selling, hopeless({ perps: [], spot: '5', cash: '0' }), all)).toEqual([]);
  });
});

describe('a blocked trade', () => {
  it('[R6.9] names every reason, not only the first', () => {
    const context = contextOf({
      cash: '100',
      wallet: '0',
      funding: '0',
      seen: { 'SOL-PERP': { latencyMs: 900, ageMs: 40_000 } },
    });

    expect(codesOf(opening, context)).toEqual([STALE, LATENCY, GAS, LEVERAGE, HEALTH, 'UNPROFITABLE']);
  });
});
