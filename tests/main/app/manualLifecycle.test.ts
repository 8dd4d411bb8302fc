import { describe, expect, it } from 'vitest';

import { hedgedRig, type RigClient } from '../../support/programRig.ts';
import { decimal } from '../../support/recompute.ts';

const MARKET = 'SOL-PERP';
const HAND = { engine: 'manual' } as const;

const positionIn = async (client: RigClient, market: string = MARKET) =>
  (await client.ask('GET_TRADING_ACCOUNT', {})).positions.find((one) => one.market === market);

const settlements = async (client: RigClient) =>
  (await client.ask('GET_EVENTS', { ...HAND, limit: 100, types: ['SETTLEMENT'] })).events;

describe('a position that is opened by hand', () => {
  it('[R4.1] [R8.6] names a market that the venue has', async () => {
    const { client } = await hedgedRig();
    for (const market of ['DOGE-PERP', 'sol-perp', 'SOL']) {
      const open = { market, direction: 'short', size: '1' };
      expect((await client.refusal('DRIFT_OPEN_POSITION', open)).code).toBe('UNKNOWN_MARKET');
    }
    expect((await client.ask('GET_ORDER_HISTORY', { limit: 10 })).orders).toEqual([]);
  });

  it('[R4.2] keeps leverage within five times', async () => {
    const { client } = await hedgedRig();
    const { figures } = await client.ask('GET_TRADING_ACCOUNT', {});
    const { mark } = await client.ask('GET_ORDERBOOK', { market: MARKET, depth: 1 });
    const sized = (times: number): string => ((Number(figures.equity) * times) / Number(mark)).toFixed(3);
    const tooMuch = { market: MARKET, direction: 'long', size: sized(5.1) };
    expect((await client.refusal('DRIFT_OPEN_POSITION', tooMuch)).code).toBe('LEVERAGE_EXCEEDED');
    await client.ask('DRIFT_OPEN_POSITION', { market: MARKET, direction: 'long', size: sized(4.5) });
    const { leverage } = (await client.ask('GET_TRADING_ACCOUNT', {})).figures;
    expect(leverage).toBeGreaterThan(4.4);
    expect(leverage).toBeLessThanOrEqual(5);
  });

  it('[R4.3] [R4.4] [R4.7] is a market order with size, direction and a limit, and is in the vault at once', async () => {
    const { client } = await hedgedRig();
    const before = await client.ask('GET_ENGINE_VAULT', HAND);
    const { mark } = await client.ask('GET_ORDERBOOK', { market: MARKET, depth: 1 });
    const open = { market: MARKET, direction: 'short', size: '2.5' } as const;
    const { order } = await client.ask('DRIFT_OPEN_POSITION', open);
    expect(order).toMatchObject({
      type: 'market',
      side: 'sell',
      size: '2.5',
      filled: '2.5',
      state: 'filled',
    });
    expect(Number(order.price)).toBeGreaterThanOrEqual(Number(mark) * 0.995);
    expect(Number(order.averagePrice)).toBeGreaterThanOrEqual(Number(order.price));
    expect(await positionIn(client)).toMatchObject({ size: '-2.5', entryPrice: order.averagePrice });
    const after = await client.ask('GET_ENGINE_VAULT', HAND);
    expect(Number(after.allocated)).toBeGreaterThan(Number(before.allocated));
    expect(decimal(after.pnl.fees)).toBeLessThan(decimal(before.pnl.fees));
  });
});

describe('a position that is closed by hand', () => {
  for (const direction of ['long', 'short'] as const)
    it(`[R4.8] [R4.9] [R8.7] is flat afterwards to the last lot, having been ${direction}`, async () => {
      const { client } = await hedgedRig();
      await client.ask('DRIFT_OPEN_POSITION', { market: MARKET, direction, size: '3.217' });
      await client.ask('DRIFT_OPEN_POSITION', { market: MARKET, direction, size: '0.001' });
      const { orders } = await client.ask('DRIFT_CLOSE_POSITION', { market: MARKET });
      const side = direction === 'long' ? 'sell' : 'buy';
      expect(orders).toMatchObject([
        { type: 'market', side, size: '3.218', filled: '3.218', reduceOnly: true },
      ]);
      expect((await positionIn(client))?.size ?? '0').toBe('0');
    });

  it('[R4.10] [R4.11] settles what it is owed where that is more than a dollar, and leaves less as it is', async () => {
    const { client } = await hedgedRig();
    await client.ask('DRIFT_OPEN_POSITION', { market: MARKET, direction: 'long', size: '0.1' });
    await client.ask('DRIFT_CLOSE_POSITION', { market: MARKET });
    expect(await settlements(client)).toEqual([]);
    const left = await positionIn(client);
    expect(Math.abs(Number(left?.unsettledPnl))).toBeLessThanOrEqual(1);

    // In and out of 40 SOL costs far more than a dollar of price alone.
    await client.ask('DRIFT_OPEN_POSITION', { market: MARKET, direction: 'long', size: '40' });
    await client.ask('DRIFT_CLOSE_POSITION', { market: MARKET });
    const [settled] = await settlements(client);
    expect(Math.abs(Number(settled?.data['amount']))).toBeGreaterThan(1);
    expect((await positionIn(client))?.unsettledPnl ?? '0').toBe('0');
  });

  it('[R4.12] is told to whoever watches, before anything else happens', async () => {
    const { client } = await hedgedRig();
    const { subscriptionId } = await client.ask('SUBSCRIBE', { channel: 'account' });
    const told = (size: string | undefined) =>
      client.next(
        ({ frame }) =>
          frame.type === 'MARKET_DATA' &&
          frame.subscriptionId === subscriptionId &&
          frame.data.channel === 'account' &&
          frame.data.account.positions.find(({ market }) => market === MARKET)?.size === size,
      );
    const opened = told('1');
    await client.ask('DRIFT_OPEN_POSITION', { market: MARKET, direction: 'long', size: '1' });
    await opened;
    const closed = told('0');
    await client.ask('DRIFT_CLOSE_POSITION', { market: MARKET });
    const { frame } = await closed;
    expect(frame).toMatchObject({ data: { orders: [{ state: 'filled', side: 'sell' }] } });
  });
});

it('an order that rests is seen in the book at once, also where the market stands still', async () => {
  const { client } = await hedgedRig();
  const { bids } = await client.ask('GET_ORDERBOOK', { market: MARKET, depth: 1 });
  const price = bids[0]?.price ?? '0';
  const begun = client.next(({ frame }) => frame.type === 'MARKET_DATA');
  await client.ask('SUBSCRIBE', { channel: 'book', market: MARKET });
  await begun;
  const told = client.next(
    ({ frame }) =>
      frame.type === 'MARKET_DATA' && frame.data.channel === 'book' && frame.data.kind === 'update',
  );
  await client.ask('PLACE_ORDER', { market: MARKET, side: 'buy', size: '1.5', type: 'limit', price });
  const { frame } = await told;
  const size = (Number(bids[0]?.size) + 1.5).toString();
  expect(frame).toMatchObject({ data: { book: { bids: [{ price, size }], asks: [] } } });
});
