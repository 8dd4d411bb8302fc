import { AppError } from '../../../shared/contract/appError.ts';
import { formatBase, formatPrice, formatUsd } from '../../../shared/money/decimal.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { after, isOver, type OrderEvent } from './orderMachine.ts';
import type { OrderStore } from './orderStore.ts';
import { orderIdAtVenue, orderNumberOf, type TraderOrder } from './traderOrder.ts';

/** The orders that may still change, in memory; every change of one is gathered by the store and told in the log. */
export class LiveOrders {
  readonly #store: OrderStore;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #live = new Map<string, TraderOrder>();
  #next = 1;

  constructor(store: OrderStore, clock: Clock, log: Logger) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
    this.load();
  }

  /** Takes what is on disk in the place of what is in memory. */
  load(): void {
    this.#live.clear();
    for (const order of this.#store.live()) this.#live.set(order.id, order);
    this.#next = Math.max(this.#next, this.#store.lastNumber + 1);
  }

  /** The number of the next order. */
  get next(): number {
    return this.#next;
  }

  /** Goes on with this number, or a higher one. */
  continueFrom(number: number): void {
    this.#next = Math.max(this.#next, number);
  }

  /** Has an order on disk before it goes out; a new one takes its number. */
  intend(order: TraderOrder): void {
    this.#store.intend(order);
    this.#live.set(order.id, order);
    this.#next = Math.max(this.#next, order.number + 1);
  }

  find(id: string): TraderOrder | undefined {
    return this.#live.get(id) ?? this.#store.byId(id);
  }

  /** By number, or by the trader's own name for it. Throws UNKNOWN_ORDER. */
  get(orderId: string): TraderOrder {
    const byNumber = orderNumberOf(orderId) === undefined ? undefined : this.find(orderId);
    const found = byNumber ?? this.byClientId(orderId);
    if (found !== undefined) return found;
    throw new AppError('UNKNOWN_ORDER', `There is no order ${orderId}.`, { orderId });
  }

  byClientId(clientOrderId: string): TraderOrder | undefined {
    const found = this.#store.byClientId(clientOrderId);
    return found === undefined ? undefined : (this.#live.get(found.id) ?? found);
  }

  /** The order that an order at the venue belongs to; undefined where it is none of ours. */
  atVenue(venueId: string): TraderOrder | undefined {
    const id = orderIdAtVenue(venueId);
    return id === undefined ? undefined : this.find(id);
  }

  /** Not over, oldest first. */
  open(): readonly TraderOrder[] {
    return [...this.#live.values()].filter(({ state }) => !isOver(state)).sort((a, b) => a.number - b.number);
  }

  /** Entries that exits may still have to follow, oldest first. */
  entries(): readonly TraderOrder[] {
    return [...this.#live.values()]
      .filter(({ bracket }) => bracket !== null)
      .sort((a, b) => a.number - b.number);
  }

  exitsOf({ id }: TraderOrder): readonly TraderOrder[] {
    return [...this.#live.values()].filter(({ parentId }) => parentId === id);
  }

  /** Lets an event happen to an order. Throws what the order's state throws. */
  happen(id: string, event: OrderEvent): TraderOrder {
    const before = this.get(id);
    return this.#put(before, after(before, event, this.#clock.now()));
  }

  /** Lets an event happen to an order, durably: on disk before it is in memory, and before anything is sent for it. */
  happenOnDisk(id: string, event: OrderEvent): TraderOrder {
    const now = after(this.get(id), event, this.#clock.now());
    this.intend(now);
    this.#tell(now);
    return now;
  }

  /** Lets what the venue says happen to an order. A venue that contradicts itself is logged, and not believed. */
  told(id: string, event: OrderEvent): TraderOrder {
    try {
      return this.happen(id, event);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'INTERNAL') throw error;
      this.#log.error(error.message, { error, ...error.details });
      return this.get(id);
    }
  }

  /** Nothing of a bracket can change any more: its entry and exits need no more watching. */
  finish(entry: TraderOrder): void {
    this.#store.keep({ ...entry, bracket: null });
    this.#live.delete(entry.id);
    for (const { id } of this.exitsOf(entry)) this.#live.delete(id);
  }

  #put(before: TraderOrder, now: TraderOrder): TraderOrder {
    if (now === before) return now;
    this.#store.keep(now);
    const { id, state, parentId, bracket } = now;
    const watched = bracket !== null || (parentId !== null && this.#live.has(parentId));
    if (isOver(state) && !watched) this.#live.delete(id);
    else this.#live.set(id, now);
    if (state !== before.state || now.filled !== before.filled) this.#tell(now);
    return now;
  }

  #tell(order: TraderOrder): void {
    const { id: orderId, market, side, state, reason } = order;
    const context = {
      orderId,
      market,
      side,
      state,
      size: formatBase(order.size),
      price: formatPrice(order.limitPrice),
      filled: formatBase(order.filled),
      quote: formatUsd(order.quote),
    };
    if (state === 'unknown') this.#log.error('it is not known what became of an order', context);
    else if (state === 'rejected') this.#log.warn('an order was refused', { ...context, reason });
    else this.#log.info('an order has changed', context);
  }
}
