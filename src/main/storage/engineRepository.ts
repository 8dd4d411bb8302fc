import type { Database, Statement } from 'better-sqlite3';

import { durable } from './durable.ts';

/** Whether the engine of each vault is to run: what a restart goes by. */
export class EngineRepository {
  readonly #load: Statement<[vaultId: number], { running: bigint }>;
  readonly #put: Statement<[vaultId: number, running: number, t: number]>;
  readonly #save: (vaultId: number, running: boolean, t: number) => void;

  constructor(db: Database) {
    this.#load = db.prepare('SELECT running FROM engines WHERE vault_id = ?');
    this.#put = db.prepare(
      `INSERT INTO engines (vault_id, running, t) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET running = excluded.running, t = excluded.t`,
    );
    this.#save = durable(db, (vaultId: number, running: boolean, t: number) => {
      this.put(vaultId, running, t);
    });
  }

  /** Undefined where it was never started. */
  load(vaultId: number): boolean | undefined {
    const row = this.#load.get(vaultId);
    return row === undefined ? undefined : row.running === 1n;
  }

  /** Part of a transaction: not durable by itself. */
  put(vaultId: number, running: boolean, t: number): void {
    this.#put.run(vaultId, Number(running), t);
  }

  /** Durable when it returns. */
  save(vaultId: number, running: boolean, t: number): void {
    this.#save(vaultId, running, t);
  }
}
