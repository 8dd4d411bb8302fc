import { AppError } from '../../shared/contract/appError.ts';
import type { ErrorCode } from '../../shared/contract/errorCodes.ts';
import {
  NotADecimal,
  formatBase,
  formatDecimal,
  formatPrice,
  parseDecimal,
} from '../../shared/money/decimal.ts';
import {
  BASE_DECIMALS,
  BASE_ONE,
  PRICE_DECIMALS,
  PRICE_ONE,
  base,
  price,
  type Base,
  type Price,
} from '../../shared/money/quantity.ts';
import { larger, smaller, toStep } from '../../shared/money/rounding.ts';
import type { Market } from './market.ts';

/** No size and no price is larger: what is beyond is a slip, and could overflow what counts in lots and ticks. */
const MOST = 1_000_000_000_000n;

/** A ticket's text has at most 40 characters, so this reads every digit of it, those too that no grid has. */
const TYPED_DECIMALS = 40;

/** Counts of the smallest unit that a typed number may be: multiples of `step` from `least` to `most`. */
interface Grid {
  readonly step: bigint;
  readonly least: bigint;
  readonly most: bigint;
  readonly decimals: number;
}

/** A typed size. Throws INVALID_SIZE with the nearest valid one. */
export function typedSize(text: string, market: Market): Base {
  const { symbol, lot, minimum } = market;
  const least = larger(toStep(minimum, lot, 'ceil'), lot);
  const most = toStep(MOST * BASE_ONE, lot, 'floor');
  const rule = `${symbol} trades in lots of ${formatBase(lot)}, ${formatBase(base(least))} at least`;
  return base(
    onGrid(text, { step: lot, least, most, decimals: BASE_DECIMALS }, 'INVALID_SIZE', 'size', rule),
  );
}

/** A typed price above zero. Throws INVALID_PRICE with the nearest valid one. */
export function typedPrice(text: string, market: Market, field: string): Price {
  return typedTicks(text, market, field, market.tick);
}

/** A typed distance from a price, on the tick, of either sign. Throws INVALID_PRICE with the nearest valid one. */
export function typedOffset(text: string, market: Market, field: string): Price {
  return typedTicks(text, market, field, -mostOf(market));
}

function typedTicks(text: string, market: Market, field: string, least: bigint): Price {
  const { symbol, tick } = market;
  const rule = `${symbol} is priced in ticks of ${formatPrice(tick)}`;
  const grid = { step: tick, least, most: mostOf(market), decimals: PRICE_DECIMALS };
  return price(onGrid(text, grid, 'INVALID_PRICE', field, rule));
}

const mostOf = ({ tick }: Market): bigint => toStep(MOST * PRICE_ONE, tick, 'floor');

function onGrid(text: string, grid: Grid, code: ErrorCode, field: string, rule: string): bigint {
  const scale = 10n ** BigInt(TYPED_DECIMALS - grid.decimals);
  const typed = readTyped(text);
  const near = typed === undefined ? larger(grid.least, 0n) : nearestOn(grid, typed, scale);
  if (typed === near * scale) return near;
  const nearest = formatDecimal(near, grid.decimals);
  const message =
    typed === undefined
      ? `"${text}" is no plain decimal number; ${nearest} would be one. ${rule}.`
      : `${rule}; the nearest valid ${code === 'INVALID_SIZE' ? 'size' : 'price'} is ${nearest}.`;
  throw new AppError(code, message, { field, typed: text, nearest });
}

function nearestOn({ step, least, most }: Grid, typed: bigint, scale: bigint): bigint {
  return smaller(most, larger(least, toStep(typed, step * scale, 'nearest') / scale));
}

/** In units of 1e-40; undefined for what is no number. */
function readTyped(text: string): bigint | undefined {
  try {
    return parseDecimal(text, TYPED_DECIMALS);
  } catch (error) {
    if (error instanceof NotADecimal) return undefined;
    throw error;
  }
}
