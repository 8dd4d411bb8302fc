import { MINUTE_MS } from '../feed.ts';
import type { CsvRow } from './csvTable.ts';

/** How far apart the rows of a file ought to be, and by how much one may be early or late. Milliseconds. */
export interface Spacing {
  readonly interval: number;
  readonly tolerance: number;
}

/** Refuses the first row that does not come after the row before it: INVALID_DATA_FILE, with its line. */
export function refuseUnsorted(rows: readonly CsvRow[], times: readonly number[]): void {
  for (const { row, before, t } of pairs(rows, times)) {
    if (t === before) throw row.refusal(`the time is a duplicate of the line before (${t})`);
    if (t < before) throw row.refusal(`the rows are not sorted: ${t} comes after ${before}`);
  }
}

/** Refuses the first row that is not one interval after the row before it: INVALID_DATA_FILE, with its line. */
export function refuseGaps(
  rows: readonly CsvRow[],
  times: readonly number[],
  { interval, tolerance }: Spacing,
): void {
  for (const { row, before, t } of pairs(rows, times)) {
    const late = t - before - interval;
    if (Math.abs(late) <= tolerance) continue;
    const what = late > 0 ? 'there is a gap' : 'the row comes too early';
    throw row.refusal(
      `${what}: ${minutes(t - before)} after the line before instead of ${minutes(interval)}`,
    );
  }
}

function* pairs(
  rows: readonly CsvRow[],
  times: readonly number[],
): Generator<{ readonly row: CsvRow; readonly before: number; readonly t: number }> {
  for (const [index, row] of rows.entries()) {
    const before = times[index - 1];
    const t = times[index];
    if (before !== undefined && t !== undefined) yield { row, before, t };
  }
}

function minutes(ms: number): string {
  const count = Math.round((ms / MINUTE_MS) * 100) / 100;
  return `${count} ${count === 1 ? 'minute' : 'minutes'}`;
}
