import { AppError } from '../../../shared/contract/appError.ts';
import { base } from '../../../shared/money/quantity.ts';
import { isFinal, type OrderChange, type OrderReport } from '../../domain/order.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { PlaceReply, Venue } from '../../venues/venue.ts';
import { ORDER_LIFE_MS } from '../executor.ts';
import type { LiveOrders } from './liveOrders.ts';
import { OrderLine } from './orderLine.ts';
import { isOver, type OrderEvent } from './orderMachine.ts';
import { checkChange, timeInForceAt } from './orderRules.ts';
import { nextVenueId, requestOf, type TraderOrder } from './traderOrder.ts';

/** Carries orders to the venue and its answers back: one question about an order at a time. */
export class OrderCourier {
  readonly #venue: Venue;
  readonly #orders: LiveOrders;
  readonly #clock: Clock;
  readonly #line: OrderLine;
  /** Orders that a question is out about. */
  readonly #busy = new Set<string>();

  constructor(venue: Venue, orders: LiveOrders, clock: Clock, log: Logger) {
    this.#venue = venue;
    this.#orders = orders;
    this.#clock = clock;
    this.#line = new OrderLine(venue, log);
  }

  isBusy(id: string): boolean {
    return this.#busy.has(id);
  }

  /** Does `work` for an order while nothing else is done about it. Throws OUTCOME_UNKNOWN where something is. */
  async alone<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
    if (this.#busy.has(id)) {
      const message = `The venue has not answered yet about order ${id}.`;
      throw new AppError('OUTCOME_UNKNOWN', message, { orderId: id }, { retryable: true });
    }
    this.#busy.add(id);
    try {
      return await work();
    } finally {
      this.#busy.delete(id);
    }
  }

  /** Sends an order that is on disk. @param withTrigger whether the venue is to hold it back until its trigger */
  send(order: TraderOrder, withTrigger: boolean): Promise<void> {
    return this.alone(order.id, () => this.post(order, withTrigger));
  }

  /** Sends an order that nothing else is done about. */
  async post(order: TraderOrder, withTrigger: boolean): Promise<void> {
    const { trigger, ...request } = requestOf(order);
    const timeInForce = timeInForceAt(request.timeInForce, this.#venue.capabilities);
    const held = withTrigger && trigger !== undefined ? { trigger } : {};
    this.#heardBack(order.id, await this.#line.place({ ...request, timeInForce, ...held }));
  }

  /** Asks what became of an order. */
  resolve(id: string): Promise<void> {
    return this.alone(id, async () => {
      const order = this.#orders.get(id);
      const reply = await this.#line.query(order.venueId);
      if (reply.kind === 'report') {
        const terms = this.#termsOf(this.#orders.get(id));
        this.#orders.told(id, { ...answer(reply.report), ...(terms === undefined ? {} : { terms }) });
      } else if (reply.kind === 'absent') this.#orders.told(id, this.#absence(this.#orders.get(id)));
      else this.#orders.told(id, { kind: 'noReply' });
    });
  }

  /** What a trader asks for. Throws ORDER_NOT_OPEN and OUTCOME_UNKNOWN. */
  cancel(id: string): Promise<void> {
    return this.alone(id, () => this.#cancel(id, 'cancelAsked'));
  }

  /** Ends an order that its bracket has no more use for. Throws ORDER_NOT_OPEN and OUTCOME_UNKNOWN. */
  withdraw(id: string): Promise<void> {
    return this.alone(id, () => this.#cancel(id, 'withdrawn'));
  }

  /** Cancels an order, and says why it is not known to be over, if so. */
  async tryCancel(id: string): Promise<AppError | undefined> {
    try {
      await this.cancel(id);
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
    const { state } = this.#orders.get(id);
    if (isOver(state)) return undefined;
    const message =
      state === 'unknown'
        ? `The venue has not said whether order ${id} is cancelled.`
        : `The venue still shows order ${id} as ${state}.`;
    return new AppError('OUTCOME_UNKNOWN', message, { orderId: id, state }, { retryable: true });
  }

  /** Ends an order whose time is up, for a venue that doesn't. */
  expire(id: string): Promise<void> {
    return this.alone(id, () => this.#cancel(id, 'expiryReached'));
  }

  /** What a trader asks for. See OrderDesk.modify for what it throws. */
  async modify(id: string, change: OrderChange): Promise<void> {
    const order = this.#orders.get(id);
    const { name, capabilities } = this.#venue;
    checkChange(order, change);
    if (capabilities.modify === 'none' && order.state !== 'conditional' && !isOver(order.state)) {
      throw new AppError('NOT_SUPPORTED', `${name} changes no orders: cancel it and place another.`, {
        orderId: id,
      });
    }
    await this.change(id, change);
  }

  /** Changes an order: here, at the venue, or by a cancel and a new one. */
  change(id: string, change: OrderChange): Promise<void> {
    return this.alone(id, async () => {
      const order = this.#orders.happen(id, { kind: 'modifyAsked', change });
      if (order.state !== 'modifying') return;
      if (this.#venue.capabilities.modify === 'native') await this.#modify(order, change);
      else await this.#replace(order, change);
    });
  }

  async #modify({ id, venueId }: TraderOrder, change: OrderChange): Promise<void> {
    const reply = await this.#line.modify(venueId, change);
    if (reply.kind === 'noReply') this.#orders.told(id, { kind: 'noReply' });
    else if (reply.kind === 'report') this.#orders.told(id, { kind: 'modified', report: reply.report });
    else {
      this.#orders.told(id, { kind: 'modifyRefused' });
      throw new AppError(reply.why.code, reply.why.message, { orderId: id });
    }
  }

  /** Cancels, and sends the rest anew as it is to be. What fills in between is told, and never sent again. */
  async #replace({ id, venueId, resumes }: TraderOrder, change: OrderChange): Promise<void> {
    const reply = await this.#line.cancel(venueId);
    const order = this.#orders.get(id);
    if (isOver(order.state)) throw lostRace(order);
    if (reply.kind === 'noReply') {
      this.#orders.told(id, { kind: 'noReply' });
      return;
    }
    const { report } = reply;
    if (!isFinal(report.status)) {
      this.#orders.told(id, { kind: 'modifyRefused' });
      this.#orders.told(id, answer(report));
      throw new AppError('OUTCOME_UNKNOWN', `The venue still shows order ${id}, so it was not changed.`, {
        orderId: id,
      });
    }
    const wanted = change.size ?? order.size;
    const done = base(order.carried.filled + report.filled);
    const goesOn = report.status === 'cancelled' || report.status === 'partiallyFilled';
    if (!goesOn || done >= wanted) {
      throw lostRace(this.#orders.told(id, answer(report)));
    }
    const anew = this.#renew(id, report, nextVenueId(venueId));
    await this.post(anew, resumes === 'untriggered');
  }

  /** On disk before it is sent. Where that fails nothing is, and the venue will be asked what is left of the order. */
  #renew(id: string, cancelled: OrderReport, venueId: string): TraderOrder {
    const validUntil = this.#clock.now() + ORDER_LIFE_MS;
    try {
      return this.#orders.happenOnDisk(id, { kind: 'replacing', cancelled, venueId, validUntil });
    } catch (error) {
      this.#orders.told(id, { kind: 'noReply' });
      throw error;
    }
  }

  async #cancel(id: string, kind: 'cancelAsked' | 'withdrawn' | 'expiryReached'): Promise<void> {
    const order = this.#orders.happen(id, { kind });
    if (order.state === 'cancelling') this.#heardBack(id, await this.#line.cancel(order.venueId));
  }

  #heardBack(id: string, reply: PlaceReply): void {
    this.#orders.told(id, reply.kind === 'report' ? answer(reply.report) : { kind: 'noReply' });
  }

  /**
   * What it means that the venue has never seen an order. A venue within the program goes back with the program's own
   * state when that is killed: what was sent after the moment that it stands at is gone, and can't arrive any more. An
   * exit is followed by another, so it never waits again itself.
   */
  #absence({ sentAt, conditions, trigger, parentId }: TraderOrder): OrderEvent {
    const { network, capabilities } = this.#venue;
    const rolledBack = network === undefined && sentAt !== null && sentAt > this.#clock.now();
    const heldBack =
      parentId === null && (conditions !== undefined || (trigger !== undefined && !capabilities.triggers));
    return { kind: 'absent', rolledBack, heldBack };
  }

  /** What is in force at the venue, where it has been looked at since the order last changed. */
  #termsOf({ venueId, carried, updatedAt, tolerance, oracleOffset }: TraderOrder): OrderChange | undefined {
    const { t, openOrders } = this.#venue.snapshot();
    const found = openOrders.find(({ clientOrderId }) => clientOrderId === venueId);
    if (found === undefined || t < updatedAt) return undefined;
    const moves = tolerance !== undefined || oracleOffset !== undefined;
    return {
      size: base(carried.filled + found.size),
      ...(moves ? {} : { limitPrice: found.limitPrice }),
      ...(found.trigger === undefined ? {} : { triggerPrice: found.trigger.price }),
      ...(found.oracleOffset === undefined ? {} : { oracleOffset: found.oracleOffset }),
    };
  }
}

const answer = (report: OrderReport) => ({ kind: 'answered', report }) as const;

const lostRace = ({ id, state }: TraderOrder): AppError =>
  new AppError('ORDER_NOT_OPEN', `Order ${id} was over before it could be changed: ${state}.`, {
    orderId: id,
    state,
  });
