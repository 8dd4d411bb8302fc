import { AppError } from '../../shared/contract/appError.ts';
import type { OrderTicket } from '../../shared/contract/orders.ts';
import { price, type Price, type Rate } from '../../shared/money/quantity.ts';
import { larger, smaller, toStep } from '../../shared/money/rounding.ts';
import type { Market, Side } from './market.ts';
import { limitFor } from './marketLimit.ts';
import type { Trigger } from './order.ts';
import type { OrderPlan } from './orderPlan.ts';
import { checkBand, limitBand } from './priceBand.ts';
import { SHAPES, checkShape, timeInForceOf } from './ticketShape.ts';
import { bracketOf, conditionsOf, triggerOf } from './ticketTriggers.ts';
import { typedOffset, typedPrice, typedSize } from './typedAmount.ts';

/** What a ticket is read against. */
export interface TicketContext {
  readonly markets: ReadonlyMap<string, Market>;
  quote(market: string): { readonly oracle: Price; readonly mark: Price };
  readonly now: number;
  /** How far from the mark the limit of a market order lies; a fraction. */
  readonly slippageTolerance: Rate;
}

interface Pricing {
  readonly limitPrice: Price;
  readonly trigger?: Trigger;
  readonly tolerance?: Rate;
  readonly oracleOffset?: Price;
}

/**
 * A ticket as a plan: on the grid, whole, and possible by itself; whether the account can bear it is for the gates.
 *
 * Throws UNKNOWN_MARKET; INVALID_PAYLOAD with the `field` for what does not go together; INVALID_SIZE and INVALID_PRICE
 * with the `nearest` valid value; INVALID_TRIGGER for a trigger or a time that has been passed; PRICE_OUT_OF_BAND with
 * the band's edges.
 *
 * A market order's limit is the mark ± the tolerance; one that waits has its trigger's instead, or the mark's of now, and
 * the `tolerance` to compute it anew. A limit's band is measured from the oracle, or from the trigger, where the oracle
 * then stands.
 */
export function planOf(ticket: OrderTicket, given: TicketContext): OrderPlan {
  const marketOf = (symbol: string): Market => marketNamed(symbol, given.markets);
  const market = marketOf(ticket.market);
  checkShape(ticket, market, given.now);
  const size = typedSize(ticket.size, market);
  const pricing = pricingOf(ticket, market, given);
  const { side, type, validUntil, postOnly, clientOrderId } = ticket;
  const { mark } = given.quote(market.symbol);
  return {
    market,
    side,
    size,
    type,
    ...pricing,
    timeInForce: timeInForceOf(ticket),
    reduceOnly: ticket.reduceOnly ?? false,
    ...(validUntil === undefined ? {} : { expiresAt: validUntil }),
    ...(postOnly === undefined ? {} : { postOnly }),
    ...(ticket.conditions === undefined
      ? {}
      : { conditions: conditionsOf(ticket.conditions, marketOf, given.now) }),
    ...(ticket.bracket === undefined
      ? {}
      : { bracket: bracketOf(ticket.bracket, side, market, entryOf({ side, type, ...pricing }, mark)) }),
    ...(clientOrderId === undefined ? {} : { clientOrderId }),
  };
}

/** The limit of an oracle-offset order while the oracle stands there: on the tick, never worse than it says. */
export function offsetLimit(side: Side, oracle: Price, offset: Price, market: Market): Price {
  return price(toStep(oracle + offset, market.tick, side === 'buy' ? 'floor' : 'ceil'));
}

function pricingOf(ticket: OrderTicket, market: Market, given: TicketContext): Pricing {
  const { side, type, price: typed, triggerPrice, offset } = ticket;
  const { oracle, mark } = given.quote(market.symbol);
  const tolerance = given.slippageTolerance;
  const { trigger: kind } = SHAPES[type];
  const trigger =
    kind === undefined || triggerPrice === undefined
      ? undefined
      : triggerOf(kind, side, triggerPrice, market, oracle, 'triggerPrice');
  const waits = trigger === undefined ? {} : { trigger };
  if (typed !== undefined) {
    const limitPrice = typedPrice(typed, market, 'price');
    const from = trigger?.price ?? oracle;
    checkBand(limitPrice, limitBand(side, from, market), from, 'price');
    return { limitPrice, ...waits };
  }
  if (offset !== undefined) {
    const oracleOffset = typedOffset(offset, market, 'offset');
    const limitPrice = offsetLimit(side, oracle, oracleOffset, market);
    checkBand(limitPrice, limitBand(side, oracle, market), oracle, 'offset');
    return { limitPrice, oracleOffset };
  }
  const limitPrice = limitFor(side, trigger?.price ?? mark, tolerance, market);
  const later = trigger !== undefined || ticket.conditions !== undefined;
  return { limitPrice, ...waits, ...(later ? { tolerance } : {}) };
}

/** Where an entry would fill: at its trigger or the mark, or at its limit where that is better for it. */
export function entryOf(
  { side, type, limitPrice, trigger }: Pick<OrderPlan, 'side' | 'type' | 'limitPrice' | 'trigger'>,
  mark: Price,
): Price {
  const from = trigger?.price ?? mark;
  if (SHAPES[type].market) return from;
  return price(side === 'buy' ? smaller(limitPrice, from) : larger(limitPrice, from));
}

function marketNamed(symbol: string, markets: ReadonlyMap<string, Market>): Market {
  const market = markets.get(symbol);
  if (market !== undefined) return market;
  throw new AppError('UNKNOWN_MARKET', `There is no market ${symbol} here.`, { market: symbol });
}
