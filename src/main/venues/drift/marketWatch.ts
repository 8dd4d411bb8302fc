import type { BookView } from '../../market/data/bookView.ts';
import type { PublicTrade } from '../../market/data/trade.ts';
import type { Cancel, Schedule } from '../../platform/schedule.ts';
import type { MarketListener } from '../marketData.ts';

const LOOK_EVERY_MS = 2_000;

export interface MarketWatchParts {
  readonly schedule: Schedule;
  /** Reads all markets together. */
  readonly refresh: () => Promise<void>;
  /** As of the last reading. */
  readonly book: (market: string) => BookView;
  /** Oldest first. */
  readonly trades: (market: string) => Promise<readonly PublicTrade[]>;
  /** The id of the newest trade, as of the last reading. */
  readonly lastTrade: (market: string) => number;
}

interface Watching {
  readonly market: string;
  readonly listener: MarketListener;
  book: BookView | undefined;
  /** Of the newest trade that it knows. */
  lastTrade: number;
}

/** Tells whoever watches what has changed, by one look at everything however many watch; nobody watching, nothing is asked. */
export class MarketWatch {
  readonly #parts: MarketWatchParts;
  readonly #watching = new Set<Watching>();
  #cancel: Cancel | undefined;
  #isLooking = false;

  constructor(parts: MarketWatchParts) {
    this.#parts = parts;
  }

  /** Returns what ends it. */
  add(market: string, listener: MarketListener): () => void {
    const watching: Watching = {
      market,
      listener,
      book: undefined,
      lastTrade: this.#parts.lastTrade(market),
    };
    this.#watching.add(watching);
    this.#cancel ??= this.#parts.schedule.every(LOOK_EVERY_MS, () => void this.#look());
    return () => {
      this.#watching.delete(watching);
      if (this.#watching.size === 0) this.close();
    };
  }

  close(): void {
    this.#watching.clear();
    this.#cancel?.();
    this.#cancel = undefined;
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      await this.#parts.refresh();
      for (const one of this.#watching) this.#tellBook(one);
      for (const one of this.#watching) await this.#tellTrades(one);
    } catch {
      // A look that fails tells nothing; the next one makes up for it.
    } finally {
      this.#isLooking = false;
    }
  }

  #tellBook(one: Watching): void {
    const book = this.#parts.book(one.market);
    if (one.book !== undefined && isSame(one.book, book)) return;
    one.book = book;
    one.listener.book(book);
  }

  async #tellTrades(one: Watching): Promise<void> {
    const trades = await this.#parts.trades(one.market);
    const fresh = trades.filter(({ id }) => id > one.lastTrade);
    one.lastTrade = trades.at(-1)?.id ?? one.lastTrade;
    if (fresh.length > 0 && this.#watching.has(one)) one.listener.trades(one.market, fresh);
  }
}

const isSame = (a: BookView, b: BookView): boolean =>
  (['bids', 'asks'] as const).every(
    (side) =>
      a[side].length === b[side].length &&
      a[side].every(({ price, size }, at) => price === b[side][at]?.price && size === b[side][at]?.size),
  );
