import type { Database, Statement } from 'better-sqlite3';

import { AppError } from '../../shared/contract/appError.ts';
import type { JournalOrder, JournalOutcome } from './vaultStore.ts';

/** An order, and what is known to have become of it. `sent` has the order's own time and nothing filled. */
export interface JournalEntry {
  readonly order: JournalOrder;
  readonly outcome: JournalOutcome;
}

type OrderRow = Omit<JournalOrder, 't' | 'reduceOnly' | 'validUntil'> & {
  readonly t: bigint;
  readonly reduceOnly: bigint;
  readonly validUntil: bigint;
};
type Row = OrderRow & Omit<JournalOutcome, 'clientOrderId' | 't'> & { readonly updatedT: bigint };
type OrderValues = Omit<JournalOrder, 'reduceOnly'> & {
  readonly vaultId: number;
  readonly reduceOnly: number;
};

const INTEND = `
  INSERT INTO orders (
    vault_id, client_order_id, intent_id, t, market, side, size, limit_price, reduce_only, valid_until, purpose,
    state, filled, quote, fee, code, updated_t
  ) VALUES (
    :vaultId, :clientOrderId, :intentId, :t, :market, :side, :size, :limitPrice, :reduceOnly, :validUntil, :purpose,
    'sent', '0', '0', '0', NULL, :t
  ) ON CONFLICT DO NOTHING`;

const SETTLE = `
  UPDATE orders SET state = :state, filled = :filled, quote = :quote, fee = :fee, code = :code, updated_t = :t
  WHERE vault_id = :vaultId AND client_order_id = :clientOrderId AND state IN ('sent', 'unknown')`;

const SELECT = `
  SELECT client_order_id AS clientOrderId, intent_id AS intentId, t, market, side, size, limit_price AS limitPrice,
    reduce_only AS reduceOnly, valid_until AS validUntil, purpose, state, filled, quote, fee, code,
    updated_t AS updatedT
  FROM orders WHERE vault_id = ?`;

const ORDER_FIELDS = [
  'intentId',
  't',
  'market',
  'side',
  'size',
  'limitPrice',
  'reduceOnly',
  'validUntil',
  'purpose',
] as const satisfies readonly (keyof JournalOrder)[];

/** What an outcome says. Not its time: the same word of the venue may be heard twice. */
const OUTCOME_FIELDS = [
  'state',
  'filled',
  'quote',
  'fee',
  'code',
] as const satisfies readonly (keyof JournalOutcome)[];

/** The journal of each vault: every order that was sent or about to be, one row an order. */
export class JournalRepository {
  readonly #insert: Statement<[OrderValues]>;
  readonly #settle: Statement<[JournalOutcome & { readonly vaultId: number }]>;
  readonly #byId: Statement<[vaultId: number, clientOrderId: string], Row>;
  readonly #open: Statement<[vaultId: number], Row>;
  readonly #count: Statement<[vaultId: number], { count: bigint }>;
  readonly #lastTrade: Statement<[vaultId: number], { last: bigint | null }>;

  constructor(db: Database) {
    this.#insert = db.prepare(INTEND);
    this.#settle = db.prepare(SETTLE);
    this.#byId = db.prepare(`${SELECT} AND client_order_id = ?`);
    this.#open = db.prepare(`${SELECT} AND state IN ('sent', 'unknown') ORDER BY t, client_order_id`);
    this.#lastTrade = db.prepare(
      "SELECT max(CAST(substr(intent_id, 2) AS INTEGER)) AS last FROM orders WHERE vault_id = ? AND intent_id GLOB 't[0-9]*'",
    );
    this.#count = db.prepare('SELECT count(*) AS count FROM orders WHERE vault_id = ?');
  }

  /** Adds an order as `sent`. The same order again changes nothing; another under its id throws INTERNAL. */
  intend(vaultId: number, order: JournalOrder): void {
    const { changes } = this.#insert.run({ ...order, vaultId, reduceOnly: Number(order.reduceOnly) });
    if (changes === 1) return;
    const known = this.byId(vaultId, order.clientOrderId)?.order;
    refuse(order.clientOrderId, 'another order', known, order, ORDER_FIELDS);
  }

  /**
   * Part of a vault's commit: not durable by itself. Throws INTERNAL for an order that was never journalled, and for
   * an outcome that contradicts a final one.
   */
  settle(vaultId: number, outcome: JournalOutcome): void {
    const { changes } = this.#settle.run({ ...outcome, vaultId });
    if (changes === 1) return;
    const known = this.byId(vaultId, outcome.clientOrderId)?.outcome;
    refuse(outcome.clientOrderId, 'another outcome', known, outcome, OUTCOME_FIELDS);
  }

  byId(vaultId: number, clientOrderId: string): JournalEntry | undefined {
    const row = this.#byId.get(vaultId, clientOrderId);
    return row === undefined ? undefined : entryOf(row);
  }

  /** Orders whose outcome is not final (sent, unknown), oldest first. */
  open(vaultId: number): readonly JournalEntry[] {
    return this.#open.all(vaultId).map(entryOf);
  }

  /** The highest number that a trade of the engine has had (`t12` → 12); 0 before the first. */
  lastTrade(vaultId: number): number {
    return Number(this.#lastTrade.get(vaultId)?.last ?? 0n);
  }

  count(vaultId: number): number {
    return Number(this.#count.get(vaultId)?.count ?? 0n);
  }
}

/** Throws INTERNAL unless `known` says the same as `said` in every field. */
function refuse<Said extends object>(
  clientOrderId: string,
  what: string,
  known: Said | undefined,
  said: Said,
  fields: readonly (keyof Said & string)[],
): void {
  if (known === undefined) {
    throw new AppError('INTERNAL', `Order ${clientOrderId} is not in the journal.`, { clientOrderId });
  }
  const differing = fields.find((field) => known[field] !== said[field]);
  if (differing === undefined) return;
  const details = {
    clientOrderId,
    field: differing,
    was: String(known[differing]),
    is: String(said[differing]),
  };
  throw new AppError('INTERNAL', `The journal has ${what} under order ${clientOrderId}.`, details);
}

function entryOf({ state, filled, quote, fee, code, updatedT, ...row }: Row): JournalEntry {
  const { clientOrderId } = row;
  return {
    order: {
      ...row,
      t: Number(row.t),
      reduceOnly: row.reduceOnly === 1n,
      validUntil: Number(row.validUntil),
    },
    outcome: { clientOrderId, t: Number(updatedT), state, filled, quote, fee, code },
  };
}
