import type { AppError } from '../../../shared/contract/appError.ts';
import type { Price, Rate } from '../../../shared/money/quantity.ts';
import type { FillEvent } from '../../domain/accountEvent.ts';
import { quoteOf } from '../../domain/fill.ts';
import type { OrderChange } from '../../domain/order.ts';
import type { OrderPlan } from '../../domain/orderPlan.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ApprovedTrade, RefusedTrade } from '../../risk/trade.ts';
import type { Venue } from '../../venues/venue.ts';
import { ORDER_LIFE_MS } from '../executor.ts';
import { BracketKeeper } from './bracketKeeper.ts';
import type { ConditionView } from './conditions.ts';
import { LiveOrders } from './liveOrders.ts';
import { OrderCourier } from './orderCourier.ts';
import { isOut, isWaiting } from './orderMachine.ts';
import { OrderRelease } from './orderRelease.ts';
import { checkApproved, checkRoom, checkSupported } from './orderRules.ts';
import type { OrderStore } from './orderStore.ts';
import { newOrder, type TraderOrder } from './traderOrder.ts';

export interface OrderDeskParts {
  readonly venue: Venue;
  readonly store: OrderStore;
  readonly clock: Clock;
  readonly log: Logger;
  /** Asks the gates about an order that the desk sends by itself: once its conditions hold, or as an exit. */
  readonly approve: (plan: OrderPlan) => Promise<ApprovedTrade | RefusedTrade>;
  /** How far from the mark an exit without a limit may fill, as a fraction. */
  readonly exitTolerance: Rate;
}

/** What conditions look at besides the venue. */
export interface DeskView {
  /** Funding of a market now, percent a year; undefined where nothing is known. */
  readonly fundingApr: (market: string) => number | undefined;
}

/** `repeated`: the trader's name for it was used before, and this is the order that it was used for. */
export interface Placed {
  readonly order: TraderOrder;
  readonly repeated: boolean;
}

export interface CancelledAll {
  readonly cancelled: readonly TraderOrder[];
  readonly failed: readonly { readonly order: TraderOrder; readonly error: AppError }[];
}

export interface SavedDesk {
  readonly next: number;
}

/** Rounds of following up that one tick may take: an exit that fills at once is followed up in the same tick. */
const ROUNDS = 3;

/**
 * The orders of a trader's own hand, from an approved plan to a known outcome. Each is on disk before it is sent, goes
 * out under an id of its own, and is never sent twice: where the venue's answer is missing, the venue is asked.
 */
export class OrderDesk {
  readonly #venue: Venue;
  readonly #store: OrderStore;
  readonly #clock: Clock;
  readonly #orders: LiveOrders;
  readonly #courier: OrderCourier;
  readonly #release: OrderRelease;
  readonly #brackets: BracketKeeper;

