import type { Condition, Conditions, FillView, OrderView } from '../../../shared/contract/orders.ts';
import { formatBase, formatPrice, formatUsd } from '../../../shared/money/decimal.ts';
import { RATE_ONE, price, type Price } from '../../../shared/money/quantity.ts';
import { exact } from '../../../shared/money/arithmetic.ts';
import { divide } from '../../../shared/money/rounding.ts';
import { ensureNever } from '../../../shared/never.ts';
import type { OpenOrder, TimeInForce } from '../../domain/order.ts';
import type { OrderCondition, OrderConditions } from '../../domain/orderPlan.ts';
import { isOver } from './orderMachine.ts';
import type { OrderFill } from './orderStore.ts';
import type { TraderOrder } from './traderOrder.ts';

const TIME_IN_FORCE = { gtc: 'GTC', ioc: 'IOC', fok: 'FOK', gtd: 'GTD' } as const satisfies Record<
  TimeInForce,
  OrderView['timeInForce']
>;

/**
 * An order as it is shown. @param atVenue the same order among the venue's open ones, where it is there: it knows the
 * queue, and limits that move by themselves
 */
export function orderViewOf(order: TraderOrder, atVenue?: OpenOrder): OrderView {
  const { id, clientOrderId, market, side, type, state, size, filled, quote, fee } = order;
  const ahead = atVenue?.ahead;
  return {
    orderId: id,
    clientOrderId,
    market,
    side,
    type,
    state,
    size: formatBase(size),
    filled: formatBase(filled),
    left: isOver(state) ? '0' : formatBase((size - filled) as typeof size),
    price: maybe(limitOf(order, atVenue), formatPrice),
    triggerPrice: maybe(order.trigger?.price, formatPrice),
    offset: maybe(order.oracleOffset, formatPrice),
    conditions: order.conditions === undefined ? null : conditionsViewOf(order.conditions),
    postOnly: order.postOnly ?? null,
    timeInForce: TIME_IN_FORCE[order.timeInForce],
    validUntil: order.expiresAt ?? null,
    reduceOnly: order.reduceOnly,
    parentId: order.parentId,
    role: order.role,
    averagePrice: filled === 0n ? null : formatPrice(averagePriceOf(order)),
    quote: formatUsd(quote),
    fee: formatUsd(fee),
    ahead: maybe(ahead, formatBase),
    decisionMid: maybe(order.decisionMid, formatPrice),
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
    firstFillAt: order.firstFillAt,
    doneAt: order.doneAt,
    code: order.code,
    reason: order.reason,
  };
}

export const fillViewOf = ({ seq, size, price, fee, ...fill }: OrderFill): FillView => ({
  ...fill,
  id: `f${seq}`,
  size: formatBase(size),
  price: formatPrice(price),
  fee: formatUsd(fee),
});

/** What a trader asked for, as it was asked. */
export const conditionsViewOf = ({ match, of }: OrderConditions): Conditions => ({
  match,
  of: of.map(conditionViewOf),
});

function conditionViewOf(condition: OrderCondition): Condition {
  switch (condition.kind) {
    case 'price':
      return { ...condition, price: formatPrice(condition.price) };
    case 'health':
      return { kind: 'health', is: condition.is, pct: Number(condition.health * 100n) / Number(RATE_ONE) };
    case 'funding':
    case 'time':
      return condition;
    default:
      return ensureNever(condition);
  }
}

/**
 * The limit now. What follows the oracle or the mark has one only where the venue says it; one that slid behind the
 * touch rests where the venue says.
 */
function limitOf(order: TraderOrder, atVenue: OpenOrder | undefined): Price | undefined {
  const { state, tolerance, oracleOffset, limitPrice } = order;
  const waits = state === 'conditional' || state === 'untriggered';
  if (tolerance !== undefined && waits) return undefined;
  if (atVenue !== undefined) return atVenue.limitPrice;
  return oracleOffset === undefined ? limitPrice : undefined;
}

/** Rounded to the nearest billionth, for display. */
const averagePriceOf = ({ quote, filled }: TraderOrder): Price =>
  price(divide(exact(quote), filled, 'nearest'));

const maybe = <Quantity>(amount: Quantity | null | undefined, format: (amount: Quantity) => string) =>
  amount === null || amount === undefined ? null : format(amount);
