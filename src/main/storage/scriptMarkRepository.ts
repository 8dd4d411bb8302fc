import type { Database, Statement } from 'better-sqlite3';

import { durable } from './durable.ts';

/** Which one-off actions of a script each vault has carried out: a run that goes on after a crash skips them. */
export class ScriptMarkRepository {
  readonly #has: Statement<[vaultId: number, action: number]>;
  readonly #mark: (vaultId: number, action: number) => void;

  constructor(db: Database) {
    this.#has = db.prepare('SELECT 1 FROM script_marks WHERE vault_id = ? AND action = ?');
    const insert = db.prepare<[vaultId: number, action: number]>(
      'INSERT INTO script_marks (vault_id, action) VALUES (?, ?) ON CONFLICT DO NOTHING',
    );
    this.#mark = durable(db, (vaultId: number, action: number) => {
      insert.run(vaultId, action);
    });
  }

  /** Durable when it returns. A second mark changes nothing. `action`: its place in the script. */
  mark(vaultId: number, action: number): void {
    this.#mark(vaultId, action);
  }

  has(vaultId: number, action: number): boolean {
    return this.#has.get(vaultId, action) !== undefined;
  }
}
