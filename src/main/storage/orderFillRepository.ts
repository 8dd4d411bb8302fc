import type { Database, Statement } from 'better-sqlite3';

/** A fill of an order of a trader's own hand. Decimal text for money and sizes. */
export interface OrderFillRow {
  /** Rising. */
  readonly seq: number;
  /** Of its order. */
  readonly number: number;
  readonly t: number;
  readonly market: string;
  readonly side: 'buy' | 'sell';
  readonly size: string;
  readonly price: string;
  readonly fee: string;
  readonly liquidity: 'maker' | 'taker';
}

type Row = Omit<OrderFillRow, 'seq' | 'number' | 't'> & {
  readonly seq: bigint;
  readonly number: bigint;
  readonly t: bigint;
};

const INSERT = `
  INSERT INTO trader_fills (vault_id, seq, number, t, market, side, size, price, fee, liquidity)
  VALUES (:vaultId, :seq, :number, :t, :market, :side, :size, :price, :fee, :liquidity)`;

/** Each lookup names its index: left to itself, SQLite goes through all of a vault instead. */
const selectBy = (index: string): string => `
  SELECT seq, number, t, market, side, size, price, fee, liquidity FROM trader_fills ${index} WHERE vault_id = ?`;

/** The fills of a trader's own orders in each vault. */
export class OrderFillRepository {
  readonly #insert: Statement<[OrderFillRow & { readonly vaultId: number }]>;
  readonly #page: Statement<[vaultId: number, before: number, limit: number], Row>;
  readonly #pageOfMarket: Statement<[vaultId: number, market: string, before: number, limit: number], Row>;
  readonly #ofOrder: Statement<[vaultId: number, number: number], Row>;
  readonly #last: Statement<[vaultId: number], { seq: bigint | null }>;

  constructor(db: Database) {
    this.#insert = db.prepare(INSERT);
    this.#page = db.prepare(`${selectBy('')} AND seq < ? ORDER BY seq DESC LIMIT ?`);
    this.#pageOfMarket = db.prepare(
      `${selectBy('INDEXED BY trader_fills_by_market')} AND market = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
    );
    this.#ofOrder = db.prepare(`${selectBy('INDEXED BY trader_fills_of_order')} AND number = ? ORDER BY seq`);
    this.#last = db.prepare('SELECT max(seq) AS seq FROM trader_fills WHERE vault_id = ?');
  }

  /** Part of a transaction: not durable by itself. */
  insert(vaultId: number, fill: OrderFillRow): void {
    this.#insert.run({ ...fill, vaultId });
  }

  /** At most `limit` fills under the number `before`, newest first. */
  page(vaultId: number, market: string | undefined, before: number, limit: number): readonly OrderFillRow[] {
    const rows =
      market === undefined
        ? this.#page.all(vaultId, before, limit)
        : this.#pageOfMarket.all(vaultId, market, before, limit);
    return rows.map(plain);
  }

  /** The fills of an order, oldest first. */
  ofOrder(vaultId: number, number: number): readonly OrderFillRow[] {
    return this.#ofOrder.all(vaultId, number).map(plain);
  }

  /** The highest number so far; 0 before the first. */
  lastSeq(vaultId: number): number {
    return Number(this.#last.get(vaultId)?.seq ?? 0n);
  }
}

const plain = (row: Row): OrderFillRow => ({
  ...row,
  seq: Number(row.seq),
  number: Number(row.number),
  t: Number(row.t),
});
