import { z } from 'zod';
import { command } from '../command.ts';
import { decimal, unixMs } from '../decimal.ts';
import { notYet } from '../notYet.ts';

const market = z.string().min(1).max(40);

export const MARKET_COMMANDS = {
  GET_MARKETS: command({
    about: "The venue's markets, with their steps and margins.",
    payload: z.strictObject({}),
    reply: z.strictObject({
      markets: z.array(
        z.strictObject({
          market: z.string(),
          kind: z.enum(['spot', 'perp']),
          asset: z.string(),
          tick: decimal,
          lot: decimal,
          minimum: decimal,
          /** Fractions of the notional. */
          initialMargin: decimal,
          maintenanceMargin: decimal,
        }),
      ),
    }),
    kind: 'read',
  }),
  GET_ORDERBOOK: command({
    about: 'The book of a market, to a depth.',
    payload: z.strictObject({ market, depth: z.number().int().min(1).max(500) }),
    reply: notYet,
    kind: 'read',
  }),
  GET_TRADES: command({
    about: 'Recent trades of a market.',
    payload: z.strictObject({ market, limit: z.number().int().min(1).max(1_000).optional() }),
    reply: notYet,
    kind: 'read',
  }),
  GET_CANDLES: command({
    about: 'Open, high, low, close, volume and VWAP.',
    payload: z.strictObject({
      market,
      resolution: z.enum(['1m', '5m', '15m', '1h', '4h', '1d']),
      from: unixMs,
      to: unixMs,
    }),
    reply: notYet,
    kind: 'read',
  }),
  GET_MARKET_STATS: command({
    about: 'What a market did in 24 hours.',
    payload: z.strictObject({ market }),
    reply: notYet,
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
    about: 'Opens a stream of market data.',
    payload: z.strictObject({ channel: z.enum(['trades', 'book', 'candles']), market }),
    reply: notYet,
    kind: 'read',
  }),
  UNSUBSCRIBE: command({
    about: 'Closes a stream of market data.',
    payload: z.strictObject({ subscriptionId: z.string().max(64) }),
    reply: notYet,
    kind: 'read',
  }),
} as const;
