import { AppError } from '../../../shared/contract/appError.ts';
import { formatBase } from '../../../shared/money/decimal.ts';
import { NO_BASE, base, type Base, type Price } from '../../../shared/money/quantity.ts';
import type { Market, Side } from '../../domain/market.ts';
import type { RestingOrder } from '../../domain/openOrders.ts';
import type { OpenOrder, OrderChange, OrderReport, OrderRequest } from '../../domain/order.ts';
import type { Feed } from '../../market/feed.ts';
import { checkGrid } from '../orderGrid.ts';
import type { Clearing } from './clearing.ts';
import type { OrderFault } from './faults.ts';
import { endedReport, leftOf, liveOrder, openOrderOf, reportOf, type LiveOrder } from './liveOrder.ts';
import type { BookTrade, OrderBooks } from './orderBooks.ts';
import { checkOracle, checkRoom, isStale } from './orderChecks.ts';
import { othersThan, planOf, type OrderPlan } from './orderPlan.ts';
import type { PaperAccount } from './paperAccount.ts';

export interface PaperOrderParts {
  readonly feed: Pick<Feed, 'quote'>;
  readonly market: (symbol: string) => Market;
  readonly account: Pick<PaperAccount, 'payGas'>;
  readonly clearing: Clearing;
  readonly books: OrderBooks;
  readonly now: () => number;
  /** Told of every change of an order that nobody is waiting for an answer about. */
  readonly changed: (report: OrderReport) => void;
  /** Told of a trade that everybody sees. */
  readonly traded: (market: Market, side: Side, at: Price, size: Base) => void;
}

export interface SavedOrders {
  readonly live: readonly LiveOrder[];
  readonly next: number;
}

/**
 * Our orders at the paper venue: what takes, what rests, what waits for its trigger. What an order does is planned
 * first, and nothing has changed where the plan is refused. Every fill is checked against the account again, and an order
 * that the account can't bear any more is cancelled.
 */
export class PaperOrders {
  readonly #parts: PaperOrderParts;
  #live: readonly LiveOrder[] = [];
  #next = 1;

  constructor(parts: PaperOrderParts) {
    this.#parts = parts;
  }

  get isEmpty(): boolean {
    return this.#live.length === 0;
  }

  open(): readonly OpenOrder[] {
    if (this.isEmpty) return NONE_OPEN;
    return this.#live.map((order) => openOrderOf(order, this.#parts.books.ahead(order)));
  }

  find(clientOrderId: string): LiveOrder | undefined {
    return this.#live.find(({ request }) => request.clientOrderId === clientOrderId);
  }

