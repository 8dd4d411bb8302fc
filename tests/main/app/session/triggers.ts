import { expect } from 'vitest';

import type { OrderState, OrderView } from '../../../../src/shared/contract/orders.ts';
import { nano } from '../nano.ts';
import { heldStill } from './expectations.ts';
import { heldIn, hour, named, place, priceAt, refuse, type After, type Step } from './scene.ts';

const PERP = 'SOL-PERP';
const ETH = 'ETH-PERP';
const LOT = 1_000_000_000n;
const MINUTE_MS = 60_000;

const become =
  (states: Readonly<Record<string, OrderState>>) =>
  async ({ orderOf }: After): Promise<void> => {
    const names = Object.keys(states);
    const now = await Promise.all(names.map(async (name) => [name, (await orderOf(name)).state]));
    expect(Object.fromEntries(now)).toEqual(states);
  };

/** What waits: for the oracle, for conditions, for its time; and what an hour of the market makes of it. */
export const TRIGGERS: readonly Step[] = [
  place(
    'stopBuy',
    'a stop above the market waits',
    (scene) => ({
      market: PERP,
      side: 'buy',
      size: '1',
      type: 'stopMarket',
      triggerPrice: priceAt.oracle(scene, PERP, 0.1),
    }),
    'untriggered',
    heldStill,
  ),
  place(
    'stopFar',
    'so does one that the market will not reach',
    (scene) => ({
      market: PERP,
      side: 'sell',
      size: '1',
      type: 'stopMarket',
      triggerPrice: priceAt.oracle(scene, PERP, -500),
    }),
    'untriggered',
    heldStill,
  ),
  place(
    'stopLimit',
    'a stop-limit has a limit of its own',
    (scene) => ({
      market: PERP,
      side: 'sell',
      size: '1',
      type: 'stopLimit',
      triggerPrice: priceAt.oracle(scene, PERP, -0.1),
      price: priceAt.oracle(scene, PERP, -30),
    }),
    'untriggered',
    heldStill,
  ),
  place(
    'profitMarket',
    'a take-profit waits for the market to come',
    (scene) => ({
      market: PERP,
      side: 'buy',
      size: '2',
      type: 'takeProfitMarket',
      triggerPrice: priceAt.oracle(scene, PERP, -0.1),
    }),
    'untriggered',
    heldStill,
  ),
  place(
    'profitLimit',
    'a take-profit-limit too',
    (scene) => ({
      market: PERP,
      side: 'sell',
      size: '2',
      type: 'takeProfitLimit',
      triggerPrice: priceAt.oracle(scene, PERP, 0.1),
      price: priceAt.oracle(scene, PERP, -30),
    }),
    'untriggered',
    heldStill,
  ),
  refuse(
    'PLACE_ORDER',
    'a trigger on the wrong side is refused',
    (scene) => ({
      market: PERP,
      side: 'buy',
      size: '1',
      type: 'stopMarket',
      triggerPrice: priceAt.oracle(scene, PERP, -5),
    }),
    'INVALID_TRIGGER',
  ),
  place(
    'offset',
    'an oracle-offset order rests at its distance',
    (scene) => ({
      market: PERP,
      side: 'buy',
      size: '1',
      type: 'oracleOffset',
      offset: '-30',
      clientOrderId: `offset-${scene.now}`,
    }),
    'open',
    ({ order }, before) => {
      const oracle = nano(before.books[PERP]?.oracle ?? '0');
      expect(nano(order?.price ?? '0')).toBe(oracle - 30n * LOT);
    },
  ),
  place(
    'gtd',
    'a GTD order rests until its time',
    (scene) => ({
      market: PERP,
      side: 'buy',
      size: '1',
      type: 'limit',
      price: priceAt.bid(scene, PERP, -50),
      timeInForce: 'GTD',
      validUntil: scene.now + 10 * MINUTE_MS,
    }),
    'open',
  ),
  place(
    'entry',
    'an entry with both exits',
    (scene) => ({
      market: ETH,
      side: 'buy',
      size: '1',
      type: 'market',
      bracket: {
        takeProfit: { triggerPrice: priceAt.oracle(scene, ETH, 2) },
        stopLoss: { triggerPrice: priceAt.oracle(scene, ETH, -2) },
      },
    }),
    'filled',
    ({ account, order }) => {
      expect(order?.role).toBe('entry');
      expect(heldIn(account, ETH)).toBe(LOT);
    },
  ),
  place(
    'shortEntry',
    'an entry the other way, with both exits',
    (scene) => ({
      market: 'BTC-PERP',
      side: 'sell',
      size: '0.05',
      type: 'market',
      bracket: {
        takeProfit: { triggerPrice: priceAt.oracle(scene, 'BTC-PERP', -2) },
        stopLoss: { triggerPrice: priceAt.oracle(scene, 'BTC-PERP', 20) },
      },
    }),
    'filled',
    ({ account }) => {
      expect(heldIn(account, 'BTC-PERP')).toBe(-LOT / 20n);
    },
  ),
  place(
    'restingEntry',
    'an entry that rests has no exits yet',
    (scene) => ({
      market: 'BTC-PERP',
      side: 'buy',
      size: '0.01',
      type: 'limit',
      price: priceAt.bid(scene, 'BTC-PERP', -90),
      bracket: {
        stopLoss: {
          triggerPrice: priceAt.oracle(scene, 'BTC-PERP', -200),
          price: priceAt.oracle(scene, 'BTC-PERP', -210),
        },
      },
    }),
    'open',
    ({ order }) => {
      expect(order?.role).toBe('entry');
    },
  ),
  hour('the market moves for an hour', async (after, before) => {
    await become({
      stopFar: 'untriggered',
      never: 'conditional',
      gtd: 'expired',
      atTime: 'filled',
      byEth: 'filled',
      byPrice: 'filled',
      stopBuy: 'filled',
      stopLimit: 'filled',
      profitMarket: 'filled',
      profitLimit: 'filled',
      restingEntry: 'open',
    })(after);
    const gtd = await after.orderOf('gtd');
    expect(gtd.doneAt).toBe(gtd.validUntil);
    const atTime = await after.orderOf('atTime');
    expect(atTime.firstFillAt).toBe(named(before, 'atTime').createdAt + 5 * MINUTE_MS);
  }),
  hour('and another: an exit that fills cancels the other', async ({ account, fills, wire }, before) => {
    const exitsOf = async (name: string): Promise<readonly OrderView[]> => {
      const { market, orderId } = named(before, name);
      const { orders } = await wire.ask('GET_ORDER_HISTORY', { market, limit: 100 });
      return orders.filter(({ parentId }) => parentId === orderId);
    };
    const [long, short] = [await exitsOf('entry'), await exitsOf('shortEntry')];
    const ends = (exits: readonly OrderView[]): readonly string[] =>
      exits.map(({ role, state }) => `${role} ${state}`).toSorted();
    expect(ends(long)).toEqual(['stopLoss filled', 'takeProfit cancelled']);
    expect(ends(short)).toEqual(['stopLoss cancelled', 'takeProfit filled']);
    for (const [exits, side] of [
      [long, 'sell'],
      [short, 'buy'],
    ] as const)
      expect(exits.every((exit) => exit.reduceOnly && exit.side === side)).toBe(true);
    expect(heldIn(account, ETH)).toBe(0n);
    expect(heldIn(account, 'BTC-PERP')).toBe(0n);
    // Fills happen on the market's beats, whoever looks.
    expect(fills.every(({ t }) => t % 2_000 === 0)).toBe(true);
  }),
];
