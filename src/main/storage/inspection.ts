import { existsSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

import BetterSqlite3, { type Database } from 'better-sqlite3';

import { AppError } from '../../shared/contract/appError.ts';
import { newestBackup } from './backup.ts';
import { codeOf, isDamage, storageFailure, unwritable } from './failure.ts';
import { APPLICATION_ID, versionOf } from './migrate.ts';

/** What is wrong with a file, before it is known what to advise. */
class Damage extends Error {
  override readonly name = 'Damage';
}

/**
 * Looks at a database file before anything may write to it. Returns the version it has: 0 for a file that is missing
 * or still empty. Whoever holds the folder's lock calls it: nobody else has the file open.
 *
 * Throws DATABASE_CORRUPT for a damaged file and for one that is no database of ours, and DATABASE_TOO_NEW for a
 * version over `known`; the file and the folder are left as they were.
 */
export function inspect(file: string, known: number, backups: string | undefined): number {
  const size = sizeOf(file);
  if (size === undefined) return 0;
  const backup = backups === undefined ? undefined : newestBackup(backups);
  // A new database is backed up only once it has tables, so one that is empty now has lost them.
  if (size === 0 && backup !== undefined) throw corrupt(file, backup, new Damage('it is empty'));
  try {
    return examine(file, known);
  } catch (error) {
    if (error instanceof Damage || isDamage(error)) throw corrupt(file, backup, error);
    throw storageFailure(error, file);
  }
}

function examine(file: string, known: number): number {
  // Reading in WAL mode makes these two; those that weren't there go again.
  const made = [`${file}-wal`, `${file}-shm`].filter((name) => !existsSync(name));
  // A creation that was cut short has to be rolled back before it can be read, and that is a write.
  const db = new BetterSqlite3(file, { readonly: !existsSync(`${file}-journal`), timeout: 0 });
  try {
    const version = versionOf(db);
    if (version > known) throw tooNew(file, version, known);
    checkWhole(db, file);
    const found = db.pragma('integrity_check(1)', { simple: true });
    if (found !== 'ok') throw new Damage(String(found));
    checkOurs(db, version);
    return version;
  } finally {
    db.close();
    for (const name of made) rmSync(name, { force: true });
  }
}

/** SQLite reads a last page that is cut short as if zeros followed. Only a log beside it may still complete it. */
function checkWhole(db: Database, file: string): void {
  const pageSize = Number(db.pragma('page_size', { simple: true }));
  const size = sizeOf(file) ?? 0;
  const log = sizeOf(`${file}-wal`) ?? 0;
  if (log === 0 && size % pageSize !== 0) throw new Damage('its last page is cut short');
}

function checkOurs(db: Database, version: number): void {
  if (db.pragma('application_id', { simple: true }) === APPLICATION_ID) return;
  const isEmpty = db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  if (version > 0 || !isEmpty) throw new Damage('it belongs to another program');
}

function corrupt(file: string, backup: string | undefined, cause: Error): AppError {
  const away = `move ${file} and what stands beside it (-wal, -shm) to another folder`;
  const advice =
    backup === undefined
      ? `there is no backup, so to begin with an empty one ${away}`
      : `to go back to the newest backup ${away} and copy ${backup} to its place`;
  return new AppError(
    'DATABASE_CORRUPT',
    `The database ${file} is damaged, and nothing in it was changed; ${advice}.`,
    { file, backup: backup ?? null, found: cause.message },
    { cause },
  );
}

function tooNew(file: string, version: number, known: number): AppError {
  return new AppError(
    'DATABASE_TOO_NEW',
    `The database ${file} was written by a newer version of this program; use that one. Nothing was changed.`,
    { file, version, known },
  );
}

function sizeOf(file: string): number | undefined {
  try {
    return statSync(file).size;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw unwritable(path.dirname(file), error);
  }
}
