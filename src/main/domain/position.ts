import { PRICE_ONE, base, price, usd, type Base, type Price, type Usd } from '../../shared/money/quantity.ts';
import { divide, magnitude } from '../../shared/money/rounding.ts';
import type { PerpPosition } from './account.ts';

/** 1e9 (base) × 1e9 (price) / 1e6 (USD): what a Usd must be multiplied by to be divided by a Base into a Price. */
const PRICE_PER_USD = 1_000n * PRICE_ONE;

/**
 * Average price at which the open part was entered (USD per base, rounded to the nearest billionth; for display:
 * no decision rests on it). Zero for a flat position.
 */
export function entryPrice(position: PerpPosition): Price {
  if (position.size === 0n) return price(0n);
  return price(divide(-position.entryQuote * PRICE_PER_USD, position.size, 'nearest'));
}

/** A flat position of a market. */
export function flatPosition(market: string, asset: string): PerpPosition {
  const none = usd(0n);
  return {
    market,
    asset,
    size: base(0n),
    quote: none,
    entryQuote: none,
    settledPnl: none,
    fundingEarned: none,
  };
}

/**
 * The position after a trade of signed size `change`, which moved `quoteChange` (negative for a buy).
 * Enlarging adds to the entry; reducing takes away the entry quote in proportion to what was closed, truncated; flipping
 * starts a new entry with the trade's quote less what closed the old position, truncated. So Drift's program rounds, and a
 * position that is told by its fills is the one on the chain. Source: its `update_position_and_market`.
 */
export function afterTrade(position: PerpPosition, change: Base, quoteChange: Usd): PerpPosition {
  const size = base(position.size + change);
  return {
    ...position,
    size,
    quote: usd(position.quote + quoteChange),
    entryQuote: entryAfter(position, change, quoteChange),
  };
}

function entryAfter(position: PerpPosition, change: Base, quoteChange: Usd): Usd {
  const enlarges = position.size === 0n || position.size > 0n === change > 0n;
  if (enlarges) return usd(position.entryQuote + quoteChange);
  if (magnitude(change) <= magnitude(position.size)) {
    const closed = divide(position.entryQuote * -change, position.size, 'truncate');
    return usd(position.entryQuote - closed);
  }
  return usd(quoteChange - divide(quoteChange * -position.size, change, 'truncate'));
}
