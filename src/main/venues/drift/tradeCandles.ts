import { RESOLUTION_MS, openTime, type Candle, type Resolution } from '../../market/data/candle.ts';
import { CandleBuilder } from '../../market/data/candleBuilder.ts';
import { DayStatistics, type DayFigures } from '../../market/data/dayStatistics.ts';
import type { PublicTrade } from '../../market/data/trade.ts';
import type { Span } from '../marketData.ts';

/** The number that a market's first trade has. */
const FIRST_ID = 1;

/**
 * Candles of trades that follow on one another, oldest first: those alone whose whole time is covered, and the one under
 * way. A candle that began before the first trade which was heard is not shown, unless that was the market's first.
 * @param now Unix ms
 */
export function candlesOf(
  trades: readonly PublicTrade[],
  resolution: Resolution,
  { from, to }: Span,
  limit: number,
  now: number,
): readonly Candle[] {
  const [oldest] = trades;
  if (oldest === undefined) return [];
  const builder = new CandleBuilder();
  for (const trade of trades) builder.add(trade);
  builder.advance(now);
  const closed = builder.takeClosed().filter((one) => one.resolution === resolution);
  const open = builder.open(resolution);
  const all = [...closed.map(({ candle }) => candle), ...(open === undefined ? [] : [open])];
  const begun = openTime(oldest.t, resolution);
  const since = oldest.id === FIRST_ID ? begun : begun + RESOLUTION_MS[resolution];
  return all.filter(({ t }) => t >= since && t >= from && t < to).slice(-limit);
}

/** The last 24 hours, as far as those trades tell: `coveredMs` says how far that is. @param now Unix ms */
export function dayFiguresOf(trades: readonly PublicTrade[], now: number): DayFigures {
  const statistics = new DayStatistics();
  for (const trade of trades) statistics.add(trade);
  return statistics.figures(now);
}
