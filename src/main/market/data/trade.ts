import type { Base, Price } from '../../../shared/money/quantity.ts';
import type { Side } from '../../domain/market.ts';

/** A trade between two others, as the venue tells everyone. Sizes and prices are above zero. */
export interface PublicTrade {
  /** From 0, rising by one a market: two trades of a millisecond keep their order, and a missed one shows. */
  readonly id: number;
  /** Unix ms, by the venue's clock. */
  readonly t: number;
  readonly price: Price;
  readonly size: Base;
  /** The taker's. */
  readonly side: Side;
}

/**
 * What became of a trade that was handed over: `added`; `known`, its id or a later one having been there before, so
 * that a stream may be replayed; or `late`, the minute it belongs to being over. What is over has been stored and sent
 * and is never opened again, so neither changes anything.
 */
export type TradeVerdict = 'added' | 'known' | 'late';

/**
 * @param lastId id of the last trade taken, -1 before the first
 * @param minute when the minute under way began, Unix ms. Within it the ids say what came first, not the times.
 */
export function verdictOn({ id, t }: PublicTrade, lastId: number, minute: number): TradeVerdict {
  if (id <= lastId) return 'known';
  return t < minute ? 'late' : 'added';
}
