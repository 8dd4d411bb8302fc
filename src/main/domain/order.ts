import type { Base, Price, Usd } from '../../shared/money/quantity.ts';
import type { ErrorCode } from '../../shared/contract/errorCodes.ts';
import type { Side } from './market.ts';

/** What goes to a venue. */
export interface OrderRequest {
  /** Ours, unique for ever: a venue answers a second order of the same id with the first one's report. */
  readonly clientOrderId: string;
  readonly market: string;
  readonly side: Side;
  readonly size: Base;
  /** No fill is ever worse than this. */
  readonly limitPrice: Price;
  /** `ioc`: what cannot fill at once is cancelled. `gtc`: it rests. */
  readonly timeInForce: 'ioc' | 'gtc';
  readonly reduceOnly: boolean;
  /** After this moment the venue will not accept it any more; an order it does not know then never was. */
  readonly validUntil: number;
}

/** Where an order stands at the venue. All but `open` are final. */
export type OrderStatus = 'open' | 'filled' | 'partiallyFilled' | 'rejected' | 'cancelled' | 'expired';

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

/** Final: nothing that the venue does can change it any more. */
export const isFinal = (status: OrderStatus): boolean => status !== 'open';
