import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { openPaperRun } from '../../../src/main/simulation/openRun.ts';
import { DATABASE_FILE } from '../../../src/main/storage/openFolder.ts';
import { keptRun } from '../../support/keptRun.ts';
import { hedgedRig, newRig, rigOn, scratchFolder, type ProgramRig } from '../../support/programRig.ts';
import { loseMarkets, recordedRig } from '../../support/recordedRig.ts';

const START = { engine: 'funding', mode: 'paper' } as const;
const FUNDING = { engine: 'funding' } as const;
const DEPOSIT = { asset: 'USDC', amount: '123' } as const;
const TOLERANCE = 'engine.deltaTolerancePct';
const stateOf = (rig: ProgramRig): string => rig.status.state;
const linesOf = (rig: ProgramRig): readonly unknown[] => rig.rows('SELECT line FROM events ORDER BY seq');
const candidateIn = (rig: ProgramRig): boolean =>
  readdirSync(rig.dataDir).some((name) => name.startsWith(`${DATABASE_FILE}.candidate`));

describe('RESTORE', () => {
  it('of a backup whose market is lost is refused before anything changes, and that of another works', async () => {
    const { rig, client, backup } = await recordedRig(48);
    await client.ask('VAULT_RESET', { ...FUNDING, market: { kind: 'simulated', seed: 7 } });
    await client.ask('START_ENGINE', START);
    await client.nextFunding();
    const other = await client.ask('BACKUP', {});
    await client.ask('DRIFT_DEPOSIT', DEPOSIT);
    loseMarkets(rig);
    const [lines, { backups }] = [linesOf(rig), await client.ask('LIST_BACKUPS', {})];

    expect((await client.refusal('RESTORE', { backup })).code).toBe('INVALID_DATA_FILE');

    expect(linesOf(rig)).toEqual(lines);
    expect((await client.ask('LIST_BACKUPS', {})).backups).toEqual(backups);
    expect([stateOf(rig), candidateIn(rig)]).toEqual(['running', false]);
    await client.nextFunding();
    await client.ask('RESTORE', { backup: other.backup });
    expect((await client.ask('GET_ENGINE_VAULT', FUNDING)).netTransfers).toBe('0');
    await client.ask('START_ENGINE', START);
    await client.nextFunding();
    expect((await keptRun(rig)).recomputed.problems).toEqual([]);
  });

  it('of a damaged backup leaves a running engine running and no copy behind, and names the backup', async () => {
    const { rig, client } = await hedgedRig();
    const { backup } = await client.ask('BACKUP', {});
    const file = path.join(rig.dataDir, 'backups', backup);
    writeFileSync(file, readFileSync(file).fill(7, 4_096));
    const error = await client.refusal('RESTORE', { backup });
    expect(error).toMatchObject({ code: 'DATABASE_CORRUPT', details: { backup } });
    expect(error.message).toContain(backup);
    expect(error.message).not.toContain('candidate');
    expect([stateOf(rig), candidateIn(rig)]).toEqual(['running', false]);
    expect((await client.nextFunding()).target).toBe('hedged');
  });
});

describe('an SOS', () => {
  it.each(['VAULT_RESET', 'RESTORE'])('that closes outlives %s and a restart after it', async (command) => {
    const { rig, client } = await hedgedRig();
    const { backup } = await client.ask('BACKUP', {});
    await client.ask('SOS', { flatten: true });
    await client.request(command, command === 'RESTORE' ? { backup } : FUNDING);
    const kept = rig.rows('SELECT halted, flatten FROM controls');
    expect(kept).toEqual([{ halted: 1, flatten: 1 }]);
    client.leave();
    await rig.restart();
    expect(stateOf(rig)).toBe('halted');
    expect((await rig.connect().refusal('START_ENGINE', START)).code).toBe('HALTED');
  });
});

describe('a rush to the next funding', () => {
  it.each(['RESTORE', 'VAULT_RESET'])('does not go on in another vault: %s', async (command) => {
    const { rig, client } = await hedgedRig();
    const { backup } = await client.ask('BACKUP', {});
    for (let hour = 0; hour < 2; hour += 1) await client.nextFunding();
    await client.ask('SET_CLOCK', { speed: 1 });
    const before = rig.figures.timestamp;
    const there = client.nextFigures(
      ({ timestamp }) => timestamp >= before - (before % 3_600_000) + 3_600_000,
    );
    await client.ask('SET_CLOCK', { speed: 'nextFunding' });
    await there;
    await client.request(command, command === 'RESTORE' ? { backup } : FUNDING);
    expect(rig.figures.clock?.rushing).toBe(false);
  });
});

describe('log.level', () => {
  it('is that of the backup after a restore', async () => {
    const rig = newRig({ logLevel: undefined });
    const client = rig.connect();
    await client.ask('UPDATE_SETTINGS', { revision: 0, changes: { 'log.level': 'debug' } });
    const { backup } = await client.ask('BACKUP', {});
    await client.ask('UPDATE_SETTINGS', { revision: 1, changes: { 'log.level': 'error' } });
    await client.ask('RESTORE', { backup });
    expect(rig.program.log.level).toBe('debug');
  });
});

describe('a folder of the terminal whose settings nobody has changed since', () => {
  it('keeps them through a restore of the backup that its first start made', async () => {
    const folder = scratchFolder();
    const open = openPaperRun(
      {
        seed: 3,
        steps: 60,
        startMs: undefined,
        capital: '10000',
        overrides: { [TOLERANCE]: '2' },
        files: undefined,
        scriptFile: undefined,
        dataDir: folder,
        compare: true,
        logLevel: 'error',
        stderrLevel: 'none',
      },
      { now: () => Date.now(), kill: () => undefined },
    );
    await open.run.advance();
    open.run.commit();
    open.close();
    const rig = rigOn(folder);
    const client = rig.connect();
    expect(rig.figures.driftTolerancePct).toBe(2);
    const [daily] = (await client.ask('LIST_BACKUPS', {})).backups;
    await client.ask('RESTORE', { backup: daily?.backup ?? '' });
    expect(rig.figures.driftTolerancePct).toBe(2);
  });
});
