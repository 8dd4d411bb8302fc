import type { Database, Statement } from 'better-sqlite3';

import type { EquityPoint } from './vaultStore.ts';

interface Row {
  readonly t: bigint;
  readonly equity: string;
  readonly justHolding: string;
  readonly neverLeaving: string | null;
}

/** How the equity of each vault went. */
export class EquityRepository {
  readonly #insert: Statement<
    [vaultId: number, t: number, equity: string, justHolding: string, neverLeaving: string | null]
  >;
  readonly #page: Statement<[vaultId: number, after: number, limit: number], Row>;
  readonly #last: Statement<[vaultId: number, after: number, upTo: number], Row>;
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
    this.#page = db.prepare(
      `SELECT t, equity, just_holding AS justHolding, never_leaving AS neverLeaving FROM equity_points
       WHERE vault_id = ? AND t > ? ORDER BY t LIMIT ?`,
    );
    this.#last = db.prepare(
      `SELECT t, equity, just_holding AS justHolding, never_leaving AS neverLeaving FROM equity_points
       WHERE vault_id = ? AND t > ? AND t <= ? ORDER BY t DESC LIMIT 1`,
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
    const last = Number(span.last);
    const stretches = points - 1;
    const found: EquityPoint[] = [];
    // A look at the index for each stretch: a curve of years costs no more than one of days.
    for (let i = 0, after = first - 1; i <= stretches; i += 1) {
      const upTo = i === stretches ? last : first + Math.floor(((last - first) * i) / stretches);
      const row = this.#last.get(vaultId, after, upTo);
      after = upTo;
      if (row !== undefined) found.push({ ...row, t: Number(row.t) });
    }
    return found;
  }

  /** Every point after a moment, oldest first, at most so many. */
  page(vaultId: number, after: number, limit: number): readonly EquityPoint[] {
    return this.#page.all(vaultId, after, limit).map((row) => ({ ...row, t: Number(row.t) }));
  }
}
