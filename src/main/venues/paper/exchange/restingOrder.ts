import type { Side } from '../../../domain/market.ts';
import type { Lots, Ticks } from './grid.ts';

/** An order in the book, as it stood when it was asked for. */
export interface RestingOrder {
  readonly id: number;
  /** The participant whose it is. Two orders of one owner never trade with each other. */
  readonly owner: number;
  readonly side: Side;
  readonly ticks: Ticks;
  /** What is left of it. */
  readonly lots: Lots;
}

/** One resting order, or a part of it, taken. */
export interface Match {
  readonly makerId: number;
  readonly makerOwner: number;
  /** The maker's price. */
  readonly ticks: Ticks;
  readonly lots: Lots;
  /** What is left of the maker; at nothing it is out of the book. */
  readonly makerLeft: Lots;
}
