import type { PostOnly, TimeInForce } from '../domain/order.ts';
import type { Resolution } from '../market/data/candle.ts';

/** How a venue changes a resting order: by itself; by a cancel and a new order, which can lose the race; or not at all. */
export type ModifyWay = 'native' | 'replace' | 'none';

/** What a venue may or may not have. Asked, never guessed: what it doesn't have is done by the app, or NOT_SUPPORTED. */
export interface VenueCapabilities {
  /** The same client order id twice is answered with the first order's report. */
  readonly idempotentOrders: boolean;
  /** An order is found again by its client id; otherwise among the open orders and the fills. */
  readonly lookUpByClientId: boolean;
  /** The longest client order id that it keeps, in characters; what is longer has to be mapped. */
  readonly clientIdLength: number;
  /** Most orders that may rest at once, those of a market or all, whichever it counts. */
  readonly openOrders: number;
  readonly timeInForce: ReadonlySet<TimeInForce>;
  readonly postOnly: ReadonlySet<PostOnly>;
  readonly reduceOnly: boolean;
  /** Holds orders back until their trigger. */
  readonly triggers: boolean;
  /** Limits that follow the oracle. */
  readonly oracleOffset: boolean;
  readonly modify: ModifyWay;
  /** Cancels everything, or everything of a market, in one request. */
  readonly cancelAll: boolean;
  /** Settles unsettled PnL when it is asked to. */
  readonly settlePnl: boolean;
  /** Moves collateral between sub-accounts of one wallet. */
  readonly transfers: boolean;
  /** Margin of one position apart from the others. */
  readonly isolatedMargin: boolean;
  /** Lends assets against collateral, so that a balance may be negative. */
  readonly borrowing: boolean;
  readonly marketData: MarketDataCapabilities;
}

/** Which market data a venue serves. */
export interface MarketDataCapabilities {
  /** Levels that its book shows; 0 where it shows only the best bid and offer. */
  readonly bookDepth: number;
  /** Whether books come with a sequence, so that a gap is seen. */
  readonly sequenced: boolean;
  readonly trades: boolean;
  /** What it serves itself; the others are built from its trades. */
  readonly candles: ReadonlySet<Resolution>;
  readonly statistics: boolean;
  /** Funding rates: one market at a time, all at once, or not at all. */
  readonly funding: 'byMarket' | 'all' | 'none';
  /** Pushes what changes; otherwise it has to be asked. */
  readonly streams: boolean;
}
