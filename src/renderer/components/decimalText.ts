import { divide } from '../../shared/money/rounding.ts';

const DECIMAL = /^-?\d+(?:\.\d+)?$/;

/** The sign for the eye: a true minus is as wide as a plus, a hyphen is not. */
export const MINUS = '−';
/** Stands where a value is missing. */
export const MISSING = '–';

export type Sign = -1 | 0 | 1;

/** True for what the contract sends as money, sizes and rates: "12.5", "-0.000001". */
export const isDecimal = (text: string): boolean => DECIMAL.test(text);

/** Digits of a decimal as a whole number, and how many of them are behind the point. */
function digitsOf(text: string): { readonly digits: bigint; readonly places: number } {
  if (!isDecimal(text)) throw new RangeError(`"${text}" is not a decimal number`);
  const [whole = '', fraction = ''] = text.split('.');
  return { digits: BigInt(whole + fraction), places: fraction.length };
}

function written(digits: bigint, places: number): string {
  const magnitude = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
  const cut = magnitude.length - places;
  const fraction = places === 0 ? '' : `.${magnitude.slice(cut)}`;
  return `${digits < 0n ? '-' : ''}${magnitude.slice(0, cut)}${fraction}`;
}

/**
 * A decimal with exactly `places` digits behind its point, rounded to the nearest, halves away from zero. What rounds to
 * zero has no sign. Throws a RangeError on a text that is no decimal.
 */
export function toPlaces(text: string, places: number): string {
  const from = digitsOf(text);
  const scale = 10n ** BigInt(Math.abs(places - from.places));
  const digits = places >= from.places ? from.digits * scale : divide(from.digits, scale, 'nearest');
  return written(digits, places);
}

/** A decimal times a hundred, exactly: a rate of "0.0001" is "0.01" percent. */
export function fractionToPercent(text: string): string {
  const { digits, places } = digitsOf(text);
  return places >= 2 ? written(digits, places - 2) : written(digits * 10n ** BigInt(2 - places), 0);
}

/** -1, 0 or 1. "-0.00" is zero. */
export function signOf(text: string): Sign {
  if (!/[1-9]/.test(text)) return 0;
  return text.startsWith('-') ? -1 : 1;
}

/** Thousands in groups of three, and the minus as it is typeset: "-1234567.5" → "−1,234,567.5". */
export function grouped(text: string): string {
  const [whole = '', fraction] = text.replace('-', '').split('.');
  const groups = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${text.startsWith('-') ? MINUS : ''}${groups}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** A measured number (percent, leverage) as the decimal it shows; null where it is no finite number. */
export function decimalOf(measured: number): string | null {
  if (!Number.isFinite(measured)) return null;
  // toFixed gives up on its own format from 1e21 on; a bigint doesn't.
  return Math.abs(measured) >= 1e21 ? BigInt(measured).toString() : measured.toFixed(12);
}
