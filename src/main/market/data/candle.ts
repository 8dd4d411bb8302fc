import type { z } from 'zod';

import type { resolution } from '../../../shared/contract/marketData.ts';
import { valueOf } from '../../../shared/money/arithmetic.ts';
import {
  NO_BASE,
  NO_VALUE,
  base,
  price,
  value,
  type Base,
  type Price,
  type Value,
} from '../../../shared/money/quantity.ts';
import { divide, larger, smaller } from '../../../shared/money/rounding.ts';
import type { PublicTrade } from './trade.ts';

/** How long a candle is. */
export type Resolution = z.infer<typeof resolution>;

/** Each length in ms. All divide a day and are divided by a minute, so that days are of UTC and minutes add up. */
export const RESOLUTION_MS = {
  '1m': 60_000,
  '5m': 300_000,
  '15m': 900_000,
  '1h': 3_600_000,
  '4h': 14_400_000,
  '1d': 86_400_000,
} as const satisfies Readonly<Record<Resolution, number>>;

/** Shortest first. */
export const RESOLUTIONS = ['1m', '5m', '15m', '1h', '4h', '1d'] as const satisfies readonly Resolution[];

/**
 * What traded in one stretch of time, its first millisecond included and the first of the next not. A stretch without
 * trades is flat: all four prices are the last close.
 */
export interface Candle {
  /** When it opens, Unix ms. */
  readonly t: number;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
  readonly volume: Base;
  /** Σ price × size, exactly. */
  readonly quote: Value;
  readonly trades: number;
}

/** A candle that its minute still adds to. */
export type GrowingCandle = { -readonly [Field in keyof Candle]: Candle[Field] };

/** When the candle opens that a moment belongs to: a moment on the boundary belongs to the new one. Unix ms. */
export const openTime = (t: number, length: Resolution): number => t - (t % RESOLUTION_MS[length]);

/** The candle of a first trade. */
export const candleOf = (t: number, { price: at, size }: PublicTrade): GrowingCandle => ({
  t,
  open: at,
  high: at,
  low: at,
  close: at,
  volume: size,
  quote: valueOf(size, at),
  trades: 1,
});

/** Takes a further trade in, in place: a candle is written for every trade and read for few. */
export function grow(candle: GrowingCandle, { price: at, size }: PublicTrade): void {
  if (at > candle.high) candle.high = at;
  if (at < candle.low) candle.low = at;
  candle.close = at;
  candle.volume = base(candle.volume + size);
  candle.quote = value(candle.quote + valueOf(size, at));
  candle.trades += 1;
}

export const flatCandle = (t: number, close: Price): GrowingCandle => ({
  t,
  open: close,
  high: close,
  low: close,
  close,
  volume: NO_BASE,
  quote: NO_VALUE,
  trades: 0,
});

/** Two stretches, one right after the other, as one. What nobody traded at, a flat beginning, is not its open. */
export function joined(earlier: Candle, later: Candle): Candle {
  if (earlier.trades === 0) return { ...later, t: earlier.t };
  return {
    t: earlier.t,
    open: earlier.open,
    high: price(larger(earlier.high, later.high)),
    low: price(smaller(earlier.low, later.low)),
    close: later.close,
    volume: base(earlier.volume + later.volume),
    quote: value(earlier.quote + later.quote),
    trades: earlier.trades + later.trades,
  };
}

/**
 * The mean price that was paid, each price counting by its size: Σ price × size / Σ size, to the nearest billionth of a
 * dollar, for display. Null where nothing traded.
 */
export const vwapOf = ({ quote, volume }: Pick<Candle, 'quote' | 'volume'>): Price | null =>
  volume === 0n ? null : price(divide(quote, volume, 'nearest'));
