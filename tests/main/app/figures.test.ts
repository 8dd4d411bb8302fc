import { describe, expect, it } from 'vitest';

import type { FundingUpdateData } from '../../../src/shared/contract/fundingUpdate.ts';
import { keptRun } from '../../support/keptRun.ts';
import { hedgedRig, newRig, type ProgramRig, type RigClient } from '../../support/programRig.ts';
import {
  decimal,
  driftPctOf,
  equityOf,
  hedgeableOf,
  linesOf,
  standings,
  textOf,
  times,
  written,
  type Line,
  type Standing,
} from '../../support/recompute.ts';

const FUNDING = { engine: 'funding' } as const;
const MICRO = 10n ** 30n;

/** A screen shows millionths of a dollar, rounded down. */
function floored(exact: string): string {
  const amount = decimal(exact);
  const rest = ((amount % MICRO) + MICRO) % MICRO;
  return written(amount - rest);
}

const flooredAll = (parts: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(parts).map(([part, exact]) => [part, floored(exact)]));

/** Some hours, deposits, a withdrawal that is refused, and what the screen shows at the end of them. */
async function busyDay(): Promise<{ rig: ProgramRig; client: RigClient; shown: FundingUpdateData }> {
  const { rig, client } = await hedgedRig();
  await client.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '250.5' });
  await client.nextFunding();
  await client.ask('DRIFT_DEPOSIT', { asset: 'SOL', amount: '1.25' });
  await client.refusal('DRIFT_WITHDRAW', { asset: 'USDC', amount: '900000' });
  await client.ask('DRIFT_WITHDRAW', { asset: 'USDC', amount: '100' });
  for (let hour = 0; hour < 3; hour += 1) await client.nextFunding();
  await client.ask('STOP_ENGINE', FUNDING);
  return { rig, client, shown: await client.nextFigures() };
}

describe('the figures of a FUNDING_UPDATE', () => {
  it("are those of the run's report, and of its event log alone", async () => {
    const { rig, shown } = await busyDay();
    const { report, recomputed, log } = await keptRun(rig);
    expect(recomputed.problems).toEqual([]);
    expect(shown.pnl).toEqual(flooredAll(report.pnl));
    expect(shown.pnl).toEqual(flooredAll(recomputed.pnl));
    expect(shown.timestamp).toBe(report.to);
    expect(shown.comparison).toMatchObject({
      justHolding: floored(recomputed.justHolding.pnlTotal),
      neverLeaving: floored(report.neverExiting.pnlTotal),
    });

    const last = [...standings(linesOf(log))].at(-1) as Standing;
    const sol = last.oracle.get('SOL') ?? 0n;
    // The wallet's gas is no part of the sub-account.
    expect(shown.equity).toBe(floored(written(equityOf(last) - times(last.wallet, sol))));
    expect(shown.spotSol).toBe(written(hedgeableOf(last)));
    expect(shown.perpSol).toBe(written(last.perp.get('SOL-PERP') ?? 0n));
    expect(shown.solPrice).toBe(written(sol));
    expect(decimal(shown.netDelta)).toBe(decimal(shown.spotSol) + decimal(shown.perpSol));
    expect(Math.abs(shown.driftPct)).toBeCloseTo(driftPctOf(last), 2);
  });

  it('add up: the parts of the PnL are its total, as far as their last digit', async () => {
    const { shown } = await busyDay();
    const { total, ...parts } = shown.pnl;
    const sum = Object.values(parts).reduce((sum, part) => sum + decimal(part), 0n);
    const off = decimal(total) - sum;
    expect(off >= 0n && off <= 5n * MICRO).toBe(true);
  });

  it('are the same in GET_STATUS, and in the vault', async () => {
    const { client, shown } = await busyDay();
    expect((await client.ask('GET_STATUS', {})).engines[0]?.funding).toEqual(shown);
    const vault = await client.ask('GET_ENGINE_VAULT', FUNDING);
    expect(vault).toMatchObject({ balance: shown.equity, pnl: shown.pnl, timestamp: shown.timestamp });
    const byHand = await client.ask('GET_ENGINE_VAULT', { engine: 'manual' });
    expect((await client.ask('GET_ALL_VAULTS', {})).vaults).toEqual([vault, byHand]);
    expect(await client.ask('VAULT_SYNC', FUNDING)).toEqual(vault);
    expect((await client.ask('REQUEST_SYNC', {})).vaults).toBe(1);
  });

  it('go on in the same way after a restart of the program', async () => {
    const { rig, shown } = await busyDay();
    await rig.restart();
    expect({ ...rig.figures, clock: shown.clock }).toEqual(shown);
  });

  it('say the last thing that the engine did, in words', async () => {
    const { client } = await hedgedRig();
    await client.refusal('DRIFT_WITHDRAW', { asset: 'USDC', amount: '900000' });
    const { lastAction } = await client.nextFigures();
    const [newest] = (await client.ask('GET_EVENTS', { limit: 1 })).events;
    expect(newest?.type).toBe('BLOCKED');
    expect(lastAction).toContain(textOf((newest as Line).data, 'because'));
  });
});

