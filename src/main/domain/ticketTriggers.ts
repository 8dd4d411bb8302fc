import { AppError } from '../../shared/contract/appError.ts';
import type { Condition, Conditions, OrderTicket } from '../../shared/contract/orders.ts';
import { formatPrice } from '../../shared/money/decimal.ts';
import { RATE_ONE, rate, type Price } from '../../shared/money/quantity.ts';
import { ensureNever } from '../../shared/never.ts';
import type { Market, Side } from './market.ts';
import type { Trigger } from './order.ts';
import type { Beyond, Bracket, BracketLeg, OrderCondition, OrderConditions } from './orderPlan.ts';
import { checkBand, limitBand, triggerBand } from './priceBand.ts';
import { typedPrice } from './typedAmount.ts';

/** Health is kept in trillionths and typed in percent. */
const RATE_PER_PCT = Number(RATE_ONE) / 100;

/**
 * The trigger of a stop or take-profit. A stop follows the market (a buy above it, a sell below), a take-profit waits for
 * it to come (a buy below, a sell above). Throws INVALID_PRICE, INVALID_TRIGGER where the oracle is there already, and
 * PRICE_OUT_OF_BAND.
 */
export function triggerOf(
  kind: 'stop' | 'takeProfit',
  side: Side,
  text: string,
  market: Market,
  oracle: Price,
  field: string,
): Trigger {
  const at = typedPrice(text, market, field);
  const when: Beyond = (side === 'buy') === (kind === 'stop') ? 'above' : 'below';
  const trigger = { price: at, when };
  checkTrigger(trigger, market, oracle, field);
  return trigger;
}

/** Throws INVALID_TRIGGER where the oracle is there already, and PRICE_OUT_OF_BAND. */
export function checkTrigger({ price, when }: Trigger, market: Market, oracle: Price, field: string): void {
  checkAhead(price, when, oracle, `the oracle of ${market.symbol}`, field);
  checkBand(price, triggerBand(oracle, market), oracle, field);
}

/**
 * The exits of an entry, each on its own side of the price at which the entry would fill.
 * @param entry that price
 */
export function bracketOf(
  bracket: NonNullable<OrderTicket['bracket']>,
  entrySide: Side,
  market: Market,
  entry: Price,
): Bracket {
  const side: Side = entrySide === 'buy' ? 'sell' : 'buy';
  const legOf = (name: 'takeProfit' | 'stopLoss'): BracketLeg | undefined => {
    const typed = bracket[name];
    if (typed === undefined) return undefined;
    const field = `bracket.${name}`;
    const trigger = typedPrice(typed.triggerPrice, market, `${field}.triggerPrice`);
    checkLeg(name, trigger, entrySide, market, entry, `${field}.triggerPrice`);
    if (typed.price === undefined) return { trigger };
    const limitPrice = typedPrice(typed.price, market, `${field}.price`);
    checkBand(limitPrice, limitBand(side, trigger, market), trigger, `${field}.price`);
    return { trigger, limitPrice };
  };
  const [takeProfit, stopLoss] = [legOf('takeProfit'), legOf('stopLoss')];
  return {
    ...(takeProfit === undefined ? {} : { takeProfit }),
    ...(stopLoss === undefined ? {} : { stopLoss }),
  };
}

/**
 * That the exits of an entry which is changed still lie on their own sides of it. Throws INVALID_TRIGGER and
 * PRICE_OUT_OF_BAND.
 * @param field what was changed
 */
export function checkBracket(
  bracket: Bracket,
  entrySide: Side,
  market: Market,
  entry: Price,
  field: string,
): void {
  for (const name of ['takeProfit', 'stopLoss'] as const) {
    const leg = bracket[name];
    if (leg !== undefined) checkLeg(name, leg.trigger, entrySide, market, entry, field);
  }
}

function checkLeg(
  name: keyof Bracket,
  trigger: Price,
  entrySide: Side,
  market: Market,
  entry: Price,
  field: string,
): void {
  const when: Beyond = (entrySide === 'buy') === (name === 'takeProfit') ? 'above' : 'below';
  checkAhead(trigger, when, entry, 'the price of the entry', field);
  checkBand(trigger, triggerBand(entry, market), entry, field);
}

/**
 * Conditions that can be watched. One that holds already is fine, the order is then sent at once; a moment that has
 * passed is not, for nobody means it. Throws UNKNOWN_MARKET, INVALID_PRICE, INVALID_TRIGGER.
 */
export function conditionsOf(
  { match, of }: Conditions,
  marketOf: (symbol: string) => Market,
  now: number,
): OrderConditions {
  return { match, of: of.map((one, index) => conditionOf(one, marketOf, now, `conditions.of.${index}`)) };
}

function conditionOf(
  given: Condition,
  marketOf: (symbol: string) => Market,
  now: number,
  field: string,
): OrderCondition {
  switch (given.kind) {
    case 'price':
      return { ...given, price: typedPrice(given.price, marketOf(given.market), `${field}.price`) };
    case 'funding': {
      if (marketOf(given.market).kind === 'perp') return given;
      const message = `${given.market} is a spot market: it has no funding to wait for.`;
      throw new AppError('INVALID_TRIGGER', message, { field, market: given.market });
    }
    case 'health':
      return { kind: 'health', is: given.is, health: rate(BigInt(Math.round(given.pct * RATE_PER_PCT))) };
    case 'time': {
      if (given.at > now) return given;
      throw new AppError('INVALID_TRIGGER', 'The time of a condition has passed.', {
        field,
        at: given.at,
        now,
      });
    }
    default:
      return ensureNever(given);
  }
}

/** What is reached already would be let loose at once, so equal is wrong too. */
function checkAhead(trigger: Price, when: Beyond, from: Price, what: string, field: string): void {
  if (when === 'above' ? trigger > from : trigger < from) return;
  const message = `${formatPrice(trigger)} has been passed: this trigger has to be ${when} ${what}, ${formatPrice(from)}.`;
  throw new AppError('INVALID_TRIGGER', message, {
    field,
    trigger: formatPrice(trigger),
    has: when,
    from: formatPrice(from),
  });
}
