import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { pause } from '../../../src/main/platform/timers.ts';
import type { BackupView } from '../../../src/shared/contract/commands/appCommands.ts';
import { keptRun } from '../../support/keptRun.ts';
import { candlesCsv, fundingCsv, imported, recordedMarket } from '../../support/marketFiles.ts';
import { hedgedRig, newRig, type ProgramRig, type RigClient } from '../../support/programRig.ts';

const FUNDING = { engine: 'funding' } as const;
const START = { engine: 'funding', mode: 'paper' } as const;
const HASH = '0'.repeat(64);

const countOf = (rig: ProgramRig, table: string): unknown =>
  rig.rows(`SELECT count(*) AS n FROM ${table}`)[0]?.['n'];
const stateOf = (rig: ProgramRig): string => rig.status.state;

/** Backups that somebody asked for, newest first: the daily one is made when the folder is opened. */
async function backupsIn(client: RigClient): Promise<readonly BackupView[]> {
  const { backups } = await client.ask('LIST_BACKUPS', {});
  return backups.filter(({ reason }) => reason !== 'daily');
}

describe('VAULT_RESET', () => {
  it('begins anew with the capital that was asked for, after a backup of what was there', async () => {
    const { rig, client } = await hedgedRig();
    const other = rig.connect();
    const { vault, backup } = await client.ask('VAULT_RESET', { ...FUNDING, capital: '2500.5' });

    expect(vault).toMatchObject({ capital: '2500.5', balance: '2500.5', netTransfers: '0', allocated: '0' });
    expect(vault.pnl.total).toBe('0');
    expect([countOf(rig, 'events'), countOf(rig, 'ledger_entries'), countOf(rig, 'orders')]).toEqual([
      0, 0, 0,
    ]);
    expect(stateOf(rig)).toBe('stopped');
    expect(other.events.at(-1)).toEqual({ kind: 'vault', reason: 'reset' });
    expect(await backupsIn(client)).toMatchObject([{ backup, reason: 'beforeReset' }]);
    expect(rig.figures).toMatchObject({ positions: [], lastAction: null, equity: '2500.5' });
  });

  it('can be taken back by a restore of that backup', async () => {
    const { rig, client } = await hedgedRig();
    const { clock: _clock, ...before } = rig.figures;
    const { backup } = await client.ask('VAULT_RESET', FUNDING);
    const restored = await client.ask('RESTORE', { backup });
    expect(restored.restored).toBe(backup);
    expect(rig.figures).toMatchObject(before);
  });

  it('keeps capital and market where none are given, and the settings', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('UPDATE_CONFIG', { ...FUNDING, config: { 'engine.deltaTolerancePct': '2' } });
    const { vault } = await client.ask('VAULT_RESET', FUNDING);
    expect(vault).toMatchObject({ capital: '10000', market: 'simulated, seed 7' });
    expect(rig.figures.driftTolerancePct).toBe(2);
  });

  it('with another seed begins another market, which then runs', async () => {
    const { rig, client } = await hedgedRig();
    const market = { kind: 'simulated', seed: 99 } as const;
    const { vault } = await client.ask('VAULT_RESET', { ...FUNDING, market, capital: '100' });
    expect(vault.market).toBe('simulated, seed 99');
    await client.ask('START_ENGINE', START);
    await client.nextFunding();
    const { report, recomputed } = await keptRun(rig);
    expect(recomputed.problems).toEqual([]);
    expect(report).toMatchObject({ seed: 99, equityStart: recomputed.equityStart, pnl: recomputed.pnl });
  });

  it.each(['99.999999', '1000000.000001', '0.1', '9'.repeat(40), '100.0000001'])(
    'refuses a capital of %s, and keeps the vault',
    async (capital) => {
      const { rig, client } = await hedgedRig();
      const before = countOf(rig, 'events');
      const error = await client.refusal('VAULT_RESET', { ...FUNDING, capital });
      expect(error.code).toBe('INVALID_SIZE');
      expect([countOf(rig, 'events'), stateOf(rig)]).toEqual([before, 'running']);
      expect(await backupsIn(client)).toEqual([]);
    },
  );

  it.each(['100', '1000000', '100.50'])('takes a capital of %s', async (capital) => {
    const client = newRig().connect();
    const { vault } = await client.ask('VAULT_RESET', { ...FUNDING, capital });
    expect(Number(vault.capital)).toBe(Number(capital));
  });

  it('refuses market files that nobody handed over, and keeps the vault', async () => {
    const { rig, client } = await hedgedRig();
    const market = { kind: 'recorded', candles: HASH, funding: HASH } as const;
    const error = await client.refusal('VAULT_RESET', { ...FUNDING, market });
    expect(error).toMatchObject({ code: 'INVALID_DATA_FILE', details: { sha256: HASH } });
    expect(stateOf(rig)).toBe('running');
    expect(countOf(rig, 'events')).not.toBe(0);
  });

  it('is durable when it is answered', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('VAULT_RESET', { ...FUNDING, capital: '777' });
    const after = rig.crashed();
    expect(stateOf(after)).toBe('stopped');
    expect((await after.connect().ask('GET_ENGINE_VAULT', FUNDING)).capital).toBe('777');
  });
});

