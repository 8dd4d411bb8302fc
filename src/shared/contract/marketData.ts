import { z } from 'zod';
import { decimal } from './decimal.ts';
import { fillView, orderView, tradingAccount } from './orders.ts';

export const resolution = z.enum(['1m', '5m', '15m', '1h', '4h', '1d']);

const level = z.strictObject({ price: decimal, size: decimal });

/** Both sides best first. Null where a side is empty. */
export const bookView = z.strictObject({
  market: z.string(),
  t: z.number(),
  sequence: z.number().int(),
  bids: z.array(level),
  asks: z.array(level),
  mid: decimal.nullable(),
  spread: decimal.nullable(),
  /** Of the mid, in hundredths of a percent. */
  spreadBp: z.number().nullable(),
  mark: decimal,
  oracle: decimal,
});
export type BookViewData = z.infer<typeof bookView>;

export const tradeView = z.strictObject({
  id: z.number().int(),
  t: z.number(),
  price: decimal,
  size: decimal,
  /** The taker's. */
  side: z.enum(['buy', 'sell']),
});
export type TradeView = z.infer<typeof tradeView>;

export const candleView = z.strictObject({
  /** When it opens. */
  t: z.number(),
  open: decimal,
  high: decimal,
  low: decimal,
  close: decimal,
  /** In the base asset, and in dollars. */
  volume: decimal,
  quote: decimal,
  trades: z.number().int(),
  /** Null where nothing traded. */
  vwap: decimal.nullable(),
});
export type CandleView = z.infer<typeof candleView>;

export const marketStats = z.strictObject({
  market: z.string(),
  t: z.number(),
  /** How much of the 24 hours is covered, in ms. */
  coveredMs: z.number(),
  last: decimal.nullable(),
  open: decimal.nullable(),
  high: decimal.nullable(),
  low: decimal.nullable(),
  changePct: z.number().nullable(),
  volume: decimal,
  quote: decimal,
  trades: z.number().int(),
  vwap: decimal.nullable(),
  mark: decimal,
  oracle: decimal,
  /** Percent a year; null for spot, and before the first payment. */
  fundingApr: z.number().nullable(),
});
export type MarketStatsView = z.infer<typeof marketStats>;

const kind = z.enum(['snapshot', 'update']);

/** What a subscription carries: a snapshot first and after a gap, then what has changed. */
export const marketDataBody = z.discriminatedUnion('channel', [
  /** An update replaces the levels that it names; a size of "0" takes one away. */
  z.strictObject({ channel: z.literal('book'), kind, from: z.number().int(), book: bookView }),
  /** Oldest first. */
  z.strictObject({ channel: z.literal('trades'), kind, market: z.string(), trades: z.array(tradeView) }),
  z.strictObject({
    channel: z.literal('candles'),
    kind,
    market: z.string(),
    resolution,
    /** Oldest first; the last is still open. */
    candles: z.array(candleView),
  }),
  /** Own orders, fills and the account. The snapshot has every open order; an update those that changed. */
  z.strictObject({
    channel: z.literal('account'),
    kind,
    orders: z.array(orderView),
    fills: z.array(fillView),
    account: tradingAccount,
  }),
]);
export type MarketDataBody = z.infer<typeof marketDataBody>;
