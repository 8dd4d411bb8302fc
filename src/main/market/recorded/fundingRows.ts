import { RATE_DECIMALS, rate, type Price, type Rate } from '../../../shared/money/quantity.ts';
import { magnitude } from '../../../shared/money/rounding.ts';
import { HOUR_MS, type FundingSample } from '../../domain/funding.ts';
import { MINUTE_MS } from '../feed.ts';
import { dataFileError, readCsv, type CsvRow, type CsvTable } from './csvTable.ts';
import { priceIn, roundedIn, timeIn } from './fields.ts';
import { refuseGaps, refuseUnsorted } from './rowOrder.ts';

/** A funding payment as it was recorded; `t` is the moment of the payment. */
export interface FundingRow extends FundingSample {
  /** What a unit was worth at the payment, where the file says so. */
  readonly price?: Price;
}

/** Nothing that trades charges a tenth of a position at once: a rate in percent was taken for a fraction. */
const ABSURD: Rate = rate(100_000_000_000n);
/** Venues pay some milliseconds late; a minute is still not a payment missed. */
const JITTER_MS = MINUTE_MS;
/** Closer together, jitter could not be told from a gap. */
const SHORTEST_MS = 2 * MINUTE_MS;
const HOURS = /^[1-9]\d{0,3}$/;

/**
 * Reads `time,rate[,mark_price]` or, where a day's hourly rates were added up, `time,rate_sum,hours`; oldest first,
 * without a hole. Rates are fractions of notional for the whole period, rounded to the nearest trillionth.
 * @throws AppError INVALID_DATA_FILE with file, line and reason
 */
export function readFunding(file: string): readonly FundingRow[] {
  const table = readCsv(file, ['time']);
  const column = table.has('rate_sum') ? 'rate_sum' : 'rate';
  table.indexOf(column);
  if (column === 'rate_sum') table.indexOf('hours');
  const times = table.rows.map(timeIn);
  const interval = checkedInterval(table, times);
  const [first = 0, second = 0] = times;
  return table.rows.map((row, index) => {
    const t = times[index] ?? first;
    const before = times[index - 1] ?? first - (second - first);
    const periodMs = table.has('hours') ? coveredBy(row, interval) : t - before;
    return { t, rate: rateIn(row, column), periodMs, ...markIn(table, row) };
  });
}

/** The most common interval, in ms, all rows being that far apart. */
function checkedInterval({ file, rows }: CsvTable, times: readonly number[]): number {
  if (rows.length < 2) throw dataFileError(file, rows.length + 1, 'there are fewer than 2 rows');
  refuseUnsorted(rows, times);
  const interval = commonInterval(times);
  if (interval < SHORTEST_MS) throw dataFileError(file, 3, 'the rows are less than 2 minutes apart');
  refuseGaps(rows, times, { interval, tolerance: JITTER_MS });
  return interval;
}

/** Counted in whole minutes, as jitter makes every interval in milliseconds another; of equals, the shortest. */
function commonInterval(times: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const [index, t] of times.slice(1).entries()) {
    const interval = Math.round((t - (times[index] ?? t)) / MINUTE_MS) * MINUTE_MS;
    counts.set(interval, (counts.get(interval) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted(([a, often], [b, oftener]) => oftener - often || a - b);
  return most?.[0] ?? 0;
}

function rateIn(row: CsvRow, column: string): Rate {
  const read = rate(roundedIn(row, column, RATE_DECIMALS));
  if (magnitude(read) > ABSURD) throw row.refusal(`a rate of ${row.text(column)} a period is beyond 0.1`);
  return read;
}

function coveredBy(row: CsvRow, interval: number): number {
  const text = row.text('hours');
  if (!HOURS.test(text)) throw row.refusal(`the hours are not a whole number above 0 ("${text}")`);
  const covered = Number(text) * HOUR_MS;
  if (covered > interval + JITTER_MS) {
    throw row.refusal(`the row covers ${text} hours, but the rows are ${interval / HOUR_MS} hours apart`);
  }
  return covered;
}

function markIn(table: CsvTable, row: CsvRow): { readonly price?: Price } {
  if (!table.has('mark_price') || row.text('mark_price') === '') return {};
  return { price: priceIn(row, 'mark_price') };
}
