import { isDecimal } from './decimalText.ts';

const SIGN = /^\s*[-−]\s*/;
/** Groups of three with a comma, space, apostrophe or underscore between them, and a point with decimals. */
const GROUPED = /^[1-9]\d{0,2}(?:([,\s'’_])\d{3})(?:\1\d{3})*\.\d*$/;
/** The same without decimals. Of commas there must be two: one alone may be a decimal comma. */
const GROUPED_WHOLE = /^[1-9]\d{0,2}(?:(?:,\d{3}){2,}|(?:([\s'’_])\d{3})(?:\1\d{3})*)$/;
/** As it is written where the comma is the decimal one: "1.234,50", "1 234,50". */
const GROUPED_BEFORE_COMMA = /^[1-9]\d{0,2}(?:([.\s'’_])\d{3})(?:\1\d{3})*,\d+$/;
const POINT_GROUPS = /^[1-9]\d{0,2}(?:\.\d{3}){2,}$/;
const ONE_COMMA = /^\d+,\d+$/;
/** One thousand and a half thousand, or one and a half: nothing in the text tells which. */
const EITHER = /^[1-9]\d{0,2},\d{3}$/;

/**
 * A whole text as the plain decimal that it means, without what people put around and into an amount: "$", spaces,
 * separators of thousands, a decimal comma. A text that means no amount, or may mean two, comes back as it is. Never use
 * it on a text that is still being typed: "1,5" may be on its way to "1,500".
 */
export function tidied(text: string): string {
  const minus = SIGN.test(text) ? '-' : '';
  const bare = text
    .replace(SIGN, '')
    .replace(/^\s*\$?\s*/, '')
    .replace(/\s*\$?\s*$/, '');
  return minus + plain(bare);
}

function plain(bare: string): string {
  if (GROUPED.test(bare) || GROUPED_WHOLE.test(bare)) return bare.replaceAll(/[,\s'’_]/g, '');
  if (GROUPED_BEFORE_COMMA.test(bare)) return bare.replaceAll(/[.\s'’_]/g, '').replace(',', '.');
  if (POINT_GROUPS.test(bare)) return bare.replaceAll('.', '');
  return ONE_COMMA.test(bare) && !EITHER.test(bare) ? bare.replace(',', '.') : bare;
}

/** What keeps a text with a comma from being one amount, in words; null where it is something else, or nothing. */
export function commaProblem(text: string): string | null {
  const amount = tidied(text);
  if (!/\d,|,\d/.test(amount)) return null;
  if (!EITHER.test(amount.replace('-', '')))
    return 'Write it without commas, decimals behind a point: 1234.5';
  return `${amount} could mean two things: write ${amount.replace(',', '')} or ${amount.replace(',', '.')}`;
}

/** What keeps a text from being an amount, in words; null where it is one, as it stands or once it is tidied. */
export function decimalProblem(text: string): string | null {
  const amount = tidied(text);
  if (amount === '') return 'Enter an amount.';
  if (isDecimal(amount)) return null;
  if (/\d\s*e/i.test(amount)) return 'Write the number out, without an exponent.';
  return commaProblem(text) ?? 'Enter a number such as 12.5';
}
