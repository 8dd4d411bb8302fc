import { readdirSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { openDatabase } from '../../../src/main/storage/database.ts';
import { versionOf } from '../../../src/main/storage/migrate.ts';
import { MIGRATIONS } from '../../../src/main/storage/migrations/index.ts';
import type { Migration } from '../../../src/main/storage/migrations/migration.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqliteVaultStore.ts';
import { VaultRepository } from '../../../src/main/storage/vaultRepository.ts';
import { NOW, opened, refusal, scratchFolder } from './fixtures/scratch.ts';
import { VAULT, commitStep, contentIn, contentOf } from './fixtures/steps.ts';

const VERSION = MIGRATIONS.length;

const next = (sql: string): readonly Migration[] => [
  ...MIGRATIONS,
  { version: VERSION + 1, name: 'next', sql },
];

/** Rebuilds a table that others refer to: the one change that needs foreign keys to be off. */
const NAMED_VAULTS = next(`
  CREATE TABLE named_vaults (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
  INSERT INTO named_vaults SELECT id, engine FROM vaults;
  DROP TABLE vaults;
  ALTER TABLE named_vaults RENAME TO vaults;
`);

/** A closed database of three steps at the version of today. */
function old() {
  const folder = scratchFolder();
  const file = path.join(folder, 'vault.sqlite');
  const db = openDatabase(file, { now: NOW });
  const store = new SqliteVaultStore(db, new VaultRepository(db).findOrCreate(VAULT, NOW));
  for (const step of [1, 2, 3]) commitStep(store, step);
  db.close();
  return { file, backups: path.join(folder, 'backups') };
}

const expectOld = (file: string): void => {
  const db = opened(file);
  expect(versionOf(db)).toBe(VERSION);
  expect(contentIn(db).content).toEqual(contentOf(3));
};

describe('a migration', () => {
  it('is numbered by its place', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
  });

  it('that skips a number is refused before it runs', () => {
    const skipping = [...MIGRATIONS, { version: VERSION + 2, name: 'skipping', sql: 'CREATE TABLE a (b)' }];

    expect(refusal(() => openDatabase(':memory:', { now: NOW, migrations: skipping })).code).toBe('INTERNAL');
  });

  it('takes an old database forward and keeps what was in it', () => {
    const { file } = old();

    const db = opened(file, { migrations: NAMED_VAULTS });

    expect(versionOf(db)).toBe(VERSION + 1);
    expect(db.prepare('SELECT name FROM vaults').all()).toEqual([{ name: 'hedge' }]);
    expect(db.prepare('SELECT count(*) AS count FROM events').get()).toEqual({ count: 6n });
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1n);
  });

  it('is run once', () => {
    const { file } = old();
    openDatabase(file, { now: NOW, migrations: NAMED_VAULTS }).close();

    expect(versionOf(opened(file, { migrations: NAMED_VAULTS }))).toBe(VERSION + 1);
  });

  it('comes after a backup, named after the old version, that opens and holds the old data', () => {
    const { file, backups } = old();

    openDatabase(file, { now: NOW, backups, migrations: NAMED_VAULTS }).close();

    const names = readdirSync(backups).filter((name) => name.includes('migration'));
    expect(names).toEqual([`20261121T080000Z-before-migration-from-v${VERSION}.sqlite`]);
    expectOld(path.join(backups, names[0] ?? ''));
  });

  it.each([
    ['fails half-way', 'CREATE TABLE half (line TEXT); INSERT INTO nowhere VALUES (1)'],
    ['breaks a foreign key', 'DELETE FROM vaults'],
  ])('that %s leaves the database as it was', (_what, sql) => {
    const { file, backups } = old();

    expect(refusal(() => openDatabase(file, { now: NOW, backups, migrations: next(sql) })).code).toBe(
      'INTERNAL',
    );

    expectOld(file);
  });

  it('is not run without the backup that comes before it', () => {
    const { file } = old();
    const backups = path.join(file, 'not-a-folder');

    const refused = refusal(() => openDatabase(file, { now: NOW, backups, migrations: NAMED_VAULTS }));

    expect(refused.code).toBe('DATA_FOLDER_UNWRITABLE');
    expectOld(file);
  });

  it('of a new database needs no backup', () => {
    const folder = scratchFolder();
    opened(path.join(folder, 'vault.sqlite'), { backups: path.join(folder, 'backups') });

    expect(readdirSync(folder)).not.toContain('backups');
  });
});
