import { price, type Base, type Price } from '../../../shared/money/quantity.ts';
import { divide } from '../../../shared/money/rounding.ts';

/** All that is on offer at one price. */
export interface BookLevel {
  readonly price: Price;
  readonly size: Base;
}

/** A book as it stood after the change of a number. Both sides best first, every size above zero. */
export interface BookView {
  readonly market: string;
  /** Unix ms. */
  readonly t: number;
  readonly sequence: number;
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}

/** What has become of a book: levels with their new size, zero where a level is gone. */
export interface BookChange {
  readonly market: string;
  /** Unix ms. */
  readonly t: number;
  /** The sequence of the book that it changes. */
  readonly from: number;
  /** The sequence of the book that it makes. */
  readonly sequence: number;
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}

type Sides = Pick<BookView, 'bids' | 'asks'>;

/** Best ask less best bid; null where a side is empty. */
export function spread({ bids: [bid], asks: [ask] }: Sides): Price | null {
  return bid && ask ? price(ask.price - bid.price) : null;
}

/** Half-way between the best bid and the best ask, to the nearest billionth; null where a side is empty. */
export function mid({ bids: [bid], asks: [ask] }: Sides): Price | null {
  return bid && ask ? price(divide(bid.price + ask.price, 2n, 'nearest')) : null;
}

/** The spread in hundredths of a percent of the mid (which is not rounded here); null where a side is empty. */
export function spreadBp({ bids: [bid], asks: [ask] }: Sides): number | null {
  return bid && ask ? (20_000 * Number(ask.price - bid.price)) / Number(bid.price + ask.price) : null;
}

/** Whether somebody would pay what somebody else asks. Such orders trade, so a book that shows it is wrong. */
export const isCrossed = ({ bids: [bid], asks: [ask] }: Sides): boolean =>
  bid !== undefined && ask !== undefined && bid.price >= ask.price;
