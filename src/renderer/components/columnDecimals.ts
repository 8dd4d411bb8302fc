/** Digits behind the point that a price needs to be told from its neighbours: fewer the larger it is. */
function priceDigits(price: string): number {
  const [whole = '0', fraction = ''] = price.replace('-', '').split('.');
  if (whole.length >= 4) return 2;
  if (!/^0*$/.test(whole)) return 3;
  const leadingZeros = /^0*/.exec(fraction)?.[0].length ?? 0;
  return Math.min(MOST_DIGITS, leadingZeros + 4);
}

/** Digits that a size has, without zeros at its end. */
const sizeDigits = (size: string): number => (size.split('.')[1] ?? '').replace(/0+$/, '').length;

/** As exact as the engine's own prices and sizes. */
const MOST_DIGITS = 9;
const LEAST_SIZE_DIGITS = 3;

/** One number of decimals for a column of prices, so that points stand under points and no price reads as zero. */
export const priceColumnDecimals = (prices: readonly string[]): number =>
  Math.max(2, ...prices.map(priceDigits));

/** The same for a column of sizes, which are never rounded. */
export const sizeColumnDecimals = (sizes: readonly string[]): number =>
  Math.min(MOST_DIGITS, Math.max(LEAST_SIZE_DIGITS, ...sizes.map(sizeDigits)));
