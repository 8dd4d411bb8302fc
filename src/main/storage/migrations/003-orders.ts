import type { Migration } from './migration.ts';

/**
 * Orders of a trader's own hand and their fills. `body` is the whole order as state text, money with it; beside it
 * stands what is searched for and summed, money and sizes as decimal text. `watched`: it still has to be followed by
 * exits. Numbers rise, so the newest is the highest.
 */
export const orders: Migration = {
  version: 3,
  name: 'orders',
  sql: `
    CREATE TABLE trader_orders (
      vault_id INTEGER NOT NULL REFERENCES vaults,
      number INTEGER NOT NULL,
      client_order_id TEXT,
      parent INTEGER,
      market TEXT NOT NULL,
      side TEXT NOT NULL CHECK (side IN ('buy', 'sell')),
      state TEXT NOT NULL,
      done INTEGER NOT NULL CHECK (done IN (0, 1)),
      watched INTEGER NOT NULL CHECK (watched IN (0, 1)),
      size TEXT NOT NULL,
      filled TEXT NOT NULL,
      quote TEXT NOT NULL,
      limit_price TEXT NOT NULL,
      decision_mid TEXT,
      sent_t INTEGER,
      first_fill_t INTEGER,
      body TEXT NOT NULL,
      PRIMARY KEY (vault_id, number)
    ) STRICT, WITHOUT ROWID;

    CREATE UNIQUE INDEX trader_orders_by_client_id ON trader_orders (vault_id, client_order_id)
      WHERE client_order_id IS NOT NULL;
    CREATE INDEX trader_orders_by_market ON trader_orders (vault_id, market, number);
    CREATE INDEX trader_orders_of_entry ON trader_orders (vault_id, parent, number) WHERE parent IS NOT NULL;
    CREATE INDEX live_trader_orders ON trader_orders (vault_id, number) WHERE done = 0 OR watched = 1;

    CREATE TABLE trader_fills (
      vault_id INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      number INTEGER NOT NULL,
      t INTEGER NOT NULL,
      market TEXT NOT NULL,
      side TEXT NOT NULL CHECK (side IN ('buy', 'sell')),
      size TEXT NOT NULL,
      price TEXT NOT NULL,
      fee TEXT NOT NULL,
      liquidity TEXT NOT NULL CHECK (liquidity IN ('maker', 'taker')),
      PRIMARY KEY (vault_id, seq),
      FOREIGN KEY (vault_id, number) REFERENCES trader_orders
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX trader_fills_by_market ON trader_fills (vault_id, market, seq);
    CREATE INDEX trader_fills_of_order ON trader_fills (vault_id, number, seq);
  `,
};
