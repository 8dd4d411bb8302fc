import type { Database, Statement } from 'better-sqlite3';

import { durable } from './durable.ts';

/** What a vault's run was started with. */
export interface StoredRun {
  /** JSON of the whole configuration. */
  readonly config: string;
  /** Unix ms of the first save. */
  readonly createdT: number;
}

/** The run of each vault. */
export class RunRepository {
  readonly #load: Statement<[vaultId: number], { config: string; createdT: bigint }>;
  readonly #put: Statement<[vaultId: number, config: string, now: number]>;
  readonly #save: (vaultId: number, config: string, now: number) => void;

  constructor(db: Database) {
    this.#load = db.prepare('SELECT config, created_t AS createdT FROM runs WHERE vault_id = ?');
    this.#put = db.prepare(
      `INSERT INTO runs (vault_id, config, created_t) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET config = excluded.config`,
    );
    this.#save = durable(db, (vaultId: number, config: string, now: number) => {
      this.put(vaultId, config, now);
    });
  }

  load(vaultId: number): StoredRun | undefined {
    const row = this.#load.get(vaultId);
    return row === undefined ? undefined : { config: row.config, createdT: Number(row.createdT) };
  }

  /** Part of a transaction: not durable by itself. */
  put(vaultId: number, config: string, now: number): void {
    this.#put.run(vaultId, config, now);
  }

  /** Durable when it returns. A later save replaces the configuration, not the moment of the first. */
  save(vaultId: number, config: string, now: number): void {
    this.#save(vaultId, config, now);
  }
}
