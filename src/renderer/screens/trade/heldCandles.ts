import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import type { CandleView, MarketDataBody } from '../../../shared/contract/marketData.ts';
import { joins, mergeCandles, withoutOldest } from './candleSeries.ts';

/** What a chart holds of a market’s candles. */
export interface HeldCandles {
  /** Of which market, resolution and vault. */
  readonly of: string;
  readonly candles: readonly CandleView[] | null;
  /** What came while a page is read: it is put behind the page, and never behind a gap. */
  readonly early: readonly CandleView[];
  /** A page is read: at first, and whenever something may have been missed. */
  readonly reading: boolean;
  readonly more: boolean;
  readonly error: ErrorReply | null;
}

/** Before the first page. */
export const nothingHeld = (of: string): HeldCandles => ({
  of,
  candles: null,
  early: [],
  reading: true,
  more: false,
  error: null,
});

/** What is held after the newest page was read. What is older than the page may have a gap before it. */
export function withPage(held: HeldCandles, page: readonly CandleView[], more: boolean): HeldCandles {
  const known = held.candles !== null && joins(held.candles, page) ? held.candles : null;
  const candles = mergeCandles(mergeCandles(known ?? [], page), held.early);
  return {
    ...held,
    candles,
    early: [],
    reading: false,
    more: known === null ? more : held.more,
    error: null,
  };
}

/** What is held after the stream spoke. A snapshot that leaves a gap has a page read anew. */
export function withHeard(held: HeldCandles, bodies: readonly MarketDataBody[]): HeldCandles {
  const heard = bodies.flatMap((body) => (body.channel === 'candles' ? body.candles : []));
  if (held.candles === null || held.reading || !joins(held.candles, heard))
    return { ...held, reading: true, early: withoutOldest(mergeCandles(held.early, heard)) };
  const candles = withoutOldest(mergeCandles(held.candles, heard));
  return { ...held, candles, more: held.more || candles[0] !== held.candles[0] };
}
