import { divide } from '../money/rounding.ts';

const DECIMAL = /^-?\d+(?:\.\d+)?$/;
const MINUS = '−';

/** A decimal with exactly `places` digits behind its point, to the nearest, thousands apart: "−1,234.50". */
export function numberWords(decimal: string, places: number): string {
  if (!DECIMAL.test(decimal)) return decimal;
  const [whole = '', fraction = ''] = decimal.replace('-', '').split('.');
  const digits = BigInt(whole + fraction);
  const scale = 10n ** BigInt(Math.abs(places - fraction.length));
  const rounded = places >= fraction.length ? digits * scale : divide(digits, scale, 'nearest');
  const text = rounded.toString().padStart(places + 1, '0');
  const cut = text.length - places;
  const grouped = text.slice(0, cut).replace(/\B(?=(?:\d{3})+$)/g, ',');
  const sign = decimal.startsWith('-') && rounded !== 0n ? MINUS : '';
  return `${sign}${grouped}${places === 0 ? '' : `.${text.slice(cut)}`}`;
}

/** Dollars and cents: "$1,234.50", "−$0.07". What is under a cent keeps its digits: "$0.0004". */
export function dollarWords(decimal: string): string {
  const cents = numberWords(decimal, 2);
  const vanishes = /^0\.00$/.test(cents) && /[1-9]/.test(decimal);
  const text = vanishes ? shortest(decimal) : cents;
  return text.startsWith(MINUS) ? `${MINUS}$${text.slice(1)}` : `$${text}`;
}

/** A size with as many digits as it has, and its unit: "12.5 SOL". */
export const sizeWords = (decimal: string, unit: string): string => `${shortest(decimal)} ${unit}`;

/** A fraction as a percentage: "0.0001" is "0.01 %". */
export function fractionWords(decimal: string, places: number): string {
  if (!DECIMAL.test(decimal)) return decimal;
  const sign = decimal.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = decimal.replace('-', '').split('.');
  const shifted = fraction.padEnd(2, '0');
  const percent = `${sign}${whole}${shifted.slice(0, 2)}.${shifted.slice(2)}0`;
  return `${numberWords(percent, places)} %`;
}

/** All of a decimal's digits and no more, thousands apart. */
function shortest(decimal: string): string {
  const fraction = decimal.split('.')[1]?.replace(/0+$/, '') ?? '';
  return numberWords(decimal, fraction.length);
}
