import { base, price, type Base, type Price } from '../../../../shared/money/quantity.ts';
import type { Market } from '../../../domain/market.ts';
import type { DepthLevel, Quote } from '../../../market/feed.ts';
import { Flow } from './flow.ts';
import { lots, ticks, type Lots, type Ticks } from './grid.ts';
import { MarketBook, type Print } from './marketBook.ts';
import type { SavedBook } from './savedBook.ts';

/** How often the market moves on its own, in ms of its time. Fills happen on the beat, however often anybody looks. */
export const BEAT_MS = 2_000;

/** What the exchange asks of a feed. */
export interface ExchangeFeed {
  quote(market: string): Quote;
  depth(market: string): readonly DepthLevel[];
}

export type SavedExchange = Readonly<Record<string, SavedBook>>;

export const ticksOf = (at: Price, { tick }: Pick<Market, 'tick'>): Ticks => ticks(Number(at / tick));
export const priceOf = (count: Ticks, { tick }: Pick<Market, 'tick'>): Price => price(BigInt(count) * tick);
export const lotsOf = (size: Base, { lot }: Pick<Market, 'lot'>): Lots => lots(Number(size / lot));
export const sizeOf = (count: Lots, { lot }: Pick<Market, 'lot'>): Base => base(BigInt(count) * lot);

/**
 * The books of a paper venue. With a seed others trade in them too, and every book is open; without one a book is open
 * while an order of ours rests in it, and moves by the mark alone.
 */
export class Exchange {
  readonly #feed: ExchangeFeed;
  readonly #seed: number | undefined;
  readonly #names: readonly string[];
  readonly #books = new Map<string, MarketBook>();
  #beat: number;

  constructor(feed: ExchangeFeed, markets: ReadonlyMap<string, Market>, seed: number | undefined, t: number) {
    this.#feed = feed;
    this.#seed = seed;
    this.#names = [...markets.keys()];
    this.#beat = Math.floor(t / BEAT_MS);
    if (seed !== undefined) for (const market of markets.values()) this.open(market);
  }

  /** Whether others trade here. */
  get isAlive(): boolean {
    return this.#seed !== undefined;
  }

  /** The books that are open, by market. */
  get books(): ReadonlyMap<string, MarketBook> {
    return this.#books;
  }

  /** The same in the order of the markets, whichever was opened first: fills of a beat follow it, and a restart too. */
  inOrder(): readonly (readonly [market: string, book: MarketBook])[] {
    return this.#names.flatMap((name) => {
      const book = this.#books.get(name);
      return book === undefined ? [] : [[name, book] as const];
    });
  }

  /** The book of a market, opened as it stands now where it was not. */
  open(market: Market): MarketBook {
    const book = this.look(market);
    this.#books.set(market.symbol, book);
    return book;
  }

  /** The same, without keeping one open that was not. */
  look(market: Market): MarketBook {
    const known = this.#books.get(market.symbol);
    if (known !== undefined) return known;
    const book = this.#fresh(market);
    book.quote(this.#beat, this.#mark(market), this.#feed.depth(market.symbol));
    return book;
  }

  /** Without others in it, a book in which nothing of ours is left need not be kept. */
  close(market: string): void {
    if (!this.isAlive) this.#books.delete(market);
  }

  /** A beat begins: others trade in a book. */
  trade(t: number, market: Market, book: MarketBook): readonly Print[] {
    this.#beat = Math.floor(t / BEAT_MS);
    return book.trade(this.#beat, this.#feed.depth(market.symbol));
  }

  /** The mark of a book goes where the feed has it now. */
  move(market: Market, book: MarketBook): readonly Print[] {
    return book.move(this.#beat, this.#mark(market), this.#feed.depth(market.symbol));
  }

  save(): SavedExchange {
    return Object.fromEntries([...this.#books].map(([market, book]) => [market, book.save()]));
  }

  restore(saved: SavedExchange, markets: ReadonlyMap<string, Market>, t: number): void {
    this.#beat = Math.floor(t / BEAT_MS);
    this.#books.clear();
    for (const market of markets.values()) {
      const kept = saved[market.symbol];
      if (kept === undefined) {
        if (this.isAlive) this.open(market);
        continue;
      }
      const book = this.#fresh(market);
      book.restore(kept, this.#beat, this.#feed.depth(market.symbol));
      this.#books.set(market.symbol, book);
    }
  }

  #fresh({ symbol, lot }: Market): MarketBook {
    const flow = this.#seed === undefined ? undefined : new Flow(this.#seed, this.#names.indexOf(symbol));
    return new MarketBook(lot, flow);
  }

  #mark(market: Market): Ticks {
    return ticksOf(this.#feed.quote(market.symbol).mark, market);
  }
}
