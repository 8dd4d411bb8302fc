import { movedBy } from '../../../shared/money/arithmetic.ts';
import { price, rate, type Base, type Price } from '../../../shared/money/quantity.ts';
import { toStep } from '../../../shared/money/rounding.ts';
import type { FillEvent } from '../../domain/accountEvent.ts';
import type { Market, Side } from '../../domain/market.ts';
import type { OrderRequest } from '../../domain/order.ts';
import type { Feed } from '../../market/feed.ts';
import { lotsOf, priceOf, sizeOf, ticksOf, type Exchange } from './exchange/exchange.ts';
import type { Print } from './exchange/marketBook.ts';
import { leftOf, type LiveOrder } from './liveOrder.ts';
import { bookFill, canTake, takerFill, type TakerFill } from './takerFill.ts';

export interface OrderBooksParts {
  readonly feed: Pick<Feed, 'quote' | 'depth'>;
  readonly market: (symbol: string) => Market;
  readonly exchange: Exchange;
}

/** A trade in a book. */
export interface BookTrade {
  readonly market: Market;
  /** The taker's. */
  readonly side: Side;
  readonly price: Price;
  readonly size: Base;
  /** The number of ours that was the maker, if any. */
  readonly own: number | undefined;
}

/** Our orders in the books of the exchange, in the venue's prices and sizes. */
export class OrderBooks {
  readonly #parts: OrderBooksParts;

  constructor(parts: OrderBooksParts) {
    this.#parts = parts;
  }

  /** What an order would take now; undefined for nothing. */
  likelyFill({ market: symbol, side, limitPrice }: OrderRequest, size: Base): TakerFill | undefined {
    const { feed, exchange } = this.#parts;
    const market = this.#parts.market(symbol);
    const { mark } = feed.quote(symbol);
    const book = exchange.books.get(symbol);
    if (book === undefined) return takerFill(side, size, limitPrice, mark, feed.depth(symbol), market);
    return bookFill(side, size, limitPrice, mark, market, (lots, limit) => book.preview(side, lots, limit));
  }

  /** The book loses what a fill takes from it. */
  take({ side, size }: FillEvent, { market: symbol, limitPrice }: OrderRequest): void {
    const { feed, exchange } = this.#parts;
    const book = exchange.books.get(symbol);
    if (book === undefined) return;
    const { mark } = feed.quote(symbol);
    bookFill(side, size, limitPrice, mark, this.#parts.market(symbol), (lots, limit) =>
      book.take(side, lots, limit),
    );
  }

  /** Whether what is left of an order goes on taking with the next beats: it could, and the book showed no more. */
  takesOn({ postOnly, tolerance, side, limitPrice, market: symbol }: OrderRequest): boolean {
    if (postOnly !== undefined) return false;
    // A market order never rests, however little its tolerance bears.
    if (tolerance !== undefined) return true;
    return canTake(side, limitPrice, this.#parts.feed.quote(symbol).mark, this.#parts.market(symbol));
  }

  /** Where an order has to go so that it doesn't take: one tick behind the touch; undefined where it takes nothing. */
  behindTheTouch({ market: symbol, side, limitPrice }: OrderRequest): Price | undefined {
    const market = this.#parts.market(symbol);
    const book = this.#parts.exchange.look(market);
    if (!book.crosses(side, ticksOf(limitPrice, market))) return undefined;
    const touch = book.best(side === 'buy' ? 'sell' : 'buy');
    if (touch === undefined) return undefined;
    return price(priceOf(touch, market) + (side === 'buy' ? -market.tick : market.tick));
  }

  rest(order: LiveOrder): void {
    const { market: symbol, side, limitPrice } = order.request;
    const market = this.#parts.market(symbol);
    const book = this.#parts.exchange.open(market);
    book.rest(order.own, side, ticksOf(limitPrice, market), lotsOf(leftOf(order), market));
  }

  reduce({ own, request }: LiveOrder, by: Base): void {
    this.#parts.exchange.books
      .get(request.market)
      ?.reduce(own, lotsOf(by, this.#parts.market(request.market)));
  }

  cancel({ own, request, way }: LiveOrder): void {
    if (way === 'rests') this.#parts.exchange.books.get(request.market)?.cancel(own);
  }

  /** Size in the queue before one that rests; undefined for one that doesn't. */
  ahead({ own, request, way }: LiveOrder): Base | undefined {
    const book = this.#parts.exchange.books.get(request.market);
    if (way !== 'rests' || book === undefined) return undefined;
    return sizeOf(book.aheadOf(own), this.#parts.market(request.market));
  }

  /** A beat begins: others trade in the books. What traded, in order. */
  *trade(t: number): Generator<BookTrade> {
    const { exchange } = this.#parts;
    for (const [symbol, book] of exchange.inOrder()) {
      const market = this.#parts.market(symbol);
      for (const print of exchange.trade(t, market, book)) yield tradeOf(print, market);
    }
  }

  /** The marks move. What traded by it, in order. */
  *move(): Generator<BookTrade> {
    const { exchange } = this.#parts;
    for (const [symbol, book] of exchange.inOrder()) {
      const market = this.#parts.market(symbol);
      for (const print of exchange.move(market, book)) yield tradeOf(print, market);
    }
  }

  /** Without others in them, books are kept only where one of ours rests. */
  closeBut(used: ReadonlySet<string>): void {
    const { exchange } = this.#parts;
    for (const symbol of exchange.books.keys()) if (!used.has(symbol)) exchange.close(symbol);
  }

  /** The limit of a market order that was let loose: anew from the mark of now. */
  marketLimit({ market: symbol, side, limitPrice, tolerance }: OrderRequest): Price {
    if (tolerance === undefined) return limitPrice;
    const { mark } = this.#parts.feed.quote(symbol);
    const rounding = side === 'buy' ? 'floor' : 'ceil';
    const moved = movedBy(mark, side === 'buy' ? tolerance : rate(-tolerance), rounding);
    return price(toStep(moved, this.#parts.market(symbol).tick, rounding));
  }

  /** The limit of an oracle-offset order: oracle + offset on the tick, rounded to where it costs nothing more. */
  offsetLimit({ market: symbol, side, limitPrice, oracleOffset }: OrderRequest): Price {
    if (oracleOffset === undefined) return limitPrice;
    const { oracle } = this.#parts.feed.quote(symbol);
    const { tick } = this.#parts.market(symbol);
    return price(toStep(oracle + oracleOffset, tick, side === 'buy' ? 'floor' : 'ceil'));
  }
}

function tradeOf({ side, ticks, lots, own }: Print, market: Market): BookTrade {
  return { market, side, price: priceOf(ticks, market), size: sizeOf(lots, market), own };
}
