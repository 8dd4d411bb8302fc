import type { Base } from '../../shared/money/quantity.ts';
import type { Account, CollateralWeights, OraclePrices } from '../domain/account.ts';
import type { AccountEvent, AssetAmount } from '../domain/accountEvent.ts';
import type { FundingSample } from '../domain/funding.ts';
import type { MarginTerms } from '../domain/margin.ts';
import type { Market } from '../domain/market.ts';
import type { OpenOrder, OrderChange, OrderReport, OrderRequest } from '../domain/order.ts';
import type { DepthLevel, Quote } from '../market/feed.ts';
import type { VenueCapabilities } from './capabilities.ts';
import type { MarketDataSource } from './marketData.ts';

export type { VenueCapabilities };

/** The sub-account as the venue last showed it. */
export interface VenueSnapshot {
  /** When this was true, Unix ms. */
  readonly t: number;
  readonly account: Account;
  /** SOL of the wallet, for gas. */
  readonly wallet: Base;
  readonly oracles: OraclePrices;
  /** What stands against what by the maintenance margin: health is 0 where the requirement eats the collateral. */
  readonly maintenance: MarginTerms;
  /** SOL that one transaction is expected to cost the wallet; zero where orders cost none. */
  readonly gas: Base;
  /** Orders that rest in the book or wait for their trigger. */
  readonly openOrders: readonly OpenOrder[];
}

/** A fresh look at a market, taken for one proposed trade and never from a cache. */
export interface Preflight {
  readonly quote: Quote;
  readonly depth: readonly DepthLevel[];
  /** How long the venue took to answer. */
  readonly latencyMs: number;
}

/**
 * The answer to an order. `noReply` (a time-out, a 5xx, a dropped connection) says nothing about whether it was
 * executed: it must be treated as unknown until {@link Venue.query} settles it.
 */
export type PlaceReply =
  | { readonly kind: 'report'; readonly report: OrderReport }
  | { readonly kind: 'noReply'; readonly cause: string };

/** `absent`: the venue has never seen the order. Final only once the order's `validUntil` has passed. */
export type QueryReply = PlaceReply | { readonly kind: 'absent' };

/**
 * What a venue answers to a change of an order that rests. `refused` leaves the order as it was, and says why;
 * `report` is the order as it stands after the change, or as it ended before it.
 */
export type ModifyReply =
  PlaceReply | { readonly kind: 'refused'; readonly why: NonNullable<OrderReport['rejection']> };

/**
 * What a venue has only where its capabilities say so; a method that is missing is NOT_SUPPORTED.
 */
export interface OptionalVenue {
  /** Changes an order that rests or waits; `modify` of the capabilities. Throws UNKNOWN_ORDER. */
  modify?(clientOrderId: string, change: OrderChange): Promise<ModifyReply>;
  /** Cancels everything, or everything of a market, in one request; `cancelAll` of the capabilities. */
  cancelAll?(market?: string): Promise<readonly OrderReport[]>;
  /** Moves unsettled PnL of a market into collateral; `settlePnl` of the capabilities. */
  settlePnl?(market: string): Promise<void>;
  /** Moves collateral to another sub-account of the same owner; `transfers` of the capabilities. */
  transfer?(amount: AssetAmount, toSubAccount: number): Promise<void>;
  readonly marketData?: MarketDataSource;
}

/**
 * A place where orders go, seen as one sub-account. Account state is read from `snapshot`, which is cheap; what changed
 * it comes out of `takeEvents`, in order and exactly once, and what became of orders that rest out of
 * `takeOrderReports`. Requests that the venue refuses outright throw an AppError; the outcome of an order is never an
 * exception.
 */
export interface Venue extends OptionalVenue {
  readonly name: string;
  /** Whether what is traded there is worth anything; left out on paper. */
  readonly network?: 'main' | 'test';
  readonly capabilities: VenueCapabilities;
  /** What may be traded; a venue of thousands of options loads those that are asked for. */
  readonly markets: ReadonlyMap<string, Market>;
  readonly weights: CollateralWeights;
  /** Ready when it resolves: markets loaded, the account read. Throws VENUE_UNAVAILABLE, VENUE_CLOSED, UNAUTHORIZED. */
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  snapshot(): VenueSnapshot;
  quote(market: string): Quote;
  /** Funding of a market that was paid since the last call, oldest first. */
  takeFundingRates(): readonly (FundingSample & { readonly market: string })[];
  takeEvents(): readonly AccountEvent[];
  /** Orders that have changed since the last call without our asking, and how they stand: fills, triggers, endings. */
  takeOrderReports(): readonly OrderReport[];
  preflight(market: string): Promise<Preflight>;
  place(order: OrderRequest): Promise<PlaceReply>;
  query(clientOrderId: string): Promise<QueryReply>;
  /** Throws UNKNOWN_ORDER. An order that is over is answered as it ended. */
  cancel(clientOrderId: string): Promise<PlaceReply>;
  deposit(amount: AssetAmount): Promise<void>;
  /** Throws INSUFFICIENT_BALANCE or INSUFFICIENT_COLLATERAL. */
  withdraw(amount: AssetAmount): Promise<void>;
}
