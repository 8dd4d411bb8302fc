import { AppError } from '../../../src/shared/contract/appError.ts';
import type { TradeView } from '../../../src/shared/contract/marketData.ts';
import { base, price } from '../../../src/shared/money/quantity.ts';
import { tradeViewOf } from '../../../src/main/commands/marketViews.ts';
import type {
  AccountState,
  MarketBook,
  StreamSource,
} from '../../../src/main/commands/streams/streamSource.ts';
import { BookReplica } from '../../../src/main/market/data/bookReplica.ts';
import type { BookLevel, BookView } from '../../../src/main/market/data/bookView.ts';
import type { PublicTrade } from '../../../src/main/market/data/trade.ts';
import { TradeTape } from '../../../src/main/market/data/tradeTape.ts';
import type { Cancel } from '../../../src/main/platform/schedule.ts';
import { Random } from '../../../src/main/platform/random.ts';

export const MARKET = 'SOL-PERP';
/** Trades that a snapshot has, as many as the app's. */
const REMEMBERED = 50;
const SEED = 7;
const CENTRE = 150_000_000_000n;
const TICK = 10_000_000n;
/** How far from the centre there are orders. With those that go, about forty levels of a side. */
const FURTHEST_TICKS = 60;
const GONE = 0.3;
const SOL = 1_000_000_000n;

/** What a trade's size is, in whole SOL: a client holds each trade against it. */
export const sizeOf = (id: number): number => 1 + (id % 97);

const tradeOf = (id: number, t: number): PublicTrade => ({
  id,
  t,
  price: price(CENTRE + BigInt((id * 7_919) % 101) * TICK),
  size: base(BigInt(sizeOf(id)) * SOL),
  side: id % 2 === 0 ? 'buy' : 'sell',
});

/** One market whose every other message is a trade, and every other a change of one level of its book. */
export class BusyMarket implements StreamSource {
  readonly #random = new Random(SEED);
  readonly #replica = new BookReplica(MARKET);
  readonly #tape = new TradeTape(REMEMBERED);
  readonly #books = new Set<() => void>();
  readonly #trades = new Set<(trades: readonly TradeView[]) => void>();
  #messages = 0;
  #t: number;

  /** @param t wall time, Unix ms */
  constructor(t: number) {
    this.#t = t;
    const side = (away: bigint): BookLevel[] =>
      Array.from({ length: FURTHEST_TICKS }, (_, at) => ({
        price: price(CENTRE + away * BigInt(at + 1) * TICK),
        size: base(SOL),
      }));
    this.#replica.begin({ market: MARKET, t, sequence: 0, bids: side(-1n), asks: side(1n) });
  }

  get messages(): number {
    return this.#messages;
  }

  /** Trades are numbered from 0. */
  get trades(): number {
    return Math.floor(this.#messages / 2);
  }

  get book(): BookView {
    const { view } = this.#replica;
    if (view === undefined) throw new Error('The busy market made a book that is none.');
    return view;
  }

  /** The next message. @param t when it was due, wall time in ms with fractions */
  produce(t: number): void {
    this.#t = t;
    this.#messages += 1;
    if (this.#messages % 2 === 0) this.#trade(this.trades - 1);
    else this.#changeBook();
  }

  now(): number {
    return this.#t;
  }

  bookSnapshot(market: string, depth: number): MarketBook {
    refuseOther(market);
    const { bids, asks, ...rest } = this.book;
    const view = { ...rest, bids: bids.slice(0, depth), asks: asks.slice(0, depth) };
    return { view, mark: price(CENTRE), oracle: price(CENTRE) };
  }

  tradesSnapshot(market: string): readonly TradeView[] {
    refuseOther(market);
    return this.#tape.latest(REMEMBERED).toReversed().map(tradeViewOf);
  }

  candlesSnapshot(): never {
    throw notHere();
  }

  accountSnapshot(): AccountState {
    throw notHere();
  }

  onBook(market: string, changed: () => void): Cancel {
    refuseOther(market);
    this.#books.add(changed);
    return () => {
      this.#books.delete(changed);
    };
  }

  onTrades(market: string, traded: (trades: readonly TradeView[]) => void): Cancel {
    refuseOther(market);
    this.#trades.add(traded);
    return () => {
      this.#trades.delete(traded);
    };
  }

  onCandles(): never {
    throw notHere();
  }

  onAccount(): never {
    throw notHere();
  }

  onReplaced(): Cancel {
    return () => undefined;
  }

  #trade(id: number): void {
    const trade = tradeOf(id, this.#t);
    this.#tape.add(trade);
    if (this.#trades.size === 0) return;
    const views = [tradeViewOf(trade)];
    for (const traded of this.#trades) traded(views);
  }

  #changeBook(): void {
    const { sequence } = this.book;
    const ticks = BigInt(1 + Math.floor(this.#random.uniform() * FURTHEST_TICKS));
    const isGone = this.#random.uniform() < GONE;
    const size = isGone ? 0n : BigInt(1 + Math.floor(this.#random.uniform() * 1_000)) * (SOL / 10n);
    const isBid = this.#random.uniform() < 0.5;
    const levels = [{ price: price(CENTRE + (isBid ? -ticks : ticks) * TICK), size: base(size) }];
    const change = { market: MARKET, t: this.#t, from: sequence, sequence: sequence + 1 };
    this.#replica.apply({ ...change, bids: isBid ? levels : [], asks: isBid ? [] : levels });
    for (const changed of this.#books) changed();
  }
}

function refuseOther(market: string): void {
  if (market !== MARKET)
    throw new AppError('UNKNOWN_MARKET', `There is no market ${market} here.`, { market });
}

const notHere = (): AppError => new AppError('NOT_SUPPORTED', 'The busy market has books and trades only.');
