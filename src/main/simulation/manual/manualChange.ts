import { AppError } from '../../../shared/contract/appError.ts';
import { formatBase, formatPrice } from '../../../shared/money/decimal.ts';
import type { Market } from '../../domain/market.ts';
import type { OrderChange } from '../../domain/order.ts';
import { offsetLimit } from '../../domain/orderTicket.ts';
import { checkBand, limitBand } from '../../domain/priceBand.ts';
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
 * A change on the grid that fits its order. Throws INVALID_SIZE and INVALID_PRICE with the nearest valid value,
 * INVALID_TRIGGER for a trigger that has been passed, PRICE_OUT_OF_BAND, and INVALID_PAYLOAD for what the order doesn't have.
 */
export function changeFrom(
  typed: TypedChange,
  order: TraderOrder,
  market: Market,
  { oracle }: Quote,
): OrderChange {
  const { trigger, oracleOffset, tolerance } = order;
  const size = typed.size === undefined ? undefined : typedSize(typed.size, market);
  if (size !== undefined && size <= order.filled)
    throw new AppError(
      'INVALID_SIZE',
      `${formatBase(order.filled)} of it have filled: the size has to be more.`,
      {
        field: 'size',
        filled: formatBase(order.filled),
      },
    );
  if (
    typed.price !== undefined &&
    (oracleOffset !== undefined || tolerance !== undefined || order.type === 'market')
  )
    throw hasNo('price', 'This order has no limit of its own.');
  if (typed.triggerPrice !== undefined && trigger === undefined)
    throw hasNo('triggerPrice', 'This order has no trigger.');
  if (typed.offset !== undefined && oracleOffset === undefined)
    throw hasNo('offset', 'This order has no offset.');
  const limitPrice = typed.price === undefined ? undefined : typedPrice(typed.price, market, 'price');
  const triggerPrice =
    typed.triggerPrice === undefined ? undefined : typedPrice(typed.triggerPrice, market, 'triggerPrice');
  const offset = typed.offset === undefined ? undefined : typedOffset(typed.offset, market, 'offset');
  if (trigger !== undefined && triggerPrice !== undefined) {
    const passed = trigger.when === 'above' ? oracle >= triggerPrice : oracle <= triggerPrice;
    if (passed)
      throw new AppError(
        'INVALID_TRIGGER',
        `The oracle is at ${formatPrice(oracle)}: it has passed that trigger.`,
        {
          field: 'triggerPrice',
          oracle: formatPrice(oracle),
        },
      );
  }
  const from = triggerPrice ?? trigger?.price ?? oracle;
  const limit =
    limitPrice ?? (offset === undefined ? undefined : offsetLimit(order.side, oracle, offset, market));
  if (limit !== undefined)
    checkBand(
      limit,
      limitBand(order.side, from, market),
      from,
      limitPrice === undefined ? 'offset' : 'price',
    );
  return {
    ...(size === undefined ? {} : { size }),
    // The limit of an order that follows the oracle is its venue's to compute.
    ...(limitPrice === undefined ? {} : { limitPrice }),
    ...(triggerPrice === undefined ? {} : { triggerPrice }),
    ...(offset === undefined ? {} : { oracleOffset: offset }),
  };
}

const hasNo = (field: string, message: string): AppError =>
  new AppError('INVALID_PAYLOAD', message, { field });
