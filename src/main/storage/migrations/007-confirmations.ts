import type { Migration } from './migration.ts';

/**
 * What users have granted to engines that trade alone, and every use of a confirmation. Money and sizes are decimal
 * text, times Unix milliseconds. Neither table belongs to a vault: a vault that is begun anew forgets no use.
 */
export const confirmations: Migration = {
  version: 7,
  name: 'confirmations',
  sql: `
    CREATE TABLE standing_confirmations (
      id TEXT PRIMARY KEY,
      venue TEXT NOT NULL,
      owner TEXT NOT NULL,
      sub_account INTEGER NOT NULL,
      per_trade TEXT NOT NULL,
      per_day TEXT NOT NULL,
      granted_at INTEGER NOT NULL,
      until INTEGER NOT NULL,
      revoked_at INTEGER
    ) STRICT;

    CREATE UNIQUE INDEX standing_confirmation_in_force ON standing_confirmations (venue, owner, sub_account)
      WHERE revoked_at IS NULL;

    CREATE TABLE confirmation_uses (
      id TEXT PRIMARY KEY,
      t INTEGER NOT NULL,
      venue TEXT NOT NULL,
      owner TEXT NOT NULL,
      sub_account INTEGER NOT NULL,
      basis TEXT NOT NULL CHECK (basis IN ('own', 'standing', 'repair')),
      of TEXT NOT NULL,
      worth TEXT NOT NULL,
      legs TEXT NOT NULL
    ) STRICT;

    CREATE INDEX confirmation_uses_by_time ON confirmation_uses (venue, owner, sub_account, t);
    CREATE INDEX repairs_of_use ON confirmation_uses (of) WHERE basis = 'repair';
    CREATE UNIQUE INDEX own_confirmation_used_once ON confirmation_uses (of) WHERE basis = 'own';
  `,
};
