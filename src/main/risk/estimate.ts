import { toUsd, valueOf } from '../../shared/money/arithmetic.ts';
import { formatUsd } from '../../shared/money/decimal.ts';
import {
  base,
  rate,
  usd,
  value,
  type Base,
  type Rate,
  type Usd,
  type Value,
} from '../../shared/money/quantity.ts';
import { larger, magnitude } from '../../shared/money/rounding.ts';
import { perpSize, type Account, type OraclePrices } from '../domain/account.ts';
import { isSpot } from '../domain/accountChange.ts';
import { DAY_MS } from '../domain/funding.ts';
import { oracleOf } from '../domain/margin.ts';
import { signed } from '../domain/market.ts';
import { breakEven, estimateCost, expectedFunding, expectedFills } from './cost.ts';
import { pricedLeg, type MarketLooks } from './legFills.ts';
import type { RiskSettings } from './riskSettings.ts';
import type { Leg, TradeEstimate } from './trade.ts';

export interface EstimateContext extends MarketLooks {
  readonly oracles: OraclePrices;
  readonly fundingHourly: Rate;
  /** SOL that one transaction costs. */
  readonly gas: Base;
}

/** What a trade of the hedge would cost and earn, without judging it: the perpetual leg is short, and earns. */
export function estimateTrade(
  legs: readonly Leg[],
  context: EstimateContext,
  settings: RiskSettings,
): TradeEstimate {
  return estimated(legs, context, settings, hedgedNotional(legs, context), context.fundingHourly);
}

/**
 * The same for an order by hand. Funding is that of what it opens: a long pays a positive rate. What it closes, and spot,
 * earns none.
 */
export function estimateOrder(
  leg: Leg,
  context: EstimateContext & { readonly account: Account },
  settings: RiskSettings,
): TradeEstimate {
  const earned = leg.side === 'buy' ? rate(-context.fundingHourly) : context.fundingHourly;
  return estimated([leg], context, settings, openedNotional(leg, context), earned);
}

function estimated(
  legs: readonly Leg[],
  context: EstimateContext,
  settings: RiskSettings,
  notional: Value,
  hourly: Rate,
): TradeEstimate {
  const priced = legs.map((leg) => pricedLeg(leg, context));
  const cost = estimateCost(priced, context.gas, settings.tip, oracleOf(context.oracles, 'SOL'));
  const horizonMs = settings.horizonDays * DAY_MS;
  const revenue = expectedFunding(notional, hourly, horizonMs, settings.positiveShare);
  return {
    cost,
    expectedRevenue: revenue,
    net: value(revenue - cost.total),
    breakEvenMs: breakEven(cost.total, revenue, horizonMs),
  };
}

/** The parts of an estimate in dollars. */
export type RoundedEstimate = Readonly<
  Record<'gas' | 'tip' | 'slippage' | 'fees' | 'cost' | 'expectedRevenue' | 'net', Usd>
>;

/**
 * An estimate in dollars, each part rounded against the trader to a millionth, the sums made of the rounded parts, so
 * that the numbers shown add up. The gate itself compares exact ones.
 */
export function roundedEstimate({ cost, expectedRevenue }: TradeEstimate): RoundedEstimate {
  const gas = toUsd(cost.gas, 'ceil');
  const tip = toUsd(cost.tip, 'ceil');
  const slippage = toUsd(cost.slippage, 'ceil');
  const fees = toUsd(cost.fees, 'ceil');
  const total = usd(gas + tip + slippage + fees);
  const revenue = toUsd(expectedRevenue, 'floor');
  return { gas, tip, slippage, fees, cost: total, expectedRevenue: revenue, net: usd(revenue - total) };
}

/** The same as decimal strings, as decisions are logged with. */
export function estimateNumbers(estimate: TradeEstimate): Record<string, string | number> {
  const { cost, gas, tip, slippage, fees, expectedRevenue, net } = roundedEstimate(estimate);
  const { breakEvenMs } = estimate;
  return {
    cost: formatUsd(cost),
    gas: formatUsd(gas),
    tip: formatUsd(tip),
    slippage: formatUsd(slippage),
    fees: formatUsd(fees),
    expectedRevenue: formatUsd(expectedRevenue),
    net: formatUsd(net),
    ...(breakEvenMs === null ? {} : { breakEvenMs }),
  };
}

/** Notional of one leg: the perpetual's, or the spot's where there is no perpetual. */
function hedgedNotional(
  legs: readonly Leg[],
  { oracles, markets }: Pick<EstimateContext, 'oracles' | 'markets'>,
): Value {
  const leg = legs.find(({ market }) => !isSpot(market)) ?? legs[0];
  if (leg === undefined) return value(0n);
  return valueOf(leg.size, oracleOf(oracles, markets.get(leg.market)?.asset ?? 'SOL'));
}

function openedNotional(leg: Leg, context: EstimateContext & { readonly account: Account }): Value {
  if (isSpot(leg.market)) return value(0n);
  const priced = pricedLeg(leg, context);
  const size = expectedFills(priced).reduce((total, fill) => total + fill.size, 0n);
  const held = perpSize(context.account, leg.market);
  const against = held > 0n !== signed(leg.side, base(1n)) > 0n;
  const opened = against ? larger(0n, size - magnitude(held)) : size;
  return valueOf(base(opened), oracleOf(context.oracles, priced.market.asset));
}
