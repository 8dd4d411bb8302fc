import type { Base, Price, Rate, Usd } from '../../shared/money/quantity.ts';
import type { Side } from './market.ts';

/** An amount of one of the two assets that are held outright; signed. */
export type AssetAmount =
  { readonly asset: 'USDC'; readonly amount: Usd } | { readonly asset: 'SOL'; readonly amount: Base };

/** A trade of ours. `fee` in USDC, negative for a rebate. */
export interface FillEvent {
  readonly type: 'FILL';
  readonly t: number;
  readonly orderId: string;
  readonly market: string;
  readonly side: Side;
  readonly size: Base;
  readonly price: Price;
  /**
   * Dollars that moved, positive, where size × price is no whole number of millionths and the price is a rounded one.
   * Left out where size and price say it.
   */
  readonly quote?: Usd;
  readonly oracle: Price;
  readonly fee: Usd;
  /** The fee was taken out of what the position is owed. Left out where it was taken out of cash. */
  readonly feeFrom?: 'position';
  readonly liquidity: 'maker' | 'taker';
}

/** Funding on a position: amount = −size × price × rate. */
export interface FundingEvent {
  readonly type: 'FUNDING';
  readonly t: number;
  readonly market: string;
  readonly size: Base;
  readonly price: Price;
  readonly rate: Rate;
  readonly amount: Usd;
}

/** Interest on a deposit (positive) or a borrow. `oracle` is the asset's price; 1 for USDC. */
export interface InterestEvent {
  readonly type: 'INTEREST';
  readonly t: number;
  readonly paid: AssetAmount;
  readonly oracle: Price;
}

/**
 * A cost outside a fill's fee. `amount` is positive. SOL is the wallet's, USDC the sub-account's. `keeper`: who fills,
 * triggers or cancels an order for its owner has been paid for it.
 */
export interface CostEvent {
  readonly type: 'COST';
  readonly t: number;
  readonly kind: 'gas' | 'tip' | 'liquidation' | 'keeper';
  readonly paid: AssetAmount;
  readonly oracle: Price;
  /** The perpetual out of whose unsettled quote it was taken. Left out where it was taken out of cash or the wallet. */
  readonly market?: string;
}

/** A deposit (positive) or withdrawal. */
export interface TransferEvent {
  readonly type: 'TRANSFER';
  readonly t: number;
  readonly moved: AssetAmount;
  readonly oracle: Price;
  /** It is the wallet's SOL that became more or less, and not the sub-account's. */
  readonly of?: 'wallet';
}

/** Unsettled PnL moved into cash (negative: out of it). Equity stays as it is. */
export interface SettlementEvent {
  readonly type: 'SETTLEMENT';
  readonly t: number;
  readonly market: string;
  readonly amount: Usd;
  readonly oracle: Price;
}

/**
 * What a difference between the books and the venue comes to, by where it stands; signed: what the venue has more.
 * `position` is the size of a perpetual, `quote` what is owed for it.
 */
export type AdjustedAmount =
  | { readonly account: 'cash'; readonly amount: Usd }
  | { readonly account: 'spot' | 'wallet'; readonly amount: Base }
  | { readonly account: 'position'; readonly market: string; readonly amount: Base }
  | { readonly account: 'quote'; readonly market: string; readonly amount: Usd };

/**
 * What nothing explains and the user has accepted. It is no profit and no transfer: books count it by itself. `oracle` is
 * the price of the asset that became more or less; 1 for dollars.
 */
export interface AdjustmentEvent {
  readonly type: 'ADJUSTMENT';
  readonly t: number;
  readonly adjusted: AdjustedAmount;
  readonly oracle: Price;
}

/** Everything that can change what an account holds. The books follow from these and nothing else. */
export type AccountEvent =
  FillEvent | FundingEvent | InterestEvent | CostEvent | TransferEvent | SettlementEvent | AdjustmentEvent;