describe('a recorded market', () => {
  it('is handed over in pieces, begun on, run to its end, and then the engine stops and says so', async () => {
    const rig = newRig();
    const client = rig.connect();
    const market = await recordedMarket(client, 5);
    const { vault } = await client.ask('VAULT_RESET', { ...FUNDING, market });
    expect(vault).toMatchObject({ market: 'recorded', from: Date.UTC(2024, 0, 1) });
    await client.ask('START_ENGINE', START);
    for (let hour = 0; hour < 4; hour += 1) await client.nextFunding();
    const ended = client.nextStatus(({ state }) => state === 'stopped');
    await client.ask('SET_CLOCK', { speed: 'nextFunding' });
    await ended;
    const [last] = (await client.ask('GET_EVENTS', { limit: 1 })).events;
    expect(last).toMatchObject({ type: 'DECISION', data: { action: 'ended' } });

    await rig.restart();
    expect(stateOf(rig)).toBe('stopped');
    const { report, recomputed } = await keptRun(rig);
    expect(recomputed.problems).toEqual([]);
    expect(report).toMatchObject({ steps: 5 * 60, pnl: recomputed.pnl });
  });

  it('goes on after a restart of the program, from the files in its own folder', async () => {
    const rig = newRig();
    const client = rig.connect();
    await client.ask('VAULT_RESET', { ...FUNDING, market: await recordedMarket(client, 48) });
    await client.ask('START_ENGINE', START);
    await client.nextFunding();
    const moved = rig.crashed();
    const survivor = moved.connect();
    const { timestamp } = await survivor.nextFunding();
    expect(timestamp % 3_600_000).toBe(0);
    expect(stateOf(moved)).not.toBe('stopped');
  });

  it('can be backtested, to the same end from the same files', async () => {
    const client = newRig().connect();
    const market = await recordedMarket(client, 30);
    const { elapsedMs: _a, ...first } = await client.ask('RUN_BACKTEST', { market });
    const { elapsedMs: _b, ...again } = await client.ask('RUN_BACKTEST', { market });
    expect(again).toEqual(first);
    expect(first.steps).toBe(30 * 60);
    expect((await client.ask('RUN_BACKTEST', { market, days: 1 })).steps).toBe(1_440);
    expect((await client.ask('RUN_BACKTEST', { market, days: 100 })).steps).toBe(30 * 60);
  });
});

