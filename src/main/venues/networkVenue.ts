import type { Base, Price } from '../../shared/money/quantity.ts';
import type { AssetLiquidation } from '../domain/liquidation.ts';
import type { Side } from '../domain/market.ts';
import type { OrderRequest } from '../domain/order.ts';
import type { Venue } from './venue.ts';

/** Something in a sub-account that is neither traded nor understood here. */
export interface ForeignHolding {
  readonly kind: 'asset' | 'market';
  /** As its user may know it. */
  readonly name: string;
  /** Signed, a decimal text. */
  readonly amount: string;
}

/** An order in the sub-account that was not placed by this program. */
export interface ForeignOrder {
  /** The venue's own name for it. */
  readonly id: string;
  readonly market: string;
  readonly side: Side;
  /** What of it is open. */
  readonly size: Base;
  /** Zero where it follows the oracle, or has no limit. */
  readonly limitPrice: Price;
}

/**
 * A venue on a network: what it shows is of one moment, and changes with `sync` and with its own requests alone. It can go
 * on in another process from where it stood in an earlier one.
 */
export interface NetworkVenue extends Venue {
  /** Before `connect`: goes on from what `save` gave an earlier process. */
  restore(saved: unknown): void;
  /** Before `connect`: an order of the journal that an earlier process may have sent. */
  adopt(order: OrderRequest): void;
  /** Takes in what has happened since. Throws VENUE_UNAVAILABLE: then everything is as it was. */
  sync(): Promise<void>;
  save(): unknown;
  /** What else is held there. */
  readonly foreign: readonly ForeignHolding[];
  /** What else is open there. */
  readonly foreignOrders: readonly ForeignOrder[];
  /** Throws UNKNOWN_ORDER, and what the venue says against it. */
  cancelForeign(id: string): Promise<void>;
  /** Where each asset that is held is liquidated, all others as they are, by the venue's own arithmetic. */
  liquidations(): readonly AssetLiquidation[];
}
