import type { CandleView, TradeView } from '../../../shared/contract/marketData.ts';
import type { FillView, OrderView, TradingAccountView } from '../../../shared/contract/orders.ts';
import type { Price } from '../../../shared/money/quantity.ts';
import type { BookView } from '../../market/data/bookView.ts';
import type { Resolution } from '../../market/data/candle.ts';
import type { Cancel } from '../../platform/schedule.ts';

/** A book with the prices that are shown beside it. */
export interface MarketBook {
  readonly view: BookView;
  readonly mark: Price;
  readonly oracle: Price;
}

export interface AccountState {
  /** Every open order in a snapshot; in a change those that changed, over or not. */
  readonly orders: readonly OrderView[];
  /** The latest, oldest first; in a change the new ones. */
  readonly fills: readonly FillView[];
  readonly account: TradingAccountView;
}

/**
 * What streams are made of. A snapshot is what stands now, so it holds all that its listeners were told before it; they
 * are told of every change after it, in order, in the turn in which it happens. That is the whole of "no gap": a
 * stream listens first, and drops what it heard before its snapshot.
 *
 * What takes a market throws UNKNOWN_MARKET where the venue has none of that name, the `on…` before they have opened
 * anything. Listeners are quick, never throw, and ask the source for nothing while they are told.
 */
export interface StreamSource {
  /** The market's clock, Unix ms. */
  now(): number;
  /** @param depth levels of a side at most; a level that lies deeper is not in it */
  bookSnapshot(market: string, depth: number): MarketBook;
  /** The latest, oldest first. */
  tradesSnapshot(market: string): readonly TradeView[];
  /** The latest, oldest first; the last is still open. */
  candlesSnapshot(market: string, resolution: Resolution): readonly CandleView[];
  accountSnapshot(): AccountState;
  /** Tells that the book, the mark or the oracle has changed; what it has become is asked for when it is sent. */
  onBook(market: string, changed: () => void): Cancel;
  /** Tells of new trades, oldest first. */
  onTrades(market: string, traded: (trades: readonly TradeView[]) => void): Cancel;
  /** Tells of candles that have changed or are new. */
  onCandles(
    market: string,
    resolution: Resolution,
    changed: (candles: readonly CandleView[]) => void,
  ): Cancel;
  onAccount(changed: (change: AccountState) => void): Cancel;
  /**
   * Tells that the market or the account is another one, as after a reset or a restore: every stream begins again with
   * a snapshot. The other listeners hold, and are told of the new one. Never throws.
   */
  onReplaced(replaced: () => void): Cancel;
}
