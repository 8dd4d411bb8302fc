import type { Database, Statement } from 'better-sqlite3';

import { AppError } from '../../shared/contract/appError.ts';
import { durable } from './durable.ts';
import type { TransactionJournal, TransactionRecord } from './transactionJournal.ts';

type Numbers = 'attempt' | 'lastValidBlockHeight' | 'slot' | 'intendedT' | 'updatedT';
type Row = Omit<TransactionRecord, Numbers> & {
  readonly attempt: bigint;
  readonly lastValidBlockHeight: bigint | null;
  readonly slot: bigint | null;
  readonly intendedT: bigint;
  readonly updatedT: bigint;
};
type Values = TransactionRecord & { readonly cluster: string };

const BEGIN = `
  INSERT INTO transactions (
    cluster, intent_id, attempt, kind, words, payer, state, signature, last_valid_block_height, wire, slot, fee, landed,
    code, reason, intended_t, updated_t
  ) VALUES (
    :cluster, :intentId, :attempt, :kind, :words, :payer, :state, :signature, :lastValidBlockHeight, :wire, :slot, :fee,
    :landed, :code, :reason, :intendedT, :updatedT
  )`;

/** What is over stays as it is, and a signature that was given stays with its bytes. */
const UPDATE = `
  UPDATE transactions SET state = :state, signature = :signature, last_valid_block_height = :lastValidBlockHeight,
    wire = :wire, slot = :slot, fee = :fee, landed = :landed, code = :code, reason = :reason, updated_t = :updatedT
  WHERE cluster = :cluster AND intent_id = :intentId AND attempt = :attempt
    AND state IN ('intended', 'signed', 'unknown')
    AND (signature IS NULL
      OR signature = :signature AND wire = :wire AND last_valid_block_height = :lastValidBlockHeight)`;

const SELECT = `
  SELECT intent_id AS intentId, attempt, kind, words, payer, state, signature,
    last_valid_block_height AS lastValidBlockHeight, wire, slot, fee, landed, code, reason, intended_t AS intendedT,
    updated_t AS updatedT
  FROM transactions WHERE cluster = ?`;

/** The journal of one cluster's transactions in SQLite. */
export class TransactionRepository implements TransactionJournal {
  readonly #cluster: string;
  readonly #begin: (values: Values) => void;
  readonly #update: (values: Values) => void;
  readonly #attempts: Statement<[cluster: string, intentId: string], Row>;
  readonly #signed: Statement<[cluster: string, signature: string], Row>;
  readonly #open: Statement<[cluster: string], Row>;
  readonly #latest: Statement<[cluster: string, limit: number], Row>;

  /** @param cluster the network's name, as the settings have it */
  constructor(db: Database, cluster: string) {
    this.#cluster = cluster;
    const insert = db.prepare<[Values]>(BEGIN);
    const update = db.prepare<[Values]>(UPDATE);
    this.#begin = durable(db, (values: Values) => {
      insert.run(values);
    });
    this.#update = durable(db, (values: Values) => {
      if (update.run(values).changes !== 1) throw contradiction(values, this.attempts(values.intentId));
    });
    this.#attempts = db.prepare(`${SELECT} AND intent_id = ? ORDER BY attempt`);
    this.#signed = db.prepare(`${SELECT} AND signature = ?`);
    this.#open = db.prepare(
      `${SELECT} AND state IN ('intended', 'signed', 'unknown') ORDER BY intended_t, intent_id`,
    );
    this.#latest = db.prepare(`${SELECT} ORDER BY intended_t DESC, intent_id, attempt DESC LIMIT ?`);
  }

  begin(record: TransactionRecord): void {
    this.#begin({ ...record, cluster: this.#cluster });
  }

  update(record: TransactionRecord): void {
    this.#update({ ...record, cluster: this.#cluster });
  }

  attempts(intentId: string): readonly TransactionRecord[] {
    return this.#attempts.all(this.#cluster, intentId).map(recordOf);
  }

  signed(signature: string): TransactionRecord | undefined {
    const row = this.#signed.get(this.#cluster, signature);
    return row && recordOf(row);
  }

  open(): readonly TransactionRecord[] {
    return this.#open.all(this.#cluster).map(recordOf);
  }

  latest(limit: number): readonly TransactionRecord[] {
    return this.#latest.all(this.#cluster, limit).map(recordOf);
  }
}

function contradiction(
  { intentId, attempt, state }: TransactionRecord,
  attempts: readonly TransactionRecord[],
): AppError {
  const was = attempts.find((one) => one.attempt === attempt)?.state ?? 'absent';
  return new AppError(
    'INTERNAL',
    `The journal has attempt ${attempt} at ${intentId} as ${was}, which can not become ${state}.`,
    { intentId, attempt, was, is: state },
  );
}

const recordOf = (row: Row): TransactionRecord => ({
  ...row,
  attempt: Number(row.attempt),
  lastValidBlockHeight: row.lastValidBlockHeight === null ? null : Number(row.lastValidBlockHeight),
  slot: row.slot === null ? null : Number(row.slot),
  intendedT: Number(row.intendedT),
  updatedT: Number(row.updatedT),
});
