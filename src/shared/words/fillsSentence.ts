import type { LogData } from '../contract/eventEntry.ts';
import { valueOf } from '../money/arithmetic.ts';
import { formatBase, formatPrice, formatUsd, parseBase, parsePrice, parseUsd } from '../money/decimal.ts';
import { BASE_DECIMALS, PRICE_DECIMALS, USD_DECIMALS, base, price, usd } from '../money/quantity.ts';
import { divide } from '../money/rounding.ts';
import { dollarWords, sizeWords } from './amountWords.ts';
import { textIn } from './logText.ts';

/**
 * Fills of one market and side as one sentence: "Sold 33.3 SOL-PERP in 12 fills, average $149.88, fees $5.01."
 * @param cut whether there may have been others before them
 */
export function fillsSentence(fills: readonly LogData[], cut: boolean): string {
  const [first] = fills;
  if (first === undefined) return '';
  let size = 0n;
  let paid = 0n;
  let fee = 0n;
  for (const fill of fills) {
    const filled = parseBase(textIn(fill, 'size'));
    size += filled;
    paid += valueOf(filled, parsePrice(textIn(fill, 'price')));
    fee += parseUsd(textIn(fill, 'fee'));
  }
  const what = textIn(first, 'side') === 'buy' ? 'Bought' : 'Sold';
  const count = `${cut ? 'its last ' : ''}${fills.length.toLocaleString('en-US')} fills`;
  // Display only: the fills themselves stand beneath it.
  const average =
    size === 0n ? '' : `, average ${dollarWords(formatPrice(price(divide(paid, size, 'nearest'))))}`;
  const cost = dollarWords(formatUsd(usd(fee < 0n ? -fee : fee)));
  const sum = sizeWords(formatBase(base(size)), textIn(first, 'market'));
  return `${what} ${sum} in ${count}${average}, ${fee < 0n ? 'rebates' : 'fees'} ${cost}.`;
}

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.(\d+))?$/;

/** Whether a fill has the numbers that a sum of fills is made of. */
export const isWholeFill = (fill: LogData): boolean =>
  fits(textIn(fill, 'size'), BASE_DECIMALS) &&
  fits(textIn(fill, 'price'), PRICE_DECIMALS) &&
  fits(textIn(fill, 'fee'), USD_DECIMALS);

function fits(text: string, decimals: number): boolean {
  const match = DECIMAL.exec(text);
  return match !== null && (match[1] ?? '').length <= decimals;
}
