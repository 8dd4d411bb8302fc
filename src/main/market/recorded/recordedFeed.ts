import { AppError } from '../../../shared/contract/appError.ts';
import { rate, type Price, type Rate } from '../../../shared/money/quantity.ts';
import type { OraclePrices } from '../../domain/account.ts';
import type { FundingSample } from '../../domain/funding.ts';
import {
  MINUTE_MS,
  refuseOutside,
  type DepthLevel,
  type Feed,
  type FundingPrint,
  type Moment,
  type Quote,
} from '../feed.ts';
import { between, candlePath, onTick, type FirstExtreme } from './candlePath.ts';
import type { Candle } from './candles.ts';
import type { FundingRow } from './fundingRows.ts';
import { depthAfter } from './recordedDepth.ts';
import { spanOf, type Span } from './span.ts';

const SPOT = 'SOL';
const PERP = 'SOL-PERP';
/** 1 % of an hour's volume. */
const DEPTH_SHARE: Rate = rate(10_000_000_000n);
const NOTHING_DUE: readonly FundingPrint[] = [];

export interface RecordedParts {
  readonly candles: readonly Candle[];
  readonly funding: readonly FundingRow[];
  /**
   * Asked once, when a candle opens: which of its extremes came first. The caller answers with the one that hurts,
   * as a recording must not flatter. While it is asked, the feed quotes the candle's open.
   */
  readonly firstExtreme: (high: Price, low: Price) => FirstExtreme;
  /** Visible size on each side within 0.3 % of the mark, as a fraction of an hour's volume. */
  readonly depthShare?: Rate;
}

interface SavedFeed {
  readonly t: number;
  /** Funding payments taken. */
  readonly paid: number;
  /** What was answered for the candle at `t`; null before the first seek. */
  readonly first: FirstExtreme | null;
}

/**
 * A market as candles and funding rates recorded it, for as long as both do. The mark is the oracle: a candle knows
 * only one price. Inside a candle the price walks an assumed path (`candlePath`); what it shows up to a moment depends
 * on no candle that opens later, and so the last minute of a candle holds its close.
 */
export class RecordedFeed implements Feed {
  readonly startMs: number;
  readonly endMs: number;
  readonly markets = [SPOT, PERP] as const;
  readonly history: readonly FundingSample[];
  readonly #candles: readonly Candle[];
  readonly #span: Span;
  readonly #prints: readonly FundingPrint[];
  readonly #firstExtreme: RecordedParts['firstExtreme'];
  readonly #depthShare: Rate;
  #now: number;
  #paid = 0;
  #candle: Candle;
  #first: FirstExtreme | null = null;
  /** Prices at the candle's whole minutes; empty until its first extreme is known. */
  #path: readonly Price[] = [];
  #price: Price;
  #quote: Quote | undefined;
  #oracles: OraclePrices | undefined;
  #depth: readonly DepthLevel[] | undefined;

  /** Throws INVALID_DATA_FILE where candles and funding have no whole candle in common. */
  constructor({ candles, funding, firstExtreme, depthShare = DEPTH_SHARE }: RecordedParts) {
    this.#candles = candles;
    this.#firstExtreme = firstExtreme;
    this.#depthShare = depthShare;
    this.#span = spanOf(candles, funding);
    const { startMs, endMs } = this.#span;
    this.startMs = startMs;
    this.endMs = endMs;
    this.history = funding
      .filter(({ t }) => t < startMs)
      .map(({ t, rate, periodMs }) => ({ t, rate, periodMs }));
    this.#prints = funding
      .filter(({ t }) => t >= startMs && t < endMs)
      .map(({ t, rate, periodMs, price = this.#candleAt(t).open }) => ({
        market: PERP,
        t,
        rate,
        periodMs,
        price,
      }));
    this.#now = startMs;
    this.#candle = this.#candleAt(startMs);
    this.#price = onTick(this.#candle.open);
  }

