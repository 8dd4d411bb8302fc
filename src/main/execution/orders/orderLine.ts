import { AppError } from '../../../shared/contract/appError.ts';
import type { OrderChange, OrderRequest } from '../../domain/order.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ModifyReply, PlaceReply, QueryReply, Venue } from '../../venues/venue.ts';

/** The line to a venue: whatever fails on it is a missing answer, and never a no. */
export class OrderLine {
  readonly #venue: Venue;
  readonly #log: Logger;

  constructor(venue: Venue, log: Logger) {
    this.#venue = venue;
    this.#log = log;
  }

  place(order: OrderRequest): Promise<PlaceReply> {
    return this.#asked(order.clientOrderId, 'place', () => this.#venue.place(order));
  }

  query(venueId: string): Promise<QueryReply> {
    return this.#asked(venueId, 'query', () => this.#venue.query(venueId));
  }

  cancel(venueId: string): Promise<PlaceReply> {
    return this.#asked(venueId, 'cancel', () => this.#venue.cancel(venueId));
  }

  /** Throws NOT_SUPPORTED where the venue has no such thing. */
  modify(venueId: string, change: OrderChange): Promise<ModifyReply> {
    const venue = this.#venue;
    const modify = venue.modify?.bind(venue);
    if (modify === undefined) {
      throw new AppError('NOT_SUPPORTED', `${venue.name} changes no orders.`, { venue: venue.name });
    }
    return this.#asked(venueId, 'modify', () => modify(venueId, change));
  }

  async #asked<Reply>(
    venueId: string,
    request: string,
    ask: () => Promise<Reply>,
  ): Promise<Reply | { readonly kind: 'noReply'; readonly cause: string }> {
    try {
      return await ask();
    } catch (error) {
      // A venue that doesn't know the order may be late to: only a query, past the order's time, can tell.
      const known = error instanceof AppError && error.code === 'UNKNOWN_ORDER';
      this.#log[known ? 'warn' : 'error']('the venue failed when asked about an order', {
        error,
        venueId,
        request,
      });
      return { kind: 'noReply', cause: 'the venue failed' };
    }
  }
}
