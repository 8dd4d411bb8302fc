import type { CandleView } from '../../shared/contract/marketData.ts';

type Opening = Pick<CandleView, 't'>;

/** What is in sight, in places of candles; it may reach beyond either end. */
export interface CandleRange {
  readonly from: number;
  readonly to: number;
}

/** By how many places a candle that both have has moved; null where they have none in common. */
export function movedBy(before: readonly Opening[], after: readonly Opening[]): number | null {
  const [first, now] = [before[0], after[0]];
  if (first === undefined || now === undefined) return null;
  const put = after.findIndex(({ t }) => t === first.t);
  if (put !== -1) return put;
  const taken = before.findIndex(({ t }) => t === now.t);
  return taken === -1 ? null : -taken;
}

/** What stays in sight: the same candles, or, where the newest was in sight, the newest. Lengths in candles. */
export function followed(
  { from, to }: CandleRange,
  lengthBefore: number,
  length: number,
  moved: number,
): CandleRange {
  const by = to >= lengthBefore - 1 ? length - lengthBefore : moved;
  return { from: from + by, to: to + by };
}
