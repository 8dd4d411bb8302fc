import { describe, expect, it, vi } from 'vitest';

import { RATE_LIMITS } from '../../../src/main/market/access/rateLimits.ts';
import { MOST_OPEN_ORDERS } from '../../../src/main/venues/paper/orderChecks.ts';
import type { ErrorCode } from '../../../src/shared/contract/errorCodes.ts';
import type { OrderTicket } from '../../../src/shared/contract/orders.ts';
import { beginMarket, stillWall } from './session/stillWall.ts';
import { wiredProgram, type Wire, type WiredProgram } from './wiredProgram.ts';

const PERP = 'SOL-PERP';
/** Longer than the least time between two orders that the venue's limits allow. */
const APART_MS = 2_000;
const MANY = 1_000;
/** What a trader still calls at once; a busy computer takes part of it. */
const SOON_MS = 15_000;
const MARKETS = ['SOL', PERP, 'ETH-PERP', 'BTC-PERP'] as const;

const buy = (change: Partial<OrderTicket>): OrderTicket => ({
  market: PERP,
  side: 'buy',
  size: '1',
  type: 'market',
  ...change,
});
const limit = (price: string, change: Partial<OrderTicket> = {}): OrderTicket =>
  buy({ type: 'limit', price, ...change });

interface Bad {
  readonly what: string;
  readonly payload: (prices: Prices) => OrderTicket;
  readonly code: ErrorCode;
  /** The value that is named as the nearest valid one. */
  readonly nearest?: string;
}

interface Prices {
  readonly oracle: number;
  readonly ask: number;
}

const at = (price: number): string => price.toFixed(3);

const BAD: readonly Bad[] = [
  { what: 'a size of zero', payload: () => buy({ size: '0' }), code: 'INVALID_SIZE', nearest: '0.001' },
  { what: 'a negative size', payload: () => buy({ size: '-1' }), code: 'INVALID_SIZE', nearest: '0.001' },
  { what: 'a size off the lot', payload: () => buy({ size: '1.0004' }), code: 'INVALID_SIZE', nearest: '1' },
  {
    what: 'a size under the minimum',
    payload: () => buy({ market: 'BTC-PERP', size: '0.0002' }),
    code: 'INVALID_SIZE',
    nearest: '0.001',
  },
  {
    what: 'a size that is no number',
    payload: () => buy({ size: '1e3' }),
    code: 'INVALID_SIZE',
    nearest: '0.001',
  },
  { what: 'a price of zero', payload: () => limit('0'), code: 'INVALID_PRICE', nearest: '0.001' },
  { what: 'a negative price', payload: () => limit('-5'), code: 'INVALID_PRICE', nearest: '0.001' },
  {
    what: 'a price off the tick',
    payload: () => limit('140.0006'),
    code: 'INVALID_PRICE',
    nearest: '140.001',
  },
  {
    what: 'a price far above the market',
    payload: ({ oracle }) => limit(at(oracle * 2)),
    code: 'PRICE_OUT_OF_BAND',
  },
  {
    what: 'a price far below the market',
    payload: ({ oracle }) => limit(at(oracle / 20)),
    code: 'PRICE_OUT_OF_BAND',
  },
  { what: 'an unknown market', payload: () => buy({ market: 'DOGE-PERP' }), code: 'UNKNOWN_MARKET' },
  {
    what: 'a stop on the wrong side',
    payload: ({ oracle }) => buy({ type: 'stopMarket', triggerPrice: at(oracle * 0.99) }),
    code: 'INVALID_TRIGGER',
  },
  {
    what: 'a take-profit on the wrong side',
    payload: ({ oracle }) => buy({ type: 'takeProfitMarket', triggerPrice: at(oracle * 1.01) }),
    code: 'INVALID_TRIGGER',
  },
  {
    what: 'a bracket on the wrong side',
    payload: ({ oracle }) => buy({ bracket: { takeProfit: { triggerPrice: at(oracle * 0.9) } } }),
    code: 'INVALID_TRIGGER',
  },
  {
    what: 'a trigger off the tick',
    payload: () => buy({ type: 'stopMarket', triggerPrice: '900.0004' }),
    code: 'INVALID_PRICE',
    nearest: '900',
  },
  {
    what: 'a post-only order that would take',
    payload: ({ ask }) => limit(at(ask), { postOnly: 'reject' }),
    code: 'POST_ONLY_WOULD_CROSS',
  },
  {
    what: 'a reduce-only order without a position',
    payload: () => buy({ reduceOnly: true }),
    code: 'REDUCE_ONLY_WOULD_INCREASE',
  },
  { what: 'more than the leverage allows', payload: () => buy({ size: '900' }), code: 'LEVERAGE_EXCEEDED' },
  {
    what: 'SOL that is not held',
    payload: () => buy({ market: 'SOL', side: 'sell', size: '1' }),
    code: 'INSUFFICIENT_BALANCE',
  },
  { what: 'a limit order without a price', payload: () => buy({ type: 'limit' }), code: 'INVALID_PAYLOAD' },
  {
    what: 'a post-only order that takes at once',
    payload: () => limit('140', { postOnly: 'try', timeInForce: 'IOC' }),
    code: 'INVALID_PAYLOAD',
  },
  {
    what: 'a GTD order whose time has passed',
    payload: () => limit('140', { timeInForce: 'GTD', validUntil: 1 }),
    code: 'INVALID_PAYLOAD',
  },
];

