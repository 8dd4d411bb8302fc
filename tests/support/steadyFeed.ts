import { AppError } from '../../src/shared/contract/appError.ts';
import { parseBase, parsePrice, parseRate } from '../../src/shared/money/decimal.ts';
import type { Price } from '../../src/shared/money/quantity.ts';
import type { OraclePrices } from '../../src/main/domain/account.ts';
import { HOUR_MS, type FundingSample } from '../../src/main/domain/funding.ts';
import type { DepthLevel, Feed, FundingPrint, Moment, Quote } from '../../src/main/market/feed.ts';

/** Midnight UTC, so that an hour, a day and an 8-hour settlement all begin here. */
export const STEADY_START = Date.UTC(2025, 0, 1);

/** More of everything than a test trades, nearer to the mark than the 0.1 % that a taker pays at least. */
const DEEP: readonly LevelText[] = [['0.0005', '1000000000']];

/** Distance from the mark as a fraction, and size. */
export type LevelText = readonly [offset: string, size: string];

export interface SteadyOptions {
  readonly startMs?: number;
  readonly endMs?: number;
  readonly markets?: readonly string[];
  /** Oracle prices by asset. */
  readonly prices?: Readonly<Record<string, string>>;
  readonly history?: readonly FundingSample[];
}

interface SteadyState {
  readonly t: number;
  readonly oracles: OraclePrices;
  readonly marks: Readonly<Record<string, Price>>;
  readonly depths: Readonly<Record<string, readonly DepthLevel[]>>;
  readonly due: readonly FundingPrint[];
  readonly publishedAt: number | undefined;
}

const assetOf = (market: string): string => market.replace('-PERP', '');

/**
 * A feed on which nothing moves but what the test moves: oracles, marks, depth, funding, and switches for what a feed
 * may do wrong. A mark stands on its oracle until it is set.
 */
export class SteadyFeed implements Feed {
  readonly startMs: number;
  readonly endMs: number | undefined;
  readonly markets: readonly string[];
  readonly history: readonly FundingSample[];
  #state: SteadyState;

  constructor({
    startMs = STEADY_START,
    endMs,
    markets = ['SOL', 'SOL-PERP', 'BTC-PERP', 'ETH-PERP'],
    prices = {},
    history = [],
  }: SteadyOptions = {}) {
    this.startMs = startMs;
    this.endMs = endMs;
    this.markets = markets;
    this.history = history;
    const texts = { SOL: '100', BTC: '60000', ETH: '2500', ...prices };
    const oracles = Object.fromEntries(
      Object.entries(texts).map(([asset, text]) => [asset, parsePrice(text)]),
    );
    this.#state = { t: startMs, oracles, marks: {}, depths: {}, due: [], publishedAt: undefined };
  }

  /** The oracle of an asset: `SOL` prices the spot market and the perpetual. */
  setOracle(asset: string, dollars: string): void {
    this.#put({ oracles: { ...this.#state.oracles, [asset]: parsePrice(dollars) } });
  }

  /** Where a market trades, apart from its oracle. */
  setMark(market: string, dollars: string): void {
    this.#put({ marks: { ...this.#state.marks, [market]: parsePrice(dollars) } });
  }

  /** The mark goes back onto the oracle. */
  releaseMark(market: string): void {
    this.#put({
      marks: Object.fromEntries(Object.entries(this.#state.marks).filter(([one]) => one !== market)),
    });
  }

  /** What both sides of a market's book show, nearest first. */
  setDepth(market: string, levels: readonly LevelText[]): void {
    const depth = levels.map(([offset, size]) => ({ offset: parseRate(offset), size: parseBase(size) }));
    this.#put({ depths: { ...this.#state.depths, [market]: depth } });
  }

  /** A funding payment that falls due now, at the oracle unless another price is given. */
  fund(market: string, fraction: string, at?: string): void {
    const print: FundingPrint = {
      market,
      t: this.#state.t,
      rate: parseRate(fraction),
      periodMs: HOUR_MS,
      price: at === undefined ? this.quote(market).oracle : parsePrice(at),
    };
    this.#put({ due: [...this.#state.due, print] });
  }

  /** Switch: the oracle publishes nothing more, and its last price grows old. */
  silenceOracle(): void {
    this.#put({ publishedAt: this.#state.t });
  }

  /** Switch: the oracle publishes again. */
  wakeOracle(): void {
    this.#put({ publishedAt: undefined });
  }

  /** Switch: nothing is visible in a market's book. */
  emptyBook(market: string): void {
    this.setDepth(market, []);
  }

  seek(t: number): void {
    if (t < this.#state.t) throw new RangeError('a feed never goes back');
    this.#put({ t });
  }

  quote(market: string): Quote {
    const oracle = this.#state.oracles[assetOf(market)];
    if (!this.markets.includes(market) || oracle === undefined)
      throw new AppError('UNKNOWN_MARKET', `The steady market has no ${market}.`, { market });
    const { t, publishedAt = t, marks } = this.#state;
    return { oracle, oracleTime: publishedAt, mark: marks[market] ?? oracle };
  }

  oracles(): OraclePrices {
    return this.#state.oracles;
  }

  depth(market: string): readonly DepthLevel[] {
    return (
      this.#state.depths[market] ??
      DEEP.map(([offset, size]) => ({ offset: parseRate(offset), size: parseBase(size) }))
    );
  }

  glimpse(t: number): Moment {
    return {
      quote: (market) => ({ ...this.quote(market), oracleTime: this.#state.publishedAt ?? t }),
      oracles: () => this.oracles(),
      depth: (market) => this.depth(market),
    };
  }

  takeFunding(): readonly FundingPrint[] {
    const { due } = this.#state;
    this.#put({ due: [] });
    return due;
  }

  save(): SteadyState {
    return this.#state;
  }

  restore(state: unknown): void {
    this.#state = state as SteadyState;
  }

  #put(change: Partial<SteadyState>): void {
    this.#state = { ...this.#state, ...change };
  }
}
