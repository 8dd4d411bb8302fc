import { price, type Price } from '../../../shared/money/quantity.ts';
import { divide, toStep } from '../../../shared/money/rounding.ts';
import type { Candle } from './candles.ts';
import { PRICE_TICK } from './fields.ts';

/** Which extreme of a candle came first. A candle doesn't tell, so somebody has to assume it. */
export type FirstExtreme = 'high' | 'low';

/** A price on the tick, and the minute of the candle that it stands at. */
type Stop = readonly [minute: number, at: Price];

/**
 * The price at each whole minute of a candle: the open at 0, the first extreme after a third, the other after two
 * thirds, the close in the last minute, and straight lines between. Rounded to the nearest tick. Candles of three
 * minutes have room for the first extreme only, shorter ones for none.
 * @param minutes length of the candle, at least 1
 */
export function candlePath(
  { open, high, low, close }: Candle,
  first: FirstExtreme,
  minutes: number,
): readonly Price[] {
  const [sooner, later] = first === 'high' ? [high, low] : [low, high];
  const stops: Stop[] = [[0, onTick(open)]];
  if (minutes >= 3) stops.push([Math.floor(minutes / 3), onTick(sooner)]);
  if (minutes >= 4) stops.push([Math.floor((2 * minutes) / 3), onTick(later)]);
  if (minutes >= 2) stops.push([minutes - 1, onTick(close)]);
  return stops.flatMap((stop, index) => way(stops[index - 1], stop));
}

/** A price on the tick, to the nearest. */
export function onTick(at: Price): Price {
  return price(toStep(at, PRICE_TICK, 'nearest'));
}

/** The price at `part` of `whole` of the straight way between two prices on the tick, on the tick too. */
export function between(from: Price, to: Price, part: number, whole: number): Price {
  const ticks = divide((to - from) * BigInt(part), BigInt(whole) * PRICE_TICK, 'nearest');
  return price(from + ticks * PRICE_TICK);
}

/** Prices at the minutes after `from`, up to and with `to`; of the first stop only its own. */
function way(from: Stop | undefined, to: Stop): Price[] {
  if (from === undefined) return [to[1]];
  const length = to[0] - from[0];
  return Array.from({ length }, (_, i) => between(from[1], to[1], i + 1, length));
}
