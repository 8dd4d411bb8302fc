import type { Database, Statement } from 'better-sqlite3';

import { AppError } from '../../shared/contract/appError.ts';
import { durable } from './durable.ts';

/** What tells one vault from another: an engine on one sub-account of a venue, with real money or without. */
export interface VaultName {
  readonly engine: string;
  readonly venue: string;
  readonly subAccount: number;
  readonly mode: 'paper' | 'live';
}

type Key = [engine: string, venue: string, subAccount: number, mode: string];

const keyOf = ({ engine, venue, subAccount, mode }: VaultName): Key => [engine, venue, subAccount, mode];

/** Everything that belongs to a run of a vault, children before what they refer to. An SOS is not: it lasts. */
const OWNED = [
  'ledger_entries',
  'ledger_transactions',
  'orders',
  'trader_fills',
  'trader_orders',
  'events',
  'funding_rates',
  'equity_points',
  'checkpoints',
  'script_marks',
  'runs',
];

/** The vaults there are. Every other row belongs to exactly one. */
export class VaultRepository {
  readonly #id: Statement<Key, { id: bigint }>;
  readonly #all: Statement<[], Omit<VaultName, 'subAccount'> & { readonly subAccount: bigint }>;
  readonly #create: (name: VaultName, now: number) => void;

  readonly #emptied: readonly Statement<[id: number]>[];

  constructor(db: Database) {
    this.#emptied = OWNED.map((table) => db.prepare(`DELETE FROM ${table} WHERE vault_id = ?`));
    this.#id = db.prepare(
      'SELECT id FROM vaults WHERE engine = ? AND venue = ? AND sub_account = ? AND mode = ?',
    );
    this.#all = db.prepare('SELECT engine, venue, sub_account AS subAccount, mode FROM vaults ORDER BY id');
    const insert = db.prepare<[...Key, now: number]>(
      'INSERT INTO vaults (engine, venue, sub_account, mode, created_t) VALUES (?, ?, ?, ?, ?)',
    );
    this.#create = durable(db, (name: VaultName, now: number) => {
      insert.run(...keyOf(name), now);
    });
  }

  /** The id of a vault; undefined when it was never made. */
  find(name: VaultName): number | undefined {
    const row = this.#id.get(...keyOf(name));
    return row === undefined ? undefined : Number(row.id);
  }

  /** All that there are, in the order in which they were made. */
  all(): readonly VaultName[] {
    return this.#all.all().map((row) => ({ ...row, subAccount: Number(row.subAccount) }));
  }

  /** The id of a vault, which is made, durably, when it isn't there. `now`: Unix ms. */
  findOrCreate(name: VaultName, now: number): number {
    const found = this.find(name);
    if (found !== undefined) return found;
    this.#create(name, now);
    const id = this.find(name);
    if (id === undefined) throw new AppError('INTERNAL', 'A vault that was just made is not there.');
    return id;
  }

  /** Takes away everything that a vault has, as if it had just been made. Part of a transaction: not durable by itself. */
  empty(id: number): void {
    for (const one of this.#emptied) one.run(id);
  }
}
