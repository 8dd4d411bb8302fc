import type { Database, Statement } from 'better-sqlite3';

import { rate } from '../../shared/money/quantity.ts';
import type { FundingSample } from '../domain/funding.ts';

interface Row {
  readonly t: bigint;
  readonly rate: bigint;
  readonly periodMs: bigint;
}

/** The funding rates that each vault has seen paid. */
export class FundingRepository {
  readonly #insert: Statement<[vaultId: number, market: string, t: number, rate: bigint, periodMs: number]>;
  readonly #latest: Statement<
    [vaultId: number, market: string, from: number, to: number, limit: number],
    Row
  >;
  readonly #upTo: Statement<[vaultId: number, market: string, t: number], Row>;

  constructor(db: Database) {
    this.#insert = db.prepare(
      'INSERT INTO funding_rates (vault_id, market, t, rate, period_ms) VALUES (?, ?, ?, ?, ?)',
    );
    this.#latest = db.prepare(
      `SELECT t, rate, period_ms AS periodMs FROM funding_rates
       WHERE vault_id = ? AND market = ? AND t BETWEEN ? AND ? ORDER BY t DESC LIMIT ?`,
    );
    this.#upTo = db.prepare(
      `SELECT t, rate, period_ms AS periodMs FROM funding_rates
       WHERE vault_id = ? AND market = ? AND t <= ? ORDER BY t`,
    );
  }

  /** Part of a vault's commit: not durable by itself. */
  insert(vaultId: number, market: string, { t, rate, periodMs }: FundingSample): void {
    this.#insert.run(vaultId, market, t, rate, periodMs);
  }

  /** The latest samples of a span of time (both ends included), at most so many, oldest first. */
  latest(vaultId: number, market: string, from: number, to: number, limit: number): readonly FundingSample[] {
    return this.#latest.all(vaultId, market, from, to, limit).map(sampleOf).toReversed();
  }

  /** A market's samples until `t` (Unix ms, included), oldest first. */
  upTo(vaultId: number, market: string, t: number): readonly FundingSample[] {
    return this.#upTo.all(vaultId, market, t).map(sampleOf);
  }
}

const sampleOf = (row: Row): FundingSample => ({
  t: Number(row.t),
  rate: rate(row.rate),
  periodMs: Number(row.periodMs),
});
