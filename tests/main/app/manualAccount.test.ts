import { describe, expect, it } from 'vitest';

import { hedgedRig, type ProgramRig, type RigClient } from '../../support/programRig.ts';
import { decimal } from '../../support/recompute.ts';

const ENGINE = { engine: 'funding' } as const;
const HAND = { engine: 'manual' } as const;
const BY_HAND = { subAccount: 1 } as const;

/** What the engine's vault keeps. */
const keptOfEngine = (rig: ProgramRig): unknown =>
  ['events', 'ledger_transactions', 'ledger_entries', 'funding_rates', 'orders'].map((table) =>
    rig.rows(`SELECT * FROM ${table} WHERE vault_id = (SELECT id FROM vaults WHERE engine = 'funding')`),
  );

/** Ledger, orders and fills of what is traded by hand: a refusal leaves nothing in them, only a line in the log. */
const keptOfHand = (rig: ProgramRig): unknown => [
  rig.rows("SELECT * FROM ledger_entries WHERE vault_id = (SELECT id FROM vaults WHERE engine = 'manual')"),
  rig.rows('SELECT number, state, filled FROM trader_orders'),
  rig.rows('SELECT * FROM trader_fills'),
];

const balancesOf = async (client: RigClient, vault: typeof ENGINE | typeof HAND) =>
  (await client.ask('GET_LEDGER', { ...vault, limit: 1 })).balances;

describe('the sub-account that is traded by hand', () => {
  it('takes and gives capital, and the engine’s does not notice', async () => {
    const { rig, client } = await hedgedRig();
    const engine = keptOfEngine(rig);
    const before = await client.ask('GET_ENGINE_VAULT', HAND);
    const { vault } = await client.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '250.5', ...BY_HAND });
    expect(vault).toMatchObject({ engine: 'manual', subAccount: 1, netTransfers: '250.5' });
    expect(decimal(vault.balance) - decimal(before.balance)).toBe(decimal('250.5'));
    const after = await client.ask('DRIFT_WITHDRAW', { asset: 'USDC', amount: '0.5', ...BY_HAND });
    expect(after.vault.netTransfers).toBe('250');
    expect(keptOfEngine(rig)).toEqual(engine);
    const { vaults } = await client.ask('GET_ALL_VAULTS', {});
    expect(vaults.map((one) => [one.engine, one.subAccount, one.netTransfers])).toEqual([
      ['funding', 0, '0'],
      ['manual', 1, '250'],
    ]);
    expect(vaults[1]).toEqual(await client.ask('VAULT_SYNC', HAND));
  });

  it.each([
    ['DRIFT_WITHDRAW', 'USDC', '1000000', 'INSUFFICIENT_BALANCE'],
    ['DRIFT_WITHDRAW', 'SOL', '0.5', 'INSUFFICIENT_BALANCE'],
    ['DRIFT_DEPOSIT', 'USDC', '0.0000001', 'INVALID_SIZE'],
    ['DRIFT_DEPOSIT', 'USDC', '990019', 'INVALID_SIZE'],
    ['DRIFT_DEPOSIT', 'SOL', '9'.repeat(40), 'INVALID_SIZE'],
  ] as const)('refuses %s of %s %s, and keeps its balances', async (command, asset, amount, code) => {
    const { rig, client } = await hedgedRig();
    const [kept, balances] = [keptOfHand(rig), await balancesOf(client, HAND)];
    expect((await client.refusal(command, { asset, amount, ...BY_HAND })).code).toBe(code);
    expect(await balancesOf(client, HAND)).toEqual(balances);
    expect(keptOfHand(rig)).toEqual(kept);
    expect(rig.status.state).toBe('running');
  });

  it('trades without a trace in the vault of the engine', async () => {
    const { rig, client } = await hedgedRig();
    const engine = [keptOfEngine(rig), await client.ask('GET_ENGINE_VAULT', ENGINE)];
    await client.ask('DRIFT_OPEN_POSITION', { market: 'SOL-PERP', direction: 'long', size: '3' });
    const { market, side } = { market: 'SOL-PERP', side: 'buy' } as const;
    await client.ask('PLACE_ORDER', { market, side, size: '1', type: 'limit', price: '100' });
    await client.ask('CANCEL_ALL_ORDERS', {});
    await client.ask('DRIFT_CLOSE_POSITION', { market: 'ALL' });
    await client.ask('DRIFT_SETTLE_PNL', { market });
    expect([keptOfEngine(rig), await client.ask('GET_ENGINE_VAULT', ENGINE)]).toEqual(engine);
    const { events } = await client.ask('GET_EVENTS', { ...HAND, limit: 100, types: ['FILL'] });
    expect(events.length).toBeGreaterThan(1);
    const { fills } = await client.ask('GET_FILLS', { limit: 100 });
    expect(fills.map(({ size }) => size)).toEqual(events.map(({ data }) => data['size']));
  });

  it('shows what was done at once, although the market stands still', async () => {
    const { client } = await hedgedRig();
    const seen = async () => {
      const { bids } = await client.ask('GET_ORDERBOOK', { market: 'SOL-PERP', depth: 500 });
      return {
        cash: (await client.ask('GET_TRADING_ACCOUNT', {})).cash,
        orders: (await client.ask('GET_OPEN_ORDERS', {})).orders.length,
        inBook: bids.filter(({ price }) => price === '100').length,
      };
    };
    const before = await seen();
    const order = { market: 'SOL-PERP', side: 'buy', size: '1', type: 'limit', price: '100' } as const;
    await client.ask('PLACE_ORDER', order);
    await client.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '500', ...BY_HAND });
    const after = await seen();
    expect(after).toMatchObject({ orders: 1, inBook: 1 });
    expect(decimal(after.cash) - decimal(before.cash)).toBe(decimal('500'));
    await client.ask('SOS', { flatten: false });
    expect(await seen()).toEqual({ ...after, orders: 0, inBook: 0 });
  });
});
