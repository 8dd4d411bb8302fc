import type { Base, Price, Rate } from '../../shared/money/quantity.ts';
import type { OraclePrices } from '../domain/account.ts';
import type { FundingSample } from '../domain/funding.ts';

export const MINUTE_MS = 60_000;

/** Prices of one market at one moment. */
export interface Quote {
  readonly oracle: Price;
  /** When the oracle last published, Unix ms. */
  readonly oracleTime: number;
  /** Where the market itself trades. */
  readonly mark: Price;
}

/** Visible size at a distance from the mark, the same on both sides, nearest first. */
export interface DepthLevel {
  /** Distance from the mark as a fraction of it (0.001 = 0.1 %). */
  readonly offset: Rate;
  readonly size: Base;
}

/** A funding payment that fell due: paid once, on size × price. */
export interface FundingPrint extends FundingSample {
  readonly market: string;
  readonly price: Price;
}

/** Prices of all markets at one moment. */
export interface Moment {
  /** Throws UNKNOWN_MARKET for a market that the feed doesn't have. */
  quote(market: string): Quote;
  oracles(): OraclePrices;
  depth(market: string): readonly DepthLevel[];
}

/**
 * A market to trade on, simulated or recorded, seen one moment at a time: nothing of a feed reveals what comes after
 * the moment that it was last moved to.
 */
export interface Feed extends Moment {
  /** First moment, on a whole minute. */
  readonly startMs: number;
  /** The moment after the last, or undefined where a feed never ends. */
  readonly endMs: number | undefined;
  readonly markets: readonly string[];
  /** Funding of SOL-PERP paid before the start, oldest first. */
  readonly history: readonly FundingSample[];
  /** Moves to a moment, never back. Between whole minutes prices are interpolated. */
  seek(t: number): void;
  /**
   * What it shows at a moment of the minute that it stands in, without moving there: for those who live by seconds where
   * others live by minutes. Throws a RangeError for a moment of another minute.
   */
  glimpse(t: number): Moment;
  /** Payments due since the last call, oldest first, each with `t` ≤ now. */
  takeFunding(): readonly FundingPrint[];
  /** Everything needed to go on from here, as plain JSON. */
  save(): FeedState;
  restore(state: FeedState): void;
}

/** JSON of a feed's own making, opaque to everyone else. */
export type FeedState = unknown;

/** Throws a RangeError for a moment of another minute than the one that a feed stands in. */
export function refuseOutside(t: number, now: number): void {
  if (Math.floor(t / MINUTE_MS) !== Math.floor(now / MINUTE_MS))
    throw new RangeError(`a market that stands at ${now} can't be seen at ${t}`);
}
