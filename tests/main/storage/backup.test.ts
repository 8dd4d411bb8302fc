import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { backUpIfDue, newestBackup } from '../../../src/main/storage/backup.ts';
import { openDatabase } from '../../../src/main/storage/database.ts';
import { MIGRATIONS } from '../../../src/main/storage/migrations/index.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqliteVaultStore.ts';
import { VaultRepository } from '../../../src/main/storage/vaultRepository.ts';
import { DAY_MS, NOW, opened, refusal, scratchFolder } from './fixtures/scratch.ts';
import { VAULT, commitStep, contentIn, contentOf } from './fixtures/steps.ts';

const HOUR_MS = 3_600_000;
const VERSION = MIGRATIONS.at(-1)?.version;
const FIRST = `20261121T080000Z-daily-v${VERSION}.sqlite`;

function store() {
  const folder = scratchFolder();
  const file = path.join(folder, 'vault.sqlite');
  const db = opened(file);
  const vault = new SqliteVaultStore(db, new VaultRepository(db).findOrCreate(VAULT, NOW));
  commitStep(vault, 1);
  return { db, file, vault, backups: path.join(folder, 'backups') };
}

describe('the daily backup', () => {
  it('holds what was committed, while the database stays open', () => {
    const { db, vault, backups } = store();

    const made = backUpIfDue(db, backups, NOW);
    commitStep(vault, 2);

    expect(made).toBe(path.join(backups, FIRST));
    expect(contentIn(opened(made)).content).toEqual(contentOf(1));
    expect(contentIn(db).content).toEqual(contentOf(2));
  });

  it('is made once a day, of UTC', () => {
    const { db, backups } = store();

    expect(backUpIfDue(db, backups, NOW)).toBeDefined();
    expect(backUpIfDue(db, backups, NOW + 15 * HOUR_MS)).toBeUndefined();
    expect(backUpIfDue(db, backups, NOW + 16 * HOUR_MS)).toBeDefined();
    expect(readdirSync(backups)).toHaveLength(2);
  });

  it('is made when a database that has something in it is opened', () => {
    const { db, file, backups } = store();
    db.close();

    openDatabase(file, { now: NOW, backups }).close();
    openDatabase(file, { now: NOW + HOUR_MS, backups }).close();

    expect(readdirSync(backups)).toEqual([FIRST]);
  });

  it('keeps the newest seven, every one from before a migration, and what is none of its own', () => {
    const { db, backups } = store();
    mkdirSync(backups);
    const kept = ['20200101T000000Z-before-migration-from-v0.sqlite', 'notes.txt'];
    for (const name of kept) writeFileSync(path.join(backups, name), '');

    for (let day = 0; day < 10; day += 1) backUpIfDue(db, backups, NOW + day * DAY_MS);

    const days = readdirSync(backups).filter((name) => !kept.includes(name));
    expect(days.map((name) => name.slice(0, 8)).sort()).toEqual([
      '20261124',
      '20261125',
      '20261126',
      '20261127',
      '20261128',
      '20261129',
      '20261130',
    ]);
    expect(readdirSync(backups)).toEqual(expect.arrayContaining(kept));
    expect(newestBackup(backups)).toBe(path.join(backups, `20261130T080000Z-daily-v${VERSION}.sqlite`));
  });

  it('that was cut short is no backup, and goes with the next', () => {
    const { db, backups } = store();
    mkdirSync(backups);
    writeFileSync(path.join(backups, `${FIRST}.partial`), 'half of');
    expect(newestBackup(backups)).toBeUndefined();

    backUpIfDue(db, backups, NOW);

    expect(readdirSync(backups)).toEqual([FIRST]);
  });

  it('goes into a folder that only its owner can enter', () => {
    const { db, backups } = store();

    backUpIfDue(db, backups, NOW);

    expect(existsSync(backups)).toBe(true);
    if (process.platform !== 'win32') expect(statSync(backups).mode & 0o777).toBe(0o700);
  });

  it('that has nowhere to go is an error, not a gap', () => {
    const { db, file } = store();

    expect(refusal(() => backUpIfDue(db, path.join(file, 'backups'), NOW)).code).toBe(
      'DATA_FOLDER_UNWRITABLE',
    );
  });
});