  /** What reserves margin: an order that waits for its trigger does not, as on Drift. */
  reserving(): readonly RestingOrder[] {
    return othersThan(undefined, this.#live);
  }

  /** Takes, rests, waits, or is over. Throws what refuses it; nothing has changed then. */
  place(request: OrderRequest, fault?: OrderFault): OrderReport {
    this.#checkRequest(request);
    const order = liveOrder(this.#next, request, 'waits');
    if (this.#parts.now() >= (request.expiresAt ?? Infinity)) return endedReport(order, 'expired');
    if (request.trigger === undefined) {
      const plan = planOf(order, this.#live, this.#parts, { fault });
      this.#parts.account.payGas();
      this.#next += 1;
      return this.#carryOut(plan);
    }
    checkRoom(this.#live);
    this.#parts.account.payGas();
    this.#next += 1;
    return this.#keep(order);
  }

  /** Throws what refuses the change; the order is as it was then. Undefined where no such order is open. */
  modify(clientOrderId: string, change: OrderChange): OrderReport | undefined {
    const order = this.find(clientOrderId);
    if (order === undefined) return undefined;
    const request = this.#changed(order.request, change);
    const changed: LiveOrder = { ...order, request };
    this.#checkRequest(request);
    if (request.size <= order.filled)
      throw new AppError(
        'INVALID_SIZE',
        'So much of the order has filled already: cancel the rest instead.',
        { filled: formatBase(order.filled) },
      );
    const { size } = order.request;
    const keepsTurn =
      order.way === 'rests' && request.limitPrice === order.request.limitPrice && request.size < size;
    if (order.way !== 'waits' && !keepsTurn) return this.#replaced(order, changed);
    this.#parts.account.payGas();
    if (keepsTurn) this.#parts.books.reduce(order, base(size - request.size));
    return this.#keep(changed);
  }

  /** Undefined where no such order is open. */
  cancel(clientOrderId: string): OrderReport | undefined {
    const order = this.find(clientOrderId);
    if (order === undefined) return undefined;
    this.#drop(order);
    return endedReport(order, 'cancelled');
  }

  /**
   * One beat: what has run out ends, others trade, the marks move, limits follow the oracle, what could take more does,
   * and triggers fire. An order whose limit follows is nowhere while the mark moves, so that nobody meets it at a price
   * that the oracle has left.
   */
  beat(t: number): void {
    for (const order of this.#live)
      if (t >= (order.request.expiresAt ?? Infinity)) this.#end(order, 'expired');
    for (const trade of this.#parts.books.trade(t)) this.#see(trade);
    const following = this.#takeThoseThatFollow();
    for (const trade of this.#parts.books.move()) this.#see(trade);
    // Whoever has worked in this beat waits for the next: the book has shown him what it has.
    const worked = new Set(following.map(({ own }) => own));
    for (const order of following) this.#workUnasked(order);
    for (const order of this.#live) if (this.#slidesOn(order)) worked.add(order.own);
    for (const order of this.#live)
      if (order.way === 'takes' && !worked.has(order.own)) this.#workAgain(order);
    for (const order of this.#live)
      if (order.way === 'waits' && this.#isTriggered(order)) this.#workAgain(order);
    this.#closeBooks();
  }

  save(): SavedOrders {
    return { live: this.#live, next: this.#next };
  }

  restore({ live, next }: SavedOrders): void {
    this.#live = live;
    this.#next = next;
  }

  #checkRequest(request: OrderRequest): void {
    const { market, limitPrice } = request;
    checkGrid(request, this.#parts.market(market));
    checkOracle(this.#parts.feed.quote(market).oracleTime, this.#parts.now(), market, limitPrice);
  }

  #changed(request: OrderRequest, change: OrderChange): OrderRequest {
    const { trigger } = request;
    const { size, limitPrice, triggerPrice, oracleOffset } = change;
    const changed: OrderRequest = {
      ...request,
      size: size ?? request.size,
      limitPrice: limitPrice ?? request.limitPrice,
      ...(trigger === undefined || triggerPrice === undefined
        ? {}
        : { trigger: { ...trigger, price: triggerPrice } }),
    };
    if (oracleOffset === undefined) return changed;
    return {
      ...changed,
      oracleOffset,
      limitPrice: this.#parts.books.offsetLimit({ ...changed, oracleOffset }),
    };
  }

  #carryOut({ order, fill, rest }: OrderPlan): OrderReport {
    const { books, clearing, traded, market } = this.#parts;
    let now = order;
    if (fill !== undefined) {
      books.take(fill, order.request);
      now = clearing.settle(order, fill);
      traded(market(fill.market), fill.side, fill.price, fill.size);
    }
    if (rest === 'cancelled' || rest === 'expired') return overReport(now, rest);
    const kept: LiveOrder = { ...now, way: rest };
    if (rest === 'rests') books.rest(kept);
    return this.#keep(kept);
  }

  /** A trade in a book; where one of ours was the maker, it has filled as far as the account bears it. */
  #see({ market, side, price: at, size, own }: BookTrade): void {
    if (own === undefined) {
      this.#parts.traded(market, side, at, size);
      return;
    }
    const order = this.#live.find((one) => one.own === own);
    const filled = order === undefined ? NO_BASE : this.#make(order, at, size);
    if (filled > 0n) this.#parts.traded(market, side, at, filled);
  }

  /** Fills a resting order at its own price, and says how much of it; one that can't be borne any more is cancelled. */
  #make(order: LiveOrder, at: Price, offered: Base): Base {
    const { clearing, changed } = this.#parts;
    try {
      const size = clearing.fillable(order.request, offered);
      const fill = clearing.fill(order.request, size, at, 'maker');
      clearing.check(fill, othersThan(order, this.#live));
      const filled = clearing.settle(order, fill);
      this.#live = this.#live.map((one) => (one === order ? filled : one));
      if (leftOf(filled) === 0n || size < offered) this.#end(filled, 'cancelled');
      else changed(reportOf(filled));
      return size;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#end(order, 'cancelled', error);
      return NO_BASE;
    }
  }

  /** On the oracle, and on no old one. */
  #isTriggered({ request: { trigger, market } }: LiveOrder): boolean {
    if (trigger === undefined || this.#isStale(market)) return false;
    const { oracle } = this.#parts.feed.quote(market);
    return trigger.when === 'above' ? oracle >= trigger.price : oracle <= trigger.price;
  }

  /** What goes on taking, or whose trigger has come. A market order works until it has filled: a stop that gave up would be none. */
  #workAgain(order: LiveOrder): void {
    if (this.#isStale(order.request.market)) return;
    const { trigger: _, ...request } = order.request;
    const limitPrice = this.#parts.books.marketLimit(request);
    const stays = request.tolerance === undefined ? {} : ({ timeInForce: 'gtc' } as const);
    this.#live = this.#live.filter(({ own }) => own !== order.own);
    this.#workUnasked({ ...order, request: { ...request, limitPrice, ...stays } });
  }

  #workUnasked(order: LiveOrder): void {
    try {
      this.#parts.changed(this.#carryOut(planOf(order, this.#live, this.#parts, { unasked: true })));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const status = error.code === 'NOT_FILLED' ? 'expired' : 'cancelled';
      this.#parts.changed(endedReport(order, status, error));
    }
  }

  /** Oracle-offset orders whose limits have to move, out of the book and with their new limits. */
  #takeThoseThatFollow(): readonly LiveOrder[] {
    const following: LiveOrder[] = [];
    for (const order of this.#live) {
      const { request, way } = order;
      if (request.oracleOffset === undefined || way === 'waits' || request.postOnly === 'slide') continue;
      const limitPrice = this.#parts.books.offsetLimit(request);
      if (limitPrice === request.limitPrice) continue;
      if (limitPrice <= 0n) {
        this.#end(order, 'cancelled');
        continue;
      }
      this.#drop(order);
      following.push({ ...order, request: { ...request, limitPrice } });
    }
    return following;
  }

  /** One that slides behind the touch moves where oracle or touch have moved, and keeps its turn where not. */
  #slidesOn(order: LiveOrder): boolean {
    const { request } = order;
    if (request.oracleOffset === undefined || order.way === 'waits' || request.postOnly !== 'slide')
      return false;
    const { books } = this.#parts;
    const moved: LiveOrder = { ...order, request: { ...request, limitPrice: books.offsetLimit(request) } };
    const shown = books.behindTheTouch(moved.request) ?? moved.request.limitPrice;
    if (shown === request.limitPrice) return false;
    this.#drop(order);
    this.#workUnasked(moved);
    return true;
  }

  /** The order leaves the book and comes again as it is to be; what refuses it leaves it where it was. */
  #replaced(order: LiveOrder, changed: LiveOrder): OrderReport {
    const before = this.#live;
    this.#live = before.filter((one) => one !== order);
    try {
      const plan = planOf({ ...changed, own: this.#next }, this.#live, this.#parts);
      this.#parts.account.payGas();
      this.#next += 1;
      this.#parts.books.cancel(order);
      return this.#carryOut(plan);
    } catch (error) {
      this.#live = before;
      throw error;
    } finally {
      this.#closeBooks();
    }
  }

  #keep(order: LiveOrder): OrderReport {
    const at = this.#live.findIndex(({ own }) => own === order.own);
    this.#live = at === -1 ? [...this.#live, order] : this.#live.with(at, order);
    return reportOf(order);
  }

  /** Out of the book and out of the list; nobody is told. */
  #drop(order: LiveOrder): void {
    this.#live = this.#live.filter(({ own }) => own !== order.own);
    this.#parts.books.cancel(order);
    this.#closeBooks();
  }

  #end(order: LiveOrder, status: 'cancelled' | 'expired', why?: AppError): void {
    this.#drop(order);
    this.#parts.changed(why === undefined ? overReport(order, status) : endedReport(order, status, why));
  }

  #closeBooks(): void {
    const resting = this.#live.filter(({ way }) => way === 'rests');
    this.#parts.books.closeBut(new Set(resting.map(({ request }) => request.market)));
  }

  #isStale(market: string): boolean {
    return isStale(this.#parts.feed.quote(market).oracleTime, this.#parts.now());
  }
}

const NONE_OPEN: readonly OpenOrder[] = [];

/** Whole, or how it ended with something left of it. */
const overReport = (order: LiveOrder, status: 'cancelled' | 'expired'): OrderReport =>
  leftOf(order) === 0n ? reportOf(order) : endedReport(order, status);
