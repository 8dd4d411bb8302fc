import { describe, expect, it } from 'vitest';

import { hedgedRig, type ProgramRig, type RigClient } from '../../support/programRig.ts';

const ENGINE = { engine: 'funding' } as const;
const HAND = { engine: 'manual' } as const;
const EVER = { from: 0, to: 8_640_000_000_000_000 } as const;

async function traded(client: RigClient): Promise<void> {
  const order = { market: 'SOL-PERP', side: 'buy', size: '2' } as const;
  await client.ask('PLACE_ORDER', { ...order, type: 'market' });
  await client.ask('PLACE_ORDER', { ...order, type: 'limit', price: '100', clientOrderId: 'mine' });
  await client.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '500', subAccount: 1 });
}

const counted = (rig: ProgramRig): unknown =>
  Object.fromEntries(
    ['trader_orders', 'trader_fills', 'candles', 'ledger_transactions', 'events', 'funding_rates'].map(
      (table) => [table, rig.rows(`SELECT count(*) AS n FROM ${table}`)[0]?.['n']],
    ),
  );

describe('VAULT_RESET', () => {
  it('empties what was traded by hand, too: orders, fills, candles, log and ledger', async () => {
    const { rig, client } = await hedgedRig();
    await traded(client);
    expect(counted(rig)).toMatchObject({ trader_orders: 2, trader_fills: expect.any(Number) as number });
    await client.ask('VAULT_RESET', { ...ENGINE, capital: '5000', market: { kind: 'simulated', seed: 3 } });
    expect(counted(rig)).toEqual({
      trader_orders: 0,
      trader_fills: 0,
      candles: 0,
      ledger_transactions: 0,
      events: 0,
      funding_rates: 0,
    });
    expect(await client.ask('GET_OPEN_ORDERS', {})).toEqual({ orders: [] });
    expect((await client.ask('GET_FILLS', { limit: 9 })).fills).toEqual([]);
    expect((await client.ask('GET_ORDER_HISTORY', { limit: 9 })).orders).toEqual([]);
    const candles = await client.ask('GET_CANDLES', { market: 'SOL-PERP', resolution: '1m', ...EVER });
    expect(candles.candles).toEqual([]);
    expect(await client.ask('GET_TRADING_ACCOUNT', {})).toMatchObject({ cash: '5000', positions: [] });
    expect(await client.ask('GET_ENGINE_VAULT', HAND)).toMatchObject({ capital: '5000', netTransfers: '0' });
    expect((await client.refusal('GET_ORDER', { orderId: 'mine' })).code).toBe('UNKNOWN_ORDER');
    // The name is free again, and so is the first number.
    await client.ask('START_ENGINE', { ...ENGINE, mode: 'paper' });
    await client.nextFunding();
    const ticket = { market: 'SOL-PERP', side: 'buy', size: '2', type: 'limit', price: '100' } as const;
    const { order, repeated } = await client.ask('PLACE_ORDER', { ...ticket, clientOrderId: 'mine' });
    expect([order.orderId, repeated]).toEqual(['m1', false]);
  });

  it('that is refused leaves both accounts as they were', async () => {
    const { rig, client } = await hedgedRig();
    await traded(client);
    const before = [
      counted(rig),
      await client.ask('GET_ALL_VAULTS', {}),
      await client.ask('GET_OPEN_ORDERS', {}),
    ];
    const market = { kind: 'recorded', candles: 'a'.repeat(64), funding: 'b'.repeat(64) } as const;
    await client.refusal('VAULT_RESET', { ...ENGINE, market });
    expect([
      counted(rig),
      await client.ask('GET_ALL_VAULTS', {}),
      await client.ask('GET_OPEN_ORDERS', {}),
    ]).toEqual(before);
  });
});

describe('RESTORE', () => {
  it('brings both accounts back to one moment', async () => {
    const { rig, client } = await hedgedRig();
    await traded(client);
    await client.ask('STOP_ENGINE', ENGINE);
    const seen = async () => [
      (await client.ask('GET_ALL_VAULTS', {})).vaults,
      await client.ask('GET_OPEN_ORDERS', {}),
      await client.ask('GET_FILLS', { limit: 100 }),
      counted(rig),
    ];
    const before = await seen();
    const { backup } = await client.ask('BACKUP', {});
    await client.ask('VAULT_RESET', ENGINE);
    await client.ask('RESTORE', { backup });
    expect(await seen()).toEqual(before);
  });
});
