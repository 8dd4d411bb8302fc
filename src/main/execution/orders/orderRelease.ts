import { AppError } from '../../../shared/contract/appError.ts';
import type { Price, Rate } from '../../../shared/money/quantity.ts';
import { limitFor } from '../../domain/marketLimit.ts';
import type { Market } from '../../domain/market.ts';
import type { OrderPlan } from '../../domain/orderPlan.ts';
import { offsetLimit } from '../../domain/orderTicket.ts';
import { SHAPES } from '../../domain/ticketShape.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ApprovedTrade, RefusedTrade } from '../../risk/trade.ts';
import type { Venue } from '../../venues/venue.ts';
import { ORDER_LIFE_MS } from '../executor.ts';
import { hold, reached, type ConditionView } from './conditions.ts';
import type { LiveOrders } from './liveOrders.ts';
import type { OrderCourier } from './orderCourier.ts';
import { checkApproved, checkRoom } from './orderRules.ts';
import { planOf, type TraderOrder } from './traderOrder.ts';

export interface OrderReleaseParts {
  readonly venue: Venue;
  readonly orders: LiveOrders;
  readonly courier: OrderCourier;
  readonly clock: Clock;
  readonly log: Logger;
  readonly approve: (plan: OrderPlan) => Promise<ApprovedTrade | RefusedTrade>;
  readonly tolerance: Rate;
}

/** Lets go of orders that are held back here: the gates are asked again, at that moment. */
export class OrderRelease {
  readonly #parts: OrderReleaseParts;

  constructor(parts: OrderReleaseParts) {
    this.#parts = parts;
  }

  /** Whether what an order is held back for has come. An exit goes to a venue that holds triggers itself. */
  isDue({ conditions, trigger, market }: TraderOrder, view: ConditionView): boolean {
    if (conditions !== undefined) return hold(conditions, view);
    if (trigger === undefined || this.#parts.venue.capabilities.triggers) return true;
    const quote = view.quote(market);
    return quote !== undefined && reached(trigger, quote.oracle);
  }

  /** Asks the gates and sends the order. One that they refuse is over; where they can't be asked, it stays held. */
  release(id: string): Promise<void> {
    const { courier, orders, clock, venue } = this.#parts;
    return courier.alone(id, async () => {
      const order = orders.get(id);
      const market = venue.markets.get(order.market);
      if (market === undefined || order.state !== 'conditional') return;
      const withTrigger = this.#isForVenue(order);
      const limitPrice = this.#limitOf(order, market, withTrigger);
      const plan = { ...planOf(order, market), limitPrice };
      const approved = await this.#ask(order, plan);
      if (approved === undefined) return;
      checkApproved(approved, plan);
      const validUntil = clock.now() + ORDER_LIFE_MS;
      const sent = orders.happenOnDisk(id, { kind: 'conditionsMet', limitPrice, validUntil });
      await courier.post(sent, withTrigger);
    });
  }

  async #ask(order: TraderOrder, plan: OrderPlan): Promise<ApprovedTrade | undefined> {
    const { orders, approve, log, venue } = this.#parts;
    const { id } = order;
    try {
      checkRoom(order, venue);
      const verdict = await approve(plan);
      if (verdict.verdict === 'approved') return verdict;
      const [{ code, message }] = verdict.reasons;
      orders.happen(id, { kind: 'refused', code, reason: message });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.retryable) log.warn('the gates could not be asked about an order', { error, orderId: id });
      else orders.happen(id, { kind: 'refused', code: error.code, reason: error.message });
    }
    return undefined;
  }

  /** A venue refuses a trigger that was passed already, so such an order goes without it. */
  #isForVenue({ trigger, market }: TraderOrder): boolean {
    const { venue } = this.#parts;
    return (
      trigger !== undefined && venue.capabilities.triggers && !reached(trigger, venue.quote(market).oracle)
    );
  }

  /** The limit as of now: that of a market order follows the mark, that of an oracle-offset order the oracle. */
  #limitOf(order: TraderOrder, market: Market, withTrigger: boolean): Price {
    const { venue, tolerance } = this.#parts;
    const { side, oracleOffset, limitPrice, type } = order;
    if (withTrigger) return limitPrice;
    const quote = venue.quote(order.market);
    if (oracleOffset !== undefined) return offsetLimit(side, quote.oracle, oracleOffset, market);
    return SHAPES[type].market
      ? limitFor(side, quote.mark, order.tolerance ?? tolerance, market)
      : limitPrice;
  }
}