  /** Throws a RangeError on the way back. From the end on, the last close stands. */
  seek(t: number): void {
    if (t === this.#now && this.#first !== null) return;
    if (!(t >= this.#now)) throw new RangeError(`the market cannot go back from ${this.#now} to ${t}`);
    this.#now = t;
    if (this.#first === null || t - this.#candle.t >= this.#span.interval) this.#enter(this.#candleAt(t));
    this.#standAt(this.#priceAt(t - this.#candle.t));
  }

  quote(market: string): Quote {
    if (market !== SPOT && market !== PERP) {
      throw new AppError('UNKNOWN_MARKET', `The recorded market has no ${market}.`, { market });
    }
    this.#quote ??= { oracle: this.#price, oracleTime: this.#now, mark: this.#price };
    return this.#quote;
  }

  oracles(): OraclePrices {
    this.#oracles ??= { [SPOT]: this.#price };
    return this.#oracles;
  }

  /** From the last candle that is complete; the first of a recording has only itself to go by. */
  depth(market: string): readonly DepthLevel[] {
    this.quote(market);
    const { interval } = this.#span;
    this.#depth ??= depthAfter(this.#candleAt(this.#candle.t - interval), interval, this.#depthShare);
    return this.#depth;
  }

  glimpse(t: number): Moment {
    refuseOutside(t, this.#now);
    const at = this.#first === null ? this.#price : this.#priceAt(t - this.#candle.t);
    return {
      quote: (market) => ({ ...this.quote(market), oracle: at, oracleTime: t, mark: at }),
      oracles: () => ({ [SPOT]: at }),
      depth: (market) => this.depth(market),
    };
  }

  takeFunding(): readonly FundingPrint[] {
    const from = this.#paid;
    while ((this.#prints[this.#paid]?.t ?? Infinity) <= this.#now) this.#paid += 1;
    return this.#paid === from ? NOTHING_DUE : this.#prints.slice(from, this.#paid);
  }

  save(): SavedFeed {
    return { t: this.#now, paid: this.#paid, first: this.#first };
  }

  restore(state: unknown): void {
    const { t, paid, first } = state as SavedFeed;
    this.#now = t;
    this.#paid = paid;
    this.#show(this.#candleAt(t));
    if (first !== null) this.#follow(first);
    this.#standAt(this.#priceAt(t - this.#candle.t));
  }

  #enter(candle: Candle): void {
    if (this.#first !== null && candle === this.#candle) return;
    this.#show(candle);
    this.#follow(this.#firstExtreme(candle.high, candle.low));
  }

  /** A candle as it opens, when nothing is known of it but that. */
  #show(candle: Candle): void {
    this.#candle = candle;
    this.#first = null;
    this.#path = [];
    this.#depth = undefined;
    this.#standAt(onTick(candle.open));
  }

  #follow(first: FirstExtreme): void {
    this.#first = first;
    this.#path = candlePath(this.#candle, first, this.#span.interval / MINUTE_MS);
  }

  #standAt(price: Price): void {
    this.#price = price;
    this.#quote = undefined;
    this.#oracles = undefined;
  }

  /** @param into milliseconds since the candle opened */
  #priceAt(into: number): Price {
    const minute = Math.floor(into / MINUTE_MS);
    const from = this.#path[minute] ?? this.#path.at(-1) ?? this.#price;
    const rest = into - minute * MINUTE_MS;
    if (rest === 0) return from;
    return between(from, this.#path[minute + 1] ?? from, rest, MINUTE_MS);
  }

  /** The candle that a moment falls in, the last of the run for what comes after it. */
  #candleAt(t: number): Candle {
    const { endMs, interval } = this.#span;
    const [first] = this.#candles;
    const index = Math.floor((Math.min(t, endMs - 1) - (first?.t ?? 0)) / interval);
    const candle = this.#candles[Math.max(0, index)];
    if (candle === undefined) throw new RangeError(`no candle was recorded at ${t}`);
    return candle;
  }
}