describe('[R7.5] a vault', () => {
  it('shows balance, allocated and available capital, which no sum contradicts', async () => {
    const { client } = await hedgedRig();
    const vault = await client.ask('GET_ENGINE_VAULT', FUNDING);
    const [balance, allocated, available] = [vault.balance, vault.allocated, vault.available].map(decimal);
    expect(vault).toMatchObject({ capital: '10000', netTransfers: '0', market: 'simulated, seed 7' });
    const off = (balance ?? 0n) - (allocated ?? 0n) - (available ?? 0n);
    expect(off >= -2n * MICRO && off <= 2n * MICRO).toBe(true);
  });

  it('[R8.4] [R8.5] takes and gives capital by the rules, and counts it', async () => {
    const { client } = await hedgedRig();
    const before = await client.ask('GET_ENGINE_VAULT', FUNDING);
    const { vault } = await client.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '250.5' });
    expect(decimal(vault.balance) - decimal(before.balance)).toBe(decimal('250.5'));
    expect(vault.netTransfers).toBe('250.5');
    const after = await client.ask('DRIFT_WITHDRAW', { asset: 'USDC', amount: '0.5' });
    expect(after.vault.netTransfers).toBe('250');
  });

  it.each([
    ['more than there is', 'DRIFT_WITHDRAW', { asset: 'USDC', amount: '1000000' }, 'INSUFFICIENT_BALANCE'],
    ['a seventh decimal of USDC', 'DRIFT_DEPOSIT', { asset: 'USDC', amount: '0.0000001' }, 'INVALID_SIZE'],
    ['a tenth decimal of SOL', 'DRIFT_WITHDRAW', { asset: 'SOL', amount: '0.0000000001' }, 'INVALID_SIZE'],
    [
      'more than the book has depth for',
      'DRIFT_DEPOSIT',
      { asset: 'USDC', amount: '990019' },
      'INVALID_SIZE',
    ],
    ['that in SOL', 'DRIFT_DEPOSIT', { asset: 'SOL', amount: '9'.repeat(40) }, 'INVALID_SIZE'],
  ] as const)('refuses %s, and keeps its balances', async (_what, command, payload, code) => {
    const { client } = await hedgedRig();
    const before = (await client.ask('GET_LEDGER', { ...FUNDING, limit: 1 })).balances;
    expect((await client.refusal(command, payload)).code).toBe(code);
    expect((await client.ask('GET_LEDGER', { ...FUNDING, limit: 1 })).balances).toEqual(before);
  });
});

describe('GET_MARKETS', () => {
  it('tells steps and margins as decimals', async () => {
    const { markets } = await newRig().connect().ask('GET_MARKETS', {});
    expect(markets).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ market: 'SOL', kind: 'spot', asset: 'SOL' }),
        expect.objectContaining({ market: 'SOL-PERP', kind: 'perp', asset: 'SOL' }),
      ]),
    );
    for (const { tick, lot, minimum } of markets)
      for (const step of [tick, lot, minimum]) expect(Number(step)).toBeGreaterThan(0);
  });
});

describe('GET_FUNDING_HISTORY', () => {
  it('holds every rate that was paid, oldest first, within its bounds', async () => {
    const { rig, client } = await hedgedRig();
    for (let hour = 0; hour < 3; hour += 1) await client.nextFunding();
    const market = 'SOL-PERP';
    const { rates } = await client.ask('GET_FUNDING_HISTORY', { market });
    const paid = rig.rows("SELECT t, line FROM events WHERE type = 'FUNDING' ORDER BY seq");
    const last = rates.slice(-paid.length);
    expect(last.map(({ t }) => t)).toEqual(paid.map(({ t }) => t));
    expect(last.map(({ rate }) => rate)).toEqual(
      paid.map(({ line }) => (JSON.parse(String(line)) as { data: { rate: string } }).data.rate),
    );
    expect(rates.map(({ t }) => t)).toEqual(rates.map(({ t }) => t).toSorted((a, b) => a - b));

    const [from = 0, to = 0] = [last[0]?.t, last[1]?.t];
    expect((await client.ask('GET_FUNDING_HISTORY', { market, from, to })).rates).toEqual(last.slice(0, 2));
    expect((await client.ask('GET_FUNDING_HISTORY', { market, limit: 1 })).rates).toEqual(rates.slice(-1));
    for (const unknown of ['SOL', 'XRP-PERP'])
      expect((await client.refusal('GET_FUNDING_HISTORY', { market: unknown })).code).toBe('UNKNOWN_MARKET');
  });
});
