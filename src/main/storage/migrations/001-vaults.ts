import type { Migration } from './migration.ts';

/**
 * Vaults and what each one has: its journal, event log, ledger, funding history and where its run stands. All times
 * are Unix milliseconds; `amount` counts the smallest unit of its asset and `rate` trillionths; money and sizes that
 * are only kept and never summed are decimal text.
 */
export const vaults: Migration = {
  version: 1,
  name: 'vaults',
  sql: `
    CREATE TABLE vaults (
      id INTEGER PRIMARY KEY,
      engine TEXT NOT NULL,
      venue TEXT NOT NULL,
      sub_account INTEGER NOT NULL,
      mode TEXT NOT NULL,
      created_t INTEGER NOT NULL,
      UNIQUE (engine, venue, sub_account, mode)
    ) STRICT;

    CREATE TABLE orders (
      vault_id INTEGER NOT NULL REFERENCES vaults,
      client_order_id TEXT NOT NULL,
      intent_id TEXT NOT NULL,
      t INTEGER NOT NULL,
      market TEXT NOT NULL,
      side TEXT NOT NULL CHECK (side IN ('buy', 'sell')),
      size TEXT NOT NULL,
      limit_price TEXT NOT NULL,
      reduce_only INTEGER NOT NULL CHECK (reduce_only IN (0, 1)),
      valid_until INTEGER NOT NULL,
      purpose TEXT NOT NULL,
      state TEXT NOT NULL CHECK (
        state IN ('sent', 'unknown', 'filled', 'partiallyFilled', 'rejected', 'cancelled', 'expired')
      ),
      filled TEXT NOT NULL,
      quote TEXT NOT NULL,
      fee TEXT NOT NULL,
      code TEXT,
      updated_t INTEGER NOT NULL,
      PRIMARY KEY (vault_id, client_order_id)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX open_orders ON orders (vault_id, t) WHERE state IN ('sent', 'unknown');

    CREATE TABLE events (
      vault_id INTEGER NOT NULL REFERENCES vaults,
      seq INTEGER NOT NULL,
      t INTEGER NOT NULL,
      type TEXT NOT NULL,
      line TEXT NOT NULL,
      PRIMARY KEY (vault_id, seq)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE ledger_transactions (
      vault_id INTEGER NOT NULL REFERENCES vaults,
      seq INTEGER NOT NULL,
      t INTEGER NOT NULL,
      kind TEXT NOT NULL,
      PRIMARY KEY (vault_id, seq)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE ledger_entries (
      vault_id INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      ordinal INTEGER NOT NULL,
      account TEXT NOT NULL,
      asset TEXT NOT NULL,
      amount INTEGER NOT NULL,
      PRIMARY KEY (vault_id, seq, ordinal),
      FOREIGN KEY (vault_id, seq) REFERENCES ledger_transactions
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE funding_rates (
      vault_id INTEGER NOT NULL REFERENCES vaults,
      market TEXT NOT NULL,
      t INTEGER NOT NULL,
      rate INTEGER NOT NULL,
      period_ms INTEGER NOT NULL,
      PRIMARY KEY (vault_id, market, t)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE checkpoints (
      vault_id INTEGER PRIMARY KEY REFERENCES vaults,
      step INTEGER NOT NULL,
      t INTEGER NOT NULL,
      state TEXT NOT NULL
    ) STRICT;

    CREATE TABLE runs (
      vault_id INTEGER PRIMARY KEY REFERENCES vaults,
      config TEXT NOT NULL,
      created_t INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE controls (
      vault_id INTEGER PRIMARY KEY REFERENCES vaults,
      halted INTEGER NOT NULL CHECK (halted IN (0, 1)),
      flatten INTEGER NOT NULL CHECK (flatten IN (0, 1)),
      t INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE script_marks (
      vault_id INTEGER NOT NULL REFERENCES vaults,
      action INTEGER NOT NULL,
      PRIMARY KEY (vault_id, action)
    ) STRICT, WITHOUT ROWID;
  `,
};
