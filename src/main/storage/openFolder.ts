import { copyFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

import type { Database } from 'better-sqlite3';

import { AppError } from '../../shared/contract/appError.ts';
import { backUpAsked, backups, type Backup, type BackupReason } from './backup.ts';
import { openDatabase } from './database.ts';
import { unwritable } from './failure.ts';
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

  /** Newest first. */
  backups(): readonly Backup[] {
    return this.path === IN_MEMORY ? [] : backups(this.#backups);
  }

  /**
   * Goes back to a backup: the database is closed, and another one is open when this returns, or when it throws.
   * Throws INVALID_PAYLOAD for a backup that isn't there, DATABASE_CORRUPT for one that is damaged.
   */
  restore(name: string): void {
    const chosen = this.backups().find((one) => one.name === name);
    if (chosen === undefined)
      throw new AppError('INVALID_PAYLOAD', `There is no backup ${name}.`, { backup: name });
    const source = path.join(this.#backups, chosen.name);
    // Opened by itself first: a damaged backup must not replace a whole database.
    openDatabase(this.#copied(source, '.candidate'), { now: this.#now() }).close();
    this.#db.close();
    try {
      for (const rest of ['-wal', '-shm']) rmSync(this.#file + rest, { force: true });
      renameSync(`${this.#file}.candidate`, this.#file);
    } catch (error) {
      throw unwritable(this.path, error);
    } finally {
      this.#db = this.#open();
    }
  }

  close(): void {
    this.#db.close();
    this.#lock?.release();
  }

  #copied(source: string, suffix: string): string {
    const target = this.#file + suffix;
    try {
      copyFileSync(source, target);
    } catch (error) {
      throw unwritable(this.path, error);
    }
    return target;
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
