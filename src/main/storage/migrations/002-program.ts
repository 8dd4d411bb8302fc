import type { Migration } from './migration.ts';

/**
 * What the program keeps beside its vaults: the answers to commands, so that a command sent twice acts once; settings
 * with their revision; whether an engine is to run; and how each vault's equity went. Times are Unix milliseconds,
 * dollars decimal text.
 */
export const program: Migration = {
  version: 2,
  name: 'program',
  sql: `
    CREATE TABLE answers (
      id TEXT PRIMARY KEY,
      command TEXT NOT NULL,
      payload_hash TEXT NOT NULL,
      begun_t INTEGER NOT NULL,
      answer TEXT
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE settings (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      revision INTEGER NOT NULL,
      overrides TEXT NOT NULL,
      t INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE engines (
      vault_id INTEGER PRIMARY KEY REFERENCES vaults,
      running INTEGER NOT NULL CHECK (running IN (0, 1)),
      t INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE equity_points (
      vault_id INTEGER NOT NULL REFERENCES vaults,
      t INTEGER NOT NULL,
      equity TEXT NOT NULL,
      just_holding TEXT NOT NULL,
      never_leaving TEXT,
      PRIMARY KEY (vault_id, t)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX events_by_type ON events (vault_id, type, seq);
  `,
};
