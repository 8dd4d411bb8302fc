import { AppError } from '../../../shared/contract/appError.ts';
import type { OrderChange } from '../../domain/order.ts';
import type { OrderPlan } from '../../domain/orderPlan.ts';
import { SHAPES } from '../../domain/ticketShape.ts';
import type { ApprovedTrade } from '../../risk/trade.ts';
import type { Venue } from '../../venues/venue.ts';
import type { TraderOrder } from './traderOrder.ts';

/** Throws NOT_SUPPORTED for what neither the venue nor the desk can do. */
export function checkSupported(plan: OrderPlan, { name, capabilities }: Venue): void {
  const { timeInForce, postOnly, oracleOffset, reduceOnly, bracket } = plan;
  const refuse = (what: string): never => {
    throw new AppError('NOT_SUPPORTED', `${name} has no ${what}.`, { venue: name });
  };
  // The desk ends a GTD order itself where the venue can't.
  const sent = timeInForceAt(timeInForce, capabilities);
  if (!capabilities.timeInForce.has(sent)) refuse(`${timeInForce.toUpperCase()} orders`);
  if (postOnly !== undefined && !capabilities.postOnly.has(postOnly)) refuse(`post-only orders of that kind`);
  if (oracleOffset !== undefined && !capabilities.oracleOffset) refuse('orders that follow the oracle');
  if (reduceOnly && !capabilities.reduceOnly) refuse('reduce-only orders');
  if (bracket !== undefined && !capabilities.reduceOnly) refuse('reduce-only orders, which exits are');
}

/** How many more orders the venue takes that rest or wait. */
export const roomAt = (venue: Venue): number =>
  venue.capabilities.openOrders - venue.snapshot().openOrders.length;

/**
 * Throws TOO_MANY_ORDERS for an entry that the exits of its bracket would find no room after: it would stand there
 * unprotected. Exits that are held back here need none.
 */
export function checkRoom(
  { bracket, timeInForce, trigger }: Pick<TraderOrder, 'bracket' | 'timeInForce' | 'trigger'>,
  venue: Venue,
): void {
  if (bracket === null || !venue.capabilities.triggers) return;
  const rests = trigger !== undefined || (timeInForce !== 'ioc' && timeInForce !== 'fok');
  const needed = Object.keys(bracket).length + (rests ? 1 : 0);
  const room = roomAt(venue);
  if (room >= needed) return;
  const most = venue.capabilities.openOrders;
  const message = `${venue.name} takes ${most} open orders, and ${most - room} are open: this one needs ${needed} places with its exits.`;
  throw new AppError('TOO_MANY_ORDERS', message, { room, needed, most });
}

/** The time in force that a venue is sent. */
export function timeInForceAt(
  wanted: OrderPlan['timeInForce'],
  { timeInForce }: Venue['capabilities'],
): OrderPlan['timeInForce'] {
  return wanted === 'gtd' && !timeInForce.has('gtd') ? 'gtc' : wanted;
}

/** Throws INTERNAL where what was approved is another order than the one that is about to go out. */
export function checkApproved({ trade }: ApprovedTrade, plan: OrderPlan): void {
  const [leg, second] = trade.legs;
  // What waits is judged at the limit that it will have once it is let loose, where its limit moves.
  const held = plan.trigger !== undefined || plan.conditions !== undefined;
  const waits = held && (plan.tolerance !== undefined || plan.oracleOffset !== undefined);
  const same =
    second === undefined &&
    leg.market === plan.market.symbol &&
    leg.side === plan.side &&
    leg.size === plan.size &&
    (waits || leg.limitPrice === plan.limitPrice) &&
    leg.reduceOnly === plan.reduceOnly;
  if (same) return;
  const details = { market: plan.market.symbol, approved: leg.market };
  throw new AppError('INTERNAL', 'Another order was approved than the one that was to be sent.', details);
}

/** Throws INVALID_PRICE or INVALID_TRIGGER for a change of what an order doesn't have. */
export function checkChange(order: TraderOrder, change: OrderChange): void {
  const details = { orderId: order.id, type: order.type };
  if (change.size !== undefined && order.parentId !== null) {
    throw new AppError('NOT_SUPPORTED', 'The size of an exit follows what its entry has filled.', details);
  }
  if (change.limitPrice !== undefined && !SHAPES[order.type].price) {
    throw new AppError('INVALID_PRICE', `Order ${order.id} has no limit of its own to change.`, details);
  }
  if (change.oracleOffset !== undefined && order.oracleOffset === undefined) {
    throw new AppError('INVALID_PRICE', `Order ${order.id} does not follow the oracle.`, details);
  }
  if (change.triggerPrice !== undefined && (order.trigger === undefined || order.resumes === 'open')) {
    throw new AppError('INVALID_TRIGGER', `Order ${order.id} waits for no trigger.`, details);
  }
}
