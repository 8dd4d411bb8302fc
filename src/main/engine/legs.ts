import { exact, movedBy, sizeFor } from '../../shared/money/arithmetic.ts';
import { base, value, type Base, type Price, type Rate, type Usd } from '../../shared/money/quantity.ts';
import { larger, smaller, toStep } from '../../shared/money/rounding.ts';
import type { Side } from '../domain/market.ts';
import { limitFor } from '../domain/marketLimit.ts';
import type { Leg } from '../risk/trade.ts';
import type { View } from './view.ts';

/** How much of the unhedged bound a clip uses, so that a move of the price does not carry it over the bound. */
const CLIP_SHARE = { of: 10n, take: 9n } as const;

export function spotLeg(side: Side, size: Base, view: View, tolerance: Rate): Leg {
  const market = view.markets.spot;
  const limitPrice = limitFor(side, view.spotQuote.mark, tolerance, market);
  return { market: market.symbol, side, size, limitPrice, reduceOnly: side === 'sell' };
}

/** Selling enlarges the short; buying only ever reduces it. */
export function perpLeg(side: Side, size: Base, view: View, tolerance: Rate): Leg {
  const market = view.markets.perp;
  const limitPrice = limitFor(side, view.perpQuote.mark, tolerance, market);
  return { market: market.symbol, side, size, limitPrice, reduceOnly: side === 'buy' };
}

/** The largest clip that keeps what stands between two legs within the bound: at least one lot. */
export function clipSize(unhedged: Usd, view: View, tolerance: Rate): Base {
  const dearest = movedBy(larger(view.spotQuote.oracle, view.perpQuote.mark) as Price, tolerance, 'ceil');
  const allowed = value((exact(unhedged) * CLIP_SHARE.take) / CLIP_SHARE.of);
  const { lot } = view.markets.spot;
  return base(larger(toStep(sizeFor(allowed, dearest, 'floor'), lot, 'floor'), lot));
}

/** The smallest of some sizes, in whole lots. */
export function lotsOf(lot: Base, ...sizes: readonly Base[]): Base {
  const least = sizes.reduce((a, b) => base(smaller(a, b)));
  return least <= 0n ? base(0n) : base(toStep(least, lot, 'floor'));
}
