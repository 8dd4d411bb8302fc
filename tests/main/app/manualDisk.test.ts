import { describe, expect, it } from 'vitest';

import { hedgedRig } from '../../support/programRig.ts';
import { recordedRig } from '../../support/recordedRig.ts';

const HAND = { engine: 'manual' } as const;
const ORDER = { market: 'SOL-PERP', side: 'buy', size: '2' } as const;

describe('what the disk refuses to keep', () => {
  it.each([
    ['checkpoints', 'UPDATE'],
    ['trader_fills', 'INSERT'],
    ['trader_orders', 'UPDATE'],
    ['ledger_entries', 'INSERT'],
  ] as const)('was not traded (%s, %s), and the engine goes on', async (table, change) => {
    const { rig, client } = await hedgedRig();
    const before = await client.ask('GET_TRADING_ACCOUNT', {});
    const mend = rig.breakTable(table, change);
    await client.refusal('PLACE_ORDER', { ...ORDER, type: 'market', clientOrderId: 'lost' });
    mend();
    const after = await client.ask('GET_TRADING_ACCOUNT', {});
    expect(after).toEqual(before);
    expect((await client.ask('GET_FILLS', { limit: 9 })).fills).toEqual([]);
    await client.ask('VAULT_SYNC', HAND);
    await client.nextFunding();
    // It had been written down before it was sent, and the venue that is back knows nothing of it.
    const { order } = await client.ask('GET_ORDER', { orderId: 'lost' });
    expect([order.state, order.filled]).toEqual(['expired', '0']);
    const next = await client.ask('PLACE_ORDER', { ...ORDER, type: 'market' });
    expect(next.order.state).toBe('filled');
    expect(rig.status.state).toBe('running');
  });

  it('before it was sent leaves no order behind', async () => {
    const { rig, client } = await hedgedRig();
    const mend = rig.breakTable('trader_orders');
    await client.refusal('PLACE_ORDER', { ...ORDER, type: 'market', clientOrderId: 'never' });
    mend();
    expect((await client.refusal('GET_ORDER', { orderId: 'never' })).code).toBe('UNKNOWN_ORDER');
    expect((await client.ask('PLACE_ORDER', { ...ORDER, type: 'market' })).order.orderId).toBe('m1');
  });
});

describe('a recorded market that is over', () => {
  it('is still traded by hand at its last moment, and goes no further', async () => {
    const { rig, client } = await recordedRig(2);
    await client.ask('PLACE_ORDER', { ...ORDER, type: 'market' });
    const ended = client.nextStatus(({ state }) => state === 'stopped');
    await client.ask('SET_CLOCK', { speed: 'nextFunding' });
    await ended;
    const { timestamp } = await client.ask('GET_TRADING_ACCOUNT', {});
    expect(timestamp).toBe(rig.figures.timestamp);
    await client.ask('DRIFT_CLOSE_POSITION', { market: 'ALL' });
    await rig.restart();
    const account = await rig.connect().ask('GET_TRADING_ACCOUNT', {});
    expect(account.timestamp).toBe(timestamp);
    expect(account.positions.filter(({ size }) => size !== '0')).toEqual([]);
  });
});
