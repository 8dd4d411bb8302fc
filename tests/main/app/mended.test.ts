import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { Pacer } from '../../../src/main/simulation/pacer.ts';
import { keptRun } from '../../support/keptRun.ts';
import { hedgedRig, newRig, type ProgramRig } from '../../support/programRig.ts';
import { decimal } from '../../support/recompute.ts';
import { recordedRig } from '../../support/recordedRig.ts';

const START = { engine: 'funding', mode: 'paper' } as const;
const FUNDING = { engine: 'funding' } as const;
const DEPOSIT = { asset: 'USDC', amount: '123' } as const;
const EVER = { from: 0, to: 8_640_000_000_000_000 } as const;
const stateOf = (rig: ProgramRig): string => rig.status.state;
const linesOf = (rig: ProgramRig): readonly unknown[] => rig.rows('SELECT line FROM events ORDER BY seq');

describe('DRIFT_DEPOSIT and DRIFT_WITHDRAW', () => {
  it.each(['DRIFT_DEPOSIT', 'DRIFT_WITHDRAW'])(
    '%s to a sub-account that is not there moves nothing',
    async (command) => {
      const { rig, client } = await hedgedRig();
      const lines = linesOf(rig);
      for (const subAccount of [2, 9]) {
        const error = await client.refusal(command, { ...DEPOSIT, subAccount });
        expect(error).toMatchObject({ code: 'NOT_SUPPORTED', details: { subAccount } });
      }
      expect(linesOf(rig)).toEqual(lines);
      expect((await client.ask('GET_ENGINE_VAULT', FUNDING)).netTransfers).toBe('0');
    },
  );

  it.each(['00', '0123', '00.5', '-1', '.5', '1.', '1e3', '+1', ' 1', '0', '0.0'])(
    'take no %j for an amount, and VAULT_RESET none for a capital',
    async (amount) => {
      const client = newRig().connect();
      for (const [command, payload] of [
        ['DRIFT_DEPOSIT', { ...DEPOSIT, amount }],
        ['DRIFT_WITHDRAW', { ...DEPOSIT, amount }],
        ['VAULT_RESET', { ...FUNDING, capital: amount }],
      ] as const)
        expect((await client.refusal(command, payload)).code).toBe('INVALID_PAYLOAD');
    },
  );
});

describe('a deposit before the first start', () => {
  it('is in the ledger once, whose balances are those of the books', async () => {
    const rig = newRig();
    const client = rig.connect();
    await client.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '1000' });
    await client.ask('DRIFT_DEPOSIT', { asset: 'SOL', amount: '2' });
    const { balances } = await client.ask('GET_LEDGER', { ...FUNDING, limit: 1 });
    const of = (account: string, asset: string): string | undefined =>
      balances.find((one) => one.account === account && one.asset === asset)?.amount;
    expect([of('cash', 'USDC'), of('spot', 'SOL')]).toEqual(['11000', '2']);
    const { balance } = await client.ask('GET_ENGINE_VAULT', FUNDING);
    const { solPrice } = rig.figures;
    expect(Number(balance)).toBeCloseTo(11_000 + 2 * Number(solPrice), 5);
    await client.ask('START_ENGINE', START);
    await client.nextFunding();
    const { recomputed, report, log } = await keptRun(rig);
    expect(log.slice(0, log.indexOf('\n'))).toContain('"type":"OPENING"');
    expect(recomputed.problems).toEqual([]);
    expect(recomputed).toMatchObject({ equityEnd: report.equityEnd, pnl: report.pnl });
  });
});

describe('a recording that has ended', () => {
  it('is not gone past by RESTART_ENGINE, nor by the next start of the program', async () => {
    const { rig, client } = await recordedRig(3);
    await client.nextFunding();
    const ended = client.nextStatus(({ state }) => state === 'stopped');
    await client.ask('SET_CLOCK', { speed: 'nextFunding' });
    await ended;
    const [lines, steps] = [linesOf(rig), rig.rows('SELECT step FROM checkpoints')];
    expect((await client.refusal('START_ENGINE', START)).code).toBe('MARKET_ENDED');
    expect((await client.refusal('RESTART_ENGINE', FUNDING)).code).toBe('MARKET_ENDED');
    expect(stateOf(rig)).toBe('stopped');
    client.leave();
    await rig.restart();
    const again = rig.connect();
    expect((await again.refusal('START_ENGINE', START)).code).toBe('MARKET_ENDED');
    await again.nextFigures();
    expect([stateOf(rig), rig.status.startedAt]).toEqual(['stopped', null]);
    expect(linesOf(rig)).toEqual(lines);
    expect(rig.rows('SELECT step FROM checkpoints')).toEqual(steps);
  });
});

