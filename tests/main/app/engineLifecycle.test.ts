import { describe, expect, it } from 'vitest';

import { keptRun } from '../../support/keptRun.ts';
import { hedgedRig, newRig, type ProgramRig } from '../../support/programRig.ts';

const START = { engine: 'funding', mode: 'paper' } as const;
const FUNDING = { engine: 'funding' } as const;

const stateOf = (rig: ProgramRig): string => rig.status.state;
const checkpointOf = (rig: ProgramRig): unknown => rig.rows('SELECT step, t, state FROM checkpoints')[0];

describe('[R8.3] an engine', () => {
  it('on a new folder stands still, and says that nobody has chosen anything yet', async () => {
    const client = newRig().connect();
    const { firstRun, settingsRevision, engines } = await client.ask('GET_STATUS', {});
    expect({ firstRun, settingsRevision }).toEqual({ firstRun: true, settingsRevision: 0 });
    expect(engines).toMatchObject([{ status: { state: 'stopped', startedAt: null, uptimeMs: 0 } }]);
    expect(engines[0]?.funding).toMatchObject({ target: 'flat', positions: [], pnl: { total: '0' } });
  });

  it('is started once: a second start is ENGINE_ALREADY_RUNNING', async () => {
    const rig = newRig();
    const client = rig.connect();
    const { status } = await client.ask('START_ENGINE', START);
    expect(status.startedAt).not.toBeNull();
    expect((await client.refusal('START_ENGINE', START)).code).toBe('ENGINE_ALREADY_RUNNING');
    expect((await client.ask('GET_STATUS', {})).firstRun).toBe(false);
  });

  it('is stopped once: a second stop is ENGINE_NOT_RUNNING, and so is one before any start', async () => {
    const client = newRig().connect();
    expect((await client.refusal('STOP_ENGINE', FUNDING)).code).toBe('ENGINE_NOT_RUNNING');
    await client.ask('START_ENGINE', START);
    const { status } = await client.ask('STOP_ENGINE', FUNDING);
    expect(status).toMatchObject({ state: 'stopped', startedAt: null, uptimeMs: 0 });
    expect((await client.refusal('STOP_ENGINE', FUNDING)).code).toBe('ENGINE_NOT_RUNNING');
  });

  it('that was stopped keeps its positions, and everything of it is on disk before the answer', async () => {
    const { rig, client } = await hedgedRig();
    const { positions } = rig.figures;
    await client.ask('SET_CLOCK', { speed: 3_600 });
    await client.ask('STOP_ENGINE', FUNDING);

    const stopped = checkpointOf(rig);
    expect(rig.figures.positions[0]?.size).toBe(positions[0]?.size);
    await client.nextFigures();
    expect(checkpointOf(rig)).toEqual(stopped);
    expect(rig.rows("SELECT state FROM orders WHERE state IN ('sent', 'unknown')")).toEqual([]);

    const after = rig.crashed();
    expect(stateOf(after)).toBe('stopped');
    expect(after.figures).toMatchObject({
      timestamp: rig.figures.timestamp,
      equity: rig.figures.equity,
    });
  });

  it('that holds nothing is waiting, with its hedge it is running', async () => {
    const rig = newRig();
    const client = rig.connect();
    await client.ask('START_ENGINE', START);
    await client.nextFunding();
    expect(client.states[0]).toBe('waiting');
    expect(stateOf(rig)).toBe('running');
  });

  it('is restarted from what is on disk, running or not', async () => {
    const { rig, client } = await hedgedRig();
    const before = rig.figures;
    const { status } = await client.ask('RESTART_ENGINE', FUNDING);
    expect(status.state).toBe('running');
    expect(rig.figures).toEqual(before);

    await client.ask('STOP_ENGINE', FUNDING);
    expect((await client.ask('RESTART_ENGINE', FUNDING)).status.state).toBe('running');
    expect((await client.nextFunding()).timestamp).toBeGreaterThan(before.timestamp);
  });

  it('tells every change of its state to everyone', async () => {
    const { rig, client } = await hedgedRig();
    const other = rig.connect();
    await client.ask('STOP_ENGINE', FUNDING);
    await client.ask('START_ENGINE', START);
    await client.ask('SOS', { flatten: false });
    await client.ask('RELEASE_SOS', {});
    const changes = other.states.filter((state, at) => state !== other.states[at - 1]);
    expect(changes).toEqual(['stopped', 'running', 'halted', 'running']);
  });
});

