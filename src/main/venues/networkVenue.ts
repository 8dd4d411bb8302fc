import type { OrderRequest } from '../domain/order.ts';
import type { Venue } from './venue.ts';

/** Something in a sub-account that is neither traded nor understood here. */
export interface ForeignHolding {
  readonly what: string;
  readonly market: string;
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
}
