import { isDecimal } from './decimalText.ts';

/**
 * A typed or pasted amount without what people put around it: spaces, "$", thousands' commas. One lone comma with no
 * point is a decimal comma, unless three digits follow: "1,234" may be either, so it stays for the check to refuse.
 */
export function tidied(text: string): string {
  const bare = text.replaceAll(/[\s$_]/g, '').replace('−', '-');
  if (/^-?\d{1,3}(?:,\d{3})+\.\d*$/.test(bare) || /^-?\d{1,3}(?:,\d{3}){2,}$/.test(bare))
    return bare.replaceAll(',', '');
  if (/^-?\d+,(?:\d{1,2}|\d{4,})$/.test(bare)) return bare.replace(',', '.');
  return bare;
}

/** What keeps a text from being an amount, in words; null where it is one. */
export function decimalProblem(text: string): string | null {
  if (text === '') return 'Enter an amount.';
  if (text.includes(',')) return 'Write the decimals behind a point, and thousands without a comma: 1234.5';
  if (/e/i.test(text)) return 'Write the number out, without an exponent.';
  return isDecimal(text) ? null : 'Enter a number such as 12.5';
}
