import type { Database, Statement } from 'better-sqlite3';

import { durable } from './durable.ts';

/** A command that was begun, and what came of it. */
export interface StoredAnswer {
  readonly id: string;
  readonly command: string;
  /** SHA-256 of the payload: the same id with another payload is another command. */
  readonly payloadHash: string;
  /** Wall time, Unix ms. */
  readonly begunT: number;
  /** The whole result frame as it was sent; null where the program died before there was one. */
  readonly answer: string | null;
}

interface Row {
  readonly id: string;
  readonly command: string;
  readonly payloadHash: string;
  readonly begunT: bigint;
  readonly answer: string | null;
}

const COLUMNS = 'id, command, payload_hash AS payloadHash, begun_t AS begunT, answer';

/** The answers that were given to commands that change something, so that one sent twice acts once. */
export class AnswerRepository {
  readonly #find: Statement<[id: string], Row>;
  readonly #all: Statement<[], Row>;
  readonly #begin: (answer: Omit<StoredAnswer, 'answer'>) => void;
  readonly #finish: (id: string, answer: string) => void;
  readonly #keep: (answers: readonly StoredAnswer[]) => void;

  constructor(db: Database) {
    this.#find = db.prepare(`SELECT ${COLUMNS} FROM answers WHERE id = ?`);
    this.#all = db.prepare(`SELECT ${COLUMNS} FROM answers`);
    const upsert = db.prepare<[id: string, command: string, hash: string, t: number, answer: string | null]>(
      `INSERT INTO answers (id, command, payload_hash, begun_t, answer) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET answer = coalesce(excluded.answer, answer)`,
    );
    const finish = db.prepare<[answer: string, id: string]>('UPDATE answers SET answer = ? WHERE id = ?');
    this.#begin = durable(db, ({ id, command, payloadHash, begunT }: Omit<StoredAnswer, 'answer'>) => {
      upsert.run(id, command, payloadHash, begunT, null);
    });
    this.#finish = durable(db, (id: string, answer: string) => {
      finish.run(answer, id);
    });
    this.#keep = durable(db, (answers: readonly StoredAnswer[]) => {
      for (const { id, command, payloadHash, begunT, answer } of answers)
        upsert.run(id, command, payloadHash, begunT, answer);
    });
  }

  find(id: string): StoredAnswer | undefined {
    const row = this.#find.get(id);
    return row === undefined ? undefined : stored(row);
  }

  /** Durable when it returns, and before the command acts. */
  begin(answer: Omit<StoredAnswer, 'answer'>): void {
    this.#begin(answer);
  }

  /** Durable when it returns, and before the answer is sent. */
  finish(id: string, answer: string): void {
    this.#finish(id, answer);
  }

  all(): readonly StoredAnswer[] {
    return this.#all.all().map(stored);
  }

  /** Takes answers over from another database: what was done stays done, also after a restore. */
  keep(answers: readonly StoredAnswer[]): void {
    this.#keep(answers);
  }
}

const stored = (row: Row): StoredAnswer => ({ ...row, begunT: Number(row.begunT) });
