import { expect } from 'vitest';

import { nano, sum } from '../nano.ts';
import {
  ask,
  cancel,
  change,
  heldIn,
  hour,
  idOf,
  named,
  place,
  priceAt,
  refuse,
  type Step,
} from './scene.ts';

const PERP = 'SOL-PERP';
const LOT = 1_000_000_000n;

/** Changing, cancelling, closing, settling, and what is said of it all. */
export const CHANGES: readonly Step[] = [
  change(
    'bid',
    'the price of a resting order',
    (scene) => ({ price: priceAt.bid(scene, PERP, -40) }),
    'open',
    ({ order }, before) => {
      expect(order?.price).not.toBe(named(before, 'bid').price);
      expect(order?.orderId).toBe(idOf(before, 'bid'));
    },
  ),
  change(
    'bid',
    'its size, and what it reserves with it',
    () => ({ size: '3' }),
    'open',
    ({ order, account }, before) => {
      expect(order).toMatchObject({ size: '3', left: '3', price: named(before, 'bid').price });
      expect(nano(account.reserved)).toBeGreaterThan(nano(before.account.reserved));
    },
  ),
  change('bid', 'a size off the lot is refused', () => ({ size: '3.00001' }), 'INVALID_SIZE'),
  change('bid', 'a price off the tick too', () => ({ price: '140.0001' }), 'INVALID_PRICE'),
  change('bid', 'and what the order has not', () => ({ triggerPrice: '140' }), 'INVALID_PAYLOAD'),
  change(
    'stopFar',
    'the trigger of a stop',
    (scene) => ({ triggerPrice: priceAt.oracle(scene, PERP, -400) }),
    'untriggered',
    ({ order }, before) => {
      expect(order?.triggerPrice).not.toBe(named(before, 'stopFar').triggerPrice);
    },
  ),
  change(
    'stopFar',
    'never past the market',
    (scene) => ({ triggerPrice: priceAt.oracle(scene, PERP, 10) }),
    'INVALID_TRIGGER',
  ),
  change(
    'offset',
    'the offset of an oracle-offset order',
    () => ({ offset: '-40' }),
    'open',
    ({ order }, before) => {
      expect(nano(order?.price ?? '0')).toBe(nano(before.books[PERP]?.oracle ?? '0') - 40n * LOT);
    },
  ),
  change('market', 'an order that has filled is over', () => ({ size: '2' }), 'ORDER_NOT_OPEN'),
  refuse(
    'MODIFY_ORDER',
    'one that was never there is unknown',
    () => ({ orderId: 'm99999', size: '1' }),
    'UNKNOWN_ORDER',
  ),
  refuse('CANCEL_ORDER', 'to a cancel as well', () => ({ orderId: 'nobody' }), 'UNKNOWN_ORDER'),
  refuse('GET_ORDER', 'and to a question', () => ({ orderId: 'nobody' }), 'UNKNOWN_ORDER'),
  place(
    'touch',
    'an order at the touch',
    (scene) => ({
      market: PERP,
      side: 'buy',
      size: '1',
      type: 'limit',
      price: priceAt.bid(scene, PERP),
      postOnly: 'reject',
    }),
    'open',
  ),
  hour('fills as a maker when its turn comes, and earns the rebate', async ({ orderOf }) => {
    const { state, fee, averagePrice, price, firstFillAt, createdAt } = await orderOf('touch');
    expect({ state, averagePrice }).toEqual({ state: 'filled', averagePrice: price });
    expect(nano(fee)).toBeLessThan(0n);
    expect(firstFillAt ?? 0).toBeGreaterThan(createdAt);
  }),
  ask(
    'GET_OPEN_ORDERS',
    'what is open, oldest first',
    () => ({}),
    ({ orders }, { account }) => {
      expect(orders.map(({ createdAt }) => createdAt)).toEqual(
        orders.map(({ createdAt }) => createdAt).toSorted((a, b) => a - b),
      );
      expect(orders.every(({ left }) => nano(left) > 0n)).toBe(true);
      expect(nano(account.reserved)).toBeGreaterThan(0n);
    },
  ),
  ask(
    'GET_OPEN_ORDERS',
    'of one market',
    () => ({ market: 'BTC-PERP' }),
    ({ orders }, _, before) => {
      expect(orders.map(({ orderId }) => orderId)).toEqual([idOf(before, 'restingEntry')]);
    },
  ),
  ask(
    'CANCEL_ALL_ORDERS',
    'all of one market are cancelled',
    () => ({ market: 'BTC-PERP' }),
    async ({ cancelled, failed }, { orderOf }, before) => {
      expect(failed).toEqual([]);
      expect(cancelled.map(({ orderId }) => orderId)).toEqual([idOf(before, 'restingEntry')]);
      expect((await orderOf('bid')).state).toBe('open');
    },
  ),
  cancel('bid', 'one', 'cancelled'),
  refuse(
    'CANCEL_ALL_ORDERS',
    'none of a market that is not there',
    () => ({ market: 'DOGE-PERP' }),
    'UNKNOWN_MARKET',
  ),
  ask(
    'CANCEL_ALL_ORDERS',
    'and all',
    () => ({}),
    async ({ cancelled, failed }, { account, orderOf }) => {
      expect(failed).toEqual([]);
      expect(cancelled.map(({ state }) => state)).toEqual(cancelled.map(() => 'cancelled'));
      for (const name of ['offset', 'stopFar', 'never'])
        expect((await orderOf(name)).state).toBe('cancelled');
      expect(nano(account.reserved)).toBe(0n);
    },
  ),
  ask(
    'DRIFT_OPEN_POSITION',
    'a position is opened',
    () => ({ market: PERP, direction: 'short', size: '20' }),
    ({ order }, { account }, before) => {
      expect(order).toMatchObject({ state: 'filled', side: 'sell', type: 'market' });
      expect(heldIn(account, PERP) - heldIn(before.account, PERP)).toBe(-20n * LOT);
    },
  ),
  refuse(
    'DRIFT_OPEN_POSITION',
    'never in spot',
    () => ({ market: 'SOL', direction: 'long', size: '1' }),
    'UNKNOWN_MARKET',
  ),
  hour('time passes over it'),
  ask(
    'DRIFT_SETTLE_PNL',
    'what it has made or lost is settled into cash',
    () => ({ market: PERP }),
    ({ settled }, { account }, before) => {
      expect(nano(settled)).not.toBe(0n);
      expect(nano(account.cash) - nano(before.account.cash)).toBe(nano(settled));
      expect(account.positions.find(({ market }) => market === PERP)?.unsettledPnl).toBe('0');
    },
  ),
  ask(
    'DRIFT_CLOSE_POSITION',
    'all is closed, the SOL too',
    () => ({ market: 'ALL', sellSpot: true }),
    ({ orders }, { account }) => {
      expect(orders.map(({ market, state, reduceOnly }) => ({ market, state, reduceOnly }))).toEqual([
        { market: PERP, state: 'filled', reduceOnly: true },
        { market: 'SOL', state: 'filled', reduceOnly: true },
      ]);
      expect(account.positions.map(({ size }) => size)).toEqual(account.positions.map(() => '0'));
      // What is smaller than a lot is interest, and stays.
      expect(nano(account.spotSol)).toBeLessThan(1_000_000n);
      expect(account.figures).toMatchObject({ leverage: 0, health: 100 });
    },
  ),
  refuse(
    'DRIFT_CLOSE_POSITION',
    'where nothing is open, nothing is closed',
    () => ({ market: 'ALL' }),
    'REDUCE_ONLY_WOULD_INCREASE',
  ),
  ask(
    'GET_TRADING_STATS',
    'the statistics count what was done',
    () => ({}),
    async (stats, { wire }) => {
      const { orders, cursor } = await wire.ask('GET_ORDER_HISTORY', { limit: 500 });
      const { fills } = await wire.ask('GET_FILLS', { limit: 500 });
      expect(cursor).toBeNull();
      const count = (state: string): number => orders.filter((one) => one.state === state).length;
      const states = ['filled', 'partiallyFilled', 'cancelled', 'rejected', 'expired', 'unknown'] as const;
      expect(Object.fromEntries(states.map((state) => [state, stats[state]]))).toEqual(
        Object.fromEntries(states.map((state) => [state, count(state)])),
      );
      expect(stats).toMatchObject({ orders: orders.length, open: 0 });
      const notional = fills.map(({ size, price }) => (nano(size) * nano(price)) / LOT);
      expect(nano(stats.volume)).toBe(sum(notional));
      expect(nano(stats.feesPaid) - nano(stats.rebates)).toBe(sum(fills.map(({ fee }) => nano(fee))));
      expect(stats.makerSharePct).toBeGreaterThan(0);
    },
  ),
];
