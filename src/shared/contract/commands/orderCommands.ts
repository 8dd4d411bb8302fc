import { z } from 'zod';
import { command } from '../command.ts';
import { positiveDecimal } from '../decimal.ts';
import { notYet } from '../notYet.ts';

const market = z.string().min(1).max(40);
const orderId = z.string().min(1).max(64);

const order = z.strictObject({
  market,
  side: z.enum(['buy', 'sell']),
  size: positiveDecimal,
  type: z.enum([
    'market',
    'limit',
    'stopMarket',
    'stopLimit',
    'takeProfitMarket',
    'takeProfitLimit',
    'oracleOffset',
  ]),
  price: positiveDecimal.optional(),
  triggerPrice: positiveDecimal.optional(),
  clientOrderId: orderId.optional(),
  reduceOnly: z.boolean().optional(),
  postOnly: z.enum(['reject', 'try', 'slide']).optional(),
  timeInForce: z.enum(['GTC', 'IOC', 'FOK', 'GTD']).optional(),
  validUntil: z.number().int().optional(),
});

export const ORDER_COMMANDS = {
  PLACE_ORDER: command({ about: 'Places an order by hand.', payload: order, reply: notYet, kind: 'act' }),
  MODIFY_ORDER: command({
    about: 'Changes price, size or trigger of an order.',
    payload: z.strictObject({
      orderId,
      price: positiveDecimal.optional(),
      size: positiveDecimal.optional(),
      triggerPrice: positiveDecimal.optional(),
    }),
    reply: notYet,
    kind: 'act',
  }),
  CANCEL_ORDER: command({
    about: 'Cancels an order.',
    payload: z.strictObject({ orderId }),
    reply: notYet,
    kind: 'act',
  }),
  CANCEL_ALL_ORDERS: command({
    about: 'Cancels all orders, or those of one market.',
    payload: z.strictObject({ market: market.optional() }),
    reply: notYet,
    kind: 'act',
  }),
  GET_OPEN_ORDERS: command({
    about: 'The orders that rest.',
    payload: z.strictObject({ market: market.optional() }),
    reply: notYet,
    kind: 'read',
  }),
  GET_ORDER: command({
    about: 'One order.',
    payload: z.strictObject({ orderId }),
    reply: notYet,
    kind: 'read',
  }),
  GET_ORDER_HISTORY: command({
    about: 'A page of past orders.',
    payload: z.strictObject({
      market: market.optional(),
      limit: z.number().int().min(1).max(500),
      cursor: z.string().max(200).optional(),
    }),
    reply: notYet,
    kind: 'read',
  }),
  GET_TRADING_STATS: command({
    about: 'Fill ratio, maker share, slippage, time to fill, fees, volume.',
    payload: z.strictObject({ market: market.optional() }),
    reply: notYet,
    kind: 'read',
  }),
} as const;
