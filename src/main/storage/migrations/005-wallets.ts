import type { Migration } from './migration.ts';

/**
 * The wallets that the program knows, without anything secret: keys are in the keychain of the operating system. At most
 * one is active. Times are Unix milliseconds.
 */
export const wallets: Migration = {
  version: 5,
  name: 'wallets',
  sql: `
    CREATE TABLE wallets (
      address TEXT PRIMARY KEY,
      name TEXT NOT NULL UNIQUE COLLATE NOCASE,
      kind TEXT NOT NULL CHECK (kind IN ('owner', 'delegate', 'watch')),
      owner TEXT NOT NULL,
      path TEXT,
      added_at INTEGER NOT NULL,
      active INTEGER NOT NULL CHECK (active IN (0, 1))
    ) STRICT;

    CREATE UNIQUE INDEX active_wallet ON wallets (active) WHERE active = 1;
  `,
};
