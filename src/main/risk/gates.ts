import { toUsd, valueOf } from '../../shared/money/arithmetic.ts';
import { formatBase, formatPrice, formatRate, formatUsd } from '../../shared/money/decimal.ts';
import {
  NO_RATE,
  usd,
  value,
  type Base,
  type Price,
  type Rate,
  type Value,
} from '../../shared/money/quantity.ts';
import { magnitude } from '../../shared/money/rounding.ts';
import type { Account, CollateralWeights, OraclePrices } from '../domain/account.ts';
import { afterEvent, isSpot } from '../domain/accountChange.ts';
import { DAY_MS, aprPct } from '../domain/funding.ts';
import {
  equityOf,
  exposureOf,
  healthBelow,
  healthPct,
  healthier,
  leverageAbove,
  leverageRatio,
  maintenanceTerms,
  oracleOf,
} from '../domain/margin.ts';
import type { Market } from '../domain/market.ts';
import { worstCase } from '../domain/openOrders.ts';
import type { OrderRequest } from '../domain/order.ts';
import type { Preflight } from '../venues/venue.ts';
import { breakEven, estimateCost, expectedFunding, likelyPrice, type PricedLeg } from './cost.ts';
import type { RiskSettings } from './riskSettings.ts';
import type { ApprovedTrade, Leg, ProposedTrade, Refusal, RefusedTrade, TradeEstimate } from './trade.ts';

/** Everything that the gates look at, gathered for this one trade. */
export interface GateContext {
  readonly now: number;
  readonly account: Account;
  readonly wallet: Base;
  /** SOL that one transaction costs. */
  readonly gas: Base;
  readonly oracles: OraclePrices;
  readonly markets: ReadonlyMap<string, Market>;
  readonly weights: CollateralWeights;
  /** Orders that rest in the books: leverage counts them at their worst. */
  readonly openOrders: readonly OrderRequest[];
  /** By market, one for each leg. */
  readonly preflights: ReadonlyMap<string, Preflight>;
  /** Funding now, as a fraction an hour. */
  readonly fundingHourly: Rate;
}

interface Case extends GateContext {
  readonly trade: ProposedTrade;
  readonly settings: RiskSettings;
  readonly estimate: TradeEstimate;
  readonly after: Account;
  /** Reduce-only, or an account that is healthier afterwards: gates 3, 5, 6 and 8 let it pass. */
  readonly relieves: boolean;
}

type Gate = (given: Case) => Refusal | undefined;

/** The verdict on a trade. All gates are asked, so that a blocked trade names every reason. */
export function judge(
  trade: ProposedTrade,
  context: GateContext,
  settings: RiskSettings,
): ApprovedTrade | RefusedTrade {
  const given = caseOf(trade, context, settings);
  const [first, ...others] = GATES.map((gate) => gate(given)).filter((refusal) => refusal !== undefined);
  const { estimate } = given;
  if (first !== undefined) return { verdict: 'refused', trade, estimate, reasons: [first, ...others] };
  return { verdict: 'approved', trade, estimate } as ApprovedTrade;
}

/** What a trade would cost and earn, without judging it. */
export function estimateTrade(
  legs: readonly Leg[],
  context: Pick<GateContext, 'markets' | 'preflights' | 'oracles' | 'fundingHourly' | 'gas'>,
  settings: RiskSettings,
): TradeEstimate {
  const priced = legs.map((leg) => pricedLeg(leg, context));
  const cost = estimateCost(priced, context.gas, settings.tip, oracleOf(context.oracles, 'SOL'));
  const notional = hedgedNotional(legs, context);
  const horizonMs = settings.horizonDays * DAY_MS;
  const revenue = expectedFunding(notional, context.fundingHourly, horizonMs, settings.positiveShare);
  return {
    cost,
    expectedRevenue: revenue,
    net: value(revenue - cost.total),
    breakEvenMs: breakEven(cost.total, revenue, horizonMs),
  };
}

