import { toUsd } from '../../shared/money/arithmetic.ts';
import { formatBase, formatPrice, formatRate, formatUsd } from '../../shared/money/decimal.ts';
import { NO_RATE, type Base, type Rate, type Value } from '../../shared/money/quantity.ts';
import { magnitude } from '../../shared/money/rounding.ts';
import type { Account, CollateralWeights, OraclePrices } from '../domain/account.ts';
import { aprPct } from '../domain/funding.ts';
import {
  equityOf,
  healthBelow,
  healthPct,
  healthier,
  leverageAbove,
  leverageRatio,
  maintenanceTerms,
} from '../domain/margin.ts';
import type { Market } from '../domain/market.ts';
import { worstCasePositions, type RestingOrder } from '../domain/openOrders.ts';
import type { Preflight } from '../venues/venue.ts';
import { estimateNumbers, estimateOrder, estimateTrade } from './estimate.ts';
import { accountAfterLegs, onlyReduces, restingOf } from './legFills.ts';
import type { RiskSettings } from './riskSettings.ts';
import type { ApprovedTrade, ProposedTrade, Refusal, RefusedTrade, TradeEstimate } from './trade.ts';

export { estimateNumbers, estimateTrade };

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
  /** What is left of the orders at the venue: leverage counts them at their worst. */
  readonly openOrders: readonly RestingOrder[];
  /** By market, one for each leg. */
  readonly preflights: ReadonlyMap<string, Preflight>;
  /** Funding of the traded perpetual now, as a fraction an hour. */
  readonly fundingHourly: Rate;
}

interface Case extends GateContext {
  readonly trade: ProposedTrade;
  readonly settings: RiskSettings;
  readonly estimate: TradeEstimate;
  /** Once all of it has filled. */
  readonly after: Account;
  /** Once only that has filled which takes at once. */
  readonly taken: Account;
  /** What of it would rest. */
  readonly resting: readonly RestingOrder[];
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

const leverage: Gate = ({
  account,
  after,
  taken,
  resting,
  oracles,
  markets,
  weights,
  openOrders,
  settings,
}) => {
  const ratioOf = (market: string): Rate => markets.get(market)?.initialMargin ?? NO_RATE;
  const atWorst = (held: Account, orders: readonly RestingOrder[]): Value =>
    worstCasePositions(held, orders, oracles, ratioOf, weights).exposure;
  const exposure = atWorst(taken, [...openOrders, ...resting]);
  // What makes positions smaller at once is no increase, though orders on its side then weigh more.
  const smaller = resting.length === 0 && onlyReduces(account, after, oracles);
  const increases = !smaller && exposure > atWorst(account, openOrders);
  const equity = equityOf(taken, oracles);
  if (!increases || !leverageAbove(exposure, equity, settings.maxLeverage)) return undefined;
  return {
    code: 'LEVERAGE_EXCEEDED',
    message: `Leverage would be ${leverageWords(exposure, equity)}; the limit is ${formatRate(settings.maxLeverage)}x.`,
    numbers: {
      exposure: formatUsd(toUsd(exposure, 'ceil')),
      equity: formatUsd(toUsd(equity, 'floor')),
      limit: formatRate(settings.maxLeverage),
    },
  };
};

/** Without equity there is no number for it. */
const leverageWords = (exposure: Value, equity: Value): string =>
  equity > 0n ? `${leverageRatio(exposure, equity).toFixed(2)}x` : 'infinite, for there is no equity left';

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
    trade.purpose !== 'manual' &&
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

/** Two decimals, for percentages in messages. */
export const round = (pct: number): number => Math.round(pct * 100) / 100;

function caseOf(trade: ProposedTrade, context: GateContext, settings: RiskSettings): Case {
  const after = accountAfterLegs(trade.legs, context, 'all');
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
    estimate:
      trade.purpose === 'manual'
        ? estimateOrder(trade.legs[0], context, settings)
        : estimateTrade(trade.legs, context, settings),
    after,
    taken: accountAfterLegs(trade.legs, context, 'taken'),
    resting: restingOf(trade.legs),
    relieves:
      trade.effect === 'reduces' || trade.legs.every(({ reduceOnly }) => reduceOnly) || healthierAfter,
  };
}
