import { describe, expect, it } from 'vitest';

import { hedgedRig, type ProgramRig, type RigClient } from '../../support/programRig.ts';

const MARKET = 'SOL-PERP';
const HAND = { engine: 'manual' } as const;
const EVER = { from: 0, to: 8_640_000_000_000_000 } as const;

/** An order in the queue at the best bid, one far below it, one that waits for its trigger; and a position. */
async function orders(client: RigClient): Promise<void> {
  const { bids, oracle } = await client.ask('GET_ORDERBOOK', { market: MARKET, depth: 1 });
  const order = { market: MARKET, side: 'buy', size: '2' } as const;
  await client.ask('PLACE_ORDER', { ...order, type: 'market' });
  await client.ask('PLACE_ORDER', { ...order, type: 'limit', price: bids[0]?.price ?? '' });
  await client.ask('PLACE_ORDER', { ...order, type: 'limit', price: '100', clientOrderId: 'far' });
  const triggerPrice = (Number(oracle) * 1.1).toFixed(1);
  await client.ask('PLACE_ORDER', { ...order, side: 'sell', type: 'takeProfitMarket', triggerPrice });
}

/** All that a screen shows of it. */
async function screenOf(client: RigClient) {
  const candles = { market: MARKET, resolution: '1m', ...EVER } as const;
  return {
    account: await client.ask('GET_TRADING_ACCOUNT', {}),
    orders: await client.ask('GET_OPEN_ORDERS', {}),
    history: await client.ask('GET_ORDER_HISTORY', { limit: 100 }),
    fills: await client.ask('GET_FILLS', { limit: 100 }),
    stats: await client.ask('GET_TRADING_STATS', {}),
    candles: await client.ask('GET_CANDLES', candles),
    book: await client.ask('GET_ORDERBOOK', { market: MARKET, depth: 50 }),
    trades: await client.ask('GET_TRADES', { market: MARKET, limit: 50 }),
    day: await client.ask('GET_MARKET_STATS', { market: MARKET }),
    vault: await client.ask('GET_ENGINE_VAULT', HAND),
    events: await client.ask('GET_EVENTS', { ...HAND, limit: 1_000 }),
    ledger: await client.ask('GET_LEDGER', { ...HAND, limit: 100 }),
  };
}

/** Where both accounts stand on the disk, in minutes of the market. */
const minutesOf = (rig: ProgramRig): readonly number[] =>
  rig
    .rows('SELECT t FROM checkpoints JOIN vaults ON id = vault_id ORDER BY engine')
    .map(({ t }) => Math.floor(Number(t) / 60_000));

describe('what is traded by hand', () => {
  it('is the same after a restart: orders, queue, candles, figures, moment', async () => {
    const { rig, client } = await hedgedRig();
    await orders(client);
    await client.ask('STOP_ENGINE', { engine: 'funding' });
    const before = await screenOf(client);
    expect(before.orders.orders).toHaveLength(3);
    expect(Number(before.orders.orders[0]?.ahead)).toBeGreaterThan(0);
    expect(before.candles.candles.length).toBeGreaterThan(50);
    client.leave();
    await rig.restart();
    expect(await screenOf(rig.connect())).toEqual(before);
  });

  it('is the same for whoever finds the folder of a program that was killed', async () => {
    const { rig, client } = await hedgedRig();
    await orders(client);
    await client.ask('STOP_ENGINE', { engine: 'funding' });
    expect(await screenOf(rig.crashed().connect())).toEqual(await screenOf(client));
  });

  it('is the same after a change of the settings', async () => {
    const { client } = await hedgedRig();
    await orders(client);
    const before = await screenOf(client);
    await client.ask('UPDATE_SETTINGS', { revision: 0, changes: { 'engine.deltaTolerancePct': '2' } });
    expect(await screenOf(client)).toEqual(before);
  });

  it('has candles without a gap or a doublet across restarts, while the market goes on', async () => {
    const { rig, client } = await hedgedRig();
    let now = client;
    for (let start = 0; start < 3; start += 1) {
      await now.nextFunding();
      now.leave();
      await rig.restart();
      now = rig.connect();
    }
    await now.ask('SET_CLOCK', { speed: 'pause' });
    const { candles } = await now.ask('GET_CANDLES', { market: MARKET, resolution: '1m', ...EVER });
    expect(candles.map(({ t }) => t)).toEqual(candles.map((_, at) => (candles[0]?.t ?? 0) + at * 60_000));
    expect(candles.length).toBeGreaterThan(180);
    const hours = await now.ask('GET_CANDLES', { market: MARKET, resolution: '1h', ...EVER });
    for (const hour of hours.candles) {
      const within = candles.filter(({ t }) => t >= hour.t && t < hour.t + 3_600_000);
      expect(within.reduce((sum, { trades }) => sum + trades, 0)).toBe(hour.trades);
    }
  });

  it('is never ahead of the engine, nor behind it, wherever the program is killed', async () => {
    const { rig, client } = await hedgedRig();
    await orders(client);
    const begun = minutesOf(rig);
    await client.ask('SET_CLOCK', { speed: 3_600 });
    const images: ProgramRig[] = [];
    for (let kill = 0; kill < 5; kill += 1) {
      await client.nextFigures();
      if (kill === 2)
        await client.ask('PLACE_ORDER', { market: MARKET, side: 'buy', size: '1', type: 'market' });
      images.push(rig.crashed());
    }
    await client.ask('SET_CLOCK', { speed: 'pause' });
    for (const image of images) {
      const survivor = image.connect();
      await survivor.ask('SET_CLOCK', { speed: 'pause' });
      expect(image.status.state).toBe('running');
      const [engine, hand] = minutesOf(image);
      expect(hand).toBe(engine);
      const [of, account] = [image.figures, await survivor.ask('GET_TRADING_ACCOUNT', {})];
      expect(Math.floor(account.timestamp / 60_000)).toBe(Math.floor(of.timestamp / 60_000));
    }
    expect(minutesOf(rig)[0]).toBeGreaterThan(begun[0] ?? 0);
  });
});
