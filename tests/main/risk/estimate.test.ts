import { describe, expect, it } from 'vitest';

import { parseValue } from '../../../src/shared/money/decimal.ts';
import { value } from '../../../src/shared/money/quantity.ts';
import { estimateNumbers, estimateTrade, judge, round } from '../../../src/main/risk/gates.ts';
import { FREE, contextOf, leg, riskSettings, trade } from './gateCase.ts';

const DAY_MS = 86_400_000;

describe('what is shown beside a proposed trade', () => {
  it('[R6.1] is the cost of both legs, and the break-even time of the round trip', () => {
    const context = contextOf({ gas: '0.00001', funding: '0.00001', paper: {} });
    const legs = [leg('buy', '10', { market: 'SOL' }), leg('sell', '10')] as const;
    const estimate = estimateTrade(legs, context, riskSettings({ tipSol: '0.001' }));

    expect(estimate).toEqual({
      cost: {
        gas: parseValue('0.002'),
        tip: parseValue('0.1'),
        slippage: parseValue('2'),
        fees: parseValue('2'),
        total: parseValue('4.102'),
      },
      // 10 × 100 × 0.001 % × 720 h × 50 %.
      expectedRevenue: parseValue('3.6'),
      net: parseValue('-0.502'),
      // 2 × 4.102 / 3.6 × 30 days.
      breakEvenMs: Math.ceil((2 * 4.102 * 30 * DAY_MS) / 3.6),
    });
  });

  it('[R6.1] takes gas and tip at the oracle of SOL', () => {
    const context = contextOf({ gas: '0.01', prices: { SOL: '200' } });
    const { cost } = estimateTrade([leg('sell', '1')], context, riskSettings({ tipSol: '0.02' }));

    expect([cost.gas, cost.tip]).toEqual([parseValue('2'), parseValue('4')]);
  });

  it('[R6.2] counts the notional of one leg: the perpetual’s, wherever it stands', () => {
    const context = contextOf({ funding: '0.00001', paper: FREE });
    const revenue = (...legs: readonly ReturnType<typeof leg>[]) =>
      estimateTrade(legs, context, riskSettings()).expectedRevenue;
    const spot = leg('buy', '30', { market: 'SOL' });

    expect(revenue(spot, leg('sell', '10'))).toBe(parseValue('3.6'));
    expect(revenue(leg('sell', '10'), spot)).toBe(parseValue('3.6'));
    expect(revenue(spot)).toBe(parseValue('10.8'));
    // 0.01 × 60000 × 0.001 % × 720 × 50 %.
    expect(revenue(leg('sell', '0.01', { market: 'BTC-PERP' }))).toBe(parseValue('2.16'));
    expect(revenue()).toBe(0n);
  });

  it('[R6.2] looks as far ahead as the horizon', () => {
    const context = contextOf({ funding: '0.00001' });
    const at = (horizonDays: string) =>
      estimateTrade([leg('sell', '10')], context, riskSettings({ horizonDays })).expectedRevenue;

    expect(at('30')).toBe(parseValue('3.6'));
    expect(at('60')).toBe(parseValue('7.2'));
  });

  it('[R6.4] counts as much of a positive rate as the setting says', () => {
    const at = (funding: string, positiveFundingSharePct: string) =>
      estimateTrade([leg('sell', '10')], contextOf({ funding }), riskSettings({ positiveFundingSharePct }))
        .expectedRevenue;

    expect(at('0.00001', '100')).toBe(parseValue('7.2'));
    expect(at('0.00001', '0')).toBe(0n);
    expect(at('-0.00001', '0')).toBe(parseValue('-7.2'));
  });

  it('goes with the verdict, whichever it is', () => {
    const context = contextOf({ funding: '0.001' });
    const proposed = trade([leg('sell', '10')]);
    const estimate = estimateTrade(proposed.legs, context, riskSettings());

    expect(judge(proposed, context, riskSettings())).toEqual({
      verdict: 'approved',
      trade: proposed,
      estimate,
    });
    expect(judge(proposed, { ...context, wallet: 0n as never }, riskSettings())).toMatchObject({
      verdict: 'refused',
      trade: proposed,
      estimate,
    });
  });

  it('is written in dollars, each part rounded against the trader, and the sums add up', () => {
    const millionths = (count: bigint) => value(count * 10n ** 12n + 1n);
    const parts = {
      gas: millionths(1n),
      tip: millionths(20n),
      slippage: millionths(300n),
      fees: millionths(4_000n),
    };
    const cost = { ...parts, total: value(Object.values(parts).reduce((sum, part) => sum + part, 0n)) };
    const shown = { cost, expectedRevenue: millionths(5_000n), net: value(0n), breakEvenMs: 5 };

    expect(estimateNumbers(shown)).toEqual({
      cost: '0.004325',
      gas: '0.000002',
      tip: '0.000021',
      slippage: '0.000301',
      fees: '0.004001',
      expectedRevenue: '0.005',
      net: '0.000675',
      breakEvenMs: 5,
    });
    expect(estimateNumbers({ ...shown, breakEvenMs: null })).not.toHaveProperty('breakEvenMs');
  });

  it('rounds percentages to two decimals', () => {
    expect([12.345_6, -0.004, 99.995].map(round)).toEqual([12.35, -0, 100]);
  });

  it('can’t be computed for a market that nobody has, or has not looked at', () => {
    const context = contextOf();

    expect(() => estimateTrade([leg('sell', '1', { market: 'DOGE-PERP' })], context, riskSettings())).toThrow(
      new TypeError('no market DOGE-PERP'),
    );
    expect(() =>
      estimateTrade([leg('sell', '1')], { ...context, preflights: new Map() }, riskSettings()),
    ).toThrow(new TypeError('no preflight for SOL-PERP'));
  });
});
