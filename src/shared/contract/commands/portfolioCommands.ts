import { z } from 'zod';
import { command } from '../command.ts';
import { decimal, positiveDecimal } from '../decimal.ts';
import { notYet } from '../notYet.ts';

const market = z.string().min(1).max(40);
const nothing = z.strictObject({});

export const PORTFOLIO_COMMANDS = {
  GET_PORTFOLIO: command({
    about: 'A summary over all vaults.',
    payload: nothing,
    reply: notYet,
    kind: 'read',
  }),
  GET_RISK_METRICS: command({
    about: 'Value at risk, drawdown, Sharpe, Sortino, beta, correlations.',
    payload: nothing,
    reply: notYet,
    kind: 'read',
  }),
  GET_PNL_BREAKDOWN: command({
    about: 'PnL by market and period.',
    payload: z.strictObject({ period: z.enum(['1d', '7d', '30d', 'all']) }),
    reply: notYet,
    kind: 'read',
  }),
  SET_RISK_LIMITS: command({
    about: 'Sets risk limits.',
    payload: z.strictObject({ limits: z.record(z.string().max(80), z.string().max(80)) }),
    reply: notYet,
    kind: 'act',
  }),
  CHECK_RISK_LIMITS: command({ about: 'Checks risk limits.', payload: nothing, reply: notYet, kind: 'read' }),
  AUTO_HEDGE: command({
    about: 'Hedges to a target delta in at most so many trades.',
    payload: z.strictObject({ targetDelta: decimal.max(40), maxTrades: z.number().int().min(1).max(100) }),
    reply: notYet,
    kind: 'act',
  }),
  GET_LIQUIDATION_RISK: command({
    about: 'How far each market is from liquidation.',
    payload: nothing,
    reply: notYet,
    kind: 'read',
  }),
  SIMULATE_LIQUIDATION: command({
    about: 'Health under price scenarios.',
    payload: z.strictObject({ priceChanges: z.record(z.string().max(20), z.number().min(-100).max(10_000)) }),
    reply: notYet,
    kind: 'read',
  }),
  SUGGEST_POSITION_SIZE: command({
    about: 'A position size for the risk that is to be taken.',
    payload: z.strictObject({
      market,
      riskUsd: positiveDecimal,
      stopLossPct: z.number().positive().max(100),
    }),
    reply: notYet,
    kind: 'read',
  }),
} as const;
