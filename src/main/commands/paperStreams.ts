import { AppError } from '../../shared/contract/appError.ts';
import type { CandleView, TradeView } from '../../shared/contract/marketData.ts';
import type { Account } from '../domain/account.ts';
import { fillViewOf } from '../execution/orders/orderViews.ts';
import { RESOLUTION_MS, type Resolution } from '../market/data/candle.ts';
import type { PublicTrade } from '../market/data/trade.ts';
import type { Cancel } from '../platform/schedule.ts';
import { manualAccountView } from '../simulation/manual/manualAccountView.ts';
import { MANUAL_SUB_ACCOUNT, type ManualLane } from '../simulation/manual/manualLane.ts';
import { manualOrderView } from '../simulation/manual/manualOrderView.ts';
import type { PaperDesk } from '../simulation/paperDesk.ts';
import { candleViewOf, tradeViewOf } from './marketViews.ts';
import type { AccountState, MarketBook, StreamSource } from './streams/streamSource.ts';

const TRADES = 50;
const CANDLES = 2;
const FILLS = 50;

interface CandleListener {
  readonly resolution: Resolution;
  readonly changed: (candles: readonly CandleView[]) => void;
}

/** What is listened to in one market. */
class Ears {
  readonly book = new Set<() => void>();
  readonly trades = new Set<(trades: readonly TradeView[]) => void>();
  readonly candles = new Set<CandleListener>();
}

/** The paper market and the account that is traded by hand, as streams tell of them. */
export class PaperStreams implements StreamSource {
  readonly #desk: () => PaperDesk;
  readonly #ears = new Map<string, Ears>();
  readonly #account = new Set<(change: AccountState) => void>();
  readonly #replaced = new Set<() => void>();
  #lane: ManualLane | undefined;
  /** The latest lane that there was: while a vault can't be read, streams stand still on what they showed last. */
  #shown: ManualLane | undefined;
  #unwatch: readonly Cancel[] = [];
  /** What was held, and when: time and deposits change an account, and no order. */
  #told: { readonly account: Account | undefined; readonly t: number } = { account: undefined, t: 0 };

  constructor(desk: () => PaperDesk) {
    this.#desk = desk;
  }

  /** Tells what has become durable since it was last told. */
  moved(): void {
    const lane = this.#desk().open?.manual?.lane;
    if (lane === undefined) return;
    if (lane !== this.#lane) this.#follow(lane);
    lane.data.tell();
    const { orders, fills } = lane.takeNews();
    const { account } = lane.venue.snapshot();
    const isStill =
      account === this.#told.account &&
      lane.now === this.#told.t &&
      orders.length === 0 &&
      fills.length === 0;
    this.#told = { account, t: lane.now };
    if (this.#account.size === 0 || isStill) return;
    const change: AccountState = {
      orders: orders.map((order) => manualOrderView(order, lane.venue)),
      fills: fills.map(fillViewOf),
      account: manualAccountView(lane.venue, MANUAL_SUB_ACCOUNT, lane.now),
    };
    for (const changed of this.#account) changed(change);
  }

  now(): number {
    return this.#current().now;
  }

  bookSnapshot(market: string, depth: number): MarketBook {
    const { data, venue } = this.#current();
    const { mark, oracle } = venue.quote(market);
    return { view: data.bookNow(market, depth), mark, oracle };
  }

  tradesSnapshot(market: string): readonly TradeView[] {
    return this.#current().data.record(market).latest(TRADES).toReversed().map(tradeViewOf);
  }

  candlesSnapshot(market: string, resolution: Resolution): readonly CandleView[] {
    const { data, now } = this.#current();
    const from = now - (CANDLES + 1) * RESOLUTION_MS[resolution];
    return data.candlesNow(market, resolution, { from, to: now + 1 }, CANDLES).map(candleViewOf);
  }

  accountSnapshot(): AccountState {
    const lane = this.#current();
    return {
      orders: lane.desk.open().map((order) => manualOrderView(order, lane.venue)),
      fills: lane.orders.fills(undefined, FILLS).items.map(fillViewOf).toReversed(),
      account: manualAccountView(lane.venue, MANUAL_SUB_ACCOUNT, lane.now),
    };
  }

  onBook(market: string, changed: () => void): Cancel {
    return added(this.#earsOf(market).book, changed);
  }

  onTrades(market: string, traded: (trades: readonly TradeView[]) => void): Cancel {
    return added(this.#earsOf(market).trades, traded);
  }

  onCandles(
    market: string,
    resolution: Resolution,
    changed: (candles: readonly CandleView[]) => void,
  ): Cancel {
    return added(this.#earsOf(market).candles, { resolution, changed });
  }

  onAccount(changed: (change: AccountState) => void): Cancel {
    this.#current();
    return added(this.#account, changed);
  }

  onReplaced(replaced: () => void): Cancel {
    return added(this.#replaced, replaced);
  }

  /** Another lane is another market: what is listened to goes on there, from a snapshot. */
  #follow(lane: ManualLane): void {
    const before = this.#lane;
    for (const unwatch of this.#unwatch) unwatch();
    this.#lane = lane;
    this.#shown = lane;
    this.#unwatch = [...lane.venue.markets.keys()].map((market) =>
      lane.data.watch(market, {
        book: () => {
          this.#toldBook(lane, market);
        },
        trades: (_, trades) => {
          this.#toldTrades(market, trades);
        },
      }),
    );
    if (before !== undefined) for (const replaced of this.#replaced) replaced();
  }

  #toldBook({ data, now }: ManualLane, market: string): void {
    const ears = this.#ears.get(market);
    if (ears === undefined) return;
    for (const changed of ears.book) changed();
    for (const { resolution, changed } of ears.candles) {
      const length = RESOLUTION_MS[resolution];
      // The candle before the open one may have closed since.
      const candles = data.candlesNow(market, resolution, { from: now - 2 * length, to: now + 1 }, CANDLES);
      if (candles.length > 0) changed(candles.map(candleViewOf));
    }
  }

  #toldTrades(market: string, trades: readonly PublicTrade[]): void {
    const ears = this.#ears.get(market);
    if (ears === undefined || ears.trades.size === 0) return;
    const views = trades.map(tradeViewOf);
    for (const traded of ears.trades) traded(views);
  }

  /** Throws UNKNOWN_MARKET. */
  #earsOf(market: string): Ears {
    this.#current().data.record(market);
    const known = this.#ears.get(market);
    if (known !== undefined) return known;
    const ears = new Ears();
    this.#ears.set(market, ears);
    return ears;
  }

  #current(): ManualLane {
    const lane = this.#desk().open?.manual?.lane ?? this.#shown;
    if (lane === undefined) throw new AppError('VENUE_UNAVAILABLE', 'The paper market cannot be read now.');
    return lane;
  }
}

function added<One>(set: Set<One>, one: One): Cancel {
  set.add(one);
  return () => {
    set.delete(one);
  };
}
