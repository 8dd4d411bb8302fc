import { z } from 'zod';
import { command } from '../command.ts';
import { decimal, unixMs } from '../decimal.ts';
import { bookView, candleView, marketStats, resolution, tradeView } from '../marketData.ts';

const market = z.string().min(1).max(40);

export const MARKET_COMMANDS = {
  GET_MARKETS: command({
    about: "The venue's markets, with their steps and margins.",
    payload: z.strictObject({}),
    reply: z.strictObject({
      markets: z.array(
        z.strictObject({
          market: z.string(),
          kind: z.enum(['spot', 'perp', 'option']),
          asset: z.string(),
          tick: decimal,
          lot: decimal,
          minimum: decimal,
          /** Fractions of the notional. */
          initialMargin: decimal,
          maintenanceMargin: decimal,
          /** Fees now, as fractions of notional; negative is a rebate. */
          takerFee: decimal,
          makerFee: decimal,
        }),
      ),
    }),
    kind: 'read',
  }),
  GET_ORDERBOOK: command({
    about: 'The book of a market, to a depth.',
    payload: z.strictObject({ market, depth: z.number().int().min(1).max(500) }),
    reply: bookView,
    kind: 'read',
  }),
  GET_TRADES: command({
    about: 'Recent trades of a market, newest first.',
    payload: z.strictObject({ market, limit: z.number().int().min(1).max(1_000).optional() }),
    reply: z.strictObject({ trades: z.array(tradeView) }),
    kind: 'read',
  }),
  GET_CANDLES: command({
    about:
      'Open, high, low, close, volume and VWAP, oldest first; the newest `limit` of the span where there are more. A candle without trades stands flat at the last price.',
    payload: z.strictObject({
      market,
      resolution,
      from: unixMs,
      to: unixMs,
      limit: z.number().int().min(1).max(1_500).optional(),
    }),
    reply: z.strictObject({
      candles: z.array(candleView),
      /** Whether there are older ones within the span. */
      more: z.boolean(),
    }),
    kind: 'read',
  }),
  GET_MARKET_STATS: command({
    about: 'What a market did in 24 hours.',
    payload: z.strictObject({ market }),
    reply: marketStats,
    kind: 'read',
  }),
  GET_FUNDING_HISTORY: command({
    about: "Funding rates that a vault's engine has seen paid, newest last.",
    payload: z.strictObject({
      market,
      from: unixMs.optional(),
      to: unixMs.optional(),
      limit: z.number().int().min(1).max(2_000).optional(),
    }),
    reply: z.strictObject({
      rates: z.array(z.strictObject({ t: z.number(), rate: decimal, periodMs: z.number() })),
    }),
    kind: 'read',
  }),
  SUBSCRIBE: command({
    about:
      'Opens a stream: MARKET_DATA frames on this connection, a snapshot first, then what changes. After a gap comes a snapshot.',
    payload: z.discriminatedUnion('channel', [
      z.strictObject({
        channel: z.literal('book'),
        market,
        depth: z.number().int().min(1).max(500).optional(),
      }),
      z.strictObject({ channel: z.literal('trades'), market }),
      z.strictObject({ channel: z.literal('candles'), market, resolution: resolution.optional() }),
      z.strictObject({ channel: z.literal('account') }),
    ]),
    reply: z.strictObject({ subscriptionId: z.string() }),
    kind: 'read',
  }),
  UNSUBSCRIBE: command({
    about: 'Closes a stream. Closing one that is not there changes nothing.',
    payload: z.strictObject({ subscriptionId: z.string().max(64) }),
    reply: z.strictObject({ closed: z.boolean() }),
    kind: 'read',
  }),
} as const;
