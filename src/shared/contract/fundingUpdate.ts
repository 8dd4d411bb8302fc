import { z } from 'zod';
import { decimal } from './decimal.ts';
import { engineName, tradingMode } from './engineName.ts';

const position = z.strictObject({
  market: z.string(),
  size: decimal,
  entryPrice: decimal,
  markPrice: decimal,
  /** Null where no price of this market liquidates the account. */
  liquidationPrice: decimal.nullable(),
  unrealizedPnl: decimal,
  unsettledPnl: decimal,
  settledPnl: decimal,
  fundingEarned: decimal,
});

/** All that the screen shows of an engine, at one moment. Times in Unix ms, percentages in percent, rates fractions. */
export const fundingUpdateData = z.strictObject({
  engine: engineName,
  venue: z.string(),
  subAccount: z.number().int(),
  timestamp: z.number(),
  mode: tradingMode,
  target: z.enum(['hedged', 'flat']),
  spotSol: decimal,
  perpSol: decimal,
  netDelta: decimal,
  driftPct: z.number(),
  /** Delta drift over which the hedge is corrected, in percent. */
  driftTolerancePct: z.number(),
  solPrice: decimal,
  fundingRateHourly: decimal,
  /** Percent a year. */
  fundingApr: z.number(),
  /** Averaged over the policy's window, in percent a year; null before there is any history. */
  fundingAverageApr: z.number().nullable(),
  health: z.number().min(0).max(100),
  /** Null where equity is gone: leverage is infinite. */
  leverage: z.number().nullable(),
  totalCollateral: decimal,
  freeCollateral: decimal,
  maintenanceMargin: decimal,
  equity: decimal,
  positions: z.array(position),
  pnl: z.strictObject({
    funding: decimal,
    price: decimal,
    fees: decimal,
    slippage: decimal,
    interest: decimal,
    total: decimal,
  }),
  /** What the same capital would have made otherwise, and what it would be worth; null where nobody compares. */
  comparison: z
    .strictObject({
      justHolding: decimal,
      justHoldingEquity: decimal,
      /** Null where a transfer could not be made there as well, and the two no longer compare. */
      neverLeaving: decimal.nullable(),
      neverLeavingEquity: decimal.nullable(),
    })
    .nullable(),
  /** The paper market's clock; null in live, where time is the world's. */
  clock: z.strictObject({ speed: z.number(), paused: z.boolean(), rushing: z.boolean() }).nullable(),
  /** Null where funding does not pay for the way in and out. */
  breakEvenMs: z.number().nullable(),
  lastAction: z.string().nullable(),
  cooldownRemainingMs: z.number(),
});

export type FundingUpdateData = z.infer<typeof fundingUpdateData>;