  constructor({ venue, store, clock, log, approve, exitTolerance }: OrderDeskParts) {
    this.#venue = venue;
    this.#store = store;
    this.#clock = clock;
    this.#orders = new LiveOrders(store, clock, log);
    this.#courier = new OrderCourier(venue, this.#orders, clock, log);
    const parts = { venue, orders: this.#orders, courier: this.#courier, clock, log };
    this.#release = new OrderRelease({ ...parts, approve, tolerance: exitTolerance });
    this.#brackets = new BracketKeeper({ ...parts, release: this.#release, tolerance: exitTolerance });
  }

  findByClientId(clientOrderId: string): TraderOrder | undefined {
    return this.#orders.byClientId(clientOrderId);
  }

  /** By its number (`m17`) or the trader's own name for it. Throws UNKNOWN_ORDER. */
  find(orderId: string): TraderOrder {
    return this.#orders.get(orderId);
  }

  /** Orders that are not over, oldest first. */
  open(market?: string): readonly TraderOrder[] {
    const all = this.#orders.open();
    return market === undefined ? all : all.filter((order) => order.market === market);
  }

  /**
   * Sends an order, or holds it back where it has conditions (or a trigger that the venue doesn't know). A trader's own
   * name for an order that was used before gives that order, and nothing is sent. Throws NOT_SUPPORTED, and
   * TOO_MANY_ORDERS where the exits of its bracket would find no room, before anything is kept, and
   * DATA_FOLDER_UNWRITABLE before anything is sent.
   * @param decisionMid the mid when it was decided on, for its slippage; null where there was no book
   */
  async place(approved: ApprovedTrade, plan: OrderPlan, decisionMid: Price | null): Promise<Placed> {
    const { clientOrderId } = plan;
    const known = clientOrderId === undefined ? undefined : this.findByClientId(clientOrderId);
    if (known !== undefined) return { order: known, repeated: true };
    checkSupported(plan, this.#venue);
    checkRoom({ ...plan, bracket: plan.bracket ?? null }, this.#venue);
    checkApproved(approved, plan);
    const t = this.#clock.now();
    const held =
      plan.conditions !== undefined || (plan.trigger !== undefined && !this.#venue.capabilities.triggers);
    const order = newOrder(plan, {
      number: this.#orders.next,
      t,
      decisionMid,
      ...(held ? {} : { validUntil: t + ORDER_LIFE_MS }),
    });
    this.#orders.intend(order);
    if (!held) {
      await this.#courier.send(order, true);
      await this.#followUp();
    }
    return { order: this.find(order.id), repeated: false };
  }

  /**
   * Changes an order that rests or waits. What it says afterwards is in the order that is given back: a change can lose
   * the race against a fill. Throws UNKNOWN_ORDER, ORDER_NOT_OPEN, OUTCOME_UNKNOWN while an answer is missing,
   * INVALID_SIZE for no more than has filled, INVALID_PRICE, INVALID_TRIGGER, NOT_SUPPORTED, and what the venue refuses
   * it with.
   */
  async modify(orderId: string, change: OrderChange): Promise<TraderOrder> {
    const { id } = this.find(orderId);
    await this.#courier.modify(id, change);
    await this.#followUp();
    return this.find(id);
  }

  /**
   * Cancels an order. It may have filled first, and its outcome may be unknown: the order that is given back says so.
   * Throws UNKNOWN_ORDER, ORDER_NOT_OPEN, and OUTCOME_UNKNOWN while an answer is missing.
   */
  async cancel(orderId: string): Promise<TraderOrder> {
    const { id } = this.find(orderId);
    await this.#courier.cancel(id);
    await this.#followUp();
    return this.find(id);
  }

  /** Cancels everything, or everything of a market; one that fails keeps no other from being cancelled. */
  async cancelAll(market?: string): Promise<CancelledAll> {
    const cancelled: TraderOrder[] = [];
    const failed: { order: TraderOrder; error: AppError }[] = [];
    for (const { id } of this.open(market)) {
      const error = await this.#courier.tryCancel(id);
      const order = this.find(id);
      if (error === undefined) cancelled.push(order);
      else failed.push({ order, error });
    }
    await this.#followUp();
    return { cancelled, failed };
  }

  /** Takes in own fills that account events tell of; fills of orders that are not ours are let pass. */
  heard(fills: readonly FillEvent[]): void {
    for (const { orderId, t, market, side, size, price, fee, liquidity } of fills) {
      const order = this.#orders.atVenue(orderId);
      if (order === undefined) continue;
      this.#store.addFill({ orderId: order.id, t, market, side, size, price, fee, liquidity });
      const fill = { filled: size, quote: quoteOf(side, size, price), fee };
      this.#orders.told(order.id, { kind: 'fill', fill });
    }
  }

  /**
   * Takes in what the venue reports, asks after unknown outcomes, ends what has expired, sends what its conditions let
   * go, and has exits follow their entries. A promise only where something has to be sent or asked.
   */
  tick(view: DeskView): Promise<void> | undefined {
    this.#hearReports();
    const due = this.#due(view);
    return due.length === 0 && !this.#brackets.isDue() ? undefined : this.#work(due);
  }

  /** Asks the venue after every order that is out. To be done before anything trades: at the start, and after a gap. */
  async reconcile(): Promise<void> {
    this.#hearReports();
    for (const { id, state } of this.#orders.open()) if (isOut(state)) await this.#courier.resolve(id);
  }

  save(): SavedDesk {
    return { next: this.#orders.next };
  }

  /** Goes on from what is on disk. What was waiting for an answer then is unknown now, until `reconcile`. */
  restore(saved: unknown): void {
    this.#orders.load();
    this.#orders.continueFrom((saved as SavedDesk).next);
    for (const { id, state } of this.#orders.open()) {
      if (isWaiting(state)) this.#orders.happen(id, { kind: 'noReply' });
    }
  }

  #hearReports(): void {
    for (const report of this.#venue.takeOrderReports()) {
      const order = this.#orders.atVenue(report.clientOrderId);
      if (order !== undefined) this.#orders.told(order.id, { kind: 'reported', report });
    }
  }

  /** What this moment asks for, each order's own. */
  #due(view: DeskView): readonly (() => Promise<void>)[] {
    const now = this.#clock.now();
    const endsGtd = this.#venue.capabilities.timeInForce.has('gtd');
    let seen: ConditionView | undefined;
    const due: (() => Promise<void>)[] = [];
    for (const order of this.#orders.open()) {
      const { id, state, expiresAt } = order;
      if (this.#courier.isBusy(id)) continue;
      const expired = expiresAt !== undefined && now >= expiresAt;
      if (state === 'unknown') due.push(() => this.#courier.resolve(id));
      else if (state === 'conditional') {
        if (expired) this.#orders.happen(id, { kind: 'expiryReached' });
        else {
          seen ??= this.#look(view, now);
          if (this.#brackets.wants(order) && this.#release.isDue(order, seen))
            due.push(() => this.#release.release(id));
        }
      } else if (expired && !endsGtd) due.push(() => this.#courier.expire(id));
    }
    return due;
  }

  #look({ fundingApr }: DeskView, now: number): ConditionView {
    const { maintenance } = this.#venue.snapshot();
    const quote = (market: string) =>
      this.#venue.markets.has(market) ? this.#venue.quote(market) : undefined;
    return { now, quote, fundingApr, maintenance };
  }

  async #work(due: readonly (() => Promise<void>)[]): Promise<void> {
    for (const one of due) await one();
    await this.#followUp();
  }

  async #followUp(): Promise<void> {
    for (let round = 0; round < ROUNDS && this.#brackets.isDue(); round += 1) await this.#brackets.follow();
  }
}
