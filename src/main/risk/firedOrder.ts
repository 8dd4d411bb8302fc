import { price, type Price } from '../../shared/money/quantity.ts';
import { larger, smaller } from '../../shared/money/rounding.ts';
import { limitFor } from '../domain/marketLimit.ts';
import type { OrderPlan } from '../domain/orderPlan.ts';
import { offsetLimit } from '../domain/orderTicket.ts';
import type { Quote } from '../market/feed.ts';
import type { GateContext } from './gates.ts';

/**
 * An order that waits, and the market, at the moment when it is let loose: oracle and mark stand at its trigger, or at the
 * price of its own market that its conditions name, and its limit follows from that. As they are now where nothing names
 * a price. The oracle is as old as it is.
 */
export function asFired<Context extends Pick<GateContext, 'oracles' | 'preflights'>>(
  plan: OrderPlan,
  context: Context,
): { readonly plan: OrderPlan; readonly context: Context } {
  const { market, side } = plan;
  const seen = context.preflights.get(market.symbol);
  const at = seen === undefined ? undefined : (plan.trigger?.price ?? conditionPrice(plan, seen.quote));
  if (seen === undefined || at === undefined) return { plan, context };
  const quote: Quote = { ...seen.quote, oracle: at, mark: at };
  const limitPrice =
    plan.oracleOffset !== undefined
      ? offsetLimit(side, at, plan.oracleOffset, market)
      : plan.tolerance !== undefined
        ? limitFor(side, at, plan.tolerance, market)
        : plan.limitPrice;
  return {
    plan: { ...plan, limitPrice },
    context: {
      ...context,
      oracles: { ...context.oracles, [market.asset]: at },
      preflights: new Map(context.preflights).set(market.symbol, { ...seen, quote }),
    },
  };
}

/** All: the last price to be reached. Any: the first, or none where one is reached already. */
function conditionPrice({ conditions, market }: OrderPlan, now: Quote): Price | undefined {
  if (conditions === undefined) return undefined;
  const own = conditions.of.flatMap((one) =>
    one.kind === 'price' && one.market === market.symbol ? [one] : [],
  );
  const ahead = own.filter(({ is, price: at, source }) =>
    is === 'above' ? at > now[source] : at < now[source],
  );
  if (conditions.match === 'any' && ahead.length < own.length) return undefined;
  // Prices on both sides of the market at once can't all hold; the last of the list stands for them then.
  return ahead
    .map(({ price: at }) => at)
    .reduce<Price | undefined>((found, at) => {
      if (found === undefined) return at;
      const further = conditions.match === 'all';
      return price(at > now.oracle === further ? larger(found, at) : smaller(found, at));
    }, undefined);
}
