import type { FundingSample } from '../domain/funding.ts';
import type { BookView } from '../market/data/bookView.ts';
import type { Candle, Resolution } from '../market/data/candle.ts';
import type { DayFigures } from '../market/data/dayStatistics.ts';
import type { PublicTrade } from '../market/data/trade.ts';

/** A span of time, Unix ms: `from` is in it, `to` is not. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What a stream tells. Books come as snapshots, or as changes where the venue numbers them. */
export interface MarketListener {
  book(view: BookView): void;
  trades(market: string, trades: readonly PublicTrade[]): void;
}

/**
 * Market data of a venue. All may be slow and may fail, and nothing of it is for a decision about money: gates look
 * with {@link Venue.preflight}. Throws UNKNOWN_MARKET, and NOT_SUPPORTED where the capabilities say so.
 */
export interface MarketDataSource {
  /** @param depth levels of a side at most */
  book(market: string, depth: number): Promise<BookView>;
  /** The newest, newest first. */
  trades(market: string, limit: number): Promise<readonly PublicTrade[]>;
  /** Oldest first; the newest `limit` where there are more. The last may still be open. */
  candles(market: string, resolution: Resolution, span: Span, limit: number): Promise<readonly Candle[]>;
  dayFigures(market: string): Promise<DayFigures>;
  /** Oldest first. */
  fundingHistory(market: string, span: Span, limit: number): Promise<readonly FundingSample[]>;
  /** Tells of what changes in a market, from now on. Returns what ends it. */
  watch(market: string, listener: MarketListener): () => void;
}