describe('IMPORT_MARKET_FILE', () => {
  const piece = (text: string, offset: number, last: boolean, upload: string = randomUUID()) =>
    ({ upload, kind: 'candles', offset, text, last }) as const;

  it('says how much it has, and at the end what the file holds; pieces may be cut anywhere', async () => {
    const { client } = await hedgedRig();
    const [text, upload] = [candlesCsv(50), randomUUID()];
    const half = 777;
    expect(await client.ask('IMPORT_MARKET_FILE', piece(text.slice(0, half), 0, false, upload))).toEqual({
      received: half,
      file: null,
    });
    const { received, file } = await client.ask(
      'IMPORT_MARKET_FILE',
      piece(text.slice(half), half, true, upload),
    );
    expect(received).toBe(text.length);
    expect(file).toMatchObject({ rows: 50, from: Date.UTC(2024, 0, 1), to: Date.UTC(2024, 0, 3, 1) });
    expect(await imported(client, 'candles', text, 99)).toBe(file?.sha256);
  });

  it('refuses a piece out of order, with the place that it waited for', async () => {
    const client = newRig().connect();
    const text = candlesCsv(5);
    for (const offset of [0, 9, 11]) {
      const upload = randomUUID();
      await client.ask('IMPORT_MARKET_FILE', piece(text.slice(0, 10), 0, false, upload));
      const error = await client.refusal(
        'IMPORT_MARKET_FILE',
        piece(text.slice(offset), offset, true, upload),
      );
      expect(error).toMatchObject({ code: 'INVALID_PAYLOAD', details: { field: 'offset', expected: 10 } });
    }
    expect((await client.refusal('IMPORT_MARKET_FILE', piece('x', 5, true))).details['expected']).toBe(0);
  });

  it('takes a piece that is sent twice under the same id once', async () => {
    const client = newRig().connect();
    const [text, upload, id] = [candlesCsv(5), randomUUID(), randomUUID()];
    const first = piece(text.slice(0, 10), 0, false, upload);
    await client.ask('IMPORT_MARKET_FILE', first, id);
    expect((await client.ask('IMPORT_MARKET_FILE', first, id)).received).toBe(10);
    const { file } = await client.ask('IMPORT_MARKET_FILE', piece(text.slice(10), 10, true, upload));
    expect(file?.rows).toBe(5);
  });

  it.each([
    ['candles', candlesCsv(5).replace('101', '98'), 2],
    ['candles', candlesCsv(5).replace(/\n[^\n]+\n$/, '\nnone,1,1,1,1,1\n'), 6],
    ['funding', fundingCsv(5).replace(/0\.0001\n$/, '5\n'), 6],
    ['candles', fundingCsv(5), 1],
    ['funding', '', 1],
  ] as const)(
    'refuses %s with a bad row, naming the line, and keeps no file (%#)',
    async (kind, text, line) => {
      const rig = newRig();
      const client = rig.connect();
      const payload = { upload: randomUUID(), kind, offset: 0, text, last: true };
      const error = await client.refusal('IMPORT_MARKET_FILE', payload);
      expect(error).toMatchObject({ code: 'INVALID_DATA_FILE', details: { line } });
      expect(error.message).toContain(`line ${line}`);
      expect(readdirSync(path.join(rig.dataDir, 'markets'))).toEqual([]);
    },
  );
});

describe('BACKUP', () => {
  it('holds everything that was acknowledged, while the engine goes on', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '123' });
    const made = await client.ask('BACKUP', {});
    expect(made).toMatchObject({ reason: 'asked' });
    expect(Math.abs(Date.now() - made.t)).toBeLessThan(10_000);
    expect(readdirSync(path.join(rig.dataDir, 'backups'))).toContain(made.backup);
    expect(await backupsIn(client)).toEqual([made]);
    expect(stateOf(rig)).toBe('running');
  });
});

