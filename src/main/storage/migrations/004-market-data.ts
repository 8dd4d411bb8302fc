import type { Migration } from './migration.ts';

/**
 * Candles that were built from a market's trades. `source` is where those came from: a venue and network, or one paper
 * run, so that a run begun anew doesn't continue the prices of the last. Times are Unix milliseconds and prices
 * billionths of a dollar. Volumes are decimal text: a day of a cheap coin goes beyond 64 bits, and nothing sums them here.
 */
export const marketData: Migration = {
  version: 4,
  name: 'market-data',
  sql: `
    CREATE TABLE candles (
      source TEXT NOT NULL,
      market TEXT NOT NULL,
      resolution TEXT NOT NULL CHECK (resolution IN ('1m', '5m', '15m', '1h', '4h', '1d')),
      t INTEGER NOT NULL,
      open INTEGER NOT NULL,
      high INTEGER NOT NULL,
      low INTEGER NOT NULL,
      close INTEGER NOT NULL,
      volume TEXT NOT NULL,
      quote TEXT NOT NULL,
      trades INTEGER NOT NULL,
      PRIMARY KEY (source, market, resolution, t)
    ) STRICT, WITHOUT ROWID;
  `,
};
