import type { BookViewData } from '../../../shared/contract/marketData.ts';

export type Level = BookViewData['bids'][number];

/** A side after an update: levels that it names are replaced, and a size of "0" takes one away. */
function withLevels(levels: readonly Level[], changed: readonly Level[], best: 'low' | 'high'): Level[] {
  const sizes = new Map(levels.map(({ price, size }) => [price, size]));
  for (const { price, size } of changed) {
    if (Number(size) === 0) sizes.delete(price);
    else sizes.set(price, size);
  }
  // Only an order on the screen is decided by it; the prices themselves stay texts.
  const direction = best === 'low' ? 1 : -1;
  return [...sizes]
    .map(([price, size]) => ({ price, size }))
    .toSorted((a, b) => direction * (Number(a.price) - Number(b.price)));
}

/** A book after an update. Everything but the levels is the update's. */
export const withBookUpdate = (book: BookViewData, update: BookViewData): BookViewData => ({
  ...update,
  bids: withLevels(book.bids, update.bids, 'high'),
  asks: withLevels(book.asks, update.asks, 'low'),
});
