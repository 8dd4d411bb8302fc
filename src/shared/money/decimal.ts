import {
  BASE_DECIMALS,
  PRICE_DECIMALS,
  RATE_DECIMALS,
  USD_DECIMALS,
  VALUE_DECIMALS,
  base,
  price,
  rate,
  usd,
  value,
  type Base,
  type Price,
  type Rate,
  type Usd,
  type Value,
} from './quantity.ts';

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** A text that is no decimal number of the wanted precision. Callers turn it into their own coded error. */
export class NotADecimal extends Error {
  override readonly name = 'NotADecimal';
}

/**
 * Reads a plain decimal ("12.5", "-0.000001") exactly. No exponent, no separators, no sign but minus, and no more
 * digits than the unit has: a digit that would be dropped is an error, never a rounding.
 */
export function parseDecimal(text: string, decimals: number): bigint {
  if (!DECIMAL.test(text)) throw new NotADecimal(`"${text}" is not a decimal number`);
  const [whole = '', fraction = ''] = text.split('.');
  if (fraction.length > decimals) throw new NotADecimal(`"${text}" has more than ${decimals} decimals`);
  const digits = BigInt(whole.replace('-', '') + fraction.padEnd(decimals, '0'));
  return text.startsWith('-') ? -digits : digits;
}

/** Writes a count of smallest units as the shortest exact decimal: no exponent, no trailing zeros, no "-0". */
export function formatDecimal(amount: bigint, decimals: number): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  let end = digits.length;
  while (end > whole.length && digits.charCodeAt(end - 1) === 48) end -= 1;
  const fraction = digits.slice(whole.length, end);
  const sign = amount < 0n ? '-' : '';
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

export const parseUsd = (text: string): Usd => usd(parseDecimal(text, USD_DECIMALS));
export const parsePrice = (text: string): Price => price(parseDecimal(text, PRICE_DECIMALS));
export const parseBase = (text: string): Base => base(parseDecimal(text, BASE_DECIMALS));
export const parseRate = (text: string): Rate => rate(parseDecimal(text, RATE_DECIMALS));
export const parseValue = (text: string): Value => value(parseDecimal(text, VALUE_DECIMALS));

export const formatUsd = (amount: Usd): string => formatDecimal(amount, USD_DECIMALS);
export const formatPrice = (amount: Price): string => formatDecimal(amount, PRICE_DECIMALS);
export const formatBase = (amount: Base): string => formatDecimal(amount, BASE_DECIMALS);
export const formatRate = (amount: Rate): string => formatDecimal(amount, RATE_DECIMALS);
export const formatValue = (amount: Value): string => formatDecimal(amount, VALUE_DECIMALS);
