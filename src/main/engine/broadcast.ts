import type { FundingUpdateData } from '../../shared/contract/fundingUpdate.ts';
import { exact, toUsd, valueOf } from '../../shared/money/arithmetic.ts';
import { formatBase, formatDecimal, formatPrice, formatRate, formatUsd } from '../../shared/money/decimal.ts';
import {
  NO_RATE,
  RATE_DECIMALS,
  RATE_ONE,
  base,
  value,
  type Rate,
  type Value,
} from '../../shared/money/quantity.ts';
import { divide } from '../../shared/money/rounding.ts';
import type { PerpPosition } from '../domain/account.ts';
import { revalue, totalPnl, type Books } from '../domain/books.ts';
import { driftPct, netDelta } from '../domain/delta.ts';
import { aprPct } from '../domain/funding.ts';
import { liquidationPrice } from '../domain/liquidation.ts';
import {
  equityOf,
  exposureOf,
  freeCollateral,
  healthPct,
  initialTerms,
  leverageRatio,
  oracleOf,
  unsettledPnl,
} from '../domain/margin.ts';
import { entryPrice } from '../domain/position.ts';
import { round } from '../risk/gates.ts';
import type { Memory } from './memory.ts';
import { hedgeBreakEvenMs, type PolicySettings } from './policy.ts';
import { cooldownLeft } from './rebalance.ts';
import type { View } from './view.ts';

/** What the same capital would have made otherwise, and what it would be worth. */
export interface Comparison {
  readonly justHolding: Value;
  readonly justHoldingEquity: Value;
  /** Null where a transfer could not be made there as well: the two no longer compare. */
  readonly neverLeaving: Value | null;
  readonly neverLeavingEquity: Value | null;
}

export interface BroadcastSource {
  readonly view: View;
  readonly memory: Memory;
  readonly books: Books;
  readonly settings: PolicySettings;
  readonly venue: string;
  readonly mode: FundingUpdateData['mode'];
  readonly subAccount: number;
  readonly lastAction: string | null;
  readonly comparison: Comparison | null;
  readonly clock: FundingUpdateData['clock'];
}

/** FUNDING_UPDATE: everything that the screen shows of the engine (R1.7), from one look at the account. */
export function fundingUpdate(source: BroadcastSource): FundingUpdateData {
  const { view, memory, settings } = source;
  const { account, oracles, spot, perp } = view;
  const books = revalue(source.books, oracles);
  const equity = equityOf(account, oracles);
  const initial = initialTerms(account, oracles, () => view.markets.perp.initialMargin, view.markets.weights);
  const leverage = leverageRatio(exposureOf(account, oracles), equity);
  const hourly = view.fundingHourly ?? NO_RATE;
  return {
    engine: 'funding',
    venue: source.venue,
    subAccount: source.subAccount,
    timestamp: view.now,
    mode: source.mode,
    target: memory.target,
    spotSol: formatBase(spot),
    perpSol: formatBase(perp),
    netDelta: formatBase(netDelta(spot, perp)),
    driftPct: round(driftPct(spot, perp)),
    driftTolerancePct: percentOf(settings.engine.deltaTolerance),
    solPrice: formatPrice(view.spotQuote.oracle),
    fundingRateHourly: formatRate(hourly),
    fundingApr: round(aprPct(hourly)),
    fundingAverageApr: view.fundingAverage === undefined ? null : round(aprPct(view.fundingAverage.hourly)),
    health: round(healthPct(view.terms)),
    leverage: Number.isFinite(leverage) ? round(leverage) : null,
    totalCollateral: weighted(view.terms.collateral),
    freeCollateral: money(freeCollateral(initial)),
    maintenanceMargin: weighted(view.terms.requirement),
    equity: money(equity),
    positions: account.perps.filter(({ size }) => size !== 0n).map((held) => positionOf(held, view)),
    pnl: {
      funding: money(books.parts.funding),
      price: money(books.parts.price),
      fees: money(books.parts.fees),
      slippage: money(books.parts.slippage),
      interest: money(books.parts.interest),
      total: money(totalPnl(books.parts)),
    },
    comparison: source.comparison && {
      justHolding: money(source.comparison.justHolding),
      neverLeaving: moneyOrNull(source.comparison.neverLeaving),
      justHoldingEquity: money(source.comparison.justHoldingEquity),
      neverLeavingEquity: moneyOrNull(source.comparison.neverLeavingEquity),
    },
    clock: source.clock,
    breakEvenMs: perp === 0n ? null : hedgeBreakEvenMs(base(-perp), view, settings),
    lastAction: source.lastAction,
    cooldownRemainingMs: cooldownLeft(memory, view.now, settings.engine.cooldownMs),
  };
}

function positionOf(held: PerpPosition, view: View): FundingUpdateData['positions'][number] {
  const oracle = oracleOf(view.oracles, held.asset);
  const limit = liquidationPrice(
    view.account,
    held.asset,
    view.oracles,
    () => view.markets.perp.maintenanceMargin,
    view.markets.weights,
  );
  const unrealized = value(valueOf(held.size, oracle) + exact(held.entryQuote));
  return {
    market: held.market,
    size: formatBase(held.size),
    entryPrice: formatPrice(entryPrice(held)),
    markPrice: formatPrice(oracle),
    liquidationPrice: limit === undefined ? null : formatPrice(limit.price),
    unrealizedPnl: money(unrealized),
    unsettledPnl: money(unsettledPnl(held, oracle)),
    settledPnl: formatUsd(held.settledPnl),
    fundingEarned: formatUsd(held.fundingEarned),
  };
}

/** A rate as percent, for a screen. */
const percentOf = (fraction: Rate): number => Number(formatDecimal(fraction, RATE_DECIMALS - 2));
const money = (amount: Value): string => formatUsd(toUsd(amount, 'floor'));
const moneyOrNull = (amount: Value | null): string | null => (amount === null ? null : money(amount));
const weighted = (amount: bigint): string => money(value(divide(amount, RATE_ONE, 'floor')));
