import type { Database } from 'better-sqlite3';

import {
  formatBase,
  formatPrice,
  formatUsd,
  parseBase,
  parsePrice,
  parseUsd,
} from '../../../shared/money/decimal.ts';
import type { FillEvent } from '../../domain/accountEvent.ts';
import { fromStateText, toStateText } from '../../platform/stateText.ts';
import { durable } from '../../storage/durable.ts';
import { OrderFillRepository, type OrderFillRow } from '../../storage/orderFillRepository.ts';
import {
  OrderRepository,
  type KeptOrder,
  type OrderFigures,
  type OrderRow,
} from '../../storage/orderRepository.ts';
import { isOver } from './orderMachine.ts';
import { orderIdOf, orderNumberOf, type TraderOrder } from './traderOrder.ts';

/** An own fill. `orderId` is the program's number of the order. */
export interface OrderFill extends Omit<FillEvent, 'type' | 'oracle'> {
  /** Rising. */
  readonly seq: number;
}

/** A page of a list whose newest come first. New ones that arrive meanwhile leave no gap and no duplicate. */
export interface Page<One> {
  readonly items: readonly One[];
  /** What the next page is asked with; null where there is none. */
  readonly cursor: string | null;
}

const FILLS_AT_A_TIME = 1_000;

/**
 * The orders of one vault. `intend` is on disk when it returns; what changes afterwards is gathered, and `write` makes
 * it part of a transaction of the caller's. Reading gives what was gathered, too.
 */
export class OrderStore {
  readonly #vaultId: number;
  readonly #orders: OrderRepository;
  readonly #fills: OrderFillRepository;
  readonly #intend: (row: OrderRow) => void;
  readonly #changed = new Map<number, TraderOrder>();
  readonly #newFills: OrderFill[] = [];

