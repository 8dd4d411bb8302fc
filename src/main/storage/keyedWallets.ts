import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';

import BetterSqlite3 from 'better-sqlite3';

import { lockFolder } from './folderLock.ts';
import { DATABASE_FILE } from './openFolder.ts';

/** A wallet whose key should be in the keychain. */
export interface KeyedWallet {
  readonly address: string;
  readonly name: string;
  readonly kind: 'owner' | 'delegate';
  /** Whose account it trades: its own, unless it is a delegate. */
  readonly owner: string;
}

/**
 * The wallets of a data folder that have a key, without changing anything in it. None where it has no database, or one
 * from before there were wallets. The database has been inspected. Throws DATA_FOLDER_IN_USE.
 */
export function keyedWallets(dataDir: string): readonly KeyedWallet[] {
  const file = path.join(dataDir, DATABASE_FILE);
  if (!existsSync(file)) return [];
  const lock = lockFolder(dataDir);
  // Reading in WAL mode makes these two; those that weren't there go again.
  const made = [`${file}-wal`, `${file}-shm`].filter((name) => !existsSync(name));
  const db = new BetterSqlite3(file, { readonly: true, timeout: 0 });
  try {
    const table = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'wallets'");
    if (table.get() === undefined) return [];
    return db
      .prepare<[], KeyedWallet>(
        "SELECT address, name, kind, owner FROM wallets WHERE kind <> 'watch' ORDER BY added_at, rowid",
      )
      .all();
  } finally {
    db.close();
    for (const name of made) rmSync(name, { force: true });
    lock.release();
  }
}
