import { formatDecimal, parseDecimal } from '../../shared/money/decimal.ts';

/** More digits than any amount of the contract has. */
const DIGITS = 18;

/** a − b, exactly, of decimal texts. */
export const difference = (a: string, b: string): string =>
  formatDecimal(parseDecimal(a, DIGITS) - parseDecimal(b, DIGITS), DIGITS);
