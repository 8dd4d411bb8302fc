import type { Base } from '../../shared/money/quantity.ts';
import type { Account, CollateralWeights, OraclePrices } from '../domain/account.ts';
import type { AccountEvent, AssetAmount } from '../domain/accountEvent.ts';
import type { FundingSample } from '../domain/funding.ts';
import type { MarginTerms } from '../domain/margin.ts';
import type { Market } from '../domain/market.ts';
import type { OrderReport, OrderRequest } from '../domain/order.ts';
import type { DepthLevel, Quote } from '../market/feed.ts';

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
  /** SOL that one transaction is expected to cost the wallet. */
  readonly gas: Base;
  /** Orders that rest in the book. */
  readonly openOrders: readonly OrderRequest[];
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

/** What a venue may or may not have. Asked, never guessed. */
export interface VenueCapabilities {
  /** The same client order id twice is answered with the first order's report. */
  readonly idempotentOrders: boolean;
}

/**
 * A place where orders go. Account state is read from `snapshot`, which is cheap; what changed it comes out of
 * `takeEvents`, in order and exactly once. Requests that the venue refuses outright throw an AppError; the outcome of
 * an order is never an exception.
 */
export interface Venue {
  readonly name: string;
  readonly capabilities: VenueCapabilities;
  readonly markets: ReadonlyMap<string, Market>;
  readonly weights: CollateralWeights;
  snapshot(): VenueSnapshot;
  quote(market: string): Quote;
  /** Funding of a market that was paid since the last call, oldest first. */
  takeFundingRates(): readonly (FundingSample & { readonly market: string })[];
  takeEvents(): readonly AccountEvent[];
  preflight(market: string): Promise<Preflight>;
  place(order: OrderRequest): Promise<PlaceReply>;
  query(clientOrderId: string): Promise<QueryReply>;
  cancel(clientOrderId: string): Promise<PlaceReply>;
  deposit(amount: AssetAmount): Promise<void>;
  /** Throws INSUFFICIENT_BALANCE or INSUFFICIENT_COLLATERAL. */
  withdraw(amount: AssetAmount): Promise<void>;
}
