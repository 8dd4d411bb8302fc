import type {
  AccountState,
  MarketBook,
  StreamSource,
} from '../../../src/main/commands/streams/streamSource.ts';
import type { BookLevel } from '../../../src/main/market/data/bookView.ts';
import type { Cancel } from '../../../src/main/platform/schedule.ts';
import { AppError } from '../../../src/shared/contract/appError.ts';
import type { CandleView, TradeView } from '../../../src/shared/contract/marketData.ts';
import type { FillView, OrderState, OrderView } from '../../../src/shared/contract/orders.ts';
import { base, price } from '../../../src/shared/money/quantity.ts';

export const MARKET = 'SOL-PERP';
/** Trades and fills that a snapshot has. */
export const REMEMBERED = 50;

const T = 1_700_000_000_000;
const DOLLAR = 1_000_000_000n;
const MINUTE = 60_000;

/** One listener set that counts, and tells all of it. */
class Listening<T> {
  readonly #listeners = new Set<(told: T) => void>();

  get size(): number {
    return this.#listeners.size;
  }

  add(listener: (told: T) => void): Cancel {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  tell(told: T): void {
    for (const listener of this.#listeners) listener(told);
  }
}

/** One market and one account that do what a test says. Whoever asks it while it tells something breaks its contract. */
export class ScriptedSource implements StreamSource {
  t = T;
  sequence = 1;
  readonly bids = new Map<bigint, bigint>([[99n, 5n]]);
  readonly asks = new Map<bigint, bigint>([[101n, 5n]]);
  mark = 100n;
  readonly trades: TradeView[] = [];
  readonly candles = new Map<number, CandleView>();
  readonly orders = new Map<string, OrderView>();
  readonly fills: FillView[] = [];
  cash = 1_000;
  /** Set by a test: every snapshot fails with it. */
  broken: Error | undefined;
  /** How often a snapshot was asked for. */
  asked = 0;
  readonly #books = new Listening<undefined>();
  readonly #trades = new Listening<readonly TradeView[]>();
  readonly #candles = new Listening<readonly CandleView[]>();
  readonly #account = new Listening<AccountState>();
  readonly #replaced = new Listening<undefined>();
  #isTelling = false;
  #nextId = 0;

  /** Listeners that nobody has ended. */
  get listeners(): number {
    const all = [this.#books, this.#trades, this.#candles, this.#account, this.#replaced];
    return all.reduce((sum, { size }) => sum + size, 0);
  }

  now(): number {
    return this.t;
  }

  bookSnapshot(market: string, depth: number): MarketBook {
    this.#ask(market);
    const side = (levels: ReadonlyMap<bigint, bigint>, sign: bigint): BookLevel[] =>
      [...levels]
        .toSorted(([a], [b]) => Number(sign * (a - b)))
        .slice(0, depth)
        .map(([at, size]) => ({ price: price(at * DOLLAR), size: base(size * DOLLAR) }));
    const view = { market, t: this.t, sequence: this.sequence };
    return {
      view: { ...view, bids: side(this.bids, -1n), asks: side(this.asks, 1n) },
      mark: price(this.mark * DOLLAR),
      oracle: price(100n * DOLLAR),
    };
  }

  tradesSnapshot(market: string): readonly TradeView[] {
    this.#ask(market);
    return this.trades.slice(-REMEMBERED);
  }

  candlesSnapshot(market: string): readonly CandleView[] {
    this.#ask(market);
    return [...this.candles.values()].toSorted((a, b) => a.t - b.t);
  }

  accountSnapshot(): AccountState {
    this.#ask(MARKET);
    const open = [...this.orders.values()].filter(({ state }) => state === 'open');
    return { orders: open, fills: this.fills.slice(-REMEMBERED), account: this.#figures() };
  }

  onBook(market: string, changed: () => void): Cancel {
    refuseOther(market);
    return this.#books.add(changed);
  }

  onTrades(market: string, traded: (trades: readonly TradeView[]) => void): Cancel {
    refuseOther(market);
    return this.#trades.add(traded);
  }

  onCandles(market: string, _resolution: string, changed: (candles: readonly CandleView[]) => void): Cancel {
    refuseOther(market);
    return this.#candles.add(changed);
  }

  onAccount(changed: (change: AccountState) => void): Cancel {
    return this.#account.add(changed);
  }

  onReplaced(replaced: () => void): Cancel {
    return this.#replaced.add(replaced);
  }

  /** A level of the book is from now on so large, in whole dollars and whole SOL; zero takes it away. */
  quote(side: 'bid' | 'ask', at: number, size: number): void {
    const levels = side === 'bid' ? this.bids : this.asks;
    if (size === 0) levels.delete(BigInt(at));
    else levels.set(BigInt(at), BigInt(size));
    this.sequence += 1;
    this.#tell(this.#books, undefined);
  }

  moveMark(to: number): void {
    this.mark = BigInt(to);
    this.#tell(this.#books, undefined);
  }

  /** Trades one after the other, told together. They make the candle of their minute. */
  trade(count = 1, at = 100): void {
    const made: TradeView[] = [];
    for (let more = count; more > 0; more -= 1) {
      made.push({ id: this.#nextId, t: this.t, price: `${at}`, size: '1', side: 'buy' });
      this.#nextId += 1;
    }
    this.trades.push(...made);
    this.tellTrades(made);
    const opens = this.t - (this.t % MINUTE);
    const before = this.candles.get(opens);
    const candle: CandleView = {
      t: opens,
      open: before?.open ?? `${at}`,
      high: `${Math.max(at, Number(before?.high ?? at))}`,
      low: `${Math.min(at, Number(before?.low ?? at))}`,
      close: `${at}`,
      volume: `${Number(before?.volume ?? 0) + count}`,
      quote: `${Number(before?.quote ?? 0) + count * at}`,
      trades: (before?.trades ?? 0) + count,
      vwap: null,
    };
    this.candles.set(opens, candle);
    this.#tell(this.#candles, [candle]);
  }

  /** Says what may have been said before, or leaves something out. */
  tellTrades(trades: readonly TradeView[]): void {
    this.#tell(this.#trades, trades);
  }

  order(orderId: string, state: OrderState, size = 1): void {
    const order = orderOf(orderId, state, size, this.t);
    this.orders.set(orderId, order);
    this.#tell(this.#account, { orders: [order], fills: [], account: this.#figures() });
  }

  fill(orderId: string): void {
    const fill = fillOf(`f${this.fills.length}`, orderId, this.t);
    this.fills.push(fill);
    this.cash -= 100;
    this.tellFills([fill]);
  }

  tellFills(fills: readonly FillView[]): void {
    this.#tell(this.#account, { orders: [], fills, account: this.#figures() });
  }

  /** Another run: everything begins anew. */
  replace(): void {
    this.sequence = 1;
    this.#nextId = 0;
    this.cash = 1_000;
    this.trades.length = 0;
    this.fills.length = 0;
    for (const map of [this.bids, this.asks, this.candles, this.orders]) map.clear();
    this.#tell(this.#replaced, undefined);
  }

  #figures(): AccountState['account'] {
    return accountOf(this.cash, this.t);
  }

  #tell<T>(listening: Listening<T>, told: T): void {
    this.#isTelling = true;
    listening.tell(told);
    this.#isTelling = false;
  }

  #ask(market: string): void {
    refuseOther(market);
    if (this.#isTelling) throw new Error('asked while it was telling');
    this.asked += 1;
    if (this.broken !== undefined) throw this.broken;
  }
}

function refuseOther(market: string): void {
  if (market !== MARKET)
    throw new AppError('UNKNOWN_MARKET', `There is no market ${market} here.`, { market });
}

const orderOf = (orderId: string, state: OrderState, size: number, t: number): OrderView => ({
  orderId,
  clientOrderId: null,
  market: MARKET,
  side: 'buy',
  type: 'limit',
  state,
  size: `${size}`,
  filled: '0',
  left: state === 'open' ? `${size}` : '0',
  price: '99',
  triggerPrice: null,
  offset: null,
  conditions: null,
  postOnly: null,
  timeInForce: 'GTC',
  validUntil: null,
  reduceOnly: false,
  parentId: null,
  role: 'single',
  averagePrice: null,
  quote: '0',
  fee: '0',
  ahead: null,
  decisionMid: null,
  createdAt: t,
  updatedAt: t,
  firstFillAt: null,
  doneAt: null,
  code: null,
  reason: null,
});

const fillOf = (id: string, orderId: string, t: number): FillView => ({
  id,
  orderId,
  t,
  market: MARKET,
  side: 'buy',
  size: '1',
  price: '100',
  fee: '0.1',
  liquidity: 'taker',
});

const accountOf = (cash: number, timestamp: number): AccountState['account'] => ({
  venue: 'paper',
  subAccount: 0,
  timestamp,
  cash: `${cash}`,
  spotSol: '0',
  walletSol: '1',
  figures: {
    equity: `${cash}`,
    leverage: 0,
    health: 100,
    freeCollateral: `${cash}`,
    initialMargin: '0',
    maintenanceMargin: '0',
    liquidations: [],
  },
  reserved: '0',
  volume30d: '0',
  takerFee: '0.001',
  makerFee: '-0.0002',
  positions: [],
});
