import { describe, expect, it } from 'vitest';

import { fundingUpdateData, type FundingUpdateData } from '../../../src/shared/contract/fundingUpdate.ts';

const UPDATE: FundingUpdateData = {
  engine: 'funding',
  venue: 'paper',
  subAccount: 0,
  timestamp: 1_767_225_600_000,
  mode: 'paper',
  target: 'hedged',
  spotSol: '10',
  perpSol: '-10.001',
  netDelta: '-0.001',
  driftPct: -0.01,
  driftTolerancePct: 1,
  solPrice: '150',
  fundingRateHourly: '-0.000012345678',
  fundingApr: -10.8,
  fundingAverageApr: null,
  health: 93.1,
  leverage: 0.5,
  totalCollateral: '1350',
  freeCollateral: '1199.985',
  maintenanceMargin: '75.0075',
  equity: '1500',
  positions: [
    {
      market: 'SOL-PERP',
      size: '-10.001',
      entryPrice: '150',
      markPrice: '150.02',
      liquidationPrice: null,
      unrealizedPnl: '0',
      unsettledPnl: '0',
      settledPnl: '0',
      fundingEarned: '0',
    },
  ],
  pnl: { funding: '0', price: '0', fees: '-1.5', slippage: '-1.5', interest: '0', total: '-3' },
  comparison: {
    justHolding: '12.5',
    neverLeaving: '-3',
    justHoldingEquity: '1512.5',
    neverLeavingEquity: '1497',
  },
  clock: { speed: 60, paused: false, rushing: false },
  breakEvenMs: null,
  lastAction: null,
  cooldownRemainingMs: 0,
};

describe('[R1.7] a broadcast of the funding engine', () => {
  it('carries everything that the screen shows', () => {
    expect(fundingUpdateData.parse(UPDATE)).toEqual(UPDATE);
  });

  it.each(Object.keys(UPDATE))('is refused without its %s', (key) => {
    const { [key as keyof FundingUpdateData]: _left, ...rest } = UPDATE;
    expect(fundingUpdateData.safeParse(rest).success).toBe(false);
  });

  it.each([1_500, '1.5e3', '1,500', '.5', '5.', '', 'NaN', ' 1', null])(
    'has money only as plain decimal texts, never %j',
    (equity) => {
      expect(fundingUpdateData.safeParse({ ...UPDATE, equity }).success).toBe(false);
    },
  );

  it('says null, not a number, where leverage is infinite', () => {
    expect(fundingUpdateData.safeParse({ ...UPDATE, leverage: null }).success).toBe(true);
    expect(fundingUpdateData.safeParse({ ...UPDATE, leverage: Number.POSITIVE_INFINITY }).success).toBe(
      false,
    );
  });

  it.each([
    ['health over 100 %', { health: 100.01 }],
    ['health under 0 %', { health: -0.01 }],
    ['an unknown mode', { mode: 'dryRun' }],
    ['a broken sub-account number', { subAccount: 0.5 }],
    ['a field that the contract does not know', { privateKey: 'x' }],
  ])('is refused with %s', (_what, change) => {
    expect(fundingUpdateData.safeParse({ ...UPDATE, ...change }).success).toBe(false);
  });
});
