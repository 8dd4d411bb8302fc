import { describe, expect, it, vi } from 'vitest';

import { RATE_LIMITS } from '../../../src/main/market/access/rateLimits.ts';
import { beginMarket, stillWall } from './session/stillWall.ts';
import { wiredProgram, type Wire } from './wiredProgram.ts';

const { perMinute, reserve, maxWaitMs = 0 } = RATE_LIMITS.trading;
const ORDINARY = perMinute - reserve;
const MINUTE_MS = 60_000;

const BID = { market: 'SOL-PERP', side: 'buy', size: '1', type: 'limit', price: '120' } as const;

/** A program in which as much has been traded at this moment as a minute allows, one order among it. */
async function full(): Promise<{ readonly wire: Wire; readonly orderId: string }> {
  stillWall();
  const wire = await (await wiredProgram()).connect();
  await beginMarket(wire);
  const { order } = await wire.ask('PLACE_ORDER', BID);
  // What asks for an order that is not there counts like any other, and leaves the account as it is.
  for (let call = 1; call < ORDINARY; call += 1)
    await wire.refusal('MODIFY_ORDER', { orderId: 'm0', size: '1' });
  return { wire, orderId: order.orderId };
}

describe('the limit of what may be traded in a minute', () => {
  it('answers RATE_LIMITED with the true wait: no less is enough, and no more is needed', async () => {
    const { wire } = await full();
    const { code, details, message } = await wire.refusal('PLACE_ORDER', BID);
    expect(code).toBe('RATE_LIMITED');
    expect(message).toContain('60 s');
    expect(details).toEqual({ category: 'trading', waitMs: MINUTE_MS });
    vi.advanceTimersByTime(MINUTE_MS - maxWaitMs - 1);
    expect((await wire.refusal('PLACE_ORDER', BID)).details).toEqual({
      category: 'trading',
      waitMs: maxWaitMs + 1,
    });
    vi.advanceTimersByTime(maxWaitMs + 1);
    expect((await wire.ask('PLACE_ORDER', BID)).order.state).toBe('open');
  });

  it('has an order wait that need not wait long, and sends it the moment it may', async () => {
    const { wire } = await full();
    vi.advanceTimersByTime(MINUTE_MS - maxWaitMs);
    const placed = wire.ask('PLACE_ORDER', BID);
    expect(await useOf(wire)).toMatchObject({ used: ORDINARY, waiting: 1, refused: 0 });
    expect((await wire.ask('GET_OPEN_ORDERS', {})).orders).toHaveLength(1);
    vi.advanceTimersByTime(maxWaitMs);
    // Whoever is next has those go first whose turn has come.
    await wire.refusal('MODIFY_ORDER', { orderId: 'm0', size: '1' });
    expect((await placed).order.state).toBe('open');
    expect((await wire.ask('GET_OPEN_ORDERS', {})).orders).toHaveLength(2);
  });

  it('lets cancels through, and whoever looks', async () => {
    const { wire, orderId } = await full();
    expect((await wire.ask('GET_OPEN_ORDERS', {})).orders).toHaveLength(1);
    expect((await wire.ask('CANCEL_ORDER', { orderId })).order.state).toBe('cancelled');
    expect(await wire.ask('CANCEL_ALL_ORDERS', {})).toEqual({ cancelled: [], failed: [] });
    expect(await wire.ask('GET_OPEN_ORDERS', {})).toEqual({ orders: [] });
    expect((await wire.ask('PREVIEW_ORDER', BID)).refusals).toEqual([]);
    await wire.ask('GET_ORDERBOOK', { market: BID.market, depth: 1 });
    expect((await wire.refusal('PLACE_ORDER', BID)).code).toBe('RATE_LIMITED');
  });

  it('holds up no SOS, and an order that waited for its turn finds it on', async () => {
    const { wire, orderId } = await full();
    vi.advanceTimersByTime(MINUTE_MS - maxWaitMs);
    const placed = wire.refusal('PLACE_ORDER', BID);
    expect(await useOf(wire)).toMatchObject({ waiting: 1 });
    expect(await wire.ask('SOS', { flatten: true })).toMatchObject({ halted: true });
    expect((await wire.ask('GET_ORDER', { orderId })).order.state).toBe('cancelled');
    vi.advanceTimersByTime(maxWaitMs);
    expect((await wire.refusal('PLACE_ORDER', BID)).code).toBe('HALTED');
    expect((await placed).code).toBe('HALTED');
    expect(await wire.ask('GET_OPEN_ORDERS', {})).toEqual({ orders: [] });
  });
});

async function useOf(wire: Wire): Promise<unknown> {
  const { venues } = await wire.ask('GET_SYSTEM_STATS', {});
  return venues[0]?.limits.trading;
}
