import { movedBy } from '../../shared/money/arithmetic.ts';
import { price, rate, type Price, type Rate } from '../../shared/money/quantity.ts';
import { toStep } from '../../shared/money/rounding.ts';
import type { Market, Side } from './market.ts';

/** A market order's limit: mark ± tolerance, on the tick, never wider than the tolerance. Source: R4.4. */
export function limitFor(side: Side, mark: Price, tolerance: Rate, market: Market): Price {
  const rounding = side === 'buy' ? 'floor' : 'ceil';
  return price(
    toStep(movedBy(mark, side === 'buy' ? tolerance : rate(-tolerance), rounding), market.tick, rounding),
  );
}
