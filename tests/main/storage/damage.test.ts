import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import BetterSqlite3 from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';

import { openDatabase } from '../../../src/main/storage/database.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqliteVaultStore.ts';
import { VaultRepository } from '../../../src/main/storage/vaultRepository.ts';
import { DAY_MS, NOW, bytesIn, opened, refusal, scratchFolder } from './fixtures/scratch.ts';
import { VAULT, commitStep, contentIn, contentOf } from './fixtures/steps.ts';

const STEPS = 200;
const PAGE = 4_096;

let whole: Buffer;

beforeAll(() => {
  const folder = mkdtempSync(path.join(tmpdir(), 'storage-'));
  const file = path.join(folder, 'vault.sqlite');
  const db = openDatabase(file, { now: NOW });
  const store = new SqliteVaultStore(db, new VaultRepository(db).findOrCreate(VAULT, NOW));
  for (let step = 1; step <= STEPS; step += 1) commitStep(store, step);
  db.close();
  whole = readFileSync(file);
  rmSync(folder, { recursive: true });
});

/** A closed database of 200 steps in a folder of its own, with or without a backup of them. */
function written({ backedUp }: { backedUp: boolean }) {
  const folder = scratchFolder();
  const file = path.join(folder, 'vault.sqlite');
  const backups = path.join(folder, 'backups');
  writeFileSync(file, whole);
  if (backedUp) openDatabase(file, { now: NOW, backups }).close();
  return { folder, file, backups, bytes: whole };
}

/** The same bytes with every one of a stretch turned over. */
function flipped(bytes: Buffer, from: number, length: number): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = from; at < from + length; at += 1) copy.writeUInt8(copy.readUInt8(at) ^ 0xff, at);
  return copy;
}

const DAMAGES: readonly (readonly [string, (bytes: Buffer) => Buffer])[] = [
  ['full of garbage', (bytes) => Buffer.alloc(bytes.length, 'all work and no play ')],
  ['a few bytes of something else', () => Buffer.from('hello')],
  [
    'cut off after half of its pages',
    (bytes) => bytes.subarray(0, Math.floor(bytes.length / PAGE / 2) * PAGE),
  ],
  ['cut off in the middle of a page', (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2) + 1)],
  ['cut off in its last page', (bytes) => bytes.subarray(0, bytes.length - 100)],
  ['cut off by its last byte', (bytes) => bytes.subarray(0, bytes.length - 1)],
  ['cut off in its header', (bytes) => bytes.subarray(0, 50)],
  ['overwritten in its header', (bytes) => flipped(bytes, 0, 100)],
  ['overwritten in the middle', (bytes) => flipped(bytes, Math.floor(bytes.length / 2), PAGE)],
  ['filled with zeros in the middle', (bytes) => Buffer.from(bytes).fill(0, 8 * PAGE, 9 * PAGE)],
];

describe.each(DAMAGES)('a database that is %s', (_damage, damage) => {
  it('is refused in a sentence that names it and its newest backup, and nothing is changed', () => {
    const { folder, file, backups, bytes } = written({ backedUp: true });
    writeFileSync(file, damage(bytes));
    const before = bytesIn(folder);

    const refused = refusal(() => openDatabase(file, { now: NOW + DAY_MS, backups }));

    const [backup = ''] = readdirSync(backups);
    expect(refused.code).toBe('DATABASE_CORRUPT');
    expect(refused.message).toContain(`The database ${file} is damaged, and nothing in it was changed;`);
    expect(refused.message).toContain(`copy ${path.join(backups, backup)} to its place`);
    expect(refused.details).toMatchObject({ file, backup: path.join(backups, backup) });
    expect(bytesIn(folder)).toEqual(before);
  });
});

describe('a damaged database', () => {
  it('without a backup is to be moved away, and nothing is made', () => {
    const { folder, file, backups, bytes } = written({ backedUp: false });
    writeFileSync(file, flipped(bytes, 0, 100));

    const refused = refusal(() => openDatabase(file, { now: NOW, backups }));

    expect(refused.message).toContain('there is no backup');
    expect(refused.message).toContain(`move ${file}`);
    expect(refused.details).toMatchObject({ backup: null });
    expect(readdirSync(folder)).toEqual(['vault.sqlite']);
  });

  it('is found out beside a log that a killed process left, which stays as it is', () => {
    const { folder, file } = written({ backedUp: false });
    const db = opened(file);
    commitStep(new SqliteVaultStore(db, 1), STEPS + 1);
    const copy = path.join(folder, 'killed.sqlite');
    const damagedBytes = readFileSync(file);
    writeFileSync(copy, flipped(damagedBytes, 10 * PAGE, 2 * PAGE));
    copyFileSync(`${file}-wal`, `${copy}-wal`);
    const log = readFileSync(`${copy}-wal`);

    expect(refusal(() => openDatabase(copy, { now: NOW })).code).toBe('DATABASE_CORRUPT');
    expect(readFileSync(`${copy}-wal`)).toEqual(log);
    expect(existsSync(`${copy}-shm`)).toBe(false);
  });

  it('that is empty although it has a backup is not taken for a new one', () => {
    const { file, backups } = written({ backedUp: true });
    writeFileSync(file, '');

    expect(refusal(() => openDatabase(file, { now: NOW, backups })).code).toBe('DATABASE_CORRUPT');
  });

  it('is back, as of the backup, once its advice is followed', () => {
    const { folder, file, backups, bytes } = written({ backedUp: true });
    writeFileSync(file, flipped(bytes, 0, PAGE));
    writeFileSync(`${file}-wal`, 'what a crash left');
    const { backup } = refusal(() => openDatabase(file, { now: NOW, backups })).details;

    const away = path.join(folder, 'away');
    mkdirSync(away);
    for (const name of readdirSync(folder).filter((name) => name.startsWith('vault.sqlite'))) {
      renameSync(path.join(folder, name), path.join(away, name));
    }
    copyFileSync(String(backup), file);

    expect(contentIn(opened(file, { backups })).content).toEqual(contentOf(STEPS));
  });

  it('of another program is refused, and nothing is changed', () => {
    const folder = scratchFolder();
    const file = path.join(folder, 'vault.sqlite');
    const other = new BetterSqlite3(file);
    other.exec('CREATE TABLE cookies (name TEXT)');
    other.close();
    const before = bytesIn(folder);

    const refused = refusal(() => openDatabase(file, { now: NOW }));

    expect(refused).toMatchObject({
      code: 'DATABASE_CORRUPT',
      details: { found: 'it belongs to another program' },
    });
    expect(bytesIn(folder)).toEqual(before);
  });

  it('that is found out only at a commit stops it', () => {
    const db = opened(path.join(scratchFolder(), 'vault.sqlite'));
    const store = new SqliteVaultStore(db, new VaultRepository(db).findOrCreate(VAULT, NOW));
    const root = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'checkpoints'").pluck().get();
    db.pragma('wal_checkpoint(TRUNCATE)');
    const handle = openSync(db.name, 'r+');
    writeSync(handle, Buffer.alloc(PAGE, 0xee), 0, PAGE, (Number(root) - 1) * PAGE);
    closeSync(handle);
    db.pragma('shrink_memory');

    const refused = refusal(() => {
      commitStep(store, 1);
    });

    expect(refused.code).toBe('DATABASE_CORRUPT');
    expect(refused.message).toContain(db.name);
    expect(store.pending).toBe(true);
  });
});
