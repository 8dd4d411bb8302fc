import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';

import { openDatabase } from '../../../src/main/storage/database.ts';
import { VaultRepository } from '../../../src/main/storage/vaultRepository.ts';
import { NOW, asOrdinaryUser, bytesIn, opened, refusal, scratchFolder } from './fixtures/scratch.ts';
import { VAULT } from './fixtures/steps.ts';

describe('an opened database', () => {
  it('puts every commit on disk before it returns, and checks foreign keys', () => {
    const db = opened(path.join(scratchFolder(), 'vault.sqlite'));

    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(2n);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1n);
    expect(db.pragma('busy_timeout', { simple: true })).toBe(0n);
  });

  it.each([':memory:', 'file'])('has only strict tables and reads integers exactly (%s)', (place) => {
    const db = opened(place === 'file' ? path.join(scratchFolder(), 'vault.sqlite') : place);

    const tables = db.prepare("SELECT name, strict FROM pragma_table_list WHERE type = 'table'").all() as {
      name: string;
      strict: bigint;
    }[];
    const loose = tables.filter(({ name, strict }) => strict === 0n && !name.startsWith('sqlite_'));

    expect(loose).toEqual([]);
    expect(tables.length).toBeGreaterThan(10);
    expect(db.prepare('SELECT 9007199254740993 AS amount').get()).toEqual({ amount: 9_007_199_254_740_993n });
    expect(() => db.prepare("INSERT INTO runs VALUES (1, '{}', 0)").run()).toThrow(/FOREIGN KEY/);
  });

  it('holds after it is closed and opened again what was in it', () => {
    const file = path.join(scratchFolder(), 'vault.sqlite');
    const first = openDatabase(file, { now: NOW });
    const id = new VaultRepository(first).findOrCreate(VAULT, NOW);
    first.close();

    expect(new VaultRepository(opened(file)).find(VAULT)).toBe(id);
  });

  it('is one file once it is closed', () => {
    const folder = scratchFolder();
    openDatabase(path.join(folder, 'vault.sqlite'), { now: NOW }).close();
    openDatabase(path.join(folder, 'vault.sqlite'), { now: NOW }).close();

    expect(readdirSync(folder)).toEqual(['vault.sqlite']);
  });

  it('may have a name with spaces, quotes and signs of a URI', () => {
    const folder = path.join(scratchFolder(), "it's a ?mode=ro #folder%20");
    mkdirSync(folder);
    const file = path.join(folder, "vault's.sqlite");
    const backups = path.join(folder, 'back ups');
    openDatabase(file, { now: NOW }).close();
    openDatabase(file, { now: NOW, backups }).close();

    expect(readdirSync(folder).sort()).toEqual(['back ups', "vault's.sqlite"]);
    expect(readdirSync(backups)).toHaveLength(1);
  });

  it('may be a file that is still empty, as a start leaves it that was cut short', () => {
    const file = path.join(scratchFolder(), 'vault.sqlite');
    writeFileSync(file, '');

    expect(new VaultRepository(opened(file)).findOrCreate(VAULT, NOW)).toBe(1);
  });

  it('may be one whose first transaction was cut short: it is rolled back', () => {
    const folder = scratchFolder();
    const torn = new BetterSqlite3(path.join(folder, 'torn.sqlite'));
    torn.exec('PRAGMA cache_size = 1; BEGIN; CREATE TABLE half (line TEXT)');
    const insert = torn.prepare("INSERT INTO half VALUES (printf('%2000c', 'x'))");
    for (let row = 0; row < 50; row += 1) insert.run();
    const file = path.join(folder, 'vault.sqlite');
    for (const end of ['', '-journal']) copyFileSync(path.join(folder, `torn.sqlite${end}`), file + end);
    torn.close();

    const db = opened(file);

    expect(db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined();
    expect(new VaultRepository(db).findOrCreate(VAULT, NOW)).toBe(1);
  });
});

describe('a database that cannot be opened', () => {
  it('because its folder is missing, or is a file, is refused without making anything', () => {
    const folder = scratchFolder();
    writeFileSync(path.join(folder, 'file'), '');

    for (const place of ['missing', 'file']) {
      const file = path.join(folder, place, 'vault.sqlite');
      const refused = refusal(() => openDatabase(file, { now: NOW }));
      expect(refused).toMatchObject({ code: 'DATA_FOLDER_UNWRITABLE', retryable: true });
      expect(refused.message).toContain(path.dirname(file));
    }
    expect(existsSync(path.join(folder, 'missing'))).toBe(false);
  });

  it('because a folder has its name is refused', () => {
    const folder = scratchFolder();

    expect(refusal(() => openDatabase(folder, { now: NOW })).code).toBe('DATA_FOLDER_UNWRITABLE');
  });

  it('because it may only be read is refused', () => {
    asOrdinaryUser();
    const file = path.join(scratchFolder(), 'vault.sqlite');
    openDatabase(file, { now: NOW }).close();
    chmodSync(file, 0o400);

    expect(refusal(() => openDatabase(file, { now: NOW })).code).toBe('DATA_FOLDER_UNWRITABLE');
  });

  it('because somebody is writing to it is refused', () => {
    const file = path.join(scratchFolder(), 'vault.sqlite');
    openDatabase(file, { now: NOW }).close();
    const other = new BetterSqlite3(file);
    onTestFinished(() => {
      other.close();
    });
    other.exec('BEGIN IMMEDIATE');

    expect(refusal(() => openDatabase(file, { now: NOW })).code).toBe('DATA_FOLDER_IN_USE');
  });

  it('because a newer version wrote it is refused, and nothing is touched', () => {
    const folder = scratchFolder();
    const file = path.join(folder, 'vault.sqlite');
    const backups = path.join(folder, 'backups');
    openDatabase(file, { now: NOW }).close();
    const newer = new BetterSqlite3(file);
    newer.exec('CREATE TABLE of_tomorrow (line TEXT); PRAGMA user_version = 9');
    newer.close();
    const before = bytesIn(folder);

    const refused = refusal(() => openDatabase(file, { now: NOW, backups }));

    expect(refused).toMatchObject({ code: 'DATABASE_TOO_NEW', details: { version: 9, known: 7 } });
    expect(refused.message).toContain(file);
    expect(bytesIn(folder)).toEqual(before);
  });
});
