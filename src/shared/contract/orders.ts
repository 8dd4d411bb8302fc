import { z } from 'zod';
import { decimal, unixMs } from './decimal.ts';
import { errorCode } from './errorCodes.ts';

export const marketName = z.string().min(1).max(40);
/** The program's number of an order, or the client order id that it was placed with. */
export const orderIdText = z.string().min(1).max(64);

/** What a trader typed: whether it is on the market's grid is said with the nearest value that is. */
const amount = z.string().max(40);

export const orderType = z.enum([
  'market',
  'limit',
  'stopMarket',
  'stopLimit',
  'takeProfitMarket',
  'takeProfitLimit',
  'oracleOffset',
]);
export type OrderType = z.infer<typeof orderType>;

const beyond = z.enum(['above', 'below']);

/** What has to come true before an order is sent. */
export const condition = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('price'),
    market: marketName,
    source: z.enum(['oracle', 'mark']),
    is: beyond,
    price: amount,
  }),
  /** Funding of a market now, in percent a year. */
  z.strictObject({ kind: z.literal('funding'), market: marketName, is: beyond, apr: z.number() }),
  /** Health of the account, in percent. */
  z.strictObject({ kind: z.literal('health'), is: beyond, pct: z.number().min(0).max(100) }),
  z.strictObject({ kind: z.literal('time'), at: unixMs }),
]);
export type Condition = z.infer<typeof condition>;

export const conditions = z.strictObject({
  match: z.enum(['all', 'any']),
  of: z.array(condition).min(1).max(8),
});
export type Conditions = z.infer<typeof conditions>;

/** An exit that goes with an entry: market where it has no price, limit where it has. */
const bracketLeg = z.strictObject({ triggerPrice: amount, price: amount.optional() });

export const orderTicket = z.strictObject({
  market: marketName,
  side: z.enum(['buy', 'sell']),
  size: amount,
  type: orderType,
  /** The limit of limit types. */
  price: amount.optional(),
  /** Of stops and take-profits: the oracle price that lets them loose. */
  triggerPrice: amount.optional(),
  /** Of an oracle-offset order: dollars from the oracle, negative below it. */
  offset: amount.optional(),
  /** Sent once these hold. For market, limit and oracle-offset orders. */
  conditions: conditions.optional(),
  postOnly: z.enum(['reject', 'try', 'slide']).optional(),
  /** Left out: GTC for what may rest, IOC for market orders. */
  timeInForce: z.enum(['GTC', 'IOC', 'FOK', 'GTD']).optional(),
  /** When a GTD order ends. */
  validUntil: unixMs.optional(),
  reduceOnly: z.boolean().optional(),
  clientOrderId: z
    .string()
    .regex(/^[A-Za-z0-9_.:-]{1,32}$/, '1 to 32 letters, digits, or any of _ . : -')
    .optional(),
  /** Exits that are placed, reduce-only, for what the entry has filled; when one fills, the other is cancelled. */
  bracket: z.strictObject({ takeProfit: bracketLeg.optional(), stopLoss: bracketLeg.optional() }).optional(),
});
export type OrderTicket = z.infer<typeof orderTicket>;

/**
 * `conditional` waits for its conditions here, `untriggered` for its trigger at the venue. `placing`, `modifying`,
 * `cancelling` and `unknown` wait for the venue's answer. `partiallyFilled` is over: filled in part, the rest cancelled.
 */
export const orderState = z.enum([
  'conditional',
  'placing',
  'untriggered',
  'open',
  'modifying',
  'cancelling',
  'unknown',
  'filled',
  'partiallyFilled',
  'cancelled',
  'rejected',
  'expired',
]);
export type OrderState = z.infer<typeof orderState>;

/** What an order was expected to cost and earn when it was decided on. Dollars; each part estimated by itself. */
export const orderEstimate = z.strictObject({
  /** What would be taken from the book at once, and its average price; null where nothing would. */
  takes: decimal,
  averagePrice: decimal.nullable(),
  rests: decimal,
  slippage: decimal,
  fees: decimal,
  gas: decimal,
  tip: decimal,
  cost: decimal,
  /** Funding over the horizon; negative where it would be paid. */
  expectedRevenue: decimal,
  net: decimal,
  breakEvenMs: z.number().nullable(),
});
export type OrderEstimateView = z.infer<typeof orderEstimate>;

