import { chmodSync, copyFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

import type { Database } from 'better-sqlite3';

import { AppError } from '../../shared/contract/appError.ts';
import { backUpAsked, backUpIfDue, backups, type Backup, type BackupReason } from './backup.ts';
import { openDatabase } from './database.ts';
import { unwritable } from './failure.ts';
import { syncFolder } from './folder.ts';
import { lockFolder, type FolderLock } from './folderLock.ts';

/** Keeps everything in memory: for backtests, benchmarks and tests of what is above the disk. */
export const IN_MEMORY = ':memory:';
export const DATABASE_FILE = 'phantom-arbiter.sqlite';
export const BACKUP_FOLDER = 'backups';

/** A data folder that is ours, and its database. */
export class OpenFolder {
  readonly path: string;
  readonly #lock: FolderLock | undefined;
  readonly #now: () => number;
  #db: Database;

  /**
   * Takes the folder's lock and opens its database.
   * @param now wall time, for backups
   * Throws DATA_FOLDER_IN_USE, DATA_FOLDER_UNWRITABLE, DATABASE_CORRUPT, DATABASE_TOO_NEW.
   */
  constructor(dataDir: string, now: () => number) {
    this.path = dataDir;
    this.#now = now;
    this.#lock = dataDir === IN_MEMORY ? undefined : lockFolder(dataDir);
    try {
      this.#db = this.#open();
    } catch (error) {
      this.#lock?.release();
      throw error;
    }
  }

  /** Another one after a restore: what was prepared on the one before no longer works. */
  get db(): Database {
    return this.#db;
  }

  /** Bytes that the database takes on the disk, its write-ahead log included. */
  get bytes(): number {
    if (this.path === IN_MEMORY) return 0;
    const sizes = ['', '-wal'].map(
      (part) => statSync(this.#file + part, { throwIfNoEntry: false })?.size ?? 0,
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Throws DATA_FOLDER_UNWRITABLE. */
  backUp(reason: BackupReason): Backup {
    return backUpAsked(this.#db, this.#backups, this.#now(), reason);
  }

  /** The backup of the day, unless it is there. */
  backUpIfDue(): void {
    if (this.path !== IN_MEMORY) backUpIfDue(this.#db, this.#backups, this.#now());
  }

  /** Newest first. */
  backups(): readonly Backup[] {
    return this.path === IN_MEMORY ? [] : backups(this.#backups);
  }

  /**
   * Goes back to a backup. A copy of it is opened first, checked, and prepared for what must survive; only when all of
   * that is on the disk does it take the place of the database, in one step. Where anything throws before, nothing has
   * changed.
   * @param prepare puts into the copy what must survive, and tries whether it can be worked with
   * @returns the name of the backup of what was there
   * Throws INVALID_PAYLOAD for a backup that isn't there, DATABASE_CORRUPT for one that is damaged.
   */
  restore(name: string, prepare: (candidate: Database) => void): string {
    const chosen = this.backups().find((one) => one.name === name);
    if (chosen === undefined)
      throw new AppError('INVALID_PAYLOAD', `There is no backup ${name}.`, { field: 'backup', backup: name });
    const candidate = `${this.#file}.candidate`;
    try {
      this.#prepared(path.join(this.#backups, chosen.name), candidate, prepare);
      const before = this.backUp('before-restore');
      this.#db.close();
      this.#swap(candidate);
      return before.name;
    } finally {
      for (const rest of ['', '-wal', '-shm']) rmSync(candidate + rest, { force: true });
    }
  }

  #prepared(source: string, candidate: string, prepare: (candidate: Database) => void): void {
    try {
      for (const rest of ['', '-wal', '-shm']) rmSync(candidate + rest, { force: true });
      copyFileSync(source, candidate);
      chmodSync(candidate, 0o600);
    } catch (error) {
      throw unwritable(this.path, error);
    }
    const db = this.#opened(source, candidate);
    try {
      prepare(db);
      db.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      db.close();
    }
  }

  /** A damaged backup is told of by its own name, and not by that of the copy. */
  #opened(source: string, candidate: string): Database {
    try {
      return openDatabase(candidate, { now: this.#now() });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'DATABASE_CORRUPT') throw error;
      const backup = path.basename(source);
      const message = `The backup ${backup} is damaged. Nothing was changed; choose another.`;
      throw new AppError('DATABASE_CORRUPT', message, { backup }, { cause: error });
    }
  }

  /** The database is closed, and another one is open when this returns, or when it throws. */
  #swap(candidate: string): void {
    try {
      for (const rest of ['-wal', '-shm']) rmSync(this.#file + rest, { force: true });
      renameSync(candidate, this.#file);
      syncFolder(this.path);
    } catch (error) {
      throw unwritable(this.path, error);
    } finally {
      // Without the backup of the day: nothing but the database itself may keep it from being opened.
      this.#db = openDatabase(this.#file, { now: this.#now() });
    }
  }

  close(): void {
    this.#db.close();
    this.#lock?.release();
  }

  #open(): Database {
    const now = this.#now();
    if (this.path === IN_MEMORY) return openDatabase(IN_MEMORY, { now });
    return openDatabase(this.#file, { now, backups: this.#backups });
  }

  get #file(): string {
    return path.join(this.path, DATABASE_FILE);
  }

  get #backups(): string {
    return path.join(this.path, BACKUP_FOLDER);
  }
}
