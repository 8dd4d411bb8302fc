import { RATE_ONE, type Price } from '../../../shared/money/quantity.ts';
import { healthBelow, healthier, type MarginTerms } from '../../domain/margin.ts';
import type { Trigger } from '../../domain/order.ts';
import type { Beyond, OrderCondition, OrderConditions } from '../../domain/orderPlan.ts';
import type { Quote } from '../../market/feed.ts';

/** What conditions look at, at one moment. */
export interface ConditionView {
  /** Unix ms. */
  readonly now: number;
  /** Undefined where the venue shows no such market. */
  readonly quote: (market: string) => Quote | undefined;
  /** Funding of a market now, percent a year; undefined where nothing is known. */
  readonly fundingApr: (market: string) => number | undefined;
  /** Terms of the maintenance margin, which health is made of. */
  readonly maintenance: MarginTerms;
}

/** Whether conditions hold. Reached counts, and what is not known does not hold. */
export function hold({ match, of }: OrderConditions, view: ConditionView): boolean {
  return match === 'all'
    ? of.every((condition) => holds(condition, view))
    : of.some((condition) => holds(condition, view));
}

/** Whether the oracle has reached a trigger. */
export const reached = ({ price, when }: Trigger, oracle: Price): boolean => isBeyond(oracle, when, price);

function holds(condition: OrderCondition, view: ConditionView): boolean {
  switch (condition.kind) {
    case 'price': {
      const quote = view.quote(condition.market);
      return quote !== undefined && isBeyond(quote[condition.source], condition.is, condition.price);
    }
    case 'funding': {
      const apr = view.fundingApr(condition.market);
      return apr !== undefined && isBeyond(apr, condition.is, condition.apr);
    }
    case 'health': {
      if (condition.is === 'above') return !healthBelow(view.maintenance, condition.health);
      // Terms of an account that stands exactly at the limit: 1 − requirement / collateral = health.
      const limit = { requirement: RATE_ONE - condition.health, collateral: RATE_ONE };
      return !healthier(view.maintenance, limit);
    }
    case 'time':
      return view.now >= condition.at;
  }
}

const isBeyond = <Quantity extends bigint | number>(now: Quantity, is: Beyond, limit: Quantity): boolean =>
  is === 'above' ? now >= limit : now <= limit;
