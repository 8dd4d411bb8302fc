import type { Market } from '../../domain/market.ts';
import {
  CandleBuilder,
  type CandleBuilderState,
  type ResolutionCandle,
} from '../../market/data/candleBuilder.ts';
import type { Candle, Resolution } from '../../market/data/candle.ts';
import { DayStatistics, type DayFigures } from '../../market/data/dayStatistics.ts';
import type { PublicTrade } from '../../market/data/trade.ts';
import { TradeTape } from '../../market/data/tradeTape.ts';
import type { PaperTrade } from '../../venues/paper/paperVenue.ts';

const TAPE = 1_000;
/** A screen that is opened after a restart shows so many trades at once. */
const KEPT_TRADES = 60;

export interface SavedRecord {
  readonly nextId: number;
  readonly candles: CandleBuilderState;
  /** When the first trade was heard. */
  readonly since: number | null;
  /** The newest, oldest first. */
  readonly tape: readonly PublicTrade[];
}

/** What one market of the paper venue has done, trade by trade: tape, candles, day figures. */
export class MarketRecord {
  readonly market: Market;
  readonly #candles = new CandleBuilder();
  readonly #day = new DayStatistics();
  #tape = new TradeTape(TAPE);
  #nextId = 0;
  #since: number | null = null;
  /** Traded since the last time somebody asked. */
  #fresh: PublicTrade[] = [];

  constructor(market: Market) {
    this.market = market;
  }

  add({ side, price, size }: Omit<PaperTrade, 'market'>, t: number): void {
    const trade: PublicTrade = { id: this.#nextId, t, price, size, side };
    this.#nextId += 1;
    this.#since ??= t;
    this.#candles.add(trade);
    this.#day.add(trade);
    this.#tape.add(trade);
    this.#fresh.push(trade);
    // Where nobody asks, as on a terminal, what the tape has forgotten is forgotten here too.
    if (this.#fresh.length > 2 * TAPE) this.#fresh = this.#fresh.slice(-TAPE);
  }

  /** Closes the candles whose time is over. */
  advance(t: number): void {
    this.#candles.advance(t);
  }

  /** Trades since the last call, oldest first. */
  takeFresh(): readonly PublicTrade[] {
    if (this.#fresh.length === 0) return this.#fresh;
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }

  takeClosed(): readonly ResolutionCandle[] {
    return this.#candles.takeClosed();
  }

  /** The candle under way; undefined before the first trade. */
  openCandle(resolution: Resolution): Candle | undefined {
    return this.#candles.open(resolution);
  }

  /** Newest first. */
  latest(limit: number): readonly PublicTrade[] {
    return this.#tape.latest(limit);
  }

  dayFigures(t: number): DayFigures {
    return this.#day.figures(t);
  }

  save(): SavedRecord {
    return {
      nextId: this.#nextId,
      candles: this.#candles.save(),
      since: this.#since,
      tape: this.#tape.latest(KEPT_TRADES).toReversed(),
    };
  }

  /** @param minutes the stored candles of the last day, oldest first: the day's figures follow from them */
  restore(saved: SavedRecord, minutes: readonly Candle[]): void {
    const { nextId, candles, since, tape } = saved;
    this.#nextId = nextId;
    this.#since = since;
    this.#candles.restore(candles);
    this.#tape = new TradeTape(TAPE, tape);
    this.#fresh = [];
    const open = candles.minute === undefined ? [] : [candles.minute];
    const waiting = candles.closed.flatMap(({ resolution, candle }) => (resolution === '1m' ? [candle] : []));
    const known = new Map([...minutes, ...waiting, ...open].map((one) => [one.t, one]));
    this.#day.restore({
      lastId: nextId - 1,
      last: tape.at(-1)?.price ?? null,
      since,
      minutes: [...known.values()].sort((a, b) => a.t - b.t),
    });
  }
}