/** Everything that a refused order must leave as it is. */
async function everything({ program, wire }: Scene): Promise<unknown> {
  return {
    account: await wire.ask('GET_TRADING_ACCOUNT', {}),
    open: await wire.ask('GET_OPEN_ORDERS', {}),
    fills: await wire.ask('GET_FILLS', { limit: 100 }),
    ledger: await wire.ask('GET_LEDGER', { engine: 'manual', limit: 500 }),
    engineVault: await wire.ask('GET_ENGINE_VAULT', { engine: 'funding' }),
    engineLedger: await wire.ask('GET_LEDGER', { engine: 'funding', limit: 500 }),
    books: await booksNow(await program.connect()),
  };
}

/** The books as a new client is shown them: never of a cache. */
async function booksNow(wire: Wire): Promise<unknown> {
  const books: unknown[] = [];
  for (const market of MARKETS) {
    const { subscriptionId } = await wire.ask('SUBSCRIBE', { channel: 'book', market, depth: 500 });
    books.push((await wire.hears(subscriptionId, () => true, 'a book')).data);
  }
  await wire.client.close();
  return books;
}

interface Scene {
  readonly program: WiredProgram;
  readonly wire: Wire;
}

async function begun(): Promise<Scene> {
  stillWall();
  const program = await wiredProgram();
  const wire = await program.connect();
  await beginMarket(wire);
  return { program, wire };
}

