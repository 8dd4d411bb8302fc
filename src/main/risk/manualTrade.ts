import { formatBase, formatPrice } from '../../shared/money/decimal.ts';
import { base, price } from '../../shared/money/quantity.ts';
import { magnitude } from '../../shared/money/rounding.ts';
import { perpSize } from '../domain/account.ts';
import { signed } from '../domain/market.ts';
import type { OrderPlan } from '../domain/orderPlan.ts';
import { SHAPES } from '../domain/ticketShape.ts';
import type { GateContext } from './gates.ts';
import { possibleFills, type OrderOutlook } from './orderOutlook.ts';
import type { Effect, ProposedTrade } from './trade.ts';

/** An order by hand as the gates judge it: as much as it may fill. One leg, and one order. */
export function proposalOf(
  plan: OrderPlan,
  outlook: OrderOutlook,
  context: Pick<GateContext, 'account' | 'openOrders'>,
): ProposedTrade {
  const { market, side, size, limitPrice, reduceOnly } = plan;
  const fills = possibleFills(outlook, plan);
  return {
    purpose: 'manual',
    effect: effectOf(plan, context),
    legs: [{ market: market.symbol, side, size, limitPrice, reduceOnly, fills }],
    because: becauseOf(plan),
  };
}

/**
 * `reduces` where the position only shrinks, whatever else of its side fills before: several orders that each would
 * close a position turn it round together.
 */
function effectOf(
  { market: { symbol, kind }, side, size, reduceOnly }: OrderPlan,
  { account, openOrders }: Pick<GateContext, 'account' | 'openOrders'>,
): Effect {
  if (reduceOnly) return 'reduces';
  const held = kind === 'spot' ? account.spot : perpSize(account, symbol);
  if (held === 0n || held > 0n === signed(side, size) > 0n) return 'opens';
  const others = openOrders
    .filter((order) => order.market === symbol && order.side === side && !order.reduceOnly)
    .reduce((total, order) => total + order.size, 0n);
  return size + others <= magnitude(held) ? 'reduces' : 'opens';
}

/** Why, as a trader reads it beside the trade. */
function becauseOf(plan: OrderPlan): string {
  const { side, size, market, trigger, conditions } = plan;
  const what = `${side === 'buy' ? 'Buy' : 'Sell'} ${formatBase(base(size))} ${market.symbol}`;
  const when =
    trigger === undefined ? '' : ` once the oracle is at ${formatPrice(trigger.price)} or ${trigger.when}`;
  const held = conditions === undefined ? '' : ` once ${conditions.match} of its conditions hold`;
  return `${what} ${priceWords(plan)}${when}${held}: ordered by hand.`;
}

function priceWords({ type, limitPrice, oracleOffset }: OrderPlan): string {
  if (SHAPES[type].market) return 'at the market';
  if (oracleOffset === undefined) return `at ${formatPrice(limitPrice)} or better`;
  const away = formatPrice(price(magnitude(oracleOffset)));
  return `at ${away} ${oracleOffset < 0n ? 'under' : 'over'} the oracle or better`;
}
