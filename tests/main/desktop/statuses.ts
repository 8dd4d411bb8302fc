import type { EngineStatusData } from '../../../src/shared/contract/engineStatus.ts';
import type { FundingUpdateData } from '../../../src/shared/contract/fundingUpdate.ts';

export const STOPPED: EngineStatusData = {
  engine: 'funding',
  venue: 'paper',
  subAccount: 0,
  state: 'stopped',
  mode: 'paper',
  startedAt: null,
  uptimeMs: 0,
  latencyMs: null,
};

export const RUNNING: EngineStatusData = { ...STOPPED, state: 'running', startedAt: 1 };
export const LIVE: EngineStatusData = { ...RUNNING, mode: 'live', venue: 'drift' };

export const HEDGED: FundingUpdateData = {
  engine: 'funding',
  venue: 'drift',
  subAccount: 0,
  timestamp: 1,
  mode: 'live',
  target: 'hedged',
  spotSol: '12.5',
  perpSol: '-12.5',
  netDelta: '0',
  driftPct: 0,
  driftTolerancePct: 1,
  solPrice: '150',
  fundingRateHourly: '0.00001',
  fundingApr: 8.76,
  fundingAverageApr: null,
  health: 87.6,
  leverage: 1,
  totalCollateral: '2000',
  freeCollateral: '1000',
  maintenanceMargin: '100',
  equity: '2000',
  positions: [
    {
      market: 'SOL-PERP',
      size: '-12.5',
      entryPrice: '150',
      markPrice: '150',
      liquidationPrice: '290',
      unrealizedPnl: '0',
      unsettledPnl: '0',
      settledPnl: '0',
      fundingEarned: '0',
    },
  ],
  pnl: { funding: '0', price: '0', fees: '0', slippage: '0', interest: '0', total: '0' },
  comparison: null,
  clock: null,
  breakEvenMs: null,
  lastAction: null,
  cooldownRemainingMs: 0,
};

/** Nothing is held. */
export const FLAT: FundingUpdateData = {
  ...HEDGED,
  venue: 'paper',
  mode: 'paper',
  target: 'flat',
  spotSol: '0',
  perpSol: '0',
  health: 100,
  positions: [],
};
