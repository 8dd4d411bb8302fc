import { price } from '../../../shared/money/quantity.ts';
import { larger, toStep } from '../../../shared/money/rounding.ts';
import type { Market } from '../../domain/market.ts';
import type { OpenOrder } from '../../domain/order.ts';
import type { OraclePrices } from '../../domain/account.ts';

/**
 * An order as it stands at an oracle: a limit that follows it is moved along, onto the tick away from the market.
 * Source: the program's `Order::get_limit_price`.
 */
export function atOracle(order: OpenOrder, oracles: OraclePrices, market: Market | undefined): OpenOrder {
  const { oracleOffset, side } = order;
  if (oracleOffset === undefined || market === undefined) return order;
  const oracle = oracles[market.asset];
  if (oracle === undefined) return order;
  const { tick } = market;
  const limit = toStep(larger(oracle + oracleOffset, tick), tick, side === 'buy' ? 'floor' : 'ceil');
  return { ...order, limitPrice: price(limit) };
}
