import type { CandleView } from '../../../shared/contract/marketData.ts';

export const RESOLUTIONS = ['1m', '5m', '15m', '1h', '4h', '1d'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** "1m" in words, for whoever hears it. */
export const RESOLUTION_WORDS: Readonly<Record<Resolution, string>> = {
  '1m': 'one minute',
  '5m': '5 minutes',
  '15m': '15 minutes',
  '1h': 'one hour',
  '4h': '4 hours',
  '1d': 'one day',
};

/**
 * Candles with others merged in, oldest first: one that opens at the same time is replaced by the newer word on it.
 * @param newer in any order
 */
export function mergeCandles(
  candles: readonly CandleView[],
  newer: readonly CandleView[],
): readonly CandleView[] {
  if (newer.length === 0) return candles;
  const first = newer.reduce((least, { t }) => Math.min(least, t), Infinity);
  // Most often only the last one changes, and thousands before it don't.
  const kept = candles.findLastIndex(({ t }) => t < first) + 1;
  const byTime = new Map(candles.slice(kept).map((candle) => [candle.t, candle]));
  for (const candle of newer) byTime.set(candle.t, candle);
  return [...candles.slice(0, kept), ...[...byTime.values()].toSorted((a, b) => a.t - b.t)];
}

/** So many are kept while the market goes on; beyond, the oldest go until so many are left. They can be read again. */
const MOST = 6_000;
const LEFT = 4_000;

/** No more than one can look at: an hour at 3,600x is 216,000 candles of a minute. */
export const withoutOldest = (candles: readonly CandleView[]): readonly CandleView[] =>
  candles.length > MOST ? candles.slice(-LEFT) : candles;

/** Whether candles that begin with `next` follow on those that are known, so that nothing is missing between them. */
export const joins = (candles: readonly CandleView[], next: readonly CandleView[]): boolean => {
  const [first, last] = [next[0], candles.at(-1)];
  return first === undefined || last === undefined || first.t <= last.t;
};

/** Older candles before those that are known; where both have one, the known stays. */
export const withOlder = (
  candles: readonly CandleView[],
  older: readonly CandleView[],
): readonly CandleView[] => mergeCandles(older, candles);
