import type { Database, Statement } from 'better-sqlite3';

import { AppError } from '../../shared/contract/appError.ts';
import type { Posting } from '../domain/ledger.ts';
import type { LedgerTransaction } from './vaultStore.ts';

/** What one account of a vault holds of one asset, in the asset's smallest unit. */
export interface Balance {
  readonly account: string;
  readonly asset: string;
  readonly amount: bigint;
}

interface BalanceRow {
  readonly account: string;
  readonly asset: string;
  readonly high: bigint;
  readonly low: bigint;
}

interface TransactionRow {
  readonly seq: bigint;
  readonly t: bigint;
  readonly kind: string;
}

type EntryValues = [
  vaultId: number,
  seq: number,
  ordinal: number,
  account: string,
  asset: string,
  amount: bigint,
];

const LEAST = -(2n ** 63n);
const MOST = 2n ** 63n - 1n;

/**
 * The sums of halves of 32 bits: SQLite's own sum fails where amounts run over 64 bits on the way, though the result
 * would not.
 */
const BALANCES = `
  SELECT account, asset, sum(amount >> 32) AS high, sum(amount & 0xffffffff) AS low
  FROM ledger_entries WHERE vault_id = ? GROUP BY account, asset ORDER BY account, asset`;

/** The double-entry ledger of each vault. A balance is nowhere kept: it is the sum of its entries. */
export class LedgerRepository {
  readonly #insert: Statement<[vaultId: number, seq: number, t: number, kind: string]>;
  readonly #insertEntry: Statement<EntryValues>;
  readonly #balances: Statement<[vaultId: number], BalanceRow>;
  readonly #page: Statement<[vaultId: number, before: number, limit: number], TransactionRow>;
  readonly #entries: Statement<[vaultId: number, seq: bigint], Posting>;

  constructor(db: Database) {
    this.#insert = db.prepare('INSERT INTO ledger_transactions (vault_id, seq, t, kind) VALUES (?, ?, ?, ?)');
    this.#insertEntry = db.prepare(
      'INSERT INTO ledger_entries (vault_id, seq, ordinal, account, asset, amount) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#balances = db.prepare(BALANCES);
    this.#page = db.prepare(
      'SELECT seq, t, kind FROM ledger_transactions WHERE vault_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?',
    );
    this.#entries = db.prepare(
      'SELECT account, asset, amount FROM ledger_entries WHERE vault_id = ? AND seq = ? ORDER BY ordinal',
    );
  }

  /**
   * Part of a vault's commit: not durable by itself. Throws INTERNAL for postings that don't add up to zero for every
   * asset, and for an amount that 64 bits don't hold.
   */
  insert(vaultId: number, transaction: LedgerTransaction): void {
    assertBalanced(transaction);
    const { seq, t, kind, postings } = transaction;
    this.#insert.run(vaultId, seq, t, kind);
    let ordinal = 0;
    for (const { account, asset, amount } of postings) {
      this.#insertEntry.run(vaultId, seq, ordinal, account, asset, amount);
      ordinal += 1;
    }
  }

  /** Every account and asset that ever had an entry, also those that are back at zero. */
  balances(vaultId: number): readonly Balance[] {
    return this.#balances.all(vaultId).map(({ account, asset, high, low }) => ({
      account,
      asset,
      amount: (high << 32n) + low,
    }));
  }

  /** The newest `limit` transactions before a number, newest first; without one, from the end. */
  page(vaultId: number, before: number | undefined, limit: number): readonly LedgerTransaction[] {
    return this.#page.all(vaultId, before ?? Number.MAX_SAFE_INTEGER, limit).map(({ seq, t, kind }) => ({
      seq: Number(seq),
      t: Number(t),
      kind,
      postings: this.#entries.all(vaultId, seq),
    }));
  }
}

function assertBalanced({ seq, kind, postings }: LedgerTransaction): void {
  const sums = new Map<string, bigint>();
  for (const { account, asset, amount } of postings) {
    if (amount < LEAST || amount > MOST) {
      const details = { seq, kind, account, asset, amount: String(amount) };
      throw new AppError('INTERNAL', `Ledger transaction ${seq} has an amount beyond 64 bits.`, details);
    }
    sums.set(asset, (sums.get(asset) ?? 0n) + amount);
  }
  for (const [asset, sum] of sums) {
    if (sum === 0n) continue;
    const details = { seq, kind, asset, sum: String(sum) };
    throw new AppError('INTERNAL', `Ledger transaction ${seq} does not balance in ${asset}.`, details);
  }
}