const stalePrice: Gate = ({ now, trade, preflights, settings }) => {
  for (const { market } of trade.legs) {
    const quote = preflights.get(market)?.quote;
    if (quote === undefined) continue;
    const ageMs = now - quote.oracleTime;
    const gap = magnitude(quote.mark - quote.oracle) * 1_000_000_000_000n;
    if (ageMs <= settings.oracleMaxAgeMs && gap <= quote.oracle * settings.oracleMaxGap) continue;
    return {
      code: 'STALE_PRICE',
      message: `The oracle of ${market} is too old or too far from the mark to trade on.`,
      numbers: {
        market,
        ageMs,
        limitMs: settings.oracleMaxAgeMs,
        oracle: formatPrice(quote.oracle),
        mark: formatPrice(quote.mark),
        maxGap: formatRate(settings.oracleMaxGap),
      },
    };
  }
  return undefined;
};

const latency: Gate = ({ relieves, trade, preflights, settings }) => {
  const slowest = Math.max(...trade.legs.map(({ market }) => preflights.get(market)?.latencyMs ?? 0));
  if (relieves || slowest <= settings.maxLatencyMs) return undefined;
  return {
    code: 'LATENCY_TOO_HIGH',
    message: `The venue took ${slowest} ms to answer; no new risk is taken over ${settings.maxLatencyMs} ms.`,
    numbers: { latencyMs: slowest, limitMs: settings.maxLatencyMs },
  };
};

const gas: Gate = ({ relieves, wallet, settings }) => {
  if (relieves || wallet >= settings.gasReserve) return undefined;
  return {
    code: 'INSUFFICIENT_GAS',
    message: `The wallet has ${formatBase(wallet)} SOL; ${formatBase(settings.gasReserve)} SOL are kept for getting out.`,
    numbers: { wallet: formatBase(wallet), reserve: formatBase(settings.gasReserve) },
  };
};

const leverage: Gate = ({ account, after, oracles, openOrders, settings }) => {
  const resting = worstCase(openOrders, () => NO_RATE).notional;
  const exposure = value(exposureOf(after, oracles) + resting);
  const equity = equityOf(after, oracles);
  const increases = exposure > exposureOf(account, oracles) + resting;
  if (!increases || !leverageAbove(exposure, equity, settings.maxLeverage)) return undefined;
  return {
    code: 'LEVERAGE_EXCEEDED',
    message: `Leverage would be ${leverageRatio(exposure, equity).toFixed(2)}x; the limit is ${formatRate(settings.maxLeverage)}x.`,
    numbers: {
      exposure: formatUsd(toUsd(exposure, 'ceil')),
      equity: formatUsd(toUsd(equity, 'floor')),
      limit: formatRate(settings.maxLeverage),
    },
  };
};

const health: Gate = ({ relieves, account, after, oracles, markets, weights, settings }) => {
  if (relieves) return undefined;
  const ratioOf = (market: string): Rate => markets.get(market)?.maintenanceMargin ?? NO_RATE;
  const before = maintenanceTerms(account, oracles, ratioOf, weights);
  const terms = maintenanceTerms(after, oracles, ratioOf, weights);
  const guarded = healthBelow(before, settings.guardHealth);
  if (!guarded && !healthBelow(terms, settings.minHealth)) return undefined;
  return {
    code: 'HEALTH_TOO_LOW',
    message: guarded
      ? `Health is ${healthPct(before).toFixed(1)} %; nothing is increased under ${formatRate(settings.guardHealth)}.`
      : `Health would fall to ${healthPct(terms).toFixed(1)} %.`,
    numbers: {
      healthPct: round(healthPct(before)),
      healthAfterPct: round(healthPct(terms)),
      minHealth: formatRate(settings.minHealth),
      guardHealth: formatRate(settings.guardHealth),
    },
  };
};

const profit: Gate = ({ trade, relieves, estimate, fundingHourly, settings }) => {
  const asked =
    settings.profitGate !== 'none' &&
    (trade.effect === 'opens' || (settings.profitGate === 'all' && trade.purpose === 'correct'));
  if (!asked || relieves || estimate.net >= 0n) return undefined;
  return {
    code: 'UNPROFITABLE',
    message: 'Expected funding does not pay for this trade.',
    numbers: {
      ...estimateNumbers(estimate),
      fundingAprPct: round(aprPct(fundingHourly)),
      horizonDays: settings.horizonDays,
    },
  };
};

