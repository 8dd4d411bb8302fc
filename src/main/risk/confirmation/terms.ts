import { AppError } from '../../../shared/contract/appError.ts';
import { toUsd, valueOf } from '../../../shared/money/arithmetic.ts';
import { formatBase, formatPrice, formatUsd } from '../../../shared/money/decimal.ts';
import { price, value, type Price, type Usd } from '../../../shared/money/quantity.ts';
import { larger } from '../../../shared/money/rounding.ts';
import type { TradePlace } from '../../domain/confirmation.ts';
import type { Leg, ProposedTrade } from '../trade.ts';

/** What of a leg the user confirms: another value in any of these is another trade. */
export type LegTerms = Pick<Leg, 'market' | 'side' | 'size' | 'limitPrice' | 'reduceOnly'>;

/** Exactly what is confirmed: the legs in their order, and whose account they are for. */
export interface TradeTerms {
  readonly place: TradePlace;
  readonly legs: readonly LegTerms[];
}

export function termsOf(trade: ProposedTrade, place: TradePlace): TradeTerms {
  return {
    place,
    legs: trade.legs.map(({ market, side, size, limitPrice, reduceOnly }) => ({
      market,
      side,
      size,
      limitPrice,
      reduceOnly,
    })),
  };
}

export function sameTerms(a: TradeTerms, b: TradeTerms): boolean {
  return (
    samePlace(a.place, b.place) &&
    a.legs.length === b.legs.length &&
    a.legs.every((leg, i) => sameLeg(leg, b.legs[i]))
  );
}

export const samePlace = (a: TradePlace, b: TradePlace): boolean =>
  a.venue === b.venue && a.owner === b.owner && a.subAccount === b.subAccount;

/**
 * What a trade is worth to the limits: all of its legs together, each at its price limit or the mark, whichever is
 * higher, rounded up to a millionth. A seller's limit is the least that is taken, so the mark says what is at stake.
 * Throws STALE_PRICE where a market's mark is not known: what can't be weighed is not let pass.
 */
export function worthOf(trade: ProposedTrade, marks: ReadonlyMap<string, Price>): Usd {
  const total = trade.legs.reduce((sum, { market, size, limitPrice }) => {
    const mark = marks.get(market);
    if (mark === undefined)
      throw new AppError('STALE_PRICE', `There is no price of ${market} to weigh the trade by.`, { market });
    return sum + valueOf(size, price(larger(mark, limitPrice)));
  }, 0n);
  return toUsd(value(total), 'ceil');
}

/** A trade as its user reads it: "Buy 1.5 SOL at 151 or better, then sell 1.5 SOL-PERP at 149 or better". */
export function termsWords({ legs }: TradeTerms): string {
  const [first = '', ...others] = legs.map(legWords);
  const words = [first, ...others].join(', then ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const dollarWords = (amount: Usd): string => `$${formatUsd(amount)}`;

function legWords({ market, side, size, limitPrice, reduceOnly }: LegTerms): string {
  const only = reduceOnly ? ', only to reduce' : '';
  return `${side} ${formatBase(size)} ${market} at ${formatPrice(limitPrice)} or better${only}`;
}

function sameLeg(a: LegTerms, b: LegTerms | undefined): boolean {
  return (
    b !== undefined &&
    a.market === b.market &&
    a.side === b.side &&
    a.size === b.size &&
    a.limitPrice === b.limitPrice &&
    a.reduceOnly === b.reduceOnly
  );
}
