import { AppError } from '../../../shared/contract/appError.ts';
import { formatBase } from '../../../shared/money/decimal.ts';
import type { Market } from '../../domain/market.ts';
import type { OrderChange } from '../../domain/order.ts';
import { entryOf, offsetLimit } from '../../domain/orderTicket.ts';
import { checkBand, limitBand } from '../../domain/priceBand.ts';
import { SHAPES } from '../../domain/ticketShape.ts';
import { checkBracket, checkTrigger } from '../../domain/ticketTriggers.ts';
import { typedOffset, typedPrice, typedSize } from '../../domain/typedAmount.ts';
import type { TraderOrder } from '../../execution/orders/traderOrder.ts';
import type { Quote } from '../../market/feed.ts';

/** What a trader typed into an order that is there already. */
export interface TypedChange {
  readonly price?: string | undefined;
  readonly size?: string | undefined;
  readonly triggerPrice?: string | undefined;
  readonly offset?: string | undefined;
}

/**
 * A change on the grid that fits its order, by the same checks as a new ticket. Throws INVALID_SIZE and INVALID_PRICE with
 * the nearest valid value, INVALID_TRIGGER for a trigger that has been passed and for an entry that would lie beyond its
 * own exits, PRICE_OUT_OF_BAND, and INVALID_PAYLOAD for what the order doesn't have.
 */
export function changeFrom(
  typed: TypedChange,
  order: TraderOrder,
  market: Market,
  quote: Quote,
): OrderChange {
  checkFits(typed, order);
  const size = typed.size === undefined ? undefined : typedSize(typed.size, market);
  if (size !== undefined && size <= order.filled) throw filledAlready(order);
  const limitPrice = typed.price === undefined ? undefined : typedPrice(typed.price, market, 'price');
  const triggerPrice =
    typed.triggerPrice === undefined ? undefined : typedPrice(typed.triggerPrice, market, 'triggerPrice');
  const offset = typed.offset === undefined ? undefined : typedOffset(typed.offset, market, 'offset');
  const change: OrderChange = {
    ...(size === undefined ? {} : { size }),
    // The limit of an order that follows the oracle is its venue's to compute.
    ...(limitPrice === undefined ? {} : { limitPrice }),
    ...(triggerPrice === undefined ? {} : { triggerPrice }),
    ...(offset === undefined ? {} : { oracleOffset: offset }),
  };
  checkPrices(change, order, market, quote);
  return change;
}

/** Throws INVALID_PAYLOAD for what the order doesn't have. */
function checkFits({ price, triggerPrice, offset }: TypedChange, order: TraderOrder): void {
  const { trigger, oracleOffset, tolerance, type } = order;
  const limitFollows = oracleOffset !== undefined || tolerance !== undefined || type === 'market';
  if (price !== undefined && limitFollows) throw hasNo('price', 'This order has no limit of its own.');
  if (triggerPrice !== undefined && trigger === undefined)
    throw hasNo('triggerPrice', 'This order has no trigger.');
  if (offset !== undefined && oracleOffset === undefined) throw hasNo('offset', 'This order has no offset.');
}

/** What is left as it was is not judged anew, unless something that it is measured from has changed. */
function checkPrices(change: OrderChange, order: TraderOrder, market: Market, quote: Quote): void {
  const { limitPrice, triggerPrice, oracleOffset } = change;
  const field =
    limitPrice !== undefined
      ? 'price'
      : triggerPrice !== undefined
        ? 'triggerPrice'
        : oracleOffset !== undefined
          ? 'offset'
          : undefined;
  if (field === undefined) return;
  const { side, type, bracket } = order;
  const { oracle, mark } = quote;
  const trigger = order.trigger && { ...order.trigger, price: triggerPrice ?? order.trigger.price };
  if (trigger !== undefined && triggerPrice !== undefined)
    checkTrigger(trigger, market, oracle, 'triggerPrice');
  const limit =
    oracleOffset === undefined
      ? (limitPrice ?? order.limitPrice)
      : offsetLimit(side, oracle, oracleOffset, market);
  const from = trigger?.price ?? oracle;
  if (!SHAPES[type].market) checkBand(limit, limitBand(side, from, market), from, field);
  if (bracket === null) return;
  // Once a trigger has let it go, an entry fills from the mark.
  const waits = trigger !== undefined && order.resumes !== 'open' ? { trigger } : {};
  checkBracket(bracket, side, market, entryOf({ side, type, limitPrice: limit, ...waits }, mark), field);
}

const filledAlready = ({ filled }: TraderOrder): AppError =>
  new AppError('INVALID_SIZE', `${formatBase(filled)} of it have filled: the size has to be more.`, {
    field: 'size',
    filled: formatBase(filled),
  });

const hasNo = (field: string, message: string): AppError =>
  new AppError('INVALID_PAYLOAD', message, { field });
