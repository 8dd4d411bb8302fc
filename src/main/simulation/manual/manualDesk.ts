import { AppError } from '../../../shared/contract/appError.ts';
import type { ErrorCode } from '../../../shared/contract/errorCodes.ts';
import type { OrderTicket } from '../../../shared/contract/orders.ts';
import { formatBase } from '../../../shared/money/decimal.ts';
import { NO_BASE, NO_VALUE, base, price, type Base, type Price } from '../../../shared/money/quantity.ts';
import { divide, larger, magnitude } from '../../../shared/money/rounding.ts';
import type { OrderChange } from '../../domain/order.ts';
import { offsetLimit, planOf } from '../../domain/orderTicket.ts';
import type { CancelledAll } from '../../execution/orders/orderDesk.ts';
import { planOf as planOfOrder, type TraderOrder } from '../../execution/orders/traderOrder.ts';
import type { OrderEstimate, OrderPreview } from '../../risk/orderPreview.ts';
import type { RefusedTrade } from '../../risk/trade.ts';
import { priceOf } from '../../venues/paper/exchange/exchange.ts';
import { blockedError, blockedNote } from './blockedNote.ts';
import { changeFrom, type TypedChange } from './manualChange.ts';
import type { ManualLane } from './manualLane.ts';

/** An order that was asked for, what had been expected of it, and whether it had been placed before. */
export interface PlacedByHand {
  readonly order: TraderOrder;
  readonly preview: OrderPreview;
  readonly repeated: boolean;
}

/**
 * Orders by hand, from what was typed to what became of it. They pass the gates that the engine's trades pass; an SOS
 * stops them, and cancels go through whatever happens.
 */
export class ManualDesk {
  readonly lane: ManualLane;
  readonly #halted: () => boolean;

  /** @param halted whether SOS is on */
  constructor(lane: ManualLane, halted: () => boolean) {
    this.lane = lane;
    this.#halted = halted;
  }

  /** Throws what `planOf` throws. */
  preview(ticket: OrderTicket): Promise<OrderPreview> {
    return this.lane.preview(this.#plan(ticket));
  }

  /**
   * Places an order. A client order id that was used before gives the order that it was used for. Throws HALTED, what
   * `planOf` throws, what the gates refuse it for, and what the venue refused it for.
   */
  place(ticket: OrderTicket): Promise<PlacedByHand> {
    return this.#place(ticket, this.#halted());
  }

  /**
   * SOS: every order is cancelled, and with `flatten` every perpetual position closed; spot stays. Throws what one could
   * not be closed for, once the others are.
   */
  async stop(flatten: boolean): Promise<void> {
    const { lane } = this;
    await this.cancelAll();
    if (!flatten) return;
    const failures: AppError[] = [];
    for (const { market, size } of lane.venue.snapshot().account.perps) {
      if (size === 0n) continue;
      try {
        await this.#place(closingTicket(lane, market, size), false);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        failures.push(error);
      }
    }
    const [first] = failures;
    if (first !== undefined) throw first;
  }

  /** Whether an SOS has left nothing to do. */
  isStopped(flatten: boolean): boolean {
    return this.lane.desk.open().length === 0 && (!flatten || this.lane.isFlat);
  }

  async #place(ticket: OrderTicket, halted: boolean): Promise<PlacedByHand> {
    const { lane } = this;
    await lane.ready();
    const known =
      ticket.clientOrderId === undefined ? undefined : lane.desk.findByClientId(ticket.clientOrderId);
    if (known !== undefined) {
      const market = lane.venue.markets.get(known.market);
      if (market === undefined) throw unknownMarket(known.market);
      const order = accepted(known);
      const plan = planOfOrder(known, market);
      // What has filled is in the account already, and what is open would be counted beside itself.
      const left = known.doneAt === null ? base(known.size - known.filled) : NO_BASE;
      const size = left === 0n ? known.size : left;
      const preview = await lane.preview({ ...plan, size }, known.venueId);
      return { order, preview: left === 0n ? withNothingMore(preview) : preview, repeated: true };
    }
    if (halted) throw new AppError('HALTED', 'SOS has halted all trading: release it first.');
    const plan = this.#plan(ticket);
    const preview = await lane.preview(plan);
    const { verdict } = preview;
    if (verdict.verdict === 'refused') throw this.#blocked(verdict);
    const { order } = await lane.desk.place(verdict, plan, this.#mid(plan.market.symbol));
    await lane.followUp();
    return { order: accepted(lane.desk.find(order.id)), preview, repeated: false };
  }

  /** Throws UNKNOWN_ORDER, ORDER_NOT_OPEN, INVALID_SIZE, INVALID_PRICE, INVALID_TRIGGER, HALTED, and a gate's or the venue's refusal. */
  async modify(orderId: string, typed: TypedChange): Promise<TraderOrder> {
    const { lane } = this;
    await lane.ready();
    const order = lane.desk.find(orderId);
    const market = lane.venue.markets.get(order.market);
    if (market === undefined) throw unknownMarket(order.market);
    const quote = lane.venue.quote(order.market);
    const change = changeFrom(typed, order, market, quote);
    if (order.doneAt === null) {
      if (this.#halted()) throw new AppError('HALTED', 'SOS has halted all trading: release it first.');
      const plan = changedPlan(order, change, planOfOrder(order, market), quote.oracle);
      const { verdict } = await lane.preview(plan, order.venueId);
      if (verdict.verdict === 'refused') throw this.#blocked(verdict);
    }
    await lane.desk.modify(order.id, change);
    await lane.followUp();
    return lane.desk.find(order.id);
  }

  /** Passes no gate. Throws UNKNOWN_ORDER, ORDER_NOT_OPEN. */
  async cancel(orderId: string): Promise<TraderOrder> {
    await this.lane.ready();
    const order = await this.lane.desk.cancel(orderId);
    await this.lane.followUp();
    return this.lane.desk.find(order.id);
  }

  async cancelAll(market?: string): Promise<CancelledAll> {
    if (market !== undefined && !this.lane.venue.markets.has(market)) throw unknownMarket(market);
    await this.lane.ready();
    const all = await this.lane.desk.cancelAll(market);
    await this.lane.followUp();
    return all;
  }

  #plan(ticket: OrderTicket) {
    const { venue, settings, now } = this.lane;
    return planOf(ticket, {
      markets: venue.markets,
      quote: (market) => venue.quote(market),
      now,
      slippageTolerance: settings.risk.slippageTolerance,
    });
  }

  /** Half-way between the best bid and ask, to the nearest billionth; null where a side is empty. */
  #mid(symbol: string): Price | null {
    const book = this.lane.venue.books.get(symbol);
    const market = this.lane.venue.markets.get(symbol);
    const [bid, ask] = [book?.best('buy'), book?.best('sell')];
    if (market === undefined || bid === undefined || ask === undefined) return null;
    return price(divide(priceOf(bid, market) + priceOf(ask, market), 2n, 'nearest'));
  }

