import { valueOf } from '../../shared/money/arithmetic.ts';
import { value, type Value } from '../../shared/money/quantity.ts';
import { isSpot } from './accountChange.ts';
import type { MarginRatioOf } from './margin.ts';
import type { OrderRequest } from './order.ts';

/** What rests in the books, counted at its worst: every order that is not reduce-only fills, at its own limit. */
export interface WorstCase {
  readonly notional: Value;
  /** Margin that it would need: Value × RATE_ONE, as in MarginTerms. */
  readonly requirement: bigint;
}

export function worstCase(orders: readonly OrderRequest[], ratioOf: MarginRatioOf): WorstCase {
  let notional = 0n;
  let requirement = 0n;
  for (const { market, size, limitPrice, reduceOnly } of orders) {
    if (reduceOnly || isSpot(market)) continue;
    const worth = valueOf(size, limitPrice);
    notional += worth;
    requirement += worth * ratioOf(market);
  }
  return { notional: value(notional), requirement };
}
