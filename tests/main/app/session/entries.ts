import { expect } from 'vitest';

import { nano } from '../nano.ts';
import { grewBy, nothingFilled } from './expectations.ts';
import { ask, heldIn, named, place, priceAt, refuse, type Step } from './scene.ts';

const PERP = 'SOL-PERP';
const LOT = 1_000_000_000n;

/** What takes, what rests, and what is refused, while the market stands still. */
export const ENTRIES: readonly Step[] = [
  ask(
    'PREVIEW_ORDER',
    'a preview shows the account as it is and as it would be',
    (scene) => ({
      market: PERP,
      side: 'buy',
      size: '1',
      type: 'limit',
      price: priceAt.ask(scene, PERP, 4),
    }),
    (preview, { account }, before) => {
      expect(preview.refusals).toEqual([]);
      expect(preview.before).toEqual(before.account.figures);
      expect(account).toEqual(before.account);
      expect(nano(preview.after.initialMargin)).toBeGreaterThan(nano(preview.before.initialMargin));
      expect(nano(preview.estimate.cost)).toBeGreaterThan(0n);
    },
  ),
  place(
    'market',
    'a market order takes at once, within its limit',
    () => ({
      market: PERP,
      side: 'buy',
      size: '1',
      type: 'market',
    }),
    'filled',
    (after, before) => {
      grewBy(PERP, LOT)(after, before);
      expect(after.order).toMatchObject({ timeInForce: 'IOC', left: '0', ahead: null });
      expect(after.fills).toHaveLength(1);
      expect(after.fills[0]).toMatchObject({ liquidity: 'taker', price: after.order?.averagePrice });
    },
  ),
  place(
    'bid',
    'a limit below the market rests, and reserves margin',
    (scene) => ({
      market: PERP,
      side: 'buy',
      size: '1',
      type: 'limit',
      price: priceAt.bid(scene, PERP, -20),
      clientOrderId: 'deep-bid',
    }),
    'open',
    async (after, before) => {
      nothingFilled(after, before);
      expect(nano(after.account.reserved)).toBeGreaterThan(nano(before.account.reserved));
      expect(nano(after.account.figures.freeCollateral)).toBeLessThan(
        nano(before.account.figures.freeCollateral),
      );
      expect(after.order?.ahead).not.toBeNull();
      const { bids } = await after.wire.ask('GET_ORDERBOOK', { market: PERP, depth: 500 });
      expect(bids).toContainEqual({ price: after.order?.price, size: '1' });
    },
  ),
  {
    does: 'a client order id that is used again gives the first order',
    command: 'PLACE_ORDER',
    payload: () => ({ market: PERP, side: 'sell', size: '9', type: 'market', clientOrderId: 'deep-bid' }),
    expects: 'open',
    shows: (after, before) => {
      expect(after.data).toMatchObject({ repeated: true });
      expect(after.order).toEqual(named(before, 'bid'));
      expect(after.account).toEqual(before.account);
    },
  },
  ask(
    'GET_ORDER',
    'an order is found by its client order id, too',
    () => ({ orderId: 'deep-bid' }),
    ({ order }, _, before) => {
      expect(order).toEqual(named(before, 'bid'));
    },
  ),
  place(
    'marketable',
    'a limit above the market takes, no worse than it says',
    (scene) => ({
      market: PERP,
      side: 'buy',
      size: '2',
      type: 'limit',
      price: priceAt.ask(scene, PERP, 4),
    }),
    'filled',
    grewBy(PERP, 2n * LOT),
  ),
  place(
    'ioc',
    'an IOC order takes what there is and ends',
    (scene) => ({
      market: PERP,
      side: 'buy',
      size: '1',
      type: 'limit',
      price: priceAt.ask(scene, PERP, 2),
      timeInForce: 'IOC',
    }),
    'filled',
    grewBy(PERP, LOT),
  ),
  place(
    'iocNothing',
    'an IOC order that the book does not meet ends without a fill',
    (scene) => ({
      market: PERP,
      side: 'buy',
      size: '1',
      type: 'limit',
      price: priceAt.bid(scene, PERP, -1),
      timeInForce: 'IOC',
    }),
    'expired',
    nothingFilled,
  ),
  place(
    'ethIn',
    'a larger one walks the book',
    () => ({
      market: 'ETH-PERP',
      side: 'buy',
      size: '16',
      type: 'market',
    }),
    'filled',
    grewBy('ETH-PERP', 16n * LOT),
  ),
  place(
    'ethOut',
    'reduce-only fills what there is of the position, and ends',
    () => ({
      market: 'ETH-PERP',
      side: 'sell',
      size: '40',
      type: 'market',
      reduceOnly: true,
    }),
    'partiallyFilled',
    ({ account, fills }) => {
      expect(heldIn(account, 'ETH-PERP')).toBe(0n);
      expect(fills.every(({ side }) => side === 'sell')).toBe(true);
    },
  ),
  place(
    'fok',
    'a FOK order fills whole',
    (scene) => ({
      market: PERP,
      side: 'buy',
      size: '3',
      type: 'limit',
      price: priceAt.ask(scene, PERP, 4),
      timeInForce: 'FOK',
    }),
    'filled',
    grewBy(PERP, 3n * LOT),
  ),
  place(
    'fokNothing',
    'or not at all',
    (scene) => ({
      market: PERP,
      side: 'buy',
      size: '3',
      type: 'limit',
      price: priceAt.ask(scene, PERP),
      timeInForce: 'FOK',
    }),
    'expired',
    (after, before) => {
      nothingFilled(after, before);
      expect(after.order?.code).toBe('NOT_FILLED');
    },
  ),
  place(
    'reduce',
    'reduce-only makes a position smaller',
    () => ({
      market: PERP,
      side: 'sell',
      size: '2',
      type: 'market',
      reduceOnly: true,
    }),
    'filled',
    grewBy(PERP, -2n * LOT),
  ),
  refuse(
    'PLACE_ORDER',
    'reduce-only never makes it larger',
    () => ({
      market: PERP,
      side: 'buy',
      size: '1',
      type: 'market',
      reduceOnly: true,
    }),
    'REDUCE_ONLY_WOULD_INCREASE',
  ),
  place(
    'spot',
    'SOL is bought with what cash there is',
    () => ({
      market: 'SOL',
      side: 'buy',
      size: '2',
      type: 'market',
    }),
    'filled',
    ({ account }, before) => {
      expect(nano(account.spotSol) - nano(before.account.spotSol)).toBe(2n * LOT);
    },
  ),
  refuse(
    'PLACE_ORDER',
    'and none is sold that is not held',
    () => ({
      market: 'SOL',
      side: 'sell',
      size: '3',
      type: 'market',
    }),
    'INSUFFICIENT_BALANCE',
  ),
  refuse(
    'PLACE_ORDER',
    'leverage has its limit',
    () => ({
      market: PERP,
      side: 'buy',
      size: '900',
      type: 'market',
    }),
    'LEVERAGE_EXCEEDED',
  ),
  refuse(
    'PLACE_ORDER',
    'an order that does not go together is refused',
    () => ({
      market: PERP,
      side: 'buy',
      size: '1',
      type: 'limit',
    }),
    'INVALID_PAYLOAD',
  ),
  refuse(
    'PLACE_ORDER',
    'and one in a market that is not there',
    () => ({
      market: 'DOGE-PERP',
      side: 'buy',
      size: '1',
      type: 'market',
    }),
    'UNKNOWN_MARKET',
  ),
];
