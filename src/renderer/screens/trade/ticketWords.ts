import type { OrderTicket, OrderView } from '../../../shared/contract/orders.ts';
import { dayAndTime } from '../../components/clockText.ts';
import { grouped, signOf } from '../../components/decimalText.ts';
import { triggerIs } from './ticketDraft.ts';

const dollars = (text: string): string =>
  text.startsWith('-') ? `−$${grouped(text.slice(1))}` : `$${grouped(text)}`;

/** What an order would do, exactly: "Buy 1.5 SOL-PERP at market". All digits stand as they are sent. */
export function ticketWords(ticket: OrderTicket): string {
  const { side, size, market, type, triggerPrice, conditions } = ticket;
  const what = `${side === 'buy' ? 'Buy' : 'Sell'} ${grouped(size)} ${market} ${priceWords(ticket)}`;
  const once =
    triggerPrice === undefined ? '' : ` once the oracle is ${triggerIs(type, side)} ${dollars(triggerPrice)}`;
  const held =
    conditions === undefined
      ? ''
      : conditions.of.length === 1
        ? ' once its condition holds'
        : ` once ${conditions.match} of ${conditions.of.length} conditions ${conditions.match === 'all' ? 'hold' : 'holds'}`;
  return [`${what}${once}${held}`, ...termsOf(ticket)].join(', ');
}

/** How it may trade and how long it stands, where that is not what its type does anyway. */
function termsOf(ticket: OrderTicket): readonly string[] {
  const { timeInForce, validUntil, postOnly, reduceOnly, bracket } = ticket;
  return [
    timeInForce === 'IOC' || timeInForce === 'FOK' ? timeInForce : '',
    validUntil === undefined ? '' : `until ${dayAndTime(validUntil)}`,
    postOnly === undefined ? '' : 'post-only',
    reduceOnly === true ? 'reduce-only' : '',
    bracket === undefined ? '' : `with ${legsOf(bracket)}`,
  ].filter((term) => term !== '');
}

function legsOf({ takeProfit, stopLoss }: NonNullable<OrderTicket['bracket']>): string {
  if (takeProfit === undefined) return 'a stop-loss';
  return stopLoss === undefined ? 'a take-profit' : 'both exits';
}

function priceWords({ price, offset }: Pick<OrderTicket, 'price' | 'offset'>): string {
  if (offset !== undefined) return offsetWords(offset);
  return price === undefined ? 'at market' : `at ${dollars(price)}`;
}

/** "$0.05 above the oracle" */
export function offsetWords(offset: string): string {
  const sign = signOf(offset);
  if (sign === 0) return 'at the oracle';
  return `${dollars(offset.replace('-', ''))} ${sign > 0 ? 'above' : 'below'} the oracle`;
}

/** What came of a change of an order, in a sentence. */
export function changedWords({ state, size, market }: OrderView): string {
  const order = `The order for ${grouped(size)} ${market}`;
  if (state === 'modifying' || state === 'placing' || state === 'unknown')
    return `The change of the order for ${grouped(size)} ${market} is sent; the venue has not answered yet.`;
  return state === 'filled' ? `${order} is changed, and filled at once.` : `${order} is changed.`;
}

/** What came of an order that was placed, in a sentence. */
export function placedWords(order: OrderView, repeated: boolean): string {
  const { side, size, market, filled, averagePrice } = order;
  const verb = side === 'buy' ? 'Bought' : 'Sold';
  const at = averagePrice === null ? '' : ` at ${dollars(averagePrice)}`;
  const done = `${verb} ${grouped(filled)} of ${grouped(size)} ${market}${at}`;
  if (repeated)
    return `That client order id was used before: nothing new was placed. Its order is ${order.state}.`;
  switch (order.state) {
    case 'filled':
      return `${verb} ${grouped(size)} ${market}${at}.`;
    case 'partiallyFilled':
      return `${done}; the rest was cancelled.`;
    case 'conditional':
      return `The order for ${grouped(size)} ${market} waits for its conditions.`;
    case 'untriggered':
      return `The order for ${grouped(size)} ${market} waits for its trigger.`;
    case 'cancelled':
    case 'rejected':
    case 'expired':
      return signOf(filled) === 0
        ? `Nothing was filled: ${order.reason ?? `the order is ${order.state}`}`
        : `${done}.`;
    case 'placing':
    case 'unknown':
      return `The order for ${grouped(size)} ${market} is sent; the venue has not answered yet.`;
    default:
      return signOf(filled) === 0
        ? `The order for ${grouped(size)} ${market} rests in the book.`
        : `${done}; the rest is in the book.`;
  }
}
