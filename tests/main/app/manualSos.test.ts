import { describe, expect, it } from 'vitest';

import { hedgedRig, type RigClient } from '../../support/programRig.ts';

const ORDER = { market: 'SOL-PERP', side: 'buy', size: '2' } as const;

/** Positions both ways, SOL, and two orders; the names of the orders. */
async function traded(client: RigClient): Promise<readonly string[]> {
  await client.ask('PLACE_ORDER', { ...ORDER, type: 'market' });
  await client.ask('PLACE_ORDER', { market: 'BTC-PERP', side: 'sell', size: '0.01', type: 'market' });
  await client.ask('PLACE_ORDER', { ...ORDER, market: 'SOL', size: '1', type: 'market' });
  const rests = await client.ask('PLACE_ORDER', { ...ORDER, type: 'limit', price: '100' });
  const below = { kind: 'price', market: 'SOL-PERP', source: 'oracle', is: 'below', price: '50' } as const;
  const waits = await client.ask('PLACE_ORDER', {
    ...ORDER,
    type: 'market',
    conditions: { match: 'all', of: [below] },
  });
  return [rests.order.orderId, waits.order.orderId];
}

describe('SOS', () => {
  it('takes back every order that was placed by hand, and keeps the positions', async () => {
    const { client } = await hedgedRig();
    const placed = await traded(client);
    const { positions } = await client.ask('GET_TRADING_ACCOUNT', {});
    expect(await client.ask('SOS', { flatten: false })).toEqual({ halted: true, flat: null });
    for (const orderId of placed)
      expect((await client.ask('GET_ORDER', { orderId })).order.state).toBe('cancelled');
    const after = await client.ask('GET_TRADING_ACCOUNT', {});
    expect(after.positions.map(({ market, size }) => [market, size])).toEqual(
      positions.map(({ market, size }) => [market, size]),
    );
  });

  it('with flatten closes every perpetual position, on whatever market and side, and no spot', async () => {
    const { client } = await hedgedRig();
    await traded(client);
    expect(await client.ask('SOS', { flatten: true })).toEqual({ halted: true, flat: true });
    const { positions, spotSol } = await client.ask('GET_TRADING_ACCOUNT', {});
    expect(positions.filter(({ size }) => size !== '0')).toEqual([]);
    expect(spotSol).toBe('1');
    expect(await client.ask('GET_OPEN_ORDERS', {})).toEqual({ orders: [] });
  });

  it('lets nothing new be traded by hand until it is released', async () => {
    const { rig, client } = await hedgedRig();
    await traded(client);
    await client.ask('SOS', { flatten: false });
    const refusals: readonly (readonly [command: string, payload: unknown])[] = [
      ['PLACE_ORDER', { ...ORDER, type: 'market' }],
      ['PLACE_ORDER', { ...ORDER, side: 'sell', type: 'market', reduceOnly: true }],
      ['DRIFT_OPEN_POSITION', { market: 'SOL-PERP', direction: 'long', size: '1' }],
      ['DRIFT_CLOSE_POSITION', { market: 'ALL' }],
    ];
    const count = () => rig.rows('SELECT count(*) AS n FROM trader_orders');
    const before = count();
    for (const [command, payload] of refusals)
      expect((await client.refusal(command, payload)).code, `of ${command}`).toBe('HALTED');
    await rig.restart();
    const again = rig.connect();
    for (const [command, payload] of refusals)
      expect((await again.refusal(command, payload)).code, `of ${command}`).toBe('HALTED');
    expect(count()).toEqual(before);
    expect(await again.ask('CANCEL_ALL_ORDERS', {})).toEqual({ cancelled: [], failed: [] });
    await again.ask('RELEASE_SOS', {});
    const { order } = await again.ask('PLACE_ORDER', { ...ORDER, type: 'market' });
    expect(order.state).toBe('filled');
  });

  it('is obeyed by the next program where this one died before an order was taken back', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('PLACE_ORDER', { ...ORDER, type: 'market' });
    const { order } = await client.ask('PLACE_ORDER', { ...ORDER, type: 'limit', price: '100' });
    const mend = rig.breakTable('trader_orders', 'UPDATE');
    await client.request('SOS', { flatten: true });
    const [kept] = rig.rows("SELECT state FROM trader_orders WHERE body LIKE '%' || ? || '%'", order.orderId);
    expect(kept).toEqual({ state: 'open' });
    mend();
    const image = rig.crashed();
    const survivor = image.connect();
    await survivor.ask('SET_CLOCK', { speed: 'pause' });
    await survivor.nextFunding();
    expect((await survivor.ask('GET_ORDER', { orderId: order.orderId })).order.state).toBe('cancelled');
    const { positions } = await survivor.ask('GET_TRADING_ACCOUNT', {});
    expect(positions.filter(({ size }) => size !== '0')).toEqual([]);
    expect(image.status.state).toBe('halted');
  });
});
