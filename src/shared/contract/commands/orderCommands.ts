import { z } from 'zod';
import { command } from '../command.ts';
import { decimal } from '../decimal.ts';
import { errorCode } from '../errorCodes.ts';
import {
  fillView,
  marketName,
  orderIdText,
  orderPreview,
  orderTicket,
  orderView,
  tradingAccount,
} from '../orders.ts';

const amount = z.string().max(40);
const page = {
  market: marketName.optional(),
  limit: z.number().int().min(1).max(500),
  /** What the page before answered. */
  cursor: z.string().max(200).optional(),
};

export const ORDER_COMMANDS = {
  PLACE_ORDER: command({
    about:
      'Places an order by hand. A client order id that was used before is answered with the order that it was used for.',
    payload: orderTicket,
    reply: z.strictObject({ order: orderView, preview: orderPreview, repeated: z.boolean() }),
    kind: 'act',
  }),
  PREVIEW_ORDER: command({
    about:
      'What an order would cost and earn, how the account would stand after it, and what would refuse it.',
    payload: orderTicket,
    reply: orderPreview,
    kind: 'read',
  }),
  MODIFY_ORDER: command({
    about: 'Changes price, size, trigger or offset of an order that rests or waits.',
    payload: z
      .strictObject({
        orderId: orderIdText,
        price: amount.optional(),
        size: amount.optional(),
        triggerPrice: amount.optional(),
        offset: amount.optional(),
      })
      .refine(({ orderId: _, ...change }) => Object.values(change).some((one) => one !== undefined), {
        message: 'something has to change',
      }),
    reply: z.strictObject({ order: orderView }),
    kind: 'act',
  }),
  CANCEL_ORDER: command({
    about: 'Cancels an order.',
    payload: z.strictObject({ orderId: orderIdText }),
    reply: z.strictObject({ order: orderView }),
    kind: 'act',
  }),
  CANCEL_ALL_ORDERS: command({
    about: 'Cancels all orders, or those of one market.',
    payload: z.strictObject({ market: marketName.optional() }),
    reply: z.strictObject({
      cancelled: z.array(orderView),
      /** Those that could not be cancelled, or of which that is not known yet, and why. */
      failed: z.array(z.strictObject({ order: orderView, code: errorCode, message: z.string() })),
    }),
    kind: 'act',
  }),
  GET_OPEN_ORDERS: command({
    about: 'The orders that rest or wait, oldest first.',
    payload: z.strictObject({ market: marketName.optional() }),
    reply: z.strictObject({ orders: z.array(orderView) }),
    kind: 'read',
  }),
  GET_ORDER: command({
    about: 'One order with its fills, by its number or its client order id.',
    payload: z.strictObject({ orderId: orderIdText }),
    reply: z.strictObject({ order: orderView, fills: z.array(fillView) }),
    kind: 'read',
  }),
  GET_ORDER_HISTORY: command({
    about: 'A page of all orders, newest first.',
    payload: z.strictObject(page),
    reply: z.strictObject({ orders: z.array(orderView), cursor: z.string().nullable() }),
    kind: 'read',
  }),
  GET_FILLS: command({
    about: 'A page of own fills, newest first.',
    payload: z.strictObject(page),
    reply: z.strictObject({ fills: z.array(fillView), cursor: z.string().nullable() }),
    kind: 'read',
  }),
  GET_TRADING_STATS: command({
    about: 'Fill ratio, maker share, slippage, time to fill, fees, volume.',
    payload: z.strictObject({ market: marketName.optional() }),
    reply: z.strictObject({
      orders: z.number().int(),
      open: z.number().int(),
      filled: z.number().int(),
      partiallyFilled: z.number().int(),
      cancelled: z.number().int(),
      rejected: z.number().int(),
      expired: z.number().int(),
      unknown: z.number().int(),
      /** Σ filled notional / Σ ordered notional of the orders that are over, in percent; null before there are any. */
      fillRatioPct: z.number().nullable(),
      /** Of the volume, in percent. */
      makerSharePct: z.number().nullable(),
      /** Against the mid when the order was decided on, weighted by volume, in hundredths of a percent; positive is a cost. */
      slippageBp: z.number().nullable(),
      slippage: decimal,
      /** From being placed to the first fill: the median and the mean, in ms of the market. */
      medianTimeToFillMs: z.number().nullable(),
      meanTimeToFillMs: z.number().nullable(),
      feesPaid: decimal,
      rebates: decimal,
      volume: decimal,
    }),
    kind: 'read',
  }),
  GET_TRADING_ACCOUNT: command({
    about:
      'The sub-account that is traded by hand: balances, health, leverage, positions with liquidation prices.',
    payload: z.strictObject({}),
    reply: tradingAccount,
    kind: 'read',
  }),
} as const;
