import { accessSync, constants } from 'node:fs';
import path from 'node:path';

import BetterSqlite3, { type Database } from 'better-sqlite3';

import { codeOf, inUse, unwritable } from './failure.ts';
import { makeFolder, probeFolder } from './folder.ts';

/** A data folder that is ours until `release`, or until this process ends in whatever way. */
export interface FolderLock {
  release(): void;
}

/** Held locks. A lock that nobody refers to any more would be collected, and its file closed. */
const held = new Set<Database>();

/**
 * Takes the data folder for this process, whichever host it is; makes it (mode 0700) when it is missing. The lock is
 * SQLite's own on an empty file `lock`, which the operating system drops when the process dies: nothing is left over
 * that would have to be judged stale. Nothing else may open that file: on POSIX, closing it would drop the lock.
 *
 * Throws DATA_FOLDER_IN_USE when it is held, here or elsewhere, and DATA_FOLDER_UNWRITABLE.
 */
export function lockFolder(folder: string): FolderLock {
  const dir = path.resolve(folder);
  makeFolder(dir);
  const lock = hold(dir);
  held.add(lock);
  const release = (): void => {
    held.delete(lock);
    lock.close();
  };
  try {
    probeFolder(dir);
  } catch (error) {
    release();
    throw error;
  }
  return { release };
}

function hold(dir: string): Database {
  let lock: Database | undefined;
  try {
    const file = path.join(dir, 'lock');
    lock = new BetterSqlite3(file, { timeout: 0 });
    // Of a file that it may only read, SQLite takes a lock that it shares with others, and says nothing.
    accessSync(file, constants.R_OK | constants.W_OK);
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    throw codeOf(error).startsWith('SQLITE_BUSY') ? inUse(dir, error) : unwritable(dir, error);
  }
}
