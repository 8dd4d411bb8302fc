import { NotADecimal, parseDecimal, parsePrice } from '../../../shared/money/decimal.ts';
import { price, type Price } from '../../../shared/money/quantity.ts';
import { divide } from '../../../shared/money/rounding.ts';
import type { CsvRow } from './csvTable.ts';

/** The finest price that a recorded market quotes: a tenth of a cent, the tick of SOL. */
export const PRICE_TICK: Price = price(1_000_000n);

const UNIX_MS = /^(?:0|[1-9]\d{0,14})$/;
/** Sign, whole part, fraction, power of ten: a spreadsheet writes a small rate as 9.5e-05. */
const SCIENTIFIC = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d{1,2}))?$/;

/** The column `time`, Unix ms. Throws INVALID_DATA_FILE. */
export function timeIn(row: CsvRow): number {
  const text = row.text('time');
  if (!UNIX_MS.test(text)) throw row.refusal(`the time is not a whole number of milliseconds ("${text}")`);
  return Number(text);
}

/** A plain decimal, exactly. Throws INVALID_DATA_FILE for anything that `parse` does not take. */
export function decimalIn<T extends bigint>(row: CsvRow, column: string, parse: (text: string) => T): T {
  const text = row.text(column);
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof NotADecimal) throw row.refusal(`the ${nameOf(column)} is wrong: ${error.message}`);
    throw error;
  }
}

/** A price of at least one tick, up to nine decimals. Throws INVALID_DATA_FILE. */
export function priceIn(row: CsvRow, column: string): Price {
  const read = decimalIn(row, column, parsePrice);
  if (read === 0n) throw row.refusal(`the ${nameOf(column)} is 0`);
  if (read < 0n) throw row.refusal(`the ${nameOf(column)} is negative (${row.text(column)})`);
  if (read < PRICE_TICK) throw row.refusal(`the ${nameOf(column)} is under 0.001 (${row.text(column)})`);
  return read;
}

/**
 * A decimal of any precision, with or without a power of ten, rounded to the nearest unit of `decimals` places. Worked
 * out on the digits, so the rounding is the only one. Throws INVALID_DATA_FILE.
 */
export function roundedIn(row: CsvRow, column: string, decimals: number): bigint {
  const text = row.text(column);
  const match = SCIENTIFIC.exec(text);
  if (match === null) throw row.refusal(`the ${nameOf(column)} is wrong: "${text}" is not a decimal number`);
  const [, sign = '', whole = '', fraction = '', power = '0'] = match;
  const places = fraction.length - Number(power);
  const digits = parseDecimal(`${whole}${fraction}`.replace(/^0+(?=\d)/, ''), 0);
  const units =
    places > decimals
      ? divide(digits, 10n ** BigInt(places - decimals), 'nearest')
      : digits * 10n ** BigInt(decimals - places);
  return sign === '-' ? -units : units;
}

const nameOf = (column: string): string => column.replaceAll('_', ' ');
