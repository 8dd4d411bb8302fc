import type { Base } from '../../../../shared/money/quantity.ts';
import type { Side } from '../../../domain/market.ts';
import type { DepthLevel } from '../../../market/feed.ts';
import { lots, ticks, type Lots, type Ticks } from './grid.ts';

/** What stands in the book at one price, in whole ticks and lots. */
export interface AmbientLevel {
  readonly ticks: Ticks;
  readonly lots: Lots;
}

/** How much more or less than its share a level shows: 1 is its share. */
export type Unevenness = (side: Side, ticks: number) => number;

const EVEN: Unevenness = () => 1;
/** Others quote on round prices: a power of ten of ticks that is about so much of the mark. */
const GRID_SHARE = 0.0002;
const RATE_ONE = 1e12;

/** The step of the prices that others quote on, in ticks. */
export function gridOf(mark: number): number {
  return Math.max(1, 10 ** Math.floor(Math.log10(mark * GRID_SHARE)));
}

/**
 * One side of the book as others make it: what the feed shows up to each distance from the mark, spread over the round
 * prices up to there. It follows from the mark and the depth alone, so that a book is the same whoever has watched it.
 * @param mark in ticks
 * @param lot of the market, Base units
 */
export function ambientSide(
  side: Side,
  mark: number,
  depth: readonly DepthLevel[],
  lot: Base,
  unevenness: Unevenness = EVEN,
): readonly AmbientLevel[] {
  const grid = gridOf(mark);
  const levels: AmbientLevel[] = [];
  const away = side === 'sell' ? 1 : -1;
  let last = mark;
  let near = 0;
  for (const { offset, size } of depth) {
    const far = (mark * Number(offset)) / RATE_ONE;
    const prices = roundPrices(mark, near, far, grid, away);
    const whole = Number(size / lot);
    // By the distance and not by the count of prices: that would change every level whenever the mark passes one.
    const share = prices.length === 0 ? whole : Math.min(whole, (whole * grid) / (far - near));
    if (prices.length === 0) prices.push(beyond(mark + away * far, away));
    for (const at of prices) {
      if (away * (at - last) <= 0 || at <= 0) continue;
      last = at;
      const shown = rounded(share * unevenness(side, at));
      if (shown > 0) levels.push({ ticks: ticks(at), lots: lots(shown) });
    }
    near = far;
  }
  return levels;
}

/** Multiples of the grid further from the mark than `near` and at most `far` away, nearest first. */
function roundPrices(mark: number, near: number, far: number, grid: number, away: 1 | -1): number[] {
  const prices: number[] = [];
  const from = mark + away * near;
  let at = away === 1 ? (Math.floor(from / grid) + 1) * grid : (Math.ceil(from / grid) - 1) * grid;
  for (; away * (at - mark) <= far; at += away * grid) prices.push(at);
  return prices;
}

const beyond = (at: number, away: 1 | -1): number => (away === 1 ? Math.ceil(at) : Math.floor(at));

/** To two digits and a half (1 to 20 by 1, to 200 by 10 …), so that a level stays as it is while the mark moves a little. */
function rounded(size: number): number {
  let step = 1;
  while (size >= 20 * step) step *= 10;
  return Math.floor(size / step) * step;
}