  #blocked(refused: RefusedTrade): AppError {
    this.lane.note(blockedNote(refused));
    return blockedError(refused);
  }
}

/**
 * Closes what is held. No order may be smaller than its market's minimum, and a position may be: it is asked for at least
 * that, and being reduce-only it trades no more than is held.
 * @param held signed
 */
export function closingTicket({ venue }: ManualLane, market: string, held: Base): OrderTicket {
  const size = base(larger(magnitude(held), venue.markets.get(market)?.minimum ?? 0n));
  const side = held > 0n ? 'sell' : 'buy';
  return { market, side, size: formatBase(size), type: 'market', reduceOnly: true };
}

/** Throws what the venue refused an order for. */
function accepted(order: TraderOrder): TraderOrder {
  if (order.state !== 'rejected') return order;
  const code: ErrorCode = order.code ?? 'INTERNAL';
  throw new AppError(code, order.reason ?? 'The venue refused the order.', { orderId: order.id });
}

const NOTHING_MORE: OrderEstimate = {
  cost: { gas: NO_VALUE, tip: NO_VALUE, slippage: NO_VALUE, fees: NO_VALUE, total: NO_VALUE },
  expectedRevenue: NO_VALUE,
  net: NO_VALUE,
  breakEvenMs: null,
  takes: NO_BASE,
  averagePrice: null,
  rests: NO_BASE,
};

/** Of an order that is over: it costs and changes nothing more, and nothing stands against it. */
const withNothingMore = (preview: OrderPreview): OrderPreview => ({
  ...preview,
  estimate: NOTHING_MORE,
  after: preview.before,
  refusals: [],
});

function changedPlan(
  order: TraderOrder,
  change: OrderChange,
  plan: ReturnType<typeof planOfOrder>,
  oracle: Price,
) {
  const { trigger, market } = plan;
  const oracleOffset = change.oracleOffset ?? order.oracleOffset;
  return {
    ...plan,
    // What has filled is in the account already.
    size: base((change.size ?? order.size) - order.filled),
    ...(oracleOffset === undefined
      ? { limitPrice: change.limitPrice ?? plan.limitPrice }
      : { oracleOffset, limitPrice: offsetLimit(order.side, oracle, oracleOffset, market) }),
    ...(trigger === undefined || change.triggerPrice === undefined
      ? {}
      : { trigger: { ...trigger, price: change.triggerPrice } }),
  };
}

const unknownMarket = (market: string): AppError =>
  new AppError('UNKNOWN_MARKET', `The paper venue has no market ${market}.`, { market });
