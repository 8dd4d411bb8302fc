import {
  RESOLUTIONS,
  RESOLUTION_MS,
  candleOf,
  flatCandle,
  grow,
  joined,
  openTime,
  type Candle,
  type GrowingCandle,
  type Resolution,
} from './candle.ts';
import { verdictOn, type PublicTrade, type TradeVerdict } from './trade.ts';

export interface ResolutionCandle {
  readonly resolution: Resolution;
  readonly candle: Candle;
}

/** Plain state, for a checkpoint. */
export interface CandleBuilderState {
  readonly lastId: number;
  /** The minute under way; missing before the first trade. */
  readonly minute?: Candle;
  /** The longer candles under way, as far as their minutes are over. */
  readonly begun: readonly ResolutionCandle[];
  /** Closed, and not yet taken. */
  readonly closed: readonly ResolutionCandle[];
}

const [MINUTE, ...LONGER] = RESOLUTIONS;
const MINUTE_MS = RESOLUTION_MS[MINUTE];

/**
 * Candles of every resolution of one market, trade by trade. A trade changes the minute under way and nothing else; a
 * minute that is over goes into each longer candle, so those are the fold of their minutes by construction.
 *
 * From the first trade on there is a candle for every stretch of time, flat where nothing traded. So a builder has to
 * hear every trade: whoever missed some (a lost connection, a program that was not running) begins with a new one
 * rather than call the silence flat. A first candle may have begun before the first trade was heard.
 */
export class CandleBuilder {
  #lastId = -1;
  #minute: GrowingCandle | undefined;
  readonly #begun = new Map<Resolution, Candle>();
  #closed: ResolutionCandle[] = [];

  /** Takes the next trade. Trades come in the order of their ids; see {@link TradeVerdict} for those that do not fit. */
  add(trade: PublicTrade): TradeVerdict {
    const verdict = verdictOn(trade, this.#lastId, this.#minute?.t ?? 0);
    if (verdict !== 'added') return verdict;
    this.#lastId = trade.id;
    const t = openTime(trade.t, MINUTE);
    this.#closeUntil(t);
    const minute = this.#minute;
    if (minute === undefined || minute.trades === 0) this.#minute = candleOf(t, trade);
    else grow(minute, trade);
    return 'added';
  }

  /**
   * Closes every candle whose time has passed. Trades of a minute that are heard after this are late, so a caller whose
   * trades take time to arrive holds `now` back by as much.
   * @param now Unix ms; a moment of the past changes nothing
   */
  advance(now: number): void {
    this.#closeUntil(openTime(now, MINUTE));
  }

  /** Candles closed since the last call: by the time they closed at, then shortest first. */
  takeClosed(): readonly ResolutionCandle[] {
    const closed = this.#closed;
    this.#closed = [];
    return closed;
  }

  /** The candle under way; flat until its first trade, and undefined before the first trade of all. */
  open(resolution: Resolution): Candle | undefined {
    const minute = this.#minute;
    if (minute === undefined) return undefined;
    const begun = this.#begun.get(resolution);
    return begun === undefined ? { ...minute, t: openTime(minute.t, resolution) } : joined(begun, minute);
  }

  save(): CandleBuilderState {
    const begun = Array.from(this.#begun, ([resolution, candle]) => ({ resolution, candle }));
    const rest = { lastId: this.#lastId, begun, closed: [...this.#closed] };
    return this.#minute === undefined ? rest : { ...rest, minute: { ...this.#minute } };
  }

  restore({ lastId, minute, begun, closed }: CandleBuilderState): void {
    this.#lastId = lastId;
    this.#minute = minute && { ...minute };
    this.#begun.clear();
    for (const { resolution, candle } of begun) this.#begun.set(resolution, candle);
    this.#closed = [...closed];
  }

  /** @param t when the minute opens that is to be under way */
  #closeUntil(t: number): void {
    let minute = this.#minute;
    if (minute === undefined) return;
    while (minute.t < t) {
      const end: number = minute.t + MINUTE_MS;
      this.#close(minute, end);
      minute = flatCandle(end, minute.close);
    }
    this.#minute = minute;
  }

  #close(minute: Candle, end: number): void {
    this.#closed.push({ resolution: MINUTE, candle: minute });
    for (const resolution of LONGER) {
      const begun = this.#begun.get(resolution);
      const candle = begun ? joined(begun, minute) : { ...minute, t: openTime(minute.t, resolution) };
      if (end % RESOLUTION_MS[resolution] === 0) {
        this.#closed.push({ resolution, candle });
        this.#begun.delete(resolution);
      } else {
        this.#begun.set(resolution, candle);
      }
    }
  }
}
