import { toUsd, valueOf } from '../../shared/money/arithmetic.ts';
import { price, value, type Base, type Price, type Usd } from '../../shared/money/quantity.ts';
import { larger, magnitude, smaller } from '../../shared/money/rounding.ts';
import { perpSize, type Account, type OraclePrices } from '../domain/account.ts';
import { exposureOf, oracleOf } from '../domain/margin.ts';
import type { Market } from '../domain/market.ts';
import type { RestingOrder } from '../domain/openOrders.ts';
import { accountAfter, type PlannedFill } from '../domain/orderPreview.ts';
import type { Preflight } from '../venues/venue.ts';
import { expectedFills, type PricedLeg } from './cost.ts';
import type { Leg, LegFill } from './trade.ts';

/** What has been seen of the markets that a trade is in. */
export interface MarketLooks {
  readonly markets: ReadonlyMap<string, Market>;
  readonly preflights: ReadonlyMap<string, Preflight>;
}

export function pricedLeg(leg: Leg, { markets, preflights }: MarketLooks): PricedLeg {
  const market = markets.get(leg.market);
  if (market === undefined) throw new TypeError(`no market ${leg.market}`);
  const seen = preflights.get(leg.market);
  if (seen === undefined) throw new TypeError(`no preflight for ${leg.market}`);
  return { ...leg, mark: seen.quote.mark, depth: seen.depth, market };
}

/**
 * The account as the gates see it once legs have filled, all of them or only what is taken at once. What rests is
 * counted at its limit or the oracle, whichever is worse: what a limit gains against today's oracle is gone when the
 * oracle has come to it.
 */
export function accountAfterLegs(
  legs: readonly Leg[],
  context: MarketLooks & { readonly account: Account; readonly oracles: OraclePrices },
  which: 'all' | 'taken',
): Account {
  const fills = legs.flatMap((leg) => {
    const priced = pricedLeg(leg, context);
    const oracle = oracleOf(context.oracles, priced.market.asset);
    return expectedFills(priced)
      .filter(({ liquidity }) => which === 'all' || liquidity === 'taker')
      .map((fill) => plannedFill(priced, leg.market, { ...fill, price: counted(leg, fill, oracle) }));
  });
  return accountAfter(context.account, fills);
}

/** A fill of a leg with its fee, rounded up. */
export function plannedFill(
  { side, market: { takerFee, makerFee } }: Pick<PricedLeg, 'side' | 'market'>,
  market: string,
  { size, price: at, liquidity }: LegFill,
): PlannedFill {
  const share = liquidity === 'taker' ? takerFee : makerFee;
  return { market, side, size, price: at, fee: feeOf(size, at, share) };
}

/** What of these legs would rest, as the orders that they would be. */
export function restingOf(legs: readonly Leg[]): readonly RestingOrder[] {
  return legs.flatMap(({ market, side, reduceOnly, fills = [] }) =>
    fills
      .filter(({ liquidity }) => liquidity === 'maker')
      .map((fill) => ({ market, side, size: fill.size, limitPrice: fill.price, reduceOnly })),
  );
}

/** Whether no position is larger or turned round afterwards, and exposure no greater. */
export function onlyReduces(before: Account, after: Account, oracles: OraclePrices): boolean {
  if (exposureOf(after, oracles) > exposureOf(before, oracles)) return false;
  return after.perps.every(({ market, size }) => {
    const held = perpSize(before, market);
    return size === 0n || (size > 0n === held > 0n && magnitude(size) <= magnitude(held));
  });
}

function counted({ side }: Leg, { price: at, liquidity }: LegFill, oracle: Price): Price {
  if (liquidity === 'taker') return at;
  return price(side === 'buy' ? larger(at, oracle) : smaller(at, oracle));
}

function feeOf(size: Base, at: Price, share: Market['takerFee']): Usd {
  return toUsd(value((valueOf(size, at) * share) / 1_000_000_000_000n), 'ceil');
}
