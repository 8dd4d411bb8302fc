import { AppError } from '../../shared/contract/appError.ts';
import { formatPrice, parseRate } from '../../shared/money/decimal.ts';
import { RATE_ONE, price, rate, type Price, type Rate } from '../../shared/money/quantity.ts';
import { divide, larger, toStep } from '../../shared/money/rounding.ts';
import type { Market, Side } from './market.ts';

/**
 * How far beyond the oracle a limit may reach on the side that costs the trader. The price of a liquid asset does not
 * move by half while an order is on its way, so what is further is a slip that a thin book would take at its word.
 */
export const HARMFUL_BAND: Rate = parseRate('0.5');
/** On the side that only waits, a bid in a crash may lie deep: only what looks like a lost digit is refused. */
export const USELESS_FACTOR = 10n;

export interface Band {
  readonly lowest: Price;
  readonly highest: Price;
}

/** Limits that a trader can mean while the oracle stands `from`. Both edges are on the tick and within. */
export function limitBand(side: Side, from: Price, { tick }: Pick<Market, 'tick'>): Band {
  const beyond = (share: Rate): bigint => from * (RATE_ONE + share);
  const [low, high] =
    side === 'buy'
      ? [divide(from, USELESS_FACTOR, 'ceil'), divide(beyond(HARMFUL_BAND), RATE_ONE, 'floor')]
      : [divide(beyond(rate(-HARMFUL_BAND)), RATE_ONE, 'ceil'), from * USELESS_FACTOR];
  return onTick(low, high, tick);
}

/** Trigger prices that a trader can mean: waiting for one harms nobody, so both sides are wide. */
export function triggerBand(oracle: Price, { tick }: Pick<Market, 'tick'>): Band {
  return onTick(divide(oracle, USELESS_FACTOR, 'ceil'), oracle * USELESS_FACTOR, tick);
}

/** Throws PRICE_OUT_OF_BAND with the edges. @param from what the band is measured from */
export function checkBand(at: Price, band: Band, from: Price, field: string): void {
  if (at >= band.lowest && at <= band.highest) return;
  const details = {
    field,
    price: formatPrice(at),
    from: formatPrice(from),
    lowest: formatPrice(band.lowest),
    highest: formatPrice(band.highest),
  };
  const message = `${details.price} is too far from ${details.from}: this price may lie between ${details.lowest} and ${details.highest}.`;
  throw new AppError('PRICE_OUT_OF_BAND', message, details);
}

function onTick(low: bigint, high: bigint, tick: Price): Band {
  return {
    lowest: price(larger(toStep(low, tick, 'ceil'), tick)),
    highest: price(toStep(high, tick, 'floor')),
  };
}
