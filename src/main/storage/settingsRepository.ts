import type { Database, Statement } from 'better-sqlite3';

/** What the user changed, and how often. */
export interface StoredSettings {
  /** 0 before the first change. */
  readonly revision: number;
  readonly overrides: Readonly<Record<string, string>>;
}

/** The settings of the program: texts by name, with a revision that rises with every change. */
export class SettingsRepository {
  readonly #load: Statement<[], { revision: bigint; overrides: string }>;
  readonly #put: Statement<[revision: number, overrides: string, t: number]>;

  constructor(db: Database) {
    this.#load = db.prepare('SELECT revision, overrides FROM settings');
    this.#put = db.prepare(
      `INSERT INTO settings (only, revision, overrides, t) VALUES (1, ?, ?, ?)
       ON CONFLICT DO UPDATE SET revision = excluded.revision, overrides = excluded.overrides, t = excluded.t`,
    );
  }

  load(): StoredSettings {
    const row = this.#load.get();
    if (row === undefined) return { revision: 0, overrides: {} };
    return {
      revision: Number(row.revision),
      overrides: JSON.parse(row.overrides) as Readonly<Record<string, string>>,
    };
  }

  /** Part of a transaction: not durable by itself. */
  put({ revision, overrides }: StoredSettings, t: number): void {
    this.#put.run(revision, JSON.stringify(overrides), t);
  }
}
