import { equityOf } from '../domain/margin.ts';
import { movedBy, sizeFor, toUsd, valueOf } from '../../shared/money/arithmetic.ts';
import { formatUsd } from '../../shared/money/decimal.ts';
import {
  NO_RATE,
  RATE_ONE,
  base,
  usd,
  value,
  type Base,
  type Rate,
  type Value,
} from '../../shared/money/quantity.ts';
import { divide, larger, toStep } from '../../shared/money/rounding.ts';
import { DAY_MS, HOUR_MS, aprPct } from '../domain/funding.ts';
import { LEAST_SLIPPAGE } from '../domain/slippage.ts';
import { breakEven, estimateCost, expectedFunding, type CostEstimate } from '../risk/cost.ts';
import { round } from '../risk/gates.ts';
import type { RiskSettings } from '../risk/riskSettings.ts';
import type { Numbers } from './decision.ts';
import type { EngineSettings } from './engineSettings.ts';
import { clipSize } from './legs.ts';
import type { View } from './view.ts';

export interface PolicySettings {
  readonly engine: EngineSettings;
  readonly risk: RiskSettings;
}

/** What the policy makes of an entry. */
export type EntryVerdict =
  | { readonly kind: 'enter'; readonly numbers: Numbers }
  | { readonly kind: 'decline'; readonly fails: 'average' | 'current' | 'both'; readonly numbers: Numbers }
  | { readonly kind: 'wait'; readonly coveredHours: number };

/**
 * Whether a hedge of `size` is worth entering: the averaged and the current rate must both be expected to earn, over
 * the horizon, what both legs cost one way. Source: requirements, R11.1, R6.2 to R6.4.
 */
export function judgeEntry(size: Base, view: View, settings: PolicySettings): EntryVerdict {
  const { fundingAverage: average, fundingHourly: current } = view;
  const coveredMs = average?.coveredMs ?? 0;
  if (average === undefined || current === undefined || coveredMs < settings.engine.historyHours * HOUR_MS) {
    return { kind: 'wait', coveredHours: Math.floor(coveredMs / HOUR_MS) };
  }
  const horizonMs = settings.risk.horizonDays * DAY_MS;
  const notional = valueOf(size, view.spotQuote.oracle);
  const cost = entryCost(size, view, settings);
  const byAverage = expectedFunding(notional, average.hourly, horizonMs, settings.risk.positiveShare);
  const byCurrent = expectedFunding(notional, current, horizonMs, settings.risk.positiveShare);
  const numbers = {
    notional: dollars(notional, 'floor'),
    cost: dollars(cost.total, 'ceil'),
    expectedByAverage: dollars(byAverage, 'floor'),
    expectedByCurrent: dollars(byCurrent, 'floor'),
    // Of the rounded ones, so that the numbers shown add up; the verdict below compares exact ones.
    net: formatUsd(
      usd(toUsd(byAverage < byCurrent ? byAverage : byCurrent, 'floor') - toUsd(cost.total, 'ceil')),
    ),
    averageAprPct: round(aprPct(average.hourly)),
    currentAprPct: round(aprPct(current)),
    breakEvenMs: breakEven(cost.total, byCurrent, horizonMs) ?? -1,
  };
  const averagePays = byAverage >= cost.total;
  const currentPays = byCurrent >= cost.total;
  if (averagePays && currentPays) return { kind: 'enter', numbers };
  const fails = averagePays ? 'current' : currentPays ? 'average' : 'both';
  return { kind: 'decline', fails, numbers };
}

/**
 * Whether to leave: the averaged rate is negative, and the loss expected over the horizon is above the cost of closing
 * and opening again, twice the entry's. Undefined while it is not. Source: requirements, R11.1.
 */
export function judgeExit(size: Base, view: View, settings: PolicySettings): Numbers | undefined {
  const { fundingAverage: average } = view;
  if (average === undefined || average.hourly >= 0n) return undefined;
  const horizonMs = settings.risk.horizonDays * DAY_MS;
  const notional = valueOf(size, view.spotQuote.oracle);
  const loss = value(-expectedFunding(notional, average.hourly, horizonMs, settings.risk.positiveShare));
  const roundTrip = value(2n * entryCost(size, view, settings).total);
  if (loss <= roundTrip) return undefined;
  return {
    expectedLoss: dollars(loss, 'ceil'),
    closeAndReopen: dollars(roundTrip, 'ceil'),
    averageAprPct: round(aprPct(average.hourly)),
  };
}

/**
 * Spot that an entry steers to: the share of the sub-account's equity at the price that a taker expects to pay, in
 * whole lots rounded down; never less than the SOL that is there already.
 */
export function entryGoal(view: View, share: Rate): Base {
  const budget = value(divide(equityOf(view.account, view.oracles) * share, RATE_ONE, 'floor'));
  const at = movedBy(view.spotQuote.mark, LEAST_SLIPPAGE, 'ceil');
  const wanted = budget <= 0n ? 0n : toStep(sizeFor(budget, at, 'floor'), view.markets.spot.lot, 'floor');
  return base(larger(wanted, toStep(view.spot, view.markets.spot.lot, 'floor')));
}

/** When funding at the current rate has paid for getting into a hedge of `size` and out again; null if never. */
export function hedgeBreakEvenMs(size: Base, view: View, settings: PolicySettings): number | null {
  const horizonMs = settings.risk.horizonDays * DAY_MS;
  const notional = valueOf(size, view.spotQuote.oracle);
  const revenue = expectedFunding(
    notional,
    view.fundingHourly ?? NO_RATE,
    horizonMs,
    settings.risk.positiveShare,
  );
  return breakEven(entryCost(size, view, settings).total, revenue, horizonMs);
}

/** Both legs one way, in clips that are small against the book. */
function entryCost(size: Base, view: View, { engine, risk }: PolicySettings): CostEstimate {
  const clips = divide(size, clipSize(engine.unhedgedUsd, view, risk.slippageTolerance), 'ceil');
  const shared = { depth: [], size };
  return estimateCost(
    [
      { ...shared, side: 'buy', mark: view.spotQuote.mark, market: view.markets.spot },
      { ...shared, side: 'sell', mark: view.perpQuote.mark, market: view.markets.perp },
    ],
    base(view.gas * clips),
    base(risk.tip * clips),
    view.spotQuote.oracle,
  );
}

const dollars = (amount: Value, rounding: 'floor' | 'ceil'): string => formatUsd(toUsd(amount, rounding));
