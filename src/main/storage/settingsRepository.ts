import type { Database, Statement } from 'better-sqlite3';

import { durable } from './durable.ts';

/** What the user changed, and how often. */
export interface StoredSettings {
  /** 0 before the first change. */
  readonly revision: number;
  readonly overrides: Readonly<Record<string, string>>;
}

/** The settings of the program: texts by name, with a revision that rises with every change. */
export class SettingsRepository {
  readonly #load: Statement<[], { revision: bigint; overrides: string }>;
  readonly #save: (settings: StoredSettings, t: number) => void;

  constructor(db: Database) {
    this.#load = db.prepare('SELECT revision, overrides FROM settings');
    const upsert = db.prepare<[revision: number, overrides: string, t: number]>(
      `INSERT INTO settings (only, revision, overrides, t) VALUES (1, ?, ?, ?)
       ON CONFLICT DO UPDATE SET revision = excluded.revision, overrides = excluded.overrides, t = excluded.t`,
    );
    this.#save = durable(db, ({ revision, overrides }: StoredSettings, t: number) => {
      upsert.run(revision, JSON.stringify(overrides), t);
    });
  }

  load(): StoredSettings {
    const row = this.#load.get();
    if (row === undefined) return { revision: 0, overrides: {} };
    return {
      revision: Number(row.revision),
      overrides: JSON.parse(row.overrides) as Readonly<Record<string, string>>,
    };
  }

  /** Durable when it returns. */
  save(settings: StoredSettings, t: number): void {
    this.#save(settings, t);
  }
}
