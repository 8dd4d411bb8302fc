import { createHash, randomUUID } from 'node:crypto';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import BetterSqlite3 from 'better-sqlite3';
import { expect, it, onTestFinished, vi } from 'vitest';

import { DATABASE_FILE } from '../../../src/main/storage/openFolder.ts';
import { hedgedRig, rigOn, scratchFolder } from '../../support/programRig.ts';

/** Called before every call to the disk; everything goes on as it would. */
const watch = vi.hoisted(() => ({ look: (): void => undefined }));

vi.mock(import('node:fs'), async (original) => {
  const real = await original();
  const watched = <Call extends (...args: never[]) => unknown>(call: Call): Call =>
    ((...args: Parameters<Call>) => {
      watch.look();
      return call(...args);
    }) as Call;
  return {
    ...real,
    chmodSync: watched(real.chmodSync),
    copyFileSync: watched(real.copyFileSync),
    fsyncSync: watched(real.fsyncSync),
    renameSync: watched(real.renameSync),
    rmSync: watched(real.rmSync),
    closeSync: watched(real.closeSync),
  };
});

const DEPOSIT = { asset: 'USDC', amount: '123' } as const;
const FUNDING = { engine: 'funding' } as const;

/** Looks before whatever SQLite is told to do, until the test ends. */
function watchDatabase(): void {
  const { prototype } = BetterSqlite3;
  for (const name of ['prepare', 'exec', 'pragma', 'close'] as const) {
    const original = Reflect.get(prototype, name) as (...args: unknown[]) => unknown;
    Reflect.set(prototype, name, function watched(this: unknown, ...args: unknown[]) {
      watch.look();
      return original.apply(this, args);
    });
    onTestFinished(() => {
      Reflect.set(prototype, name, original);
    });
  }
}

/** What of a folder decides how a program starts on it. */
function fingerprintOf(folder: string): string {
  const hash = createHash('sha256');
  for (const part of ['', '-wal', '.candidate', '.candidate-wal']) {
    const file = path.join(folder, DATABASE_FILE + part);
    hash.update(existsSync(file) ? readFileSync(file) : 'none').update(part);
  }
  return hash.digest('hex');
}

it.each([true, false])(
  '[R11.4] a program that dies anywhere within a RESTORE starts with what was there or with what is restored (SOS: %s)',
  async (isHalted) => {
    const { rig, client } = await hedgedRig();
    const { backup } = await client.ask('BACKUP', {});
    const [deposited, restoring] = [randomUUID(), randomUUID()];
    const first = await client.request('DRIFT_DEPOSIT', DEPOSIT, deposited);
    if (isHalted) await client.ask('SOS', { flatten: true });

    const images = new Map<string, string>();
    watchDatabase();
    let looking = false;
    watch.look = () => {
      if (looking) return;
      looking = true;
      const image = scratchFolder();
      cpSync(rig.dataDir, image, { recursive: true, filter: (file) => !file.endsWith('lock') });
      images.set(fingerprintOf(image), image);
      looking = false;
    };
    await client.ask('RESTORE', { backup }, restoring);
    watch.look();
    watch.look = () => undefined;

    const seen = new Set<string>();
    for (const image of images.values()) {
      const after = rigOn(image);
      const survivor = after.connect();
      const { netTransfers } = await survivor.ask('GET_ENGINE_VAULT', FUNDING);
      const [running] = after.rows('SELECT running FROM engines');
      seen.add(netTransfers);
      expect(['123', '0']).toContain(netTransfers);
      // What was there ran; what is restored stands still until somebody starts it.
      expect(running).toEqual({ running: netTransfers === '123' ? 1 : 0 });
      expect(after.status.startedAt === null).toBe(netTransfers === '0');
      if (isHalted) expect(after.status.state).toBe('halted');
      expect(after.rows('SELECT halted, flatten FROM controls')).toEqual(
        isHalted ? [{ halted: 1, flatten: 1 }] : [],
      );
      expect((await survivor.request('DRIFT_DEPOSIT', DEPOSIT, deposited)).text).toBe(first.text);
      const again = await survivor.request('RESTORE', { backup }, restoring);
      if (again.frame.status === 'error') expect(again.frame.error.code).toBe('OUTCOME_UNKNOWN');
      await after.close();
    }
    expect([...seen].toSorted()).toEqual(['0', '123']);
    expect(images.size).toBeGreaterThan(5);
  },
);
