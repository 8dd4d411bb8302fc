import { RATE_ONE, base, rate, type Rate } from '../../../shared/money/quantity.ts';
import { divide } from '../../../shared/money/rounding.ts';
import { HOUR_MS } from '../../domain/funding.ts';
import type { DepthLevel } from '../feed.ts';
import type { Candle } from './candles.ts';

const LEVELS = 10;
/** 0.03 % of the mark between levels, so that ten of them reach 0.3 %. */
const LEVEL_STEP = 300_000_000n;

/**
 * What is assumed to stand in the book where only candles were recorded: a share of the volume an hour on each side,
 * spread evenly over ten levels up to 0.3 % from the mark. Rounded down.
 * @param interval length of the candle, ms
 */
export function depthAfter(candle: Candle, interval: number, share: Rate): readonly DepthLevel[] {
  const perLevel = divide(
    candle.volume * BigInt(HOUR_MS) * share,
    BigInt(interval) * RATE_ONE * BigInt(LEVELS),
    'floor',
  );
  return Array.from({ length: LEVELS }, (_, i) => ({
    offset: rate(BigInt(i + 1) * LEVEL_STEP),
    size: base(perLevel),
  }));
}
