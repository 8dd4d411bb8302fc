import { describe, expect, it } from 'vitest';

import { hedgedRig, newRig, type ProgramRig } from '../../support/programRig.ts';

const START = { engine: 'funding', mode: 'paper' } as const;
const HOUR = 3_600_000;
const INTERRUPTION = { cause: 'sleep', from: 1_000, to: 61_000 } as const;

const stateOf = (rig: ProgramRig): string => rig.status.state;
const timeOf = (rig: ProgramRig): number => rig.figures.timestamp;

describe('SET_CLOCK', () => {
  it('begins at 60 times life, and takes 1 to 3600', async () => {
    const rig = newRig();
    const client = rig.connect();
    expect(rig.figures.clock).toEqual({ speed: 60, paused: false, rushing: false });
    for (const speed of [1, 3_600, 2]) {
      expect(await client.ask('SET_CLOCK', { speed })).toEqual({ speed, paused: false, rushing: false });
      expect(rig.figures.clock?.speed).toBe(speed);
    }
    for (const speed of [0, 3_601, 1.5, -60, 'fast', '60', null]) {
      const error = await client.refusal('SET_CLOCK', { speed });
      expect(error).toMatchObject({ code: 'INVALID_PAYLOAD', details: { field: 'speed' } });
    }
    expect(rig.figures.clock?.speed).toBe(2);
  });

  it('makes the market go so many times faster than life', async () => {
    const rig = newRig();
    const client = rig.connect();
    await client.ask('SET_CLOCK', { speed: 3_600 });
    await client.ask('START_ENGINE', START);
    const [began, from] = [performance.now(), timeOf(rig)];
    await client.nextFigures(({ timestamp }) => timestamp >= from + 30 * 60_000);
    const [wall, market] = [performance.now() - began, timeOf(rig) - from];
    // Half an hour takes half a second; a busy machine makes it longer, and nothing shorter.
    expect(market / wall).toBeLessThan(3_600 * 1.15);
    expect(market / wall).toBeGreaterThan(360);
  });

  it('paused lets the market stand still while everything else is answered', async () => {
    const { rig, client } = await hedgedRig();
    const before = rig.figures;
    expect(before.clock).toEqual({ speed: 60, paused: true, rushing: false });
    await client.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '10' });
    await client.nextFigures();
    await client.nextFigures();
    expect(timeOf(rig)).toBe(before.timestamp);
    expect(stateOf(rig)).toBe('running');
  });

  it('nextFunding lands on the next full hour, takes its funding, and goes on at its speed', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('SET_CLOCK', { speed: 1 });
    const before = timeOf(rig);
    const there = client.nextFigures(({ timestamp }) => timestamp > before && timestamp % HOUR === 0);
    expect(await client.ask('SET_CLOCK', { speed: 'nextFunding' })).toEqual({
      speed: 1,
      paused: false,
      rushing: true,
    });
    const figures = await there;
    expect(figures.timestamp).toBe(before - (before % HOUR) + HOUR);
    expect(figures.clock).toEqual({ speed: 1, paused: false, rushing: false });
    expect(rig.rows("SELECT t FROM events WHERE type = 'FUNDING' ORDER BY seq DESC LIMIT 1")).toEqual([
      { t: figures.timestamp },
    ]);
    await client.nextFigures();
    expect(timeOf(rig)).toBe(figures.timestamp);
  });

  it('pause ends a rush on its way', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('SET_CLOCK', { speed: 'nextFunding' });
    const { rushing, paused } = await client.ask('SET_CLOCK', { speed: 'pause' });
    expect({ rushing, paused }).toEqual({ rushing: false, paused: true });
    const stood = timeOf(rig);
    await client.nextFigures();
    expect(timeOf(rig)).toBe(stood);
  });

  it('is heard by every window', async () => {
    const { rig, client } = await hedgedRig();
    const other = rig.connect();
    const told = other.nextFigures(({ clock }) => clock?.speed === 2);
    await client.ask('SET_CLOCK', { speed: 2 });
    expect((await told).clock).toEqual({ speed: 2, paused: false, rushing: false });
  });
});

describe('[R11.5] an interruption', () => {
  it('puts a running engine into recovering, syncs, tells of it, and lets it go on', async () => {
    const { rig, client } = await hedgedRig();
    await rig.program.interrupted(INTERRUPTION);
    expect(client.states.slice(-3)).toEqual(['recovering', 'running', 'running']);
    expect(client.events.at(-1)).toEqual({ kind: 'recovered', interruption: INTERRUPTION });
    expect((await client.nextFunding()).target).toBe('hedged');
  });

  it('[R9.9] of a jumping clock is told to every window', async () => {
    const { rig, client } = await hedgedRig();
    const other = rig.connect();
    await rig.program.interrupted({ ...INTERRUPTION, cause: 'clockJump' });
    for (const { events } of [client, other])
      expect(events.at(-1)).toMatchObject({ interruption: { cause: 'clockJump' } });
  });

  it('means nothing to an engine that is stopped', async () => {
    const rig = newRig();
    const client = rig.connect();
    await rig.program.interrupted(INTERRUPTION);
    expect(client.events).toEqual([]);
    expect(stateOf(rig)).toBe('stopped');
  });

  it('leaves an SOS as it is', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('SOS', { flatten: false });
    const before = client.states.length;
    await rig.program.interrupted(INTERRUPTION);
    expect(stateOf(rig)).toBe('halted');
    expect(new Set(client.states.slice(before))).toEqual(new Set(['halted']));
    expect((await client.refusal('START_ENGINE', START)).code).toBe('HALTED');
    expect(rig.rows('SELECT halted FROM controls')).toEqual([{ halted: 1 }]);
  });

  it('does not make up for the time that was slept', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('SET_CLOCK', { speed: 60 });
    const before = timeOf(rig);
    await rig.program.interrupted({ cause: 'sleep', from: 0, to: 86_400_000 });
    await client.nextFigures();
    expect(timeOf(rig) - before).toBeLessThan(10 * 60_000);
  });

  it('whose sync fails stops the engine with its error', async () => {
    const { rig, client } = await hedgedRig();
    const mend = rig.breakTable('checkpoints', 'UPDATE');
    await rig.program.interrupted(INTERRUPTION);
    expect(stateOf(rig)).toBe('error');
    expect(client.events.filter(({ kind }) => kind === 'recovered')).toEqual([]);
    mend();
  });
});
