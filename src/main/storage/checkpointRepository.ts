import type { Database, Statement } from 'better-sqlite3';

import type { Checkpoint } from './vaultStore.ts';

interface Row {
  readonly step: bigint;
  readonly t: bigint;
  readonly state: string;
}

/** Where each vault's run stands. Only the latest is kept. */
export class CheckpointRepository {
  readonly #save: Statement<[vaultId: number, step: number, t: number, state: string]>;
  readonly #latest: Statement<[vaultId: number], Row>;

  constructor(db: Database) {
    this.#save = db.prepare(
      `INSERT INTO checkpoints (vault_id, step, t, state) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET step = excluded.step, t = excluded.t, state = excluded.state`,
    );
    this.#latest = db.prepare('SELECT step, t, state FROM checkpoints WHERE vault_id = ?');
  }

  /** Part of a vault's commit: not durable by itself. */
  save(vaultId: number, { step, t, state }: Checkpoint): void {
    this.#save.run(vaultId, step, t, state);
  }

  latest(vaultId: number): Checkpoint | undefined {
    const row = this.#latest.get(vaultId);
    return row === undefined ? undefined : { step: Number(row.step), t: Number(row.t), state: row.state };
  }
}
