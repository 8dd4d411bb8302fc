import { valueOf } from '../../../shared/money/arithmetic.ts';
import {
  NO_BASE,
  NO_VALUE,
  base,
  value,
  type Base,
  type Price,
  type Value,
} from '../../../shared/money/quantity.ts';
import {
  RESOLUTION_MS,
  candleOf,
  grow,
  openTime,
  vwapOf,
  type Candle,
  type GrowingCandle,
} from './candle.ts';
import { SlidingExtreme } from './slidingExtreme.ts';
import { verdictOn, type PublicTrade, type TradeVerdict } from './trade.ts';

/** A market's last 24 hours. Where nothing traded in them, all is null or zero but `last`. */
export interface DayFigures {
  /** As of when, Unix ms. */
  readonly t: number;
  /** How much of the 24 hours has been heard, in ms. */
  readonly coveredMs: number;
  /** Of the last trade, however long ago; null before the first. */
  readonly last: Price | null;
  /** Of the first trade in the 24 hours. */
  readonly open: Price | null;
  readonly high: Price | null;
  readonly low: Price | null;
  /** From `open` to `last`, in percent: for display. */
  readonly changePct: number | null;
  readonly volume: Base;
  /** Σ price × size, exactly. */
  readonly quote: Value;
  readonly trades: number;
  readonly vwap: Price | null;
}

/** Plain state, for a checkpoint. */
export interface DayStatisticsState {
  readonly lastId: number;
  readonly last: Price | null;
  /** When the first trade was, Unix ms. */
  readonly since: number | null;
  /** Oldest first. Flat ones may be among them, so the candles that were stored will do. */
  readonly minutes: readonly Candle[];
}

const DAY_MS = RESOLUTION_MS['1d'];

/**
 * Statistics of the last 24 hours of one market, in steps of a minute: the window has the minute under way and the 1,440
 * whole minutes before it, so it is up to a minute longer than 24 hours and loses a whole minute at a time. Kept sums
 * and extremes make a look cost the same however much has traded; the state is 1,441 minutes at most.
 */
export class DayStatistics {
  #lastId = -1;
  #last: Price | null = null;
  #since: number | null = null;
  /** Those with trades, oldest first. */
  #minutes: GrowingCandle[] = [];
  #volume = NO_BASE;
  #quote = NO_VALUE;
  #trades = 0;
  readonly #high = new SlidingExtreme('highest');
  readonly #low = new SlidingExtreme('lowest');

  /** Takes the next trade. Trades come in the order of their ids; see {@link TradeVerdict} for those that do not fit. */
  add(trade: PublicTrade): TradeVerdict {
    const minute = this.#minutes.at(-1);
    const verdict = verdictOn(trade, this.#lastId, minute?.t ?? 0);
    if (verdict !== 'added') return verdict;
    const { id, price, size } = trade;
    const t = openTime(trade.t, '1m');
    if (minute?.t === t) {
      grow(minute, trade);
    } else {
      this.#forget(t);
      this.#minutes.push(candleOf(t, trade));
    }
    this.#lastId = id;
    this.#last = price;
    this.#since ??= trade.t;
    this.#volume = base(this.#volume + size);
    this.#quote = value(this.#quote + valueOf(size, price));
    this.#trades += 1;
    this.#high.add(t, price);
    this.#low.add(t, price);
    return verdict;
  }

  /** @param now Unix ms, never falling: what has left the window is forgotten */
  figures(now: number): DayFigures {
    this.#forget(openTime(now, '1m'));
    const last = this.#last;
    const open = this.#minutes[0]?.open ?? null;
    const sums = { volume: this.#volume, quote: this.#quote, trades: this.#trades };
    return {
      t: now,
      coveredMs: this.#since === null ? 0 : Math.max(0, Math.min(DAY_MS, now - this.#since)),
      last,
      open,
      high: this.#high.best ?? null,
      low: this.#low.best ?? null,
      changePct: open === null || last === null ? null : (100 * Number(last - open)) / Number(open),
      ...sums,
      vwap: vwapOf(sums),
    };
  }

  save(): DayStatisticsState {
    return {
      lastId: this.#lastId,
      last: this.#last,
      since: this.#since,
      minutes: this.#minutes.map((minute) => ({ ...minute })),
    };
  }

  restore({ lastId, last, since, minutes }: DayStatisticsState): void {
    this.#lastId = lastId;
    this.#last = last;
    this.#since = since;
    this.#minutes = [];
    this.#volume = NO_BASE;
    this.#quote = NO_VALUE;
    this.#trades = 0;
    this.#high.clear();
    this.#low.clear();
    for (const minute of minutes) if (minute.trades > 0) this.#include(minute);
  }

  #include(minute: Candle): void {
    this.#minutes.push({ ...minute });
    this.#volume = base(this.#volume + minute.volume);
    this.#quote = value(this.#quote + minute.quote);
    this.#trades += minute.trades;
    this.#high.add(minute.t, minute.high);
    this.#low.add(minute.t, minute.low);
  }

  /** @param minute when the minute under way began */
  #forget(minute: number): void {
    const from = minute - DAY_MS;
    let oldest = this.#minutes[0];
    while (oldest !== undefined && oldest.t < from) {
      this.#volume = base(this.#volume - oldest.volume);
      this.#quote = value(this.#quote - oldest.quote);
      this.#trades -= oldest.trades;
      this.#minutes.shift();
      oldest = this.#minutes[0];
    }
    this.#high.forget(from);
    this.#low.forget(from);
  }
}
