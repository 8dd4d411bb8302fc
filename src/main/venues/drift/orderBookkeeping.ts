import { base, usd, type Base, type Usd } from '../../../shared/money/quantity.ts';
import {
  isFinal,
  type OpenOrder,
  type OrderReport,
  type OrderRequest,
  type OrderStatus,
} from '../../domain/order.ts';
import type { DriftOrder, DriftUser } from './driftState.ts';
import type { FillSide, ProgramEvent, TransactionEvents } from './programEvent.ts';
import { priceFrom } from './units.ts';

/** An order of ours as the venue knows it. */
export interface KnownOrder {
  readonly request: OrderRequest;
  /** The program's number for it; a change gives it another. Null where it was never placed. */
  readonly orderId: number | null;
  readonly status: OrderStatus;
  readonly filled: Base;
  readonly quote: Usd;
  readonly fee: Usd;
  readonly rejection?: NonNullable<OrderReport['rejection']>;
}

/** Other terms for an order, under way. */
export interface AwaitedChange {
  readonly clientOrderId: string;
  /** As the order is to be. */
  readonly request: OrderRequest;
}

interface SavedBook {
  readonly orders: readonly KnownOrder[];
  readonly changes: readonly (readonly [intentId: string, change: AwaitedChange])[];
}

/** Finished orders that are still answered for. */
const MOST_REMEMBERED = 500;

/** Our orders at the venue: the program's numbers for our names, and what has become of each, from its records alone. */
export class OrderBookkeeping {
  readonly #user: string;
  readonly #orders = new Map<string, KnownOrder>();
  readonly #byNumber = new Map<number, string>();
  /** What a transaction was sent for. */
  readonly #sentFor = new Map<string, string>();
  readonly #changed = new Set<string>();
  /** By intent of the journal. */
  readonly #changes = new Map<string, AwaitedChange>();

  /** @param user address of the sub-account */
  constructor(user: string) {
    this.#user = user;
  }

  find(clientOrderId: string): KnownOrder | undefined {
    return this.#orders.get(clientOrderId);
  }

  /** Our name for an order of the program; undefined for one that we did not place. */
  nameOf(orderId: number): string | undefined {
    return this.#byNumber.get(orderId);
  }

