import { parseBase } from '../../../shared/money/decimal.ts';
import type { Base, Price } from '../../../shared/money/quantity.ts';
import { larger, smaller } from '../../../shared/money/rounding.ts';
import { MINUTE_MS } from '../feed.ts';
import { dataFileError, readCsv, type CsvRow } from './csvTable.ts';
import { decimalIn, priceIn, timeIn } from './fields.ts';
import { refuseGaps, refuseUnsorted } from './rowOrder.ts';

/** What a market did in one stretch of time, all of a file's candles being equally long. */
export interface Candle {
  /** When it opened, Unix ms, on a whole minute. */
  readonly t: number;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
  /** Traded size. */
  readonly volume: Base;
}

/**
 * Reads `time,open,high,low,close,volume`, oldest first, without a hole. The first two rows say how long a candle is.
 * A recording with an impossible row would make a believable but wrong report, so the first one is refused.
 * @throws AppError INVALID_DATA_FILE with file, line and reason
 */
export function readCandles(file: string): readonly Candle[] {
  const { rows } = readCsv(file, ['time', 'open', 'high', 'low', 'close', 'volume']);
  const candles = rows.map(candleOf);
  const [first, second] = candles;
  if (first === undefined || second === undefined) {
    throw dataFileError(file, rows.length + 1, 'there are fewer than 2 rows');
  }
  const times = candles.map(({ t }) => t);
  refuseUnsorted(rows, times);
  refuseGaps(rows, times, { interval: second.t - first.t, tolerance: 0 });
  return candles;
}

function candleOf(row: CsvRow): Candle {
  const t = timeIn(row);
  if (t % MINUTE_MS !== 0) throw row.refusal(`the time is not on a whole minute (${t})`);
  const open = priceIn(row, 'open');
  const high = priceIn(row, 'high');
  const low = priceIn(row, 'low');
  const close = priceIn(row, 'close');
  if (high < larger(open, close)) throw row.refusal('the high is below the open or the close');
  if (low > smaller(open, close)) throw row.refusal('the low is above the open or the close');
  const volume = decimalIn(row, 'volume', parseBase);
  if (volume < 0n) throw row.refusal(`the volume is negative (${row.text('volume')})`);
  return { t, open, high, low, close, volume };
}
