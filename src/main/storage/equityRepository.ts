import type { Database, Statement } from 'better-sqlite3';

import type { EquityPoint } from './vaultStore.ts';

interface Row {
  readonly t: bigint;
  readonly equity: string;
  readonly justHolding: string;
  readonly neverLeaving: string;
}

/** How the equity of each vault went. */
export class EquityRepository {
  readonly #insert: Statement<
    [vaultId: number, t: number, equity: string, justHolding: string, neverLeaving: string]
  >;
  readonly #between: Statement<[Record<'vault' | 'from' | 'to' | 'first' | 'width', bigint>], Row>;
  readonly #span: Statement<
    [vaultId: number, from: number, to: number],
    { first: bigint | null; last: bigint | null }
  >;

  constructor(db: Database) {
    this.#insert = db.prepare(
      'INSERT INTO equity_points (vault_id, t, equity, just_holding, never_leaving) VALUES (?, ?, ?, ?, ?)',
    );
    this.#span = db.prepare(
      'SELECT min(t) AS first, max(t) AS last FROM equity_points WHERE vault_id = ? AND t BETWEEN ? AND ?',
    );
    this.#between = db.prepare(
      `SELECT max(t) AS t, equity, just_holding AS justHolding, never_leaving AS neverLeaving
       FROM equity_points WHERE vault_id = $vault AND t BETWEEN $from AND $to
       GROUP BY CASE WHEN t = $first THEN -1 ELSE (t - $first - 1) / $width END ORDER BY t`,
    );
  }

  /** Part of a vault's commit: not durable by itself. */
  insert(vaultId: number, { t, equity, justHolding, neverLeaving }: EquityPoint): void {
    this.#insert.run(vaultId, t, equity, justHolding, neverLeaving);
  }

  /**
   * At most `points` (two or more) of a span of time, oldest first: the first, and the last of each of as many stretches
   * of equal length as there is room for.
   */
  curve(vaultId: number, from: number, to: number, points: number): readonly EquityPoint[] {
    const span = this.#span.get(vaultId, from, to);
    if (span === undefined || span.first === null || span.last === null) return [];
    const first = Number(span.first);
    const width = Math.max(1, Math.ceil((Number(span.last) - first) / (points - 1)));
    // As bigints: SQLite takes a large number for a fraction, and a division of fractions makes no stretches.
    return this.#between
      .all({
        vault: BigInt(vaultId),
        from: BigInt(from),
        to: BigInt(to),
        first: BigInt(first),
        width: BigInt(width),
      })
      .map((row) => ({ ...row, t: Number(row.t) }));
  }
}
