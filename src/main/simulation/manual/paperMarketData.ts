import { AppError } from '../../../shared/contract/appError.ts';
import type { FundingSample } from '../../domain/funding.ts';
import type { Side } from '../../domain/market.ts';
import type { BookLevel, BookView } from '../../market/data/bookView.ts';
import type { Candle, Resolution } from '../../market/data/candle.ts';
import type { DayFigures } from '../../market/data/dayStatistics.ts';
import type { PublicTrade } from '../../market/data/trade.ts';
import { priceOf, sizeOf } from '../../venues/paper/exchange/exchange.ts';
import type { PaperTrade, PaperVenue } from '../../venues/paper/paperVenue.ts';
import type { MarketDataSource, MarketListener, Span } from '../../venues/marketData.ts';
import type { CandleShelf } from './candleShelf.ts';
import { MarketRecord, type SavedRecord } from './marketRecord.ts';

export interface PaperMarketDataParts {
  readonly venue: () => PaperVenue;
  readonly shelf: CandleShelf;
  readonly now: () => number;
  /** Funding that was seen paid, oldest first; the newest `limit`. */
  readonly funding: (market: string, span: Span, limit: number) => readonly FundingSample[];
}

export type SavedMarketData = Readonly<Record<string, SavedRecord>>;

/** The market data of the paper venue: its own books, and what its own trades have made. */
export class PaperMarketData implements MarketDataSource {
  readonly #parts: PaperMarketDataParts;
  readonly #records = new Map<string, MarketRecord>();
  readonly #listeners = new Set<{ readonly market: string; readonly listener: MarketListener }>();
  /** The sequence of each book when it was last told: our own orders change one too, also where the market stands still. */
  readonly #told = new Map<string, number | undefined>();

  constructor(parts: PaperMarketDataParts) {
    this.#parts = parts;
  }

  async book(market: string, depth: number): Promise<BookView> {
    await Promise.resolve();
    return this.bookNow(market, depth);
  }

  /** The book as it stands in this turn. Throws UNKNOWN_MARKET. */
  bookNow(symbol: string, depth: number): BookView {
    const { market } = this.record(symbol);
    const book = this.#parts.venue().books.get(symbol);
    const side = (of: Side): readonly BookLevel[] =>
      (book?.levels(of, depth) ?? []).map(({ ticks, lots }) => ({
        price: priceOf(ticks, market),
        size: sizeOf(lots, market),
      }));
    return {
      market: symbol,
      t: this.#parts.now(),
      sequence: book?.sequence ?? 0,
      bids: side('buy'),
      asks: side('sell'),
    };
  }

  async trades(market: string, limit: number): Promise<readonly PublicTrade[]> {
    await Promise.resolve();
    return this.record(market).latest(limit);
  }

  async candles(
    market: string,
    resolution: Resolution,
    span: Span,
    limit: number,
  ): Promise<readonly Candle[]> {
    await Promise.resolve();
    return this.candlesNow(market, resolution, span, limit);
  }

  candlesNow(market: string, resolution: Resolution, { from, to }: Span, limit: number): readonly Candle[] {
    const open = this.record(market).openCandle(resolution);
    const closed = this.#parts.shelf.page(market, resolution, from, to, limit);
    const all = open !== undefined && open.t >= from && open.t < to ? [...closed, open] : closed;
    return all.slice(-limit);
  }

  async dayFigures(market: string): Promise<DayFigures> {
    await Promise.resolve();
    return this.record(market).dayFigures(this.#parts.now());
  }

  async fundingHistory(market: string, span: Span, limit: number): Promise<readonly FundingSample[]> {
    await Promise.resolve();
    return this.record(market).market.kind === 'perp' ? this.#parts.funding(market, span, limit) : [];
  }

  watch(market: string, listener: MarketListener): () => void {
    this.record(market);
    const watching = { market, listener };
    this.#listeners.add(watching);
    return () => {
      this.#listeners.delete(watching);
    };
  }

  /** Takes a trade in. Nobody hears of it before `tell`. */
  traded(trade: PaperTrade): void {
    this.record(trade.market).add(trade, this.#parts.now());
  }

  /** A beat is over: the candles whose time has passed are closed. */
  advance(t: number): void {
    for (const symbol of this.#parts.venue().markets.keys()) {
      const record = this.record(symbol);
      record.advance(t);
      this.#parts.shelf.add(symbol, record.takeClosed());
    }
  }

  /** Tells those who watch what has changed since they were last told. */
  tell(): void {
    for (const symbol of this.#records.keys()) {
      const trades = this.record(symbol).takeFresh();
      const sequence = this.#parts.venue().books.get(symbol)?.sequence;
      if (trades.length === 0 && sequence === this.#told.get(symbol)) continue;
      this.#told.set(symbol, sequence);
      const watching = [...this.#listeners].filter(({ market }) => market === symbol);
      if (watching.length === 0) continue;
      const view = this.bookNow(symbol, Number.POSITIVE_INFINITY);
      for (const { listener } of watching) {
        if (trades.length > 0) listener.trades(symbol, trades);
        listener.book(view);
      }
    }
  }

  /** Throws UNKNOWN_MARKET. */
  record(symbol: string): MarketRecord {
    const known = this.#records.get(symbol);
    if (known !== undefined) return known;
    const market = this.#parts.venue().markets.get(symbol);
    if (market === undefined)
      throw new AppError('UNKNOWN_MARKET', `The paper venue has no market ${symbol}.`, { market: symbol });
    const record = new MarketRecord(market);
    this.#records.set(symbol, record);
    return record;
  }

  save(): SavedMarketData {
    return Object.fromEntries([...this.#records].map(([symbol, record]) => [symbol, record.save()]));
  }

  restore(saved: SavedMarketData): void {
    for (const [symbol, record] of Object.entries(saved))
      this.record(symbol).restore(record, this.#parts.shelf.lastDay(symbol, this.#parts.now()));
  }
}