  /** An order is about to be sent. */
  begin(request: OrderRequest): void {
    if (this.#orders.has(request.clientOrderId)) return;
    const none = { filled: base(0n), quote: usd(0n), fee: usd(0n) };
    this.#orders.set(request.clientOrderId, { request, orderId: null, status: 'open', ...none });
  }

  /** The transaction that an order, or a change of it, was sent in. */
  sentIn(signature: string, clientOrderId: string): void {
    this.#sentFor.set(signature, clientOrderId);
  }

  /** Orders that rest in the sub-account and that we did not place. */
  strangers(user: DriftUser): readonly DriftOrder[] {
    return user.orders.filter(({ orderId }) => !this.#byNumber.has(orderId));
  }

  /** It came to nothing: refused, or it can no longer land. */
  ended(clientOrderId: string, status: OrderStatus, rejection?: KnownOrder['rejection']): void {
    const known = this.#orders.get(clientOrderId);
    if (known === undefined) return;
    this.#put({ ...known, status, ...(rejection === undefined ? {} : { rejection }) });
  }

  /** An order is about to be given other terms. It has them once the transaction is heard, whoever hears of it first. */
  expectChange(intentId: string, change: AwaitedChange): void {
    this.#changes.set(intentId, change);
  }

  /** It came to nothing. */
  dropChange(intentId: string): void {
    this.#changes.delete(intentId);
  }

  /** Learns which numbers a transaction gave our orders. As often as one likes. */
  number({ signature, events }: TransactionEvents, intentId?: string): void {
    const change = intentId === undefined ? undefined : this.#changes.get(intentId);
    const sentFor = this.#sentFor.get(signature) ?? change?.clientOrderId;
    if (sentFor === undefined) return;
    for (const event of events)
      if (event.type === 'order' && event.user === this.#user)
        this.#byNumber.set(event.order.orderId, sentFor);
  }

  /**
   * Takes in what a transaction did to our orders: once.
   * @param intentId what it was signed for
   */
  hear(transaction: TransactionEvents, intentId?: string): void {
    this.number(transaction, intentId);
    const change = intentId === undefined ? undefined : this.#changes.get(intentId);
    // An order that was gone before is not changed by it.
    if (change !== undefined && transaction.events.some(({ type }) => type === 'order'))
      this.#changedTo(change);
    if (intentId !== undefined) this.#changes.delete(intentId);
    for (const event of transaction.events) this.#hearOne(event);
    this.#sentFor.delete(transaction.signature);
  }

  /**
   * What rests in the sub-account is open; an order of ours that does not rest any more is over.
   * @returns those of ours that are open, as they stand
   */
  settle(user: DriftUser): readonly OpenOrder[] {
    const resting = new Map(user.orders.map((order) => [order.orderId, order]));
    for (const known of this.#orders.values()) {
      if (isFinal(known.status) || known.orderId === null) continue;
      const order = resting.get(known.orderId);
      const status = order === undefined ? endOf(known) : standingOf(order);
      if (status !== known.status) this.#put({ ...known, status });
    }
    this.#forget();
    return [...this.#orders.values()].flatMap((known) => openOf(known));
  }

  report(clientOrderId: string): OrderReport | undefined {
    const known = this.#orders.get(clientOrderId);
    return known && reportOf(known);
  }

  /** Those that have changed since the last call. */
  takeChanged(): readonly OrderReport[] {
    const changed = [...this.#changed].flatMap((id) => this.report(id) ?? []);
    this.#changed.clear();
    return changed;
  }

  /** What its asker has been told is no news. */
  told(clientOrderId: string): void {
    this.#changed.delete(clientOrderId);
  }

  save(): SavedBook {
    return { orders: [...this.#orders.values()], changes: [...this.#changes] };
  }

  restore(saved: unknown): void {
    const { orders, changes } = saved as SavedBook;
    for (const known of orders) this.#put(known);
    for (const [intentId, change] of changes) this.#changes.set(intentId, change);
    this.#changed.clear();
  }

  #changedTo({ clientOrderId, request }: AwaitedChange): void {
    const known = this.#orders.get(clientOrderId);
    if (known !== undefined) this.#put({ ...known, request });
  }

  #hearOne(event: ProgramEvent): void {
    switch (event.type) {
      case 'order':
        if (event.user === this.#user) this.#placed(event.order);
        break;
      case 'fill':
        for (const side of [event.taker, event.maker])
          if (side?.user === this.#user) this.#filled(side, event.size, event.quote);
        break;
      case 'orderAction':
        if (event.user === this.#user) this.#acted(event.orderId, event.action, event.why);
        break;
      default:
        break;
    }
  }

  /** Its price is the program's word: an order that slides rests elsewhere than it was sent for. */
  #placed({ orderId, price }: DriftOrder): void {
    const known = this.#known(orderId);
    if (known === undefined) return;
    const { trigger, limitPrice } = known.request;
    const request = { ...known.request, limitPrice: price > 0n ? priceFrom(price) : limitPrice };
    this.#put({ ...known, request, orderId, status: trigger === undefined ? 'open' : 'untriggered' });
  }

  #filled({ orderId, fee }: FillSide, size: bigint, quote: bigint): void {
    const known = this.#known(orderId);
    if (known === undefined) return;
    this.#put({
      ...known,
      filled: base(known.filled + size),
      quote: usd(known.quote + quote),
      fee: usd(known.fee + fee),
    });
  }

  /** A change cancels the order and places another in the same transaction: the number that it has last is what counts. */
  #acted(orderId: number, action: string, why: string): void {
    const known = this.#known(orderId);
    if (known === undefined || known.orderId !== orderId) return;
    if (action === 'trigger') this.#put({ ...known, status: 'open' });
    if (action === 'expire' || (action === 'cancel' && why === 'orderExpired'))
      this.#put({ ...known, status: known.filled > 0n ? 'partiallyFilled' : 'expired' });
  }

  #known(orderId: number): KnownOrder | undefined {
    const id = this.#byNumber.get(orderId);
    return id === undefined ? undefined : this.#orders.get(id);
  }

  #put(known: KnownOrder): void {
    const { clientOrderId } = known.request;
    this.#orders.set(clientOrderId, known);
    if (known.orderId !== null) this.#byNumber.set(known.orderId, clientOrderId);
    this.#changed.add(clientOrderId);
  }

  #forget(): void {
    for (const [id, { status }] of this.#orders) {
      if (this.#orders.size <= MOST_REMEMBERED) return;
      if (isFinal(status) && !this.#changed.has(id)) this.#orders.delete(id);
    }
  }
}

const standingOf = (order: DriftOrder): OrderStatus =>
  order.type.startsWith('trigger') && order.trigger !== 'triggered' ? 'untriggered' : 'open';

/** An order that rests no longer: filled, or ended by whoever ended it. */
function endOf({ request, filled }: KnownOrder): OrderStatus {
  if (filled >= request.size) return 'filled';
  if (filled > 0n) return 'partiallyFilled';
  if (request.timeInForce === 'ioc') return 'expired';
  return 'cancelled';
}

function openOf({ request, status, filled, quote, fee }: KnownOrder): readonly OpenOrder[] {
  return status === 'open' || status === 'untriggered' ? [{ ...request, status, filled, quote, fee }] : [];
}

function reportOf({ request, status, filled, quote, fee, rejection }: KnownOrder): OrderReport {
  return {
    clientOrderId: request.clientOrderId,
    status,
    filled,
    quote,
    fee,
    ...(rejection === undefined ? {} : { rejection }),
  };
}
