import type { Migration } from './migration.ts';

/**
 * What was signed for a Solana cluster, or was about to be: a row an attempt, kept for ever. `cluster` is the hash of its
 * genesis, because what is absent on one cluster says nothing of another. Times are Unix milliseconds, `fee` is lamports,
 * and `landed` is what stands in the block, as state text.
 *
 * The checks are the last wall before money: a row can't lose its signature again, nor have one without the bytes that it
 * is under; and no intent can have a second attempt unless every one before it is expired or failed.
 */
export const transactions: Migration = {
  version: 6,
  name: 'transactions',
  sql: `
    CREATE TABLE transactions (
      cluster TEXT NOT NULL,
      intent_id TEXT NOT NULL,
      attempt INTEGER NOT NULL CHECK (attempt >= 1),
      kind TEXT NOT NULL,
      words TEXT NOT NULL,
      payer TEXT NOT NULL,
      state TEXT NOT NULL CHECK (
        state IN ('intended', 'signed', 'unknown', 'landed', 'failed', 'refused', 'expired')
      ),
      signature TEXT,
      last_valid_block_height INTEGER,
      wire BLOB,
      slot INTEGER,
      fee INTEGER,
      landed TEXT,
      code TEXT,
      reason TEXT,
      intended_t INTEGER NOT NULL,
      updated_t INTEGER NOT NULL,
      PRIMARY KEY (cluster, intent_id, attempt),
      CHECK ((signature IS NULL) = (state IN ('intended', 'refused'))),
      CHECK ((last_valid_block_height IS NULL) = (signature IS NULL)),
      CHECK ((wire IS NULL) = (signature IS NULL)),
      CHECK ((landed IS NULL) = (state NOT IN ('landed', 'failed'))),
      CHECK ((slot IS NULL) = (landed IS NULL) AND (fee IS NULL) = (landed IS NULL)),
      CHECK ((code IS NULL) = (state NOT IN ('failed', 'refused'))),
      CHECK ((reason IS NULL) = (state NOT IN ('failed', 'refused', 'unknown')))
    ) STRICT, WITHOUT ROWID;

    CREATE UNIQUE INDEX transactions_by_signature ON transactions (signature) WHERE signature IS NOT NULL;
    CREATE UNIQUE INDEX one_attempt_at_a_time ON transactions (cluster, intent_id)
      WHERE state NOT IN ('expired', 'failed');
    CREATE INDEX open_transactions ON transactions (cluster, intended_t)
      WHERE state IN ('intended', 'signed', 'unknown');
    CREATE INDEX transactions_by_time ON transactions (cluster, intended_t);
  `,
};
