import type { Base, Price, Rate, Usd } from '../../shared/money/quantity.ts';
import type { ErrorCode } from '../../shared/contract/errorCodes.ts';
import type { Side } from './market.ts';

/**
 * `ioc`: what cannot fill at once is cancelled. `fok`: whole at once, or not at all. `gtc`: it rests. `gtd`: it rests
 * until its `expiresAt`.
 */
export type TimeInForce = 'ioc' | 'fok' | 'gtc' | 'gtd';

/** What becomes of a post-only order that would take: refused, cancelled in silence, or moved one tick behind the touch. */
export type PostOnly = 'reject' | 'try' | 'slide';

/** The oracle price at which a venue lets an order loose. */
export interface Trigger {
  readonly price: Price;
  readonly when: 'above' | 'below';
}

/** What goes to a venue. */
export interface OrderRequest {
  /** Ours, unique for ever: a venue answers a second order of the same id with the first one's report. */
  readonly clientOrderId: string;
  readonly market: string;
  readonly side: Side;
  readonly size: Base;
  /**
   * No fill is ever worse than this. Of an order with a `tolerance` or an `oracleOffset` it is the limit as of its
   * sending, and moves as they say.
   */
  readonly limitPrice: Price;
  readonly timeInForce: TimeInForce;
  readonly reduceOnly: boolean;
  /** After this moment the venue will not accept it any more; an order it does not know then never was. */
  readonly validUntil: number;
  readonly postOnly?: PostOnly;
  /** The venue holds it back until then. */
  readonly trigger?: Trigger;
  /** A market order that waits for its trigger: its limit becomes the mark ± this fraction once it is let loose. */
  readonly tolerance?: Rate;
  /** Signed: the limit follows the oracle at this distance. */
  readonly oracleOffset?: Price;
  /** When a `gtd` order ends, Unix ms. */
  readonly expiresAt?: number;
}

/**
 * Where an order stands at the venue. `untriggered` waits for its trigger, `open` rests; all others are final:
 * `partiallyFilled` has filled in part, and the rest is cancelled.
 */
export type OrderStatus =
  'untriggered' | 'open' | 'filled' | 'partiallyFilled' | 'rejected' | 'cancelled' | 'expired';

/** What a venue says of an order. */
export interface OrderReport {
  readonly clientOrderId: string;
  readonly status: OrderStatus;
  readonly filled: Base;
  /** Quote that the fills moved, before fees. Always positive. */
  readonly quote: Usd;
  readonly fee: Usd;
  readonly rejection?: { readonly code: ErrorCode; readonly message: string };
}

/** An order that rests at the venue or waits for its trigger, as it stands now: size, limit and trigger may have been changed. */
export interface OpenOrder extends OrderRequest {
  readonly status: 'untriggered' | 'open';
  /** Of `size`. */
  readonly filled: Base;
  readonly quote: Usd;
  readonly fee: Usd;
  /** Size in the queue before it at its own price, where the venue tells. */
  readonly ahead?: Base;
}

/** What of an order is to be different. What is left out stays. */
export interface OrderChange {
  /** The whole size, what has filled included. */
  readonly size?: Base;
  readonly limitPrice?: Price;
  readonly triggerPrice?: Price;
  readonly oracleOffset?: Price;
}

/** Final: nothing that the venue does can change it any more. */
export const isFinal = (status: OrderStatus): boolean => status !== 'open' && status !== 'untriggered';
