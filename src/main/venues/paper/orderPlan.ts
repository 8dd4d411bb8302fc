import { AppError } from '../../../shared/contract/appError.ts';
import { formatBase, formatPrice } from '../../../shared/money/decimal.ts';
import { NO_BASE, base, price, type Base } from '../../../shared/money/quantity.ts';
import { toStep } from '../../../shared/money/rounding.ts';
import type { FillEvent } from '../../domain/accountEvent.ts';
import type { Market } from '../../domain/market.ts';
import type { OrderRequest } from '../../domain/order.ts';
import type { Clearing } from './clearing.ts';
import type { OrderFault } from './faults.ts';
import { leftOf, type LiveOrder } from './liveOrder.ts';
import type { OrderBooks } from './orderBooks.ts';
import { checkRoom, checkSelf, metBy } from './orderChecks.ts';

/** What an order is about to do: what it takes at once, and what becomes of the rest. */
export interface OrderPlan {
  readonly order: LiveOrder;
  readonly fill: FillEvent | undefined;
  readonly rest: 'rests' | 'takes' | 'cancelled' | 'expired';
}

interface PlanParts {
  readonly market: (symbol: string) => Market;
  readonly clearing: Clearing;
  readonly books: OrderBooks;
}

/** Why an order is planned. */
interface Occasion {
  readonly fault?: OrderFault | undefined;
  /** Its trigger has come, there is more of it to take, or it follows the oracle: nobody is there to be refused. */
  readonly unasked?: boolean;
}

/**
 * What an order would do now, beside those that are live. Throws what refuses it; changes nothing.
 *
 * Where the rest of it would meet an order of ours, one that was asked for is refused, and nothing of it happens: who
 * asked can do otherwise. One that works unasked passes over ours, as the book does: it takes what it can, and the rest
 * stays out of the book and tries again with each beat until the other is gone. So a stop does its work whatever its owner
 * has forgotten, and nothing else that he placed is taken from him.
 */
export function planOf(
  given: LiveOrder,
  live: readonly LiveOrder[],
  { market, clearing, books }: PlanParts,
  { fault, unasked = false }: Occasion = {},
): OrderPlan {
  const order = given.request.postOnly === undefined ? given : thatOnlyPosts(given, books, market);
  if (order === undefined) return { order: given, fill: undefined, rest: 'cancelled' };
  const { request } = order;
  const wanted = clearing.fillable(request, leftOf(order));
  const offered = fault === 'partialFill' ? halfOf(wanted, market(request.market)) : wanted;
  const likely = request.postOnly === undefined ? books.likelyFill(request, offered) : undefined;
  const taken = likely?.size ?? NO_BASE;
  if (request.timeInForce === 'fok' && taken < wanted)
    throw new AppError(
      'NOT_FILLED',
      'The book does not bear the whole order at once, so none of it was filled.',
      { fillable: formatBase(taken) },
    );
  const mayStay = request.timeInForce === 'gtc' || request.timeInForce === 'gtd';
  const stays = !mayStay || taken >= wanted ? 'expired' : books.takesOn(request) ? 'takes' : 'rests';
  const others = othersThan(order, live);
  const rest = unasked && stays === 'rests' && meetsOurs(order, live) ? 'takes' : stays;
  if (rest !== 'expired') {
    checkRoom(live.filter(({ own }) => own !== order.own));
    if (!unasked) checkSelf(request, others);
    clearing.checkReserve(order, others);
  }
  if (likely === undefined) return { order, fill: undefined, rest };
  const fill = clearing.fill(request, likely.size, likely.price, 'taker');
  clearing.check(fill, others);
  return { order, fill, rest };
}

/** Only what stands in the book counts: two that both take don't wait for each other. */
function meetsOurs(order: LiveOrder, live: readonly LiveOrder[]): boolean {
  const resting = live.filter(({ way }) => way === 'rests');
  return metBy(order.request, othersThan(order, resting)) !== undefined;
}

/** What orders may still do, but for one of them. Those that wait for their trigger may do nothing yet, as on Drift. */
export function othersThan(
  order: LiveOrder | undefined,
  live: readonly LiveOrder[],
): readonly OrderRequest[] {
  return live
    .filter(({ way, request }) => way !== 'waits' && request.clientOrderId !== order?.request.clientOrderId)
    .map((one) => ({ ...one.request, size: leftOf(one) }));
}

/** As it is, one tick behind the touch, or undefined where it is given up. Throws POST_ONLY_WOULD_CROSS. */
function thatOnlyPosts(
  order: LiveOrder,
  books: OrderBooks,
  market: PlanParts['market'],
): LiveOrder | undefined {
  const { request } = order;
  const limitPrice = books.behindTheTouch(request);
  if (limitPrice === undefined) return order;
  if (request.postOnly === 'try') return undefined;
  if (request.postOnly === 'slide' && limitPrice > 0n)
    return { ...order, request: { ...request, limitPrice } };
  const { tick } = market(request.market);
  throw new AppError(
    'POST_ONLY_WOULD_CROSS',
    'The order would take from the book at once; it is post-only.',
    { touch: formatPrice(price(request.side === 'buy' ? limitPrice + tick : limitPrice - tick)) },
  );
}

/** Half of an order in whole lots, at least one. */
function halfOf(size: Base, market: Market): Base {
  const half = toStep(size / 2n, market.lot, 'floor');
  return base(half === 0n ? market.lot : half);
}
