import { describe, expect, it } from 'vitest';

import { keptRun } from '../../support/keptRun.ts';
import { hedgedRig, newRig, type ProgramRig, type RigClient } from '../../support/programRig.ts';

const START = { engine: 'funding', mode: 'paper' } as const;
const FUNDING = { engine: 'funding' } as const;

const stateOf = (rig: ProgramRig): string => rig.status.state;
const haltOf = (rig: ProgramRig): unknown => rig.rows('SELECT halted, flatten FROM controls')[0];

async function expectFlat(rig: ProgramRig, client: RigClient): Promise<void> {
  expect(rig.figures).toMatchObject({ target: 'flat', positions: [], perpSol: '0' });
  const { balances } = await client.ask('GET_LEDGER', { ...FUNDING, limit: 1 });
  expect(balances.find(({ account }) => account === 'perp:SOL-PERP')?.amount).toBe('0');
  // What is smaller than a lot stays.
  expect(Number(balances.find(({ account }) => account === 'spot')?.amount)).toBeLessThan(0.001);
}

describe('SOS', () => {
  it('halts at once, and is on disk before it is answered', async () => {
    const { rig, client } = await hedgedRig();
    const answer = await client.ask('SOS', { flatten: false });
    expect(answer).toEqual({ halted: true, flat: null });
    expect(stateOf(rig)).toBe('halted');
    expect(haltOf(rig)).toEqual({ halted: 1, flatten: 0 });
    expect(stateOf(rig.crashed())).toBe('halted');
    expect(client.events.at(-1)).toMatchObject({ entry: { type: 'ALERT', data: { code: 'HALTED' } } });
  });

  it('without flatten trades nothing any more, while the market goes on', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('SOS', { flatten: false });
    const { positions, timestamp } = rig.figures;
    const orders = rig.rows('SELECT count(*) AS n FROM orders');
    const later = await client.nextFunding();
    expect(later.timestamp).toBeGreaterThan(timestamp);
    expect(later.positions[0]?.size).toBe(positions[0]?.size);
    expect(rig.rows('SELECT count(*) AS n FROM orders')).toEqual(orders);
  });

  it.each<readonly [state: string, lead: (rig: ProgramRig, client: RigClient) => Promise<unknown>]>([
    ['runs', (_rig, client) => client.ask('SET_CLOCK', { speed: 60 })],
    ['is paused', (_rig, client) => client.ask('SET_CLOCK', { speed: 'pause' })],
    ['is stopped', (_rig, client) => client.ask('STOP_ENGINE', FUNDING)],
    ['is halted', (_rig, client) => client.ask('SOS', { flatten: false })],
    ['rushes to the next funding', (_rig, client) => client.ask('SET_CLOCK', { speed: 'nextFunding' })],
    [
      'has failed',
      async (rig, client) => {
        const mend = rig.breakTable('checkpoints', 'UPDATE');
        const failed = client.nextStatus(({ state }) => state === 'error');
        await client.ask('SET_CLOCK', { speed: 3_600 });
        await failed;
        mend();
      },
    ],
  ])('with flatten closes both legs within its answer while the engine %s', async (_state, lead) => {
    const { rig, client } = await hedgedRig();
    await lead(rig, client);
    const asked = performance.now();
    const answer = await client.ask('SOS', { flatten: true });
    expect(performance.now() - asked).toBeLessThan(15_000);
    expect(answer).toEqual({ halted: true, flat: true });
    await expectFlat(rig, client);
    expect(haltOf(rig)).toEqual({ halted: 1, flatten: 1 });
    const { recomputed } = await keptRun(rig);
    expect(recomputed.problems).toEqual([]);
  });

  it('with flatten before anything was bought is flat at once', async () => {
    const rig = newRig();
    expect(await rig.connect().ask('SOS', { flatten: true })).toEqual({ halted: true, flat: true });
    expect(stateOf(rig)).toBe('halted');
  });

  it('that closes is not taken back by one that does not', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('SOS', { flatten: true });
    expect(await client.ask('SOS', { flatten: false })).toEqual({ halted: true, flat: null });
    expect(haltOf(rig)).toEqual({ halted: 1, flatten: 1 });
    await rig.restart();
    expect(haltOf(rig)).toEqual({ halted: 1, flatten: 1 });
  });

  it('of two windows at once closes if either asks for it', async () => {
    const { rig, client } = await hedgedRig();
    const other = rig.connect();
    const both = await Promise.all([
      client.ask('SOS', { flatten: true }),
      other.ask('SOS', { flatten: false }),
    ]);
    expect(both).toEqual([
      { halted: true, flat: true },
      { halted: true, flat: null },
    ]);
    await expectFlat(rig, client);
  });

  it('keeps the engine from being started, and not from being stopped', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('SOS', { flatten: false });
    expect((await client.refusal('START_ENGINE', START)).code).toBe('HALTED');
    await client.ask('STOP_ENGINE', FUNDING);
    expect(stateOf(rig)).toBe('halted');
    expect((await client.refusal('START_ENGINE', START)).code).toBe('HALTED');
  });

  it('is released into what the engine was before: running or stopped', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('SOS', { flatten: false });
    expect(await client.ask('RELEASE_SOS', {})).toEqual({ halted: false });
    expect(stateOf(rig)).toBe('running');
    await client.ask('STOP_ENGINE', FUNDING);
    await client.ask('SOS', { flatten: false });
    await client.ask('RELEASE_SOS', {});
    expect(stateOf(rig)).toBe('stopped');
    expect(haltOf(rig)).toEqual({ halted: 0, flatten: 0 });
    expect(stateOf(rig.crashed())).toBe('stopped');
  });

  it('that was released although there was none changes nothing, and says nothing', async () => {
    const { rig, client } = await hedgedRig();
    const events = rig.rows('SELECT count(*) AS n FROM events');
    await client.ask('RELEASE_SOS', {});
    expect(rig.rows('SELECT count(*) AS n FROM events')).toEqual(events);
    expect(stateOf(rig)).toBe('running');
  });

  it('after which everything was closed is released into an engine that waits, and the log tells it all', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('SOS', { flatten: true });
    await client.ask('RELEASE_SOS', {});
    expect(stateOf(rig)).toBe('waiting');
    await client.nextFunding();
    const { recomputed, report } = await keptRun(rig);
    expect(recomputed.problems).toEqual([]);
    expect(recomputed).toMatchObject({ pnl: report.pnl, trades: report.trades });
    expect(recomputed.trades).toBeGreaterThan(24);
  });

  it.each(['INSERT', 'UPDATE'] as const)(
    'halts although the disk refuses to keep its answer (%s), and is answered',
    async (change) => {
      const { rig, client } = await hedgedRig();
      const mend = rig.breakTable('answers', change);
      expect(await client.ask('SOS', { flatten: true })).toEqual({ halted: true, flat: true });
      expect(stateOf(rig)).toBe('halted');
      expect(haltOf(rig)).toEqual({ halted: 1, flatten: 1 });
      mend();
    },
  );

  it('stands in memory although the disk refuses the SOS itself, which is said', async () => {
    const { rig, client } = await hedgedRig();
    const mends = (['INSERT', 'UPDATE'] as const).map((change) => rig.breakTable('controls', change));
    expect((await client.refusal('SOS', { flatten: false })).code).toBe('INTERNAL');
    expect(stateOf(rig)).toBe('halted');
    for (const mend of mends) mend();
    await client.ask('SOS', { flatten: false });
    expect(haltOf(rig)).toEqual({ halted: 1, flatten: 0 });
  });

  it('comes from outside a window too: a tray, a signal', async () => {
    const { rig, client } = await hedgedRig();
    const states: string[] = [];
    const end = rig.program.onStatus(({ state }) => states.push(state));
    await rig.program.sos(true);
    await expectFlat(rig, client);
    await rig.program.releaseSos();
    end();
    await client.ask('STOP_ENGINE', FUNDING);
    expect([states[0], states.at(-1)]).toEqual(['halted', 'waiting']);
  });
});
