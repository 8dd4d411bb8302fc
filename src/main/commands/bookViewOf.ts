import type { BookViewData } from '../../shared/contract/marketData.ts';
import { formatBase, formatPrice } from '../../shared/money/decimal.ts';
import type { Price } from '../../shared/money/quantity.ts';
import { mid, spread, spreadBp, type BookChange, type BookLevel } from '../market/data/bookView.ts';
import type { MarketBook } from './streams/streamSource.ts';

/** @param levels those to name, where they are not all: the figures beside them are of the whole book */
export const bookViewOf = (
  { view, mark, oracle }: MarketBook,
  levels: Pick<BookChange, 'bids' | 'asks'> = view,
): BookViewData => ({
  market: view.market,
  t: view.t,
  sequence: view.sequence,
  bids: levels.bids.map(levelOf),
  asks: levels.asks.map(levelOf),
  mid: formatKnown(mid(view)),
  spread: formatKnown(spread(view)),
  spreadBp: spreadBp(view),
  mark: formatPrice(mark),
  oracle: formatPrice(oracle),
});

const levelOf = ({ price, size }: BookLevel): BookViewData['bids'][number] => ({
  price: formatPrice(price),
  size: formatBase(size),
});

const formatKnown = (price: Price | null): string | null => (price === null ? null : formatPrice(price));