describe('RESTORE', () => {
  it('goes back to a backup, after one of what was there, and the engine stands still', async () => {
    const { rig, client } = await hedgedRig();
    const { clock: _clock, ...before } = rig.figures;
    const { backup } = await client.ask('BACKUP', {});
    await client.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '123' });
    await client.ask('UPDATE_CONFIG', { ...FUNDING, config: { 'engine.deltaTolerancePct': '2' } });
    await client.nextFunding();

    const { restored, before: kept } = await client.ask('RESTORE', { backup });

    expect(restored).toBe(backup);
    expect(stateOf(rig)).toBe('stopped');
    expect(rig.figures).toMatchObject(before);
    expect(client.events.at(-1)).toEqual({ kind: 'vault', reason: 'restored' });
    const { backups } = await client.ask('LIST_BACKUPS', {});
    expect(backups.find((one) => one.backup === kept)?.reason).toBe('beforeRestore');
    await client.ask('START_ENGINE', START);
    await client.nextFunding();
    expect((await keptRun(rig)).recomputed.problems).toEqual([]);
  });

  it('and back again: what was there before is whole in its own backup', async () => {
    const { rig, client } = await hedgedRig();
    const { backup } = await client.ask('BACKUP', {});
    await client.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '123' });
    const events = countOf(rig, 'events');
    const { before } = await client.ask('RESTORE', { backup });
    expect(countOf(rig, 'events')).not.toBe(events);
    // A backup is named by its second.
    await pause(1_000 - (Date.now() % 1_000) + 2);
    await client.ask('RESTORE', { backup: before });
    expect(countOf(rig, 'events')).toBe(events);
    expect((await client.ask('GET_ENGINE_VAULT', FUNDING)).netTransfers).toBe('123');
  });

  it('is durable when it is answered, and leaves the engine stopped', async () => {
    const { rig, client } = await hedgedRig();
    const { backup } = await client.ask('BACKUP', {});
    await client.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '123' });
    await client.ask('RESTORE', { backup });
    const after = rig.crashed();
    expect(stateOf(after)).toBe('stopped');
    expect((await after.connect().ask('GET_ENGINE_VAULT', FUNDING)).netTransfers).toBe('0');
  });

  it.each(['none', '../phantom-arbiter.sqlite', '/etc/passwd', ''])('knows no backup %j', async (backup) => {
    const { rig, client } = await hedgedRig();
    const before = countOf(rig, 'events');
    expect((await client.refusal('RESTORE', { backup })).code).toBe('INVALID_PAYLOAD');
    expect(countOf(rig, 'events')).toBe(before);
  });

  it('[R6.10] brings no standing confirmation back that was revoked, and forgets no use of one', async () => {
    const { rig, client } = await hedgedRig();
    rig.meddle(
      `INSERT INTO standing_confirmations VALUES ('s1', 'drift', 'Own3r', 1, '250', '1000', 1, 9000, NULL)`,
    );
    const { backup } = await client.ask('BACKUP', {});
    rig.meddle(`UPDATE standing_confirmations SET revoked_at = 5;
      INSERT INTO confirmation_uses VALUES ('u1', 4, 'drift', 'Own3r', 1, 'own', 'c1', '120', '[]')`);

    await client.ask('RESTORE', { backup });

    expect(rig.rows('SELECT id, revoked_at FROM standing_confirmations')).toEqual([
      { id: 's1', revoked_at: 5 },
    ]);
    expect(rig.rows('SELECT id, of, worth FROM confirmation_uses')).toEqual([
      { id: 'u1', of: 'c1', worth: '120' },
    ]);
  });

  it('refuses a damaged backup, and keeps what is there', async () => {
    const { rig, client } = await hedgedRig();
    const { backup } = await client.ask('BACKUP', {});
    await client.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '123' });
    const file = path.join(rig.dataDir, 'backups', backup);
    const bytes = readFileSync(file);
    bytes.fill(7, 4_096, bytes.length - 4_096);
    writeFileSync(file, bytes);

    expect((await client.refusal('RESTORE', { backup })).code).toBe('DATABASE_CORRUPT');

    expect((await client.ask('GET_ENGINE_VAULT', FUNDING)).netTransfers).toBe('123');
    if (stateOf(rig) === 'stopped') await client.ask('START_ENGINE', START);
    await client.nextFunding();
    expect((await keptRun(rig)).recomputed.problems).toEqual([]);
  });
});

describe('GET_SYSTEM_STATS', () => {
  it('says what the program uses and keeps', async () => {
    const { rig, client } = await hedgedRig();
    const stats = await client.ask('GET_SYSTEM_STATS', {});
    expect(stats).toMatchObject({
      appVersion: '0.0.0-test',
      dataFolder: rig.dataDir,
      connections: 1,
      runtime: `Node.js ${process.versions.node}`,
    });
    for (const size of [stats.memoryBytes, stats.heapBytes, stats.databaseBytes, stats.uptimeMs])
      expect(size).toBeGreaterThan(0);
    rig.connect().leave();
    expect((await client.ask('GET_SYSTEM_STATS', {})).connections).toBe(1);
  });
});