export const orderView = z.strictObject({
  orderId: z.string(),
  clientOrderId: z.string().nullable(),
  market: z.string(),
  side: z.enum(['buy', 'sell']),
  type: orderType,
  state: orderState,
  size: decimal,
  filled: decimal,
  /** size − filled, while it may still fill; zero once it is over. */
  left: decimal,
  /** The limit now; null while nothing says it. */
  price: decimal.nullable(),
  triggerPrice: decimal.nullable(),
  offset: decimal.nullable(),
  conditions: conditions.nullable(),
  postOnly: z.enum(['reject', 'try', 'slide']).nullable(),
  timeInForce: z.enum(['GTC', 'IOC', 'FOK', 'GTD']),
  validUntil: z.number().nullable(),
  reduceOnly: z.boolean(),
  /** Of a bracket: the entry that it belongs to. */
  parentId: z.string().nullable(),
  role: z.enum(['single', 'entry', 'takeProfit', 'stopLoss']),
  averagePrice: decimal.nullable(),
  quote: decimal,
  /** Negative: a rebate. */
  fee: decimal,
  /** Size before it in the queue at its price; null where that means nothing. */
  ahead: decimal.nullable(),
  /** The mid when it was decided on, for its slippage; null where there was no book. */
  decisionMid: decimal.nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
  firstFillAt: z.number().nullable(),
  doneAt: z.number().nullable(),
  /** Why it was refused or ended, where there is more to say than its state. */
  code: errorCode.nullable(),
  reason: z.string().nullable(),
});
export type OrderView = z.infer<typeof orderView>;

export const fillView = z.strictObject({
  id: z.string(),
  orderId: z.string(),
  t: z.number(),
  market: z.string(),
  side: z.enum(['buy', 'sell']),
  size: decimal,
  price: decimal,
  fee: decimal,
  liquidity: z.enum(['maker', 'taker']),
});
export type FillView = z.infer<typeof fillView>;

const liquidation = z.strictObject({
  asset: z.string(),
  /** Liquidated at this oracle price or higher, or lower; null where no price does it. */
  above: decimal.nullable(),
  below: decimal.nullable(),
});

/** An account at one moment, or as it would be after an order. */
export const accountFigures = z.strictObject({
  equity: decimal,
  /** Null where equity is gone: infinite. Open orders are counted at their worst. */
  leverage: z.number().nullable(),
  health: z.number().min(0).max(100),
  freeCollateral: decimal,
  initialMargin: decimal,
  maintenanceMargin: decimal,
  liquidations: z.array(liquidation),
});
export type AccountFiguresView = z.infer<typeof accountFigures>;

export const orderPreview = z.strictObject({
  estimate: orderEstimate,
  before: accountFigures,
  /** Once everything of it has filled: what takes at its likely price, what rests at its limit. */
  after: accountFigures,
  /** What would refuse it now; empty where nothing does. */
  refusals: z.array(z.strictObject({ code: errorCode, message: z.string() })),
});
export type OrderPreviewView = z.infer<typeof orderPreview>;

export const tradingPosition = z.strictObject({
  market: z.string(),
  size: decimal,
  entryPrice: decimal,
  markPrice: decimal,
  notional: decimal,
  liquidationAbove: decimal.nullable(),
  liquidationBelow: decimal.nullable(),
  unrealizedPnl: decimal,
  unsettledPnl: decimal,
  settledPnl: decimal,
  fundingEarned: decimal,
});
export type TradingPositionView = z.infer<typeof tradingPosition>;

export const tradingAccount = z.strictObject({
  venue: z.string(),
  subAccount: z.number().int(),
  /** The market's clock. */
  timestamp: z.number(),
  cash: decimal,
  spotSol: decimal,
  /** SOL of the wallet, for gas. */
  walletSol: decimal,
  figures: accountFigures,
  /** Initial margin that open orders reserve beyond that of the positions. */
  reserved: decimal,
  /** Volume of 30 days, which the fee tier goes by, and the fees now, as fractions. */
  volume30d: decimal,
  takerFee: decimal,
  makerFee: decimal,
  positions: z.array(tradingPosition),
});
export type TradingAccountView = z.infer<typeof tradingAccount>;
