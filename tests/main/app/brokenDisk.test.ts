import { describe, expect, it } from 'vitest';

import { openProgram } from '../../../src/main/app.ts';
import { keptRun } from '../../support/keptRun.ts';
import { hedgedRig, rigOn, type ProgramRig } from '../../support/programRig.ts';

const START = { engine: 'funding', mode: 'paper' } as const;
const FUNDING = { engine: 'funding' } as const;
const DEPOSIT = { asset: 'USDC', amount: '123' } as const;
const TOLERANCE = 'engine.deltaTolerancePct';

const countOf = (rig: ProgramRig, table: string): unknown =>
  rig.rows(`SELECT count(*) AS n FROM ${table}`)[0]?.['n'];
const stateOf = (rig: ProgramRig): string => rig.status.state;

describe('VAULT_RESET that the disk refuses half way', () => {
  it.each([
    ['runs', 'INSERT'],
    ['engines', 'UPDATE'],
  ] as const)('changes nothing, and the engine runs on (%s)', async (table, change) => {
    const { rig, client } = await hedgedRig();
    const events = countOf(rig, 'events');
    const mend = rig.breakTable(table, change);
    await client.refusal('VAULT_RESET', { ...FUNDING, capital: '777' });
    mend();
    expect(countOf(rig, 'events')).toBe(events);
    expect((await client.ask('GET_ENGINE_VAULT', FUNDING)).capital).toBe('10000');
    expect(rig.figures.positions).toHaveLength(1);
    expect(rig.status.state).toBe('running');
  });
});

describe('UPDATE_CONFIG whose line can not be written', () => {
  it('changes nothing, now or later', async () => {
    const { rig, client } = await hedgedRig();
    const mend = rig.breakTable('events');
    await client.refusal('UPDATE_CONFIG', { ...FUNDING, config: { [TOLERANCE]: '2' } });
    mend();
    expect((await client.ask('GET_SETTINGS', {})).revision).toBe(0);
    await client.nextFunding();
    expect((await client.ask('GET_EVENTS', { limit: 9, search: 'You changed' })).events).toEqual([]);
  });
});

describe('an SOS that the disk refused', () => {
  it('and that is asked for again is written down then: SOS with flatten', async () => {
    const { rig, client } = await hedgedRig();
    const mends = (['INSERT', 'UPDATE'] as const).map((change) => rig.breakTable('controls', change));
    await client.refusal('SOS', { flatten: true });
    for (const mend of mends) mend();
    await client.ask('SOS', { flatten: true });
    expect(rig.rows('SELECT halted, flatten FROM controls')).toEqual([{ halted: 1, flatten: 1 }]);
  });

  it.each([
    ['a change of settings', 'UPDATE_CONFIG', { ...FUNDING, config: { [TOLERANCE]: '2' } }],
    ['a restart of the engine', 'RESTART_ENGINE', FUNDING],
  ])('stands in memory after %s, which reads everything back', async (_what, command, payload) => {
    const { rig, client } = await hedgedRig();
    const mends = (['INSERT', 'UPDATE'] as const).map((change) => rig.breakTable('controls', change));
    await client.refusal('SOS', { flatten: false });
    await client.request(command, payload);
    expect(rig.status.state).toBe('halted');
    for (const mend of mends) mend();
  });

  it('stands in memory after a restore', async () => {
    const { rig, client } = await hedgedRig();
    const { backup } = await client.ask('BACKUP', {});
    const mends = (['INSERT', 'UPDATE'] as const).map((change) => rig.breakTable('controls', change));
    await client.refusal('SOS', { flatten: false });
    for (const mend of mends) mend();
    await client.ask('RESTORE', { backup });
    expect(rig.status.state).toBe('halted');
  });
});

describe('RELEASE_SOS that can not be written down', () => {
  it('that can not be released on the disk stays, in memory and after a restart', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('SOS', { flatten: false });
    const mend = rig.breakTable('controls', 'UPDATE');
    await client.refusal('RELEASE_SOS', {});
    expect(stateOf(rig)).toBe('halted');
    expect((await client.refusal('START_ENGINE', START)).code).toBe('HALTED');
    mend();
    expect(stateOf(rig.crashed())).toBe('halted');
    await client.ask('RELEASE_SOS', {});
    expect(stateOf(rig)).toBe('running');
  });

  it('whose line can not be, leaves the engine halted', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('SOS', { flatten: false });
    const mend = rig.breakTable('events');
    await client.refusal('RELEASE_SOS', {});
    mend();
    expect(rig.status.state).toBe('halted');
    expect(rig.rows('SELECT halted FROM controls')).toEqual([{ halted: 1 }]);
  });
});

describe('a deposit that can not be written down', () => {
  it.each(['ledger_entries', 'events'])(
    'is not shown, and one that follows counts once (%s)',
    async (table) => {
      const { rig, client } = await hedgedRig();
      const [before, shown] = [await client.ask('GET_ENGINE_VAULT', FUNDING), rig.figures];
      const mend = rig.breakTable(table);
      await client.refusal('DRIFT_DEPOSIT', DEPOSIT);
      expect(rig.figures).toEqual(shown);
      mend();
      expect(await client.ask('GET_ENGINE_VAULT', FUNDING)).toEqual(before);
      expect((await client.ask('DRIFT_DEPOSIT', DEPOSIT)).vault.netTransfers).toBe('123');
      await client.nextFunding();
      const { recomputed, report } = await keptRun(rig);
      expect(recomputed.problems).toEqual([]);
      expect(recomputed).toMatchObject({ netTransfers: '123', pnl: report.pnl });
    },
  );
});

describe('an engine that has failed', () => {
  it('can be stopped, so that the next start of the program leaves it so', async () => {
    const { rig, client } = await hedgedRig();
    const mend = rig.breakTable('checkpoints', 'UPDATE');
    const failing = client.nextStatus(({ state }) => state === 'error');
    await client.ask('SET_CLOCK', { speed: 3_600 });
    await failing;
    mend();
    await client.request('STOP_ENGINE', FUNDING);
    client.leave();
    await rig.restart();
    expect(rig.status.state).toBe('stopped');
  });
});

describe('the end of a program whose last commit fails', () => {
  it('frees the folder all the same, and twice is once', async () => {
    const { rig, client } = await hedgedRig();
    const { program, dataDir } = rig;
    const mends = (['INSERT', 'UPDATE'] as const).map((change) => rig.breakTable('checkpoints', change));
    await expect(rig.close()).rejects.toThrow('the disk says no');
    await expect(program.close()).rejects.toThrow('the disk says no');
    expect(client.closedFor).toBe('goingAway');
    for (const mend of mends) mend();
    const after = rigOn(dataDir);
    expect(stateOf(after)).toBe('running');
    expect((await after.connect().nextFunding()).target).toBe('hedged');
  });

  it('twice is once where nothing fails, too', async () => {
    const { rig } = await hedgedRig();
    const { program, dataDir } = rig;
    await Promise.all([rig.close(), program.close()]);
    await program.close();
    const again = openProgram({ dataDir, appVersion: '', logLevel: 'error', stderrLevel: 'none' });
    expect(again.glance().status.state).toBe('running');
    await again.close();
  });
});
