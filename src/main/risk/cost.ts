import { movedBy, shareOfValue, valueOf } from '../../shared/money/arithmetic.ts';
import {
  base,
  price,
  rate,
  value,
  type Base,
  type Price,
  type Rate,
  type Value,
} from '../../shared/money/quantity.ts';
import { divide, larger, smaller, toStep } from '../../shared/money/rounding.ts';
import { HOUR_MS } from '../domain/funding.ts';
import type { Market, Side } from '../domain/market.ts';
import { LEAST_SLIPPAGE } from '../domain/slippage.ts';
import type { DepthLevel } from '../market/feed.ts';
import type { LegFill } from './trade.ts';

/** What a trade's own legs cost, one way. Exact dollars, each part estimated by itself; positive is a cost. */
export interface CostEstimate {
  readonly gas: Value;
  readonly tip: Value;
  readonly slippage: Value;
  readonly fees: Value;
  readonly total: Value;
}

export interface PricedLeg {
  readonly side: Side;
  readonly size: Base;
  readonly mark: Price;
  readonly depth: readonly DepthLevel[];
  readonly market: Market;
  /** Where it is known; otherwise all of it as a taker at the likely price. */
  readonly fills?: readonly LegFill[];
}

/**
 * Costs of sending these legs now. What rests pays the maker's fee, which may be a rebate, and no slippage.
 * @param gas SOL a transaction; each leg is one
 * @param tip SOL a trade
 */
export function estimateCost(
  legs: readonly PricedLeg[],
  gas: Base,
  tip: Base,
  solPrice: Price,
): CostEstimate {
  let slippage = 0n;
  let fees = 0n;
  for (const leg of legs) {
    for (const { size, price: at, liquidity } of expectedFills(leg)) {
      const takes = liquidity === 'taker';
      if (takes) slippage += size * larger(0n, leg.side === 'buy' ? at - leg.mark : leg.mark - at);
      fees += shareOfValue(valueOf(size, at), takes ? leg.market.takerFee : leg.market.makerFee, 'ceil');
    }
  }
  const gasCost = valueOf(base(gas * BigInt(legs.length)), solPrice);
  const tipCost = valueOf(tip, solPrice);
  return {
    gas: gasCost,
    tip: tipCost,
    slippage: value(slippage),
    fees: value(fees),
    total: value(gasCost + tipCost + slippage + fees),
  };
}

/** What a leg is expected to fill, and at which prices. */
export function expectedFills(leg: PricedLeg): readonly LegFill[] {
  return leg.fills ?? [{ size: leg.size, price: likelyPrice(leg), liquidity: 'taker' }];
}

/**
 * Average price of walking the visible depth, at least 0.1 % from the mark. What the book does not show is counted at
 * its last level. On the tick, rounded against the trader.
 */
export function likelyPrice({ side, size, mark, depth, market }: PricedLeg): Price {
  const rounding = side === 'buy' ? 'ceil' : 'floor';
  const away = (offset: Rate): Price => movedBy(mark, side === 'buy' ? offset : rate(-offset), rounding);
  let left: bigint = size;
  let quote = 0n;
  let last = away(LEAST_SLIPPAGE);
  for (const level of depth) {
    if (left === 0n) break;
    const taken = smaller(left, level.size);
    last = away(level.offset);
    quote += taken * last;
    left -= taken;
  }
  quote += left * last;
  const least = away(LEAST_SLIPPAGE);
  const average = size === 0n ? least : price(divide(quote, size, rounding));
  const farther = side === 'buy' ? (average > least ? average : least) : average < least ? average : least;
  return price(toStep(farther, market.tick, rounding));
}

/**
 * Funding that a short of this notional earns over a stretch of time, rounded down: notional × rate × hours, of
 * which only a share is counted while the rate is positive, and all of it when negative (R6.4).
 */
export function expectedFunding(
  notional: Value,
  hourly: Rate,
  stretchMs: number,
  positiveShare: Rate,
): Value {
  const whole = divide(notional * hourly * BigInt(stretchMs), 1_000_000_000_000n * BigInt(HOUR_MS), 'floor');
  return hourly > 0n ? shareOfValue(value(whole), positiveShare, 'floor') : value(whole);
}

/** Milliseconds until `revenue`, earned evenly over `stretchMs`, has paid for the way in and out; null if never. */
export function breakEven(oneWay: Value, revenue: Value, stretchMs: number): number | null {
  if (revenue <= 0n) return null;
  return Number(divide(2n * oneWay * BigInt(stretchMs), revenue, 'ceil'));
}
