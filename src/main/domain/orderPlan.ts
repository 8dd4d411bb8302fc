import type { Base, Price, Rate } from '../../shared/money/quantity.ts';
import type { OrderType } from '../../shared/contract/orders.ts';
import type { Market, Side } from './market.ts';
import type { PostOnly, TimeInForce, Trigger } from './order.ts';

/** On which side of its value something has to be. */
export type Beyond = 'above' | 'below';

/** What has to come true before an order is sent. Reached counts: `above` 150 holds at 150. */
export type OrderCondition =
  | {
      readonly kind: 'price';
      readonly market: string;
      readonly source: 'oracle' | 'mark';
      readonly is: Beyond;
      readonly price: Price;
    }
  /** Funding of a market now; percent a year. */
  | { readonly kind: 'funding'; readonly market: string; readonly is: Beyond; readonly apr: number }
  /** Health of the account as a fraction, 0 to 1. */
  | { readonly kind: 'health'; readonly is: Beyond; readonly health: Rate }
  | { readonly kind: 'time'; readonly at: number };

export interface OrderConditions {
  readonly match: 'all' | 'any';
  readonly of: readonly OrderCondition[];
}

/** An exit of a bracket: a market order where it has no limit. */
export interface BracketLeg {
  readonly trigger: Price;
  readonly limitPrice?: Price;
}

export interface Bracket {
  readonly takeProfit?: BracketLeg;
  readonly stopLoss?: BracketLeg;
}

/** An order as the trader wants it, checked against its market: on the grid, and whole. */
export interface OrderPlan {
  readonly market: Market;
  readonly side: Side;
  readonly size: Base;
  readonly type: OrderType;
  /** No fill worse than this, as of now: see OrderRequest. */
  readonly limitPrice: Price;
  readonly tolerance?: Rate;
  readonly trigger?: Trigger;
  readonly oracleOffset?: Price;
  readonly timeInForce: TimeInForce;
  readonly expiresAt?: number;
  readonly postOnly?: PostOnly;
  readonly reduceOnly: boolean;
  readonly conditions?: OrderConditions;
  readonly bracket?: Bracket;
  readonly clientOrderId?: string;
}
