import type { Database, Statement } from 'better-sqlite3';

import type { StoredEvent } from './vaultStore.ts';

/** Lines that are read at a time: a statement that is still being stepped would keep commits out. */
const PAGE = 1_000;

interface LineRow {
  readonly seq: bigint;
  readonly line: string;
}

/** Which lines of a log are wanted. */
export interface EventFilter {
  /** Lines before this number, newest first; */
  readonly before?: number | undefined;
  /** or after this one, oldest first. Neither: the newest. */
  readonly after?: number | undefined;
  readonly types?: readonly string[] | undefined;
  /** Text that the line holds, in whatever case. */
  readonly search?: string | undefined;
}

/** The event log of each vault. */
export class EventRepository {
  readonly #db: Database;
  readonly #insert: Statement<[vaultId: number, seq: number, t: number, type: string, line: string]>;
  readonly #lines: Statement<[vaultId: number, after: number | bigint, limit: number], LineRow>;
  readonly #count: Statement<[vaultId: number], { count: bigint }>;
  readonly #lastSeq: Statement<[vaultId: number], { seq: bigint }>;

  constructor(db: Database) {
    this.#db = db;
    this.#insert = db.prepare('INSERT INTO events (vault_id, seq, t, type, line) VALUES (?, ?, ?, ?, ?)');
    this.#lines = db.prepare(
      'SELECT seq, line FROM events WHERE vault_id = ? AND seq > ? ORDER BY seq LIMIT ?',
    );
    this.#count = db.prepare('SELECT count(*) AS count FROM events WHERE vault_id = ?');
    this.#lastSeq = db.prepare('SELECT seq FROM events WHERE vault_id = ? ORDER BY seq DESC LIMIT 1');
  }

  /** Part of a vault's commit: not durable by itself. */
  insert(vaultId: number, { seq, t, type, line }: StoredEvent): void {
    this.#insert.run(vaultId, seq, t, type, line);
  }

  /** The lines in order, those of `after` and before left out. Lines that are committed meanwhile come too. */
  *lines(vaultId: number, after = -1): Generator<string, void, undefined> {
    let last: number | bigint = after;
    for (;;) {
      const page = this.#lines.all(vaultId, last, PAGE);
      for (const { seq, line } of page) {
        last = seq;
        yield line;
      }
      if (page.length < PAGE) return;
    }
  }

  /** At most `limit` lines that fit, in the order that the filter asks for. */
  page(vaultId: number, filter: EventFilter, limit: number): readonly string[] {
    const { before, after, types = [], search = '' } = filter;
    const forward = after !== undefined;
    const wanted = types.length === 0 ? '' : `AND type IN (${types.map(() => '?').join(', ')})`;
    const found = search === '' ? '' : "AND line LIKE ? ESCAPE '\\'";
    const statement = this.#db.prepare<unknown[], { line: string }>(
      `SELECT line FROM events WHERE vault_id = ? AND seq ${forward ? '>' : '<'} ? ${wanted} ${found}
       ORDER BY seq ${forward ? 'ASC' : 'DESC'} LIMIT ?`,
    );
    const bound = forward ? after : (before ?? Number.MAX_SAFE_INTEGER);
    const pattern = search === '' ? [] : [`%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`];
    return statement.all(vaultId, bound, ...types, ...pattern, limit).map(({ line }) => line);
  }

  count(vaultId: number): number {
    return Number(this.#count.get(vaultId)?.count ?? 0n);
  }

  /** The number of the newest event; undefined before the first. */
  lastSeq(vaultId: number): number | undefined {
    const row = this.#lastSeq.get(vaultId);
    return row === undefined ? undefined : Number(row.seq);
  }
}
