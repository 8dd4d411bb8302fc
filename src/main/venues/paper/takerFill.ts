import { movedBy } from '../../../shared/money/arithmetic.ts';
import { parseRate } from '../../../shared/money/decimal.ts';
import { base, price, rate, type Base, type Price } from '../../../shared/money/quantity.ts';
import { divide, smaller, toStep } from '../../../shared/money/rounding.ts';
import type { Market, Side } from '../../domain/market.ts';
import { LEAST_SLIPPAGE } from '../../domain/slippage.ts';
import type { DepthLevel } from '../../market/feed.ts';
import { lots, ticks, type Lots, type Ticks } from './exchange/grid.ts';
import type { Match } from './exchange/restingOrder.ts';

/** What would slip further than this stays unfilled. */
export const MOST_SLIPPAGE = parseRate('0.003');

export interface TakerFill {
  readonly size: Base;
  readonly price: Price;
}

/**
 * Walks the visible depth from the mark. The fill's price is the average of the levels taken, at least 0.1 % from the
 * mark, rounded to the tick against the trader; levels beyond 0.3 % or beyond the limit are left alone. Nothing fills
 * where the limit is nearer to the mark than 0.1 %. Source: requirements, R1.5.
 */
export function takerFill(
  side: Side,
  size: Base,
  limit: Price,
  mark: Price,
  depth: readonly DepthLevel[],
  market: Pick<Market, 'tick' | 'lot'>,
): TakerFill | undefined {
  const best = outwards(side, mark, LEAST_SLIPPAGE, market.tick, 'away');
  if (worse(side, best, limit)) return undefined;
  let left: bigint = size;
  let quote = 0n;
  for (const level of depth) {
    if (left === 0n || level.offset > MOST_SLIPPAGE) break;
    const at = outwards(side, mark, level.offset, market.tick, 'near');
    if (worse(side, at, limit)) break;
    const taken = smaller(left, level.size);
    quote += taken * at;
    left -= taken;
  }
  const filled = toStep(size - left, market.lot, 'floor');
  if (filled === 0n) return undefined;
  const average = toStep(
    divide(quote, size - left, side === 'buy' ? 'ceil' : 'floor'),
    market.tick,
    side === 'buy' ? 'ceil' : 'floor',
  );
  return { size: base(filled), price: worse(side, price(average), best) ? price(average) : best };
}

/** Whether a limit bears the 0.1 % that a taker pays at least. */
export function canTake(side: Side, limit: Price, mark: Price, { tick }: Pick<Market, 'tick'>): boolean {
  return !worse(side, outwards(side, mark, LEAST_SLIPPAGE, tick, 'away'), limit);
}

/**
 * The same on an open book, with what stands there in place of the feed's depth.
 * @param matches what a taker of so many lots meets there up to a limit
 */
export function bookFill(
  side: Side,
  size: Base,
  limit: Price,
  mark: Price,
  market: Pick<Market, 'tick' | 'lot'>,
  matches: (lots: Lots, limit: Ticks) => readonly Match[],
): TakerFill | undefined {
  const best = outwards(side, mark, LEAST_SLIPPAGE, market.tick, 'away');
  if (worse(side, best, limit)) return undefined;
  const farthest = outwards(side, mark, MOST_SLIPPAGE, market.tick, 'near');
  const reach = worse(side, limit, farthest) ? farthest : limit;
  let filled = 0n;
  let quote = 0n;
  for (const match of matches(lots(Number(size / market.lot)), ticks(Number(reach / market.tick)))) {
    filled += BigInt(match.lots) * market.lot;
    quote += BigInt(match.lots) * market.lot * BigInt(match.ticks) * market.tick;
  }
  if (filled === 0n) return undefined;
  const rounding = side === 'buy' ? 'ceil' : 'floor';
  const average = price(toStep(divide(quote, filled, rounding), market.tick, rounding));
  return { size: base(filled), price: worse(side, average, best) ? average : best };
}

/** Whether a price is worse for the trader than another. */
export function worse(side: Side, at: Price, than: Price): boolean {
  return side === 'buy' ? at > than : at < than;
}

/** The mark moved by a fraction in the direction that costs the trader, on the tick, rounded away from or towards it. */
function outwards(
  side: Side,
  mark: Price,
  share: typeof LEAST_SLIPPAGE,
  tick: Price,
  towards: 'away' | 'near',
): Price {
  const up = side === 'buy';
  const rounding = up === (towards === 'away') ? 'ceil' : 'floor';
  const moved = movedBy(mark, up ? share : rate(-share), rounding);
  return price(toStep(moved, tick, rounding));
}
