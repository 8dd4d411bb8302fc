import { AppError } from '../../shared/contract/appError.ts';
import type { OrderTicket, OrderType } from '../../shared/contract/orders.ts';
import type { Market } from './market.ts';
import type { TimeInForce } from './order.ts';

/** What an order type is made of. */
interface TypeShape {
  /** Takes at once whatever its limit, which follows from the mark. */
  readonly market: boolean;
  readonly price: boolean;
  readonly trigger: 'stop' | 'takeProfit' | undefined;
}

export const SHAPES: Readonly<Record<OrderType, TypeShape>> = {
  market: { market: true, price: false, trigger: undefined },
  limit: { market: false, price: true, trigger: undefined },
  stopMarket: { market: true, price: false, trigger: 'stop' },
  stopLimit: { market: false, price: true, trigger: 'stop' },
  takeProfitMarket: { market: true, price: false, trigger: 'takeProfit' },
  takeProfitLimit: { market: false, price: true, trigger: 'takeProfit' },
  oracleOffset: { market: false, price: false, trigger: undefined },
};

/** What the program calls its own orders, and theirs at the venue. */
const OWN_NUMBER = /^m\d+(?:\.\d+)?$/;

const TIMES = { GTC: 'gtc', IOC: 'ioc', FOK: 'fok', GTD: 'gtd' } as const;

/** What the ticket says, or the default of its type: a market order never rests, all others do. */
export function timeInForceOf({ type, timeInForce }: OrderTicket): TimeInForce {
  return TIMES[timeInForce ?? (SHAPES[type].market ? 'IOC' : 'GTC')];
}

/** Refuses what does not go together, whatever the market does: INVALID_PAYLOAD with the `field` that is to blame. */
export function checkShape(ticket: OrderTicket, market: Market, now: number): void {
  checkPrices(ticket);
  checkTimes(ticket, now);
  if (ticket.clientOrderId !== undefined && OWN_NUMBER.test(ticket.clientOrderId))
    throw nonsense(
      'clientOrderId',
      `${ticket.clientOrderId} looks like a number of the program’s own orders: choose another name.`,
    );
  if (ticket.conditions !== undefined && SHAPES[ticket.type].trigger !== undefined)
    throw nonsense(
      'conditions',
      'Conditions go with market, limit and oracle-offset orders: this one has a trigger.',
    );
  checkBracketShape(ticket, market);
}

function checkPrices({ type, price, triggerPrice, offset }: OrderTicket): void {
  const shape = SHAPES[type];
  goesWith('price', 'a price', shape.price, price, type);
  goesWith('triggerPrice', 'a trigger price', shape.trigger !== undefined, triggerPrice, type);
  goesWith('offset', 'an offset', type === 'oracleOffset', offset, type);
}

function goesWith(
  field: string,
  what: string,
  needed: boolean,
  given: string | undefined,
  type: OrderType,
): void {
  if (needed === (given !== undefined)) return;
  throw nonsense(
    field,
    needed ? `A ${type} order needs ${what}.` : `A ${type} order has no use for ${what}.`,
  );
}

function checkTimes(ticket: OrderTicket, now: number): void {
  const { type, postOnly, validUntil } = ticket;
  const time = timeInForceOf(ticket);
  const atOnce = time === 'ioc' || time === 'fok';
  if (SHAPES[type].market && !atOnce)
    throw nonsense('timeInForce', 'A market order does not rest: it is IOC or FOK.');
  if (postOnly !== undefined && atOnce)
    throw nonsense('postOnly', 'A post-only order has to rest, and this one takes at once or is cancelled.');
  if (time !== 'gtd') {
    if (validUntil !== undefined)
      throw nonsense('validUntil', 'Only a GTD order has a time at which it ends.');
    return;
  }
  if (validUntil === undefined) throw nonsense('validUntil', 'A GTD order needs the time at which it ends.');
  if (validUntil <= now) throw nonsense('validUntil', 'A GTD order has to end in the future.');
}

function checkBracketShape({ bracket, reduceOnly, side }: OrderTicket, market: Market): void {
  if (bracket === undefined) return;
  if (bracket.takeProfit === undefined && bracket.stopLoss === undefined)
    throw nonsense('bracket', 'A bracket needs a take-profit, a stop-loss, or both.');
  if (reduceOnly === true)
    throw nonsense('bracket', 'A reduce-only order opens nothing that a bracket could close.');
  if (market.kind === 'spot' && side === 'sell')
    throw nonsense('bracket', `Selling ${market.symbol} leaves nothing that a bracket could sell.`);
}

const nonsense = (field: string, message: string): AppError =>
  new AppError('INVALID_PAYLOAD', message, { field });
