import type { StatusSnapshot } from '../../src/shared/contract/commands/engineCommands.ts';
import type { EngineEventMessage, EngineStatusData } from '../../src/shared/contract/engineStatus.ts';
import type { EventEntry } from '../../src/shared/contract/eventEntry.ts';
import type { BroadcastFrame } from '../../src/shared/contract/frames.ts';
import type { FundingUpdateData } from '../../src/shared/contract/fundingUpdate.ts';

export const STATUS: EngineStatusData = {
  engine: 'funding',
  venue: 'paper',
  subAccount: 0,
  state: 'running',
  mode: 'paper',
  startedAt: 1_700_000_000_000,
  uptimeMs: 60_000,
  latencyMs: 40,
};

export const FUNDING: FundingUpdateData = {
  engine: 'funding',
  venue: 'paper',
  subAccount: 0,
  timestamp: 1_735_689_600_000,
  mode: 'paper',
  target: 'hedged',
  spotSol: '33.3',
  perpSol: '-33.3',
  netDelta: '0',
  driftPct: 0,
  driftTolerancePct: 1,
  solPrice: '150',
  fundingRateHourly: '0.00001',
  fundingApr: 8.76,
  fundingAverageApr: 9.1,
  health: 97.5,
  leverage: 0.48,
  totalCollateral: '9500',
  freeCollateral: '8500',
  maintenanceMargin: '240',
  equity: '9981.5',
  positions: [],
  pnl: { funding: '1', price: '-0.5', fees: '-10', slippage: '-9', interest: '0', total: '-18.5' },
  comparison: {
    justHolding: '-400',
    neverLeaving: '-18.5',
    justHoldingEquity: '9600',
    neverLeavingEquity: '9981.5',
  },
  clock: { speed: 60, paused: false, rushing: false },
  breakEvenMs: null,
  lastAction: null,
  cooldownRemainingMs: 0,
};

export const SNAPSHOT: StatusSnapshot = {
  protocol: 1,
  appVersion: '1.0.0',
  instanceId: 'instance',
  seq: 10,
  firstRun: false,
  settingsRevision: 3,
  engines: [{ status: STATUS, funding: FUNDING }],
};

export const entry = (seq: number, type = 'DECISION'): EventEntry => ({
  seq,
  t: 1_735_689_600_000 + seq,
  type,
  data: { action: 'hedged', because: 'The hedge is in place.' },
});

const numbered = (seq: number) => ({ instanceId: 'instance', seq, sentAt: 1, timestamp: 1 });

export const updateFrame = (seq: number, data: Partial<FundingUpdateData> = {}): BroadcastFrame => ({
  type: 'FUNDING_UPDATE',
  ...numbered(seq),
  data: { ...FUNDING, ...data },
});

export const statusWith = (event: EngineEventMessage): EngineStatusData => ({ ...STATUS, event });

export const statusFrame = (seq: number, event: EngineEventMessage): BroadcastFrame => ({
  type: 'ENGINE_STATUS',
  ...numbered(seq),
  data: statusWith(event),
});
