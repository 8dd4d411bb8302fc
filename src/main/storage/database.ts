import { chmodSync } from 'node:fs';
import path from 'node:path';

import BetterSqlite3, { type Database } from 'better-sqlite3';

import { backUpBeforeMigration, backUpIfDue } from './backup.ts';
import { storageFailure } from './failure.ts';
import { checkFolder } from './folder.ts';
import { inspect } from './inspection.ts';
import { migrate, newestOf, versionOf } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';

export interface DatabaseOptions {
  /** Unix ms, for the names of backups. */
  readonly now: number;
  /** Where backups go: one a day, and one before each migration. Without it none are made. */
  readonly backups?: string;
  /** The schema's history, where it isn't the program's own. */
  readonly migrations?: readonly Migration[];
}

/**
 * Opens the database, or makes it (`:memory:` for one that is never on disk): checked, backed up, at the newest schema
 * and set so that a commit is on disk when it returns. Integers come back as bigint. The caller holds the folder's lock.
 *
 * Throws DATABASE_CORRUPT, DATABASE_TOO_NEW, DATA_FOLDER_UNWRITABLE (the folder of the file has to be there), and
 * DATA_FOLDER_IN_USE where somebody writes without having asked for the lock.
 */
export function openDatabase(file: string, options: DatabaseOptions): Database {
  const migrations = options.migrations ?? MIGRATIONS;
  if (file === ':memory:') {
    const db = new BetterSqlite3(file);
    migrate(db, migrations);
    return db.defaultSafeIntegers();
  }
  const full = path.resolve(file);
  checkFolder(path.dirname(full));
  const version = inspect(full, newestOf(migrations), options.backups);
  return open(full, version, migrations, options);
}

function open(
  file: string,
  version: number,
  migrations: readonly Migration[],
  { now, backups }: DatabaseOptions,
): Database {
  let db: Database | undefined;
  try {
    db = new BetterSqlite3(file, { timeout: 0 });
    // What a trader holds is nobody else's business; the files beside it take this mode too.
    chmodSync(file, 0o600);
    makeDurable(db);
    const existed = version > 0;
    if (backups !== undefined && existed && version < newestOf(migrations)) {
      backUpBeforeMigration(db, backups, now);
    }
    migrate(db, migrations);
    if (backups !== undefined && existed) backUpIfDue(db, backups, now);
    return db.defaultSafeIntegers();
  } catch (error) {
    db?.close();
    throw storageFailure(error, file);
  }
}

/** WAL for speed, FULL because WAL's default forgets the last commits at a power cut. */
function makeDurable(db: Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  // What may not be written is opened for reading, and only a write tells: this one is taken back.
  db.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${versionOf(db)}; ROLLBACK`);
}
