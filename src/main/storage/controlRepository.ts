import type { Database, Statement } from 'better-sqlite3';

import { durable } from './durable.ts';

/** What SOS has ordered, until it is released. */
export interface Control {
  readonly halted: boolean;
  /** Whether the positions are to be closed as well. */
  readonly flatten: boolean;
  /** Unix ms of the order, or of its release. */
  readonly t: number;
}

interface Row {
  readonly halted: bigint;
  readonly flatten: bigint;
  readonly t: bigint;
}

/** The SOS of each vault, which outlives the process: a restart finds it as it was left. */
export class ControlRepository {
  readonly #load: Statement<[vaultId: number], Row>;
  readonly #put: Statement<[vaultId: number, halted: number, flatten: number, t: number]>;
  readonly #save: (vaultId: number, control: Control) => void;

  constructor(db: Database) {
    this.#load = db.prepare('SELECT halted, flatten, t FROM controls WHERE vault_id = ?');
    this.#put = db.prepare(
      `INSERT INTO controls (vault_id, halted, flatten, t) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET halted = excluded.halted, flatten = excluded.flatten, t = excluded.t`,
    );
    this.#save = durable(db, (vaultId: number, control: Control) => {
      this.put(vaultId, control);
    });
  }

  /** The last control; undefined where there never was an SOS. */
  load(vaultId: number): Control | undefined {
    const row = this.#load.get(vaultId);
    if (row === undefined) return undefined;
    return { halted: row.halted === 1n, flatten: row.flatten === 1n, t: Number(row.t) };
  }

  /** Part of a transaction: not durable by itself. */
  put(vaultId: number, { halted, flatten, t }: Control): void {
    this.#put.run(vaultId, Number(halted), Number(flatten), t);
  }

  /** Durable when it returns. */
  save(vaultId: number, control: Control): void {
    this.#save(vaultId, control);
  }
}
