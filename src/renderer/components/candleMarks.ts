import type { CandleView } from '../../shared/contract/marketData.ts';

/** An own order, as a line at its price. */
export interface OrderLine {
  readonly id: string;
  readonly side: 'buy' | 'sell';
  /** Decimal. */
  readonly price: string;
  /** "Buy 1.5", or "Stop: sell 1.5". */
  readonly title: string;
  /** It waits for the oracle, and isn't in the book. */
  readonly waits: boolean;
}

/** Whether two lines are drawn alike. */
export const looksLike = (a: OrderLine | undefined, b: OrderLine): boolean =>
  a !== undefined && a.side === b.side && a.price === b.price && a.title === b.title && a.waits === b.waits;

/** An own fill. */
export interface FillMark {
  readonly id: string;
  readonly t: number;
  readonly side: 'buy' | 'sell';
}

/** The fills of one side within one candle. */
export interface CandleMark {
  /** When the candle opens, Unix ms. */
  readonly t: number;
  readonly side: 'buy' | 'sell';
  readonly count: number;
}

/** One mark a candle and side: a large order has many fills. Fills before the first candle are left out. */
export function marksOf(
  candles: readonly Pick<CandleView, 't'>[],
  fills: readonly FillMark[],
): readonly CandleMark[] {
  const marks = new Map<string, CandleMark>();
  for (const { t, side } of fills) {
    const candle = candleAt(candles, t);
    if (candle === undefined) continue;
    const key = `${candle.t} ${side}`;
    marks.set(key, { t: candle.t, side, count: (marks.get(key)?.count ?? 0) + 1 });
  }
  return [...marks.values()].toSorted((a, b) => a.t - b.t);
}

/** The last candle that opened by then. */
function candleAt<Candle extends { readonly t: number }>(
  candles: readonly Candle[],
  t: number,
): Candle | undefined {
  let [low, high] = [0, candles.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((candles[middle]?.t ?? Infinity) <= t) low = middle + 1;
    else high = middle;
  }
  return candles[low - 1];
}