describe('orders that cannot be', () => {
  it('are refused with a code, a sentence and the nearest valid value, and nothing has changed', async () => {
    const scene = await begun();
    const { wire } = scene;
    const book = await wire.ask('GET_ORDERBOOK', { market: PERP, depth: 1 });
    const prices = { oracle: Number(book.oracle), ask: Number(book.asks[0]?.price) };
    const before = await everything(scene);
    for (const { what, payload, code, nearest } of BAD) {
      vi.advanceTimersByTime(APART_MS);
      const error = await wire.refusal('PLACE_ORDER', payload(prices));
      expect({ what, code: error.code }).toEqual({ what, code });
      expect(error.message).toMatch(/^\S.* .*\.$/s);
      if (nearest === undefined) continue;
      expect({ what, ...error.details }).toMatchObject({ what, nearest });
      expect(error.message).toContain(nearest);
    }
    expect(await everything(scene)).toEqual(before);
  });

  it('name the nearest size and price, and those are taken', async () => {
    const { wire } = await begun();
    const size = await wire.refusal('PLACE_ORDER', limit('140', { size: '1.23456' }));
    const price = await wire.refusal('PLACE_ORDER', limit('139.99951'));
    const ticket = limit(String(price.details?.['nearest']), { size: String(size.details?.['nearest']) });
    const { order } = await wire.ask('PLACE_ORDER', ticket);
    expect(order).toMatchObject({ state: 'open', size: '1.235', price: '140' });
  });

  it('are not made of others: what has filled is not changed, what is unknown not cancelled', async () => {
    const scene = await begun();
    const { wire } = scene;
    const { order } = await wire.ask('PLACE_ORDER', buy({}));
    const resting = await wire.ask('PLACE_ORDER', limit('120'));
    const { orderId } = resting.order;
    const before = await everything(scene);
    const wrong: readonly (readonly [string, unknown, ErrorCode])[] = [
      ['MODIFY_ORDER', { orderId: order.orderId, size: '2' }, 'ORDER_NOT_OPEN'],
      ['CANCEL_ORDER', { orderId: order.orderId }, 'ORDER_NOT_OPEN'],
      ['MODIFY_ORDER', { orderId: 'm4711', price: '140' }, 'UNKNOWN_ORDER'],
      ['CANCEL_ORDER', { orderId: 'm4711' }, 'UNKNOWN_ORDER'],
      ['MODIFY_ORDER', { orderId }, 'INVALID_PAYLOAD'],
      ['MODIFY_ORDER', { orderId, size: '0' }, 'INVALID_SIZE'],
      ['MODIFY_ORDER', { orderId, size: '900' }, 'LEVERAGE_EXCEEDED'],
      ['MODIFY_ORDER', { orderId, price: '0' }, 'INVALID_PRICE'],
      ['MODIFY_ORDER', { orderId, price: '1' }, 'PRICE_OUT_OF_BAND'],
      ['MODIFY_ORDER', { orderId, offset: '1' }, 'INVALID_PAYLOAD'],
      ['CANCEL_ALL_ORDERS', { market: 'DOGE-PERP' }, 'UNKNOWN_MARKET'],
      ['PLACE_ORDER', { ...buy({}), leverage: 3 }, 'INVALID_PAYLOAD'],
      ['PLACE_ORDER', { ...buy({}), size: 1 }, 'INVALID_PAYLOAD'],
      ['DRIFT_SETTLE_PNL', { market: 'SOL' }, 'UNKNOWN_MARKET'],
      ['DRIFT_CLOSE_POSITION', { market: 'ETH-PERP' }, 'REDUCE_ONLY_WOULD_INCREASE'],
    ];
    for (const [command, payload, code] of wrong) {
      vi.advanceTimersByTime(APART_MS);
      const error = await wire.refusal(command, payload);
      expect({ command, payload, code: error.code }).toEqual({ command, payload, code });
      expect(error.message).toMatch(/^\S.* .*\S$/s);
    }
    expect(await everything(scene)).toEqual(before);
  });
});

describe('a thousand orders at once', () => {
  it('are answered in seconds, no more are open than the venue allows, and the engine is left alone', async () => {
    const scene = await begun();
    const { program, wire } = scene;
    const engine = { engine: 'funding' } as const;
    const engineBefore = await wire.ask('GET_LEDGER', { ...engine, limit: 500 });
    const accountBefore = await wire.ask('GET_TRADING_ACCOUNT', {});
    // A connection may send 500 frames a second.
    const clients = [await program.connect(), await program.connect(), await program.connect()];
    const { perMinute, reserve } = RATE_LIMITS.trading;
    const sent = perMinute - reserve;
    const begin = process.hrtime.bigint();
    const answers = await Promise.all(
      Array.from({ length: MANY }, async (_, index) => {
        const { client } = clients[index % clients.length] ?? wire;
        const result = await client.command('PLACE_ORDER', limit(at(120 + index / 1_000)));
        return result.status === 'error' ? result.error.code : 'open';
      }),
    );
    expect(Number(process.hrtime.bigint() - begin) / 1e6).toBeLessThan(SOON_MS);
    const count = (what: string): number => answers.filter((one) => one === what).length;
    expect({ open: count('open'), full: count('TOO_MANY_ORDERS'), limited: count('RATE_LIMITED') }).toEqual({
      open: MOST_OPEN_ORDERS,
      full: sent - MOST_OPEN_ORDERS,
      limited: MANY - sent,
    });

    const { orders } = await wire.ask('GET_OPEN_ORDERS', {});
    expect(orders).toHaveLength(MOST_OPEN_ORDERS);
    const account = await wire.ask('GET_TRADING_ACCOUNT', {});
    expect({ ...account, walletSol: '', figures: {}, reserved: '' }).toEqual({
      ...accountBefore,
      walletSol: '',
      figures: {},
      reserved: '',
    });
    expect((await wire.ask('CANCEL_ALL_ORDERS', {})).cancelled).toHaveLength(MOST_OPEN_ORDERS);
    expect(await wire.ask('GET_OPEN_ORDERS', {})).toEqual({ orders: [] });
    const after = await wire.ask('GET_TRADING_ACCOUNT', {});
    expect(after).toEqual({ ...accountBefore, walletSol: after.walletSol });
    expect(await wire.ask('GET_LEDGER', { ...engine, limit: 500 })).toEqual(engineBefore);
  });
});
