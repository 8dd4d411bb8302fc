import { AppError } from '../../../shared/contract/appError.ts';
import type { Candle } from './candles.ts';
import type { FundingRow } from './fundingRows.ts';

/** The stretch of time that both recordings cover, in whole candles. Unix ms. */
export interface Span {
  readonly startMs: number;
  /** The moment after the last candle of the run. */
  readonly endMs: number;
  /** Length of a candle, ms. */
  readonly interval: number;
}

/**
 * Where a run on two recordings can start and end. Throws INVALID_DATA_FILE where they have no whole candle in
 * common.
 */
export function spanOf(candles: readonly Candle[], funding: readonly FundingRow[]): Span {
  const [first, second] = candles;
  const last = candles.at(-1);
  const firstPaid = funding[0];
  const lastPaid = funding.at(-1);
  if (!first || !second || !last || !firstPaid || !lastPaid) {
    throw new AppError(
      'INVALID_DATA_FILE',
      'A recorded market needs 2 candles and a funding rate at least.',
      {
        candles: candles.length,
        fundingRates: funding.length,
      },
    );
  }
  const interval = second.t - first.t;
  const from = Math.max(first.t, firstPaid.t);
  const to = Math.min(last.t + interval, lastPaid.t + lastPaid.periodMs);
  const startMs = first.t + Math.ceil((from - first.t) / interval) * interval;
  const endMs = first.t + Math.floor((to - first.t) / interval) * interval;
  if (endMs <= startMs) throw apart(first.t, last.t + interval, firstPaid.t, lastPaid.t + lastPaid.periodMs);
  return { startMs, endMs, interval };
}

function apart(candlesFrom: number, candlesTo: number, fundingFrom: number, fundingTo: number): AppError {
  const [a, b, c, d] = [candlesFrom, candlesTo, fundingFrom, fundingTo].map((t) => new Date(t).toISOString());
  return new AppError(
    'INVALID_DATA_FILE',
    `The candles (${a} to ${b}) and the funding rates (${c} to ${d}) have no whole candle in common.`,
    { candlesFrom, candlesTo, fundingFrom, fundingTo },
  );
}