describe('a program that is started again on the same folder', () => {
  it('[R8.3] lets an engine run on that was running, from where it was', async () => {
    const { rig, client } = await hedgedRig();
    const before = rig.figures;
    const [checkpoint] = rig.rows('SELECT step FROM checkpoints');
    client.leave();
    await rig.restart();
    expect(stateOf(rig)).toBe('running');
    expect(rig.program.resumedAt).toBe(checkpoint?.['step']);
    expect(rig.figures).toMatchObject({ target: 'hedged', lastAction: before.lastAction });
    expect(rig.figures.positions[0]?.size).toBe(before.positions[0]?.size);
    expect((await rig.connect().nextFunding()).timestamp).toBeGreaterThan(before.timestamp);
  });

  it('leaves an engine stopped that was stopped', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('STOP_ENGINE', FUNDING);
    const { clock: _clock, ...before } = rig.figures;
    await rig.restart();
    expect(stateOf(rig)).toBe('stopped');
    await rig.connect().nextFigures();
    expect(rig.figures).toMatchObject(before);
  });

  it('leaves an engine halted until SOS is released, and then as it was', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('SOS', { flatten: false });
    for (let time = 0; time < 2; time += 1) {
      await rig.restart();
      expect(stateOf(rig)).toBe('halted');
    }
    const again = rig.connect();
    expect((await again.refusal('START_ENGINE', START)).code).toBe('HALTED');
    await again.ask('RELEASE_SOS', {});
    expect(stateOf(rig)).toBe('running');
  });

  it('goes on without a gap or a doublet in its books, however it ended', async () => {
    const { rig, client } = await hedgedRig();
    await client.nextFunding();
    const crashed = rig.crashed();
    const survivor = crashed.connect();
    await survivor.nextFunding();
    await crashed.restart();
    await crashed.connect().nextFunding();

    const { report, recomputed, log } = await keptRun(crashed);
    expect(recomputed.problems).toEqual([]);
    expect(recomputed).toMatchObject({ pnl: report.pnl, equityEnd: report.equityEnd });
    expect(log.match(/"type":"OPENING"/g)).toHaveLength(1);
  });

  it('refuses a second one beside it', async () => {
    const { rig, client } = await hedgedRig();
    expect(() => new (rig.constructor as new (dir: string) => ProgramRig)(rig.dataDir)).toThrow(
      'Another instance uses the data folder',
    );
    expect((await client.nextFunding()).target).toBe('hedged');
  });
});

describe('an engine whose disk fails', () => {
  it('stops with an error, says so, and goes on from what was acknowledged once the disk is mended', async () => {
    const { rig, client } = await hedgedRig();
    const acknowledged = checkpointOf(rig);
    const mend = rig.breakTable('checkpoints', 'UPDATE');
    const failing = client.nextStatus(({ state }) => state === 'error');
    await client.ask('SET_CLOCK', { speed: 3_600 });
    const failed = await failing;
    expect(failed.error).toMatchObject({ code: 'INTERNAL' });
    expect(failed.error?.message).toMatch(/look for [0-9a-f-]{36} in the log/);
    expect(checkpointOf(rig)).toEqual(acknowledged);

    mend();
    await client.ask('START_ENGINE', START);
    expect(rig.status.error).toBeUndefined();
    await client.nextFunding();
    expect((await keptRun(rig)).recomputed.problems).toEqual([]);
  });
});
