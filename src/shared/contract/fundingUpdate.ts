import { z } from 'zod';

/** Money and sizes travel as decimal strings: no binary fraction on the way to the screen. */
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);

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
  engine: z.literal('funding'),
  venue: z.string(),
  subAccount: z.number().int(),
  timestamp: z.number(),
  mode: z.enum(['paper', 'live']),
  target: z.enum(['hedged', 'flat']),
  spotSol: decimal,
  perpSol: decimal,
  netDelta: decimal,
  driftPct: z.number(),
  solPrice: decimal,
  fundingRateHourly: decimal,
  fundingApr: z.number(),
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
  /** Null where funding does not pay for the way in and out. */
  breakEvenMs: z.number().nullable(),
  lastAction: z.string().nullable(),
  cooldownRemainingMs: z.number(),
});

export type FundingUpdateData = z.infer<typeof fundingUpdateData>;