const GATES: readonly Gate[] = [stalePrice, latency, gas, leverage, health, profit];

/**
 * An estimate as decimal strings, each part rounded against the trader to a millionth of a dollar, the sums made of the
 * rounded parts, so that the numbers shown add up. The gate itself compares exact ones.
 */
export function estimateNumbers({
  cost,
  expectedRevenue,
  breakEvenMs,
}: TradeEstimate): Record<string, string | number> {
  const gas = toUsd(cost.gas, 'ceil');
  const tip = toUsd(cost.tip, 'ceil');
  const slippage = toUsd(cost.slippage, 'ceil');
  const fees = toUsd(cost.fees, 'ceil');
  const total = usd(gas + tip + slippage + fees);
  const revenue = toUsd(expectedRevenue, 'floor');
  return {
    cost: formatUsd(total),
    gas: formatUsd(gas),
    tip: formatUsd(tip),
    slippage: formatUsd(slippage),
    fees: formatUsd(fees),
    expectedRevenue: formatUsd(revenue),
    net: formatUsd(usd(revenue - total)),
    ...(breakEvenMs === null ? {} : { breakEvenMs }),
  };
}

/** Two decimals, for percentages in messages. */
export const round = (pct: number): number => Math.round(pct * 100) / 100;

function caseOf(trade: ProposedTrade, context: GateContext, settings: RiskSettings): Case {
  const after = accountAfter(trade.legs, context);
  const ratioOf = (market: string): Rate => context.markets.get(market)?.maintenanceMargin ?? NO_RATE;
  const { account, oracles, weights } = context;
  const healthierAfter = healthier(
    maintenanceTerms(after, oracles, ratioOf, weights),
    maintenanceTerms(account, oracles, ratioOf, weights),
  );
  return {
    ...context,
    trade,
    settings,
    estimate: estimateTrade(trade.legs, context, settings),
    after,
    relieves:
      trade.effect === 'reduces' || trade.legs.every(({ reduceOnly }) => reduceOnly) || healthierAfter,
  };
}

/** The account once every leg has filled at its likely price. */
function accountAfter(legs: readonly Leg[], context: GateContext): Account {
  let holdings = { account: context.account, wallet: context.wallet };
  for (const leg of legs) {
    const priced = pricedLeg(leg, context);
    const at = likelyPrice(priced);
    holdings = afterEvent(holdings, {
      type: 'FILL',
      t: context.now,
      orderId: '',
      market: leg.market,
      side: leg.side,
      size: leg.size,
      price: at,
      oracle: oracleOf(context.oracles, priced.market.asset),
      fee: feeOf(leg.size, at, priced.market),
      liquidity: 'taker',
    });
  }
  return holdings.account;
}

function feeOf(size: Base, at: Price, market: Market): ReturnType<typeof toUsd> {
  return toUsd(value((valueOf(size, at) * market.takerFee) / 1_000_000_000_000n), 'ceil');
}

/** Notional of one leg: the perpetual's, or the spot's where there is no perpetual. */
function hedgedNotional(
  legs: readonly Leg[],
  { oracles, markets }: Pick<GateContext, 'oracles' | 'markets'>,
): Value {
  const leg = legs.find(({ market }) => !isSpot(market)) ?? legs[0];
  if (leg === undefined) return value(0n);
  return valueOf(leg.size, oracleOf(oracles, markets.get(leg.market)?.asset ?? 'SOL'));
}

function pricedLeg(
  leg: Leg,
  { markets, preflights }: Pick<GateContext, 'markets' | 'preflights'>,
): PricedLeg {
  const market = markets.get(leg.market);
  if (market === undefined) throw new TypeError(`no market ${leg.market}`);
  const { quote, depth } = preflightOf(leg.market, { preflights });
  return { side: leg.side, size: leg.size, mark: quote.mark, depth, market };
}

function preflightOf(market: string, { preflights }: Pick<GateContext, 'preflights'>): Preflight {
  const found = preflights.get(market);
  if (found === undefined) throw new TypeError(`no preflight for ${market}`);
  return found;
}
