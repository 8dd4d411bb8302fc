import type { Database, Statement } from 'better-sqlite3';

import { AppError } from '../../shared/contract/appError.ts';

/** An order of a trader's own hand: what it is looked up and summed by, and all of it as text. */
export interface OrderRow {
  readonly number: number;
  readonly clientOrderId: string | null;
  /** Number of the entry that it is an exit of. */
  readonly parent: number | null;
  readonly market: string;
  readonly side: 'buy' | 'sell';
  readonly state: string;
  readonly done: boolean;
  /** Whether it still has to be followed by exits. */
  readonly watched: boolean;
  readonly size: string;
  readonly filled: string;
  readonly quote: string;
  readonly limitPrice: string;
  readonly decisionMid: string | null;
  readonly sentT: number | null;
  readonly firstFillT: number | null;
  readonly body: string;
}

/** What of an order statistics are made of. */
export type OrderFigures = Pick<OrderRow, 'number' | 'side' | 'state' | 'done' | 'sentT' | 'firstFillT'> &
  Pick<OrderRow, 'size' | 'filled' | 'quote' | 'limitPrice' | 'decisionMid'>;

/** A row as it was put together by its owner: client id and text. */
export type KeptOrder = Pick<OrderRow, 'number' | 'clientOrderId' | 'body'>;

type Values = Omit<OrderRow, 'done' | 'watched'> & {
  readonly vaultId: number;
  readonly done: 0 | 1;
  readonly watched: 0 | 1;
};
type Kept = Omit<KeptOrder, 'number'> & { readonly number: bigint };
type Figures = Omit<OrderFigures, 'number' | 'done' | 'sentT' | 'firstFillT'> & {
  readonly number: bigint;
  readonly done: bigint;
  readonly sentT: bigint | null;
  readonly firstFillT: bigint | null;
};

const SAVE = `
  INSERT INTO trader_orders (
    vault_id, number, client_order_id, parent, market, side, state, done, watched, size, filled, quote, limit_price,
    decision_mid, sent_t, first_fill_t, body
  ) VALUES (
    :vaultId, :number, :clientOrderId, :parent, :market, :side, :state, :done, :watched, :size, :filled, :quote,
    :limitPrice, :decisionMid, :sentT, :firstFillT, :body
  ) ON CONFLICT (vault_id, number) DO UPDATE SET
    state = :state, done = :done, watched = :watched, size = :size, filled = :filled, quote = :quote,
    limit_price = :limitPrice, sent_t = :sentT, first_fill_t = :firstFillT, body = :body
  WHERE done <= :done`;

/** Each lookup names its index: left to itself, SQLite goes through all of a vault instead. */
const keptBy = (index: string): string => `
  SELECT number, client_order_id AS clientOrderId, body FROM trader_orders ${index} WHERE vault_id = ?`;
const KEPT = keptBy('');

const FIGURES = `
  SELECT number, side, state, done, size, filled, quote, limit_price AS limitPrice, decision_mid AS decisionMid,
    sent_t AS sentT, first_fill_t AS firstFillT
  FROM trader_orders WHERE vault_id = ? AND market = coalesce(?, market) ORDER BY number`;

/** The orders of a trader's own hand in each vault. */
export class OrderRepository {
  readonly #save: Statement<[Values]>;
  readonly #byNumber: Statement<[vaultId: number, number: number], Kept>;
  readonly #byClientId: Statement<[vaultId: number, clientOrderId: string], Kept>;
  readonly #live: Statement<[vaultId: number], Kept>;
  readonly #exits: Statement<[vaultId: number, parent: number], Kept>;
  readonly #page: Statement<[vaultId: number, before: number, limit: number], Kept>;
  readonly #pageOfMarket: Statement<[vaultId: number, market: string, before: number, limit: number], Kept>;
  readonly #figures: Statement<[vaultId: number, market: string | null], Figures>;
  readonly #last: Statement<[vaultId: number], { number: bigint | null }>;

  constructor(db: Database) {
    this.#save = db.prepare(SAVE);
    this.#byNumber = db.prepare(`${KEPT} AND number = ?`);
    this.#byClientId = db.prepare(
      `${keptBy('INDEXED BY trader_orders_by_client_id')} AND client_order_id = ?`,
    );
    this.#live = db.prepare(
      `${keptBy('INDEXED BY live_trader_orders')} AND (done = 0 OR watched = 1) ORDER BY number`,
    );
    this.#exits = db.prepare(`${keptBy('INDEXED BY trader_orders_of_entry')} AND parent = ? ORDER BY number`);
    this.#page = db.prepare(`${KEPT} AND number < ? ORDER BY number DESC LIMIT ?`);
    this.#pageOfMarket = db.prepare(
      `${keptBy('INDEXED BY trader_orders_by_market')} AND market = ? AND number < ? ORDER BY number DESC LIMIT ?`,
    );
    this.#figures = db.prepare(FIGURES);
    this.#last = db.prepare('SELECT max(number) AS number FROM trader_orders WHERE vault_id = ?');
  }

  /**
   * Adds an order or puts it in the place of what it was. Part of a transaction: not durable by itself. Throws
   * INTERNAL for one that is over and would be open again.
   */
  save(vaultId: number, order: OrderRow): void {
    const { done, watched } = order;
    const { changes } = this.#save.run({ ...order, vaultId, done: done ? 1 : 0, watched: watched ? 1 : 0 });
    if (changes === 1) return;
    const details = { number: order.number, state: order.state };
    throw new AppError('INTERNAL', `Order ${order.number} is over and cannot be ${order.state}.`, details);
  }

  byNumber(vaultId: number, number: number): KeptOrder | undefined {
    return maybe(this.#byNumber.get(vaultId, number));
  }

  byClientId(vaultId: number, clientOrderId: string): KeptOrder | undefined {
    return maybe(this.#byClientId.get(vaultId, clientOrderId));
  }

  /** Orders that are not over, and those that exits still have to follow, oldest first. */
  live(vaultId: number): readonly KeptOrder[] {
    return this.#live.all(vaultId).map(plain);
  }

  /** The exits of an entry, oldest first. */
  exits(vaultId: number, parent: number): readonly KeptOrder[] {
    return this.#exits.all(vaultId, parent).map(plain);
  }

  /** At most `limit` orders with a number under `before`, newest first. */
  page(vaultId: number, market: string | undefined, before: number, limit: number): readonly KeptOrder[] {
    const rows =
      market === undefined
        ? this.#page.all(vaultId, before, limit)
        : this.#pageOfMarket.all(vaultId, market, before, limit);
    return rows.map(plain);
  }

  /** What statistics are made of, of all orders or those of a market, oldest first. */
  *figures(vaultId: number, market: string | undefined): Generator<OrderFigures, void, undefined> {
    for (const { number, done, sentT, firstFillT, ...row } of this.#figures.all(vaultId, market ?? null)) {
      yield {
        ...row,
        number: Number(number),
        done: done === 1n,
        sentT: sentT === null ? null : Number(sentT),
        firstFillT: firstFillT === null ? null : Number(firstFillT),
      };
    }
  }

  /** The highest number so far; 0 before the first. */
  lastNumber(vaultId: number): number {
    return Number(this.#last.get(vaultId)?.number ?? 0n);
  }
}

const plain = (row: Kept): KeptOrder => ({ ...row, number: Number(row.number) });
const maybe = (row: Kept | undefined): KeptOrder | undefined => (row === undefined ? undefined : plain(row));
