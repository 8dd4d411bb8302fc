import type { Base, Price, Usd } from '../../shared/money/quantity.ts';
import { toUsd, valueOf } from '../../shared/money/arithmetic.ts';
import type { FillEvent } from './accountEvent.ts';
import type { Side } from './market.ts';

/**
 * Dollars that a fill moves, always positive. Rounded against the trader (a buy up, a sell down); where the market's
 * tick × lot is a whole number of millionths, as on the paper venue, nothing is left to round.
 */
export function quoteOf(side: Side, size: Base, at: Price): Usd {
  return toUsd(valueOf(size, at), side === 'buy' ? 'ceil' : 'floor');
}

/** Dollars that a fill moved, always positive: as the venue said, or as size and price say. */
export const quoteMoved = ({ side, size, price, quote }: FillEvent): Usd =>
  quote ?? quoteOf(side, size, price);
