import { AppError } from '../../shared/contract/appError.ts';
import { formatBase, formatPrice } from '../../shared/money/decimal.ts';
import { base, price, type Base, type Price } from '../../shared/money/quantity.ts';
import { smaller, toStep } from '../../shared/money/rounding.ts';
import type { Market } from '../domain/market.ts';
import type { OrderRequest } from '../domain/order.ts';

/** Most lots and ticks that an order may count: with so many, sums in a book are exact. */
const MOST_STEPS = 10n ** 12n;

/**
 * Refuses a size or price that is off the market's grid or beyond all reason, naming the nearest that is valid. Throws
 * INVALID_SIZE, INVALID_PRICE.
 */
export function checkGrid({ size, limitPrice, trigger, oracleOffset }: OrderRequest, market: Market): void {
  checkSize(size, market);
  checkPrice(limitPrice, market);
  if (trigger !== undefined) checkPrice(trigger.price, market);
  if (oracleOffset !== undefined && oracleOffset % market.tick !== 0n)
    throw offTick(oracleOffset, price(toStep(oracleOffset, market.tick, 'nearest')), market);
}

function checkSize(size: Base, { symbol, lot, minimum }: Market): void {
  const most = lot * MOST_STEPS;
  if (size > 0n && size % lot === 0n && size >= minimum && size <= most) return;
  const near = toStep(
    size < minimum ? minimum : smaller(size, most),
    lot,
    size < minimum ? 'ceil' : 'nearest',
  );
  const nearest = formatBase(base(near));
  throw new AppError(
    'INVALID_SIZE',
    `${symbol} trades in lots of ${formatBase(lot)}; the nearest valid size is ${nearest}.`,
    { size: formatBase(size), nearest },
  );
}

function checkPrice(at: Price, market: Market): void {
  const { tick } = market;
  const most = tick * MOST_STEPS;
  if (at > 0n && at % tick === 0n && at <= most) return;
  throw offTick(at, price(toStep(at < tick ? tick : smaller(at, most), tick, 'nearest')), market);
}

function offTick(at: Price, near: Price, { symbol, tick }: Market): AppError {
  const nearest = formatPrice(near);
  return new AppError(
    'INVALID_PRICE',
    `${symbol} is priced in ticks of ${formatPrice(tick)}; the nearest valid price is ${nearest}.`,
    { price: formatPrice(at), nearest },
  );
}
