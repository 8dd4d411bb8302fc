import { z } from 'zod';
import { decimal } from './decimal.ts';

const compared = z.strictObject({ pnlTotal: decimal });
const count = z.number().int().min(0);

/** What a run came to. Money as exact decimal strings in dollars, so that the parts add up; times in Unix ms. */
export const runReport = z.strictObject({
  seed: z.number().int(),
  from: z.number(),
  to: z.number(),
  equityStart: decimal,
  equityEnd: decimal,
  netTransfers: decimal,
  pnl: z.strictObject({
    funding: decimal,
    price: decimal,
    fees: decimal,
    slippage: decimal,
    interest: decimal,
    total: decimal,
  }),
  neverExiting: compared,
  justHolding: compared,
  entries: count,
  exits: count,
  trades: count,
  rebalances: z.strictObject({ up: count, down: count }),
  skipped: z.strictObject({ cooldown: count, minimum: count }),
  blocked: z.record(z.string(), count),
  fundingPayments: count,
  settlements: count,
  minHealth: z.number(),
  /** Null where equity was gone: leverage was infinite. */
  maxLeverage: z.number().nullable(),
  maxDriftPct: z.number(),
  maxUnhedgedUsd: decimal,
  maxUnhedgedMs: z.number(),
  maxDrawdownPct: z.number(),
  liquidated: z.boolean(),
  steps: count,
  eventLogHash: z.string(),
  elapsedMs: z.number(),
});
export type RunReport = z.infer<typeof runReport>;