  constructor(db: Database, vaultId: number) {
    this.#vaultId = vaultId;
    this.#orders = new OrderRepository(db);
    this.#fills = new OrderFillRepository(db);
    this.#intend = durable(db, (row: OrderRow) => {
      this.#orders.save(vaultId, row);
    });
  }

  /** Has an order on disk, durably, before it is sent. Throws DATA_FOLDER_UNWRITABLE, INTERNAL. */
  intend(order: TraderOrder): void {
    this.#intend(rowOf(order));
    this.#changed.delete(order.number);
  }

  /** Gathers an order as it now is. */
  keep(order: TraderOrder): void {
    this.#changed.set(order.number, order);
  }

  addFill(fill: Omit<OrderFill, 'seq'>): void {
    const last = this.#newFills.at(-1)?.seq ?? this.#fills.lastSeq(this.#vaultId);
    this.#newFills.push({ ...fill, seq: last + 1 });
  }

  /** Whether anything waits for `write`. */
  get pending(): boolean {
    return this.#changed.size > 0 || this.#newFills.length > 0;
  }

  /** Orders that have changed and wait for `write`, as they now are. */
  get gathered(): readonly TraderOrder[] {
    return [...this.#changed.values()];
  }

  /** New fills that wait for `write`. */
  get gatheredFills(): readonly OrderFill[] {
    return [...this.#newFills];
  }

  /** Writes what was gathered, as part of the caller's transaction. It stays gathered until `written`. */
  write(): void {
    for (const order of this.#changed.values()) this.#orders.save(this.#vaultId, rowOf(order));
    for (const fill of this.#newFills) this.#fills.insert(this.#vaultId, fillRowOf(fill));
  }

  /** The transaction is on disk: what was gathered for it is no longer needed. */
  written(): void {
    this.#changed.clear();
    this.#newFills.length = 0;
  }

  byId(id: string): TraderOrder | undefined {
    const number = orderNumberOf(id);
    return number === undefined ? undefined : this.#read(this.#orders.byNumber(this.#vaultId, number));
  }

  byClientId(clientOrderId: string): TraderOrder | undefined {
    return this.#read(this.#orders.byClientId(this.#vaultId, clientOrderId));
  }

  /** Orders that are not over, entries that exits still have to follow, and their exits; oldest first. */
  live(): readonly TraderOrder[] {
    const found = new Map<number, TraderOrder>();
    for (const kept of this.#orders.live(this.#vaultId)) {
      const family = [kept, ...this.#orders.exits(this.#vaultId, kept.number)];
      for (const one of family) found.set(one.number, this.#current(one));
    }
    return [...found.values()].sort((a, b) => a.number - b.number);
  }

  /** Orders, newest first. */
  page(market: string | undefined, limit: number, cursor?: string): Page<TraderOrder> {
    const rows = this.#orders.page(this.#vaultId, market, beforeOf(cursor), limit);
    return pageOf(
      rows,
      limit,
      ({ number }) => number,
      (row) => this.#current(row),
    );
  }

  /** Fills, newest first. */
  fills(market: string | undefined, limit: number, cursor?: string): Page<OrderFill> {
    const before = beforeOf(cursor);
    const gathered = this.#newFills
      .filter((fill) => fill.seq < before && (market === undefined || fill.market === market))
      .reverse();
    const rows = this.#fills.page(this.#vaultId, market, before, limit);
    const all = [...gathered, ...rows.map(fillOf)].slice(0, limit);
    return pageOf(
      all,
      limit,
      ({ seq }) => seq,
      (fill) => fill,
    );
  }

  /** Every fill, or every one in a market, newest first. */
  *eachFill(market: string | undefined): Generator<OrderFill, void, undefined> {
    for (let cursor: string | undefined; ;) {
      const page: Page<OrderFill> = this.fills(market, FILLS_AT_A_TIME, cursor);
      yield* page.items;
      if (page.cursor === null) return;
      cursor = page.cursor;
    }
  }

  /** The fills of an order, oldest first. */
  fillsOf(id: string): readonly OrderFill[] {
    const number = orderNumberOf(id);
    if (number === undefined) return [];
    const rows = this.#fills.ofOrder(this.#vaultId, number);
    return [...rows.map(fillOf), ...this.#newFills.filter(({ orderId }) => orderId === id)];
  }

  /** What statistics are made of, of everything or of one market, oldest first. */
  *figures(market: string | undefined): Generator<OrderFigures, void, undefined> {
    for (const row of this.#orders.figures(this.#vaultId, market)) {
      const changed = this.#changed.get(row.number);
      yield changed === undefined ? row : rowOf(changed);
    }
  }

  /** The highest number of an order so far; 0 before the first. */
  get lastNumber(): number {
    return this.#orders.lastNumber(this.#vaultId);
  }

  #read(kept: KeptOrder | undefined): TraderOrder | undefined {
    return kept === undefined ? undefined : this.#current(kept);
  }

  #current(kept: KeptOrder): TraderOrder {
    return this.#changed.get(kept.number) ?? orderOf(kept);
  }
}

/** A client order id may look like anything, so it stands in a column of its own and not in the state text. */
function rowOf(order: TraderOrder): OrderRow {
  const { clientOrderId, ...rest } = order;
  const { number, market, side, state, decisionMid, parentId } = order;
  return {
    number,
    clientOrderId,
    parent: parentId === null ? null : (orderNumberOf(parentId) ?? null),
    market,
    side,
    state,
    done: isOver(state),
    watched: order.bracket !== null,
    size: formatBase(order.size),
    filled: formatBase(order.filled),
    quote: formatUsd(order.quote),
    limitPrice: formatPrice(order.limitPrice),
    decisionMid: decisionMid === null ? null : formatPrice(decisionMid),
    sentT: order.sentAt,
    firstFillT: order.firstFillAt,
    body: toStateText(rest),
  };
}

const orderOf = ({ clientOrderId, body }: KeptOrder): TraderOrder => ({
  ...(fromStateText(body) as Omit<TraderOrder, 'clientOrderId'>),
  clientOrderId,
});

const fillRowOf = ({ orderId, size, price, fee, ...fill }: OrderFill): OrderFillRow => ({
  ...fill,
  number: orderNumberOf(orderId) ?? 0,
  size: formatBase(size),
  price: formatPrice(price),
  fee: formatUsd(fee),
});

const fillOf = ({ number, size, price, fee, ...row }: OrderFillRow): OrderFill => ({
  ...row,
  orderId: orderIdOf(number),
  size: parseBase(size),
  price: parsePrice(price),
  fee: parseUsd(fee),
});

/** The number that a page stays under; one that is no cursor of ours ends it. */
const beforeOf = (cursor: string | undefined): number =>
  cursor === undefined ? Number.MAX_SAFE_INTEGER : /^\d{1,15}$/.test(cursor) ? Number(cursor) : 0;

function pageOf<Row, One>(
  rows: readonly Row[],
  limit: number,
  numberOf: (row: Row) => number,
  read: (row: Row) => One,
): Page<One> {
  const last = rows.at(-1);
  const more = last !== undefined && rows.length === limit && numberOf(last) > 1;
  return { items: rows.map(read), cursor: more ? String(numberOf(last)) : null };
}