describe('a withdrawal that the engine that never leaves can not make', () => {
  it('ends the comparison with it, for good, and not that with just holding', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('SOS', { flatten: true });
    expect(rig.figures.comparison?.neverLeaving).not.toBeNull();
    await client.ask('DRIFT_WITHDRAW', { asset: 'USDC', amount: '9000' });
    const { justHolding } = rig.figures.comparison ?? {};
    expect(rig.figures.comparison?.neverLeaving).toBeNull();
    const later = await client.nextFunding();
    expect(later.comparison?.neverLeaving).toBeNull();
    expect(later.comparison?.justHolding).not.toBe(justHolding);
    client.leave();
    await rig.restart();
    // The market goes on with the program, by a minute or so.
    expect(rig.figures.comparison).toMatchObject({ neverLeaving: null, neverLeavingEquity: null });
    expect(Number(rig.figures.comparison?.justHolding)).toBeCloseTo(
      Number(later.comparison?.justHolding),
      -1,
    );
    const again = rig.connect();
    await again.nextFunding();
    const { points } = await again.ask('GET_EQUITY_CURVE', { ...FUNDING, ...EVER, points: 2_000 });
    expect(points[0]?.neverLeaving).not.toBeNull();
    expect(points.at(-1)?.neverLeaving).toBeNull();
    expect(decimal(points.at(-1)?.justHolding ?? '')).not.toBe(0n);
    // What was taken out is in it, and it goes on from there.
    expect(Number(points.at(-1)?.justHolding)).toBeLessThan(2_000);
  });
});

describe('log.level', () => {
  it('is in force at once for the program, and leaves no line in the log of the run', async () => {
    const rig = newRig({ logLevel: undefined });
    const client = rig.connect();
    await client.ask('START_ENGINE', START);
    await client.nextFunding();
    const lines = linesOf(rig);
    for (const [revision, level] of (['debug', 'warn', 'info'] as const).entries()) {
      const changes = { 'log.level': level };
      expect((await client.ask('UPDATE_SETTINGS', { revision, changes })).revision).toBe(revision + 1);
      expect(rig.program.log.level).toBe(level);
    }
    expect(linesOf(rig)).toEqual(lines);
    expect((await keptRun(rig)).recomputed.problems).toEqual([]);
  });

  it('is in force at once for the engine, too', async () => {
    const rig = newRig({ logLevel: undefined });
    const client = rig.connect();
    await client.ask('START_ENGINE', START);
    await client.ask('UPDATE_SETTINGS', { revision: 0, changes: { 'log.level': 'debug' } });
    await client.nextFunding();
    const text = readdirSync(path.join(rig.dataDir, 'logs'))
      .map((name) => readFileSync(path.join(rig.dataDir, 'logs', name), 'utf8'))
      .join('');
    expect(text.includes('"level":"debug"')).toBe(true);
  });
});

describe('RESTART_ENGINE', () => {
  it('while an SOS holds is refused as START_ENGINE is', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('STOP_ENGINE', FUNDING);
    await client.ask('SOS', { flatten: false });
    expect((await client.refusal('RESTART_ENGINE', FUNDING)).code).toBe('HALTED');
    await client.ask('RELEASE_SOS', {});
    expect(rig.status.state).toBe('stopped');
  });
});

describe('a setting that is none', () => {
  it('is refused whatever its name: __proto__', async () => {
    const client = newRig().connect();
    const config: unknown = JSON.parse('{"__proto__":"1"}');
    expect((await client.refusal('UPDATE_CONFIG', { ...FUNDING, config })).code).toMatch(/^INVALID_/);
  });
});

describe('a pacer after a rush', () => {
  it.each([1, 60, 3_600])('waits exactly one minute of the market at %i times life', (speed) => {
    let elapsed = 0;
    const pacer = new Pacer(speed, () => elapsed);
    pacer.rushUntil(60 * 60_000);
    for (let step = 1; step <= 60; step += 1) {
      elapsed += 0.1;
      pacer.stepped(step * 60_000);
    }
    expect(pacer.untilDue(60 * 60_000)).toBeCloseTo(60_000 / speed, 9);
  });
});
