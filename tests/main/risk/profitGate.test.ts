import { describe, expect, it } from 'vitest';

import type { Effect, Purpose } from '../../../src/main/risk/trade.ts';
import { codesOf, contextOf, leg, refusalsOf, riskSettings, trade } from './gateCase.ts';

/** A short of 10 SOL that costs exactly $1.44 of slippage and nothing else. */
const SLIPS: readonly (readonly [string, string])[] = [['0.00144', '1000']];
/** $1.44 is what 1000 dollars earn at 0.0000002 % an hour × 720 h, of which half is counted. */
const BREAK_EVEN = '0.000004';

const slippery = (funding: string) => contextOf({ funding, seen: { 'SOL-PERP': { depth: SLIPS } } });
const opening = trade([leg('sell', '10')]);

describe('the profit gate', () => {
  it('[R6.3] lets a trade pass that exactly breaks even, and none that earns less', () => {
    expect(codesOf(opening, slippery(BREAK_EVEN))).toEqual([]);
    expect(codesOf(opening, slippery('0.000003999999'))).toEqual(['UNPROFITABLE']);
  });

  it('[R6.4] counts 50 % of a positive rate: twice the break-even of all of it is needed', () => {
    const whole = riskSettings({ positiveFundingSharePct: '100' });

    expect(codesOf(opening, slippery('0.000002'), whole)).toEqual([]);
    expect(codesOf(opening, slippery('0.000001999999'), whole)).toEqual(['UNPROFITABLE']);
    expect(codesOf(opening, slippery('-0.00001'), whole)).toEqual(['UNPROFITABLE']);
  });

  it('[R6.2] looks 30 days ahead unless told otherwise', () => {
    expect(codesOf(opening, slippery('0.000002'), riskSettings({ horizonDays: '60' }))).toEqual([]);
    expect(codesOf(opening, slippery('0.000002'), riskSettings({ horizonDays: '59' }))).toEqual([
      'UNPROFITABLE',
    ]);
  });

  it('[R6.9] names the figures that blocked', () => {
    expect(refusalsOf(opening, slippery('0.000001'))).toEqual([
      {
        code: 'UNPROFITABLE',
        message: 'Expected funding does not pay for this trade.',
        numbers: {
          cost: '1.44',
          gas: '0',
          tip: '0',
          slippage: '1.44',
          fees: '0',
          expectedRevenue: '0.36',
          net: '-1.08',
          // 2 × 1.44 / 0.36 × 30 days.
          breakEvenMs: 240 * 86_400_000,
          fundingAprPct: 0.88,
          horizonDays: 30,
        },
      },
    ]);
  });

  const asked: readonly (readonly [string, Purpose, Effect, readonly string[]])[] = [
    ['an opening', 'enter', 'opens', ['openings', 'all']],
    ['whatever enlarges the hedge', 'correct', 'opens', ['openings', 'all']],
    ['a drift correction', 'correct', 'hedges', ['all']],
    ['the second leg of an entry', 'finishLeg', 'hedges', []],
    ['undoing a leg', 'undoLeg', 'hedges', []],
    ['flattening', 'flatten', 'hedges', []],
    ['deleveraging', 'deleverage', 'hedges', []],
  ];
  it.each(asked)('[R6.3] asks %s (%s, %s) under %j', (_what, purpose, effect, settings) => {
    const proposed = trade([leg('sell', '10')], { purpose, effect });
    const refusing = (['openings', 'all', 'none'] as const).filter((profitGate) =>
      codesOf(proposed, slippery('0.000001'), { ...riskSettings(), profitGate }).includes('UNPROFITABLE'),
    );

    expect(refusing).toEqual(settings);
  });

  it('[R6.3] never blocks a trade that only reduces, under any setting', () => {
    const all = riskSettings({ profitGate: 'all' });
    const context = contextOf({ funding: '-0.001', perps: [{ size: '-20', quote: '2000' }] });
    const buys = leg('buy', '10');

    expect(codesOf(trade([{ ...buys, reduceOnly: true }], { purpose: 'correct' }), context, all)).toEqual([]);
    expect(codesOf(trade([buys], { purpose: 'correct', effect: 'reduces' }), context, all)).toEqual([]);
    // Healthier afterwards, though nothing says so.
    expect(codesOf(trade([buys], { purpose: 'correct' }), context, all)).toEqual([]);
  });
});
