export type { RunReport } from '../../shared/contract/runReport.ts';
import type { RunReport } from '../../shared/contract/runReport.ts';
import { formatValue } from '../../shared/money/decimal.ts';
import type { Value } from '../../shared/money/quantity.ts';
import { revalue, totalPnl, type PnlParts } from '../domain/books.ts';
import { oracleOf } from '../domain/margin.ts';
import { lineOf } from '../engine/eventLog.ts';
import type { PaperRun } from './paperRun.ts';

/** The lines of a run's event log: what is stored, and the closing line of where it stands now. */
export function* eventLines(stored: Iterable<string>, run: PaperRun): Generator<string> {
  for (const line of stored) yield `${line}\n`;
  const { main, feed } = run.parts;
  yield `${lineOf(main.vault.closing(run.now, feed.oracles()))}\n`;
}

export function reportOf(run: PaperRun, seed: number, eventLogHash: string, elapsedMs: number): RunReport {
  const { main, neverExiting, feed, counts } = run.parts;
  const oracles = feed.oracles();
  const books = revalue(main.vault.books, oracles);
  const other = neverExiting === undefined ? books : revalue(neverExiting.vault.books, oracles);
  const counted = counts.counts;
  const { peaks } = run.extremes;
  const { usd: unhedged, ms } = main.engine.unhedgedPeak;
  return {
    seed,
    from: feed.startMs,
    to: run.now,
    equityStart: money(run.equityStart),
    equityEnd: money(main.equity()),
    netTransfers: money(books.transfers),
    pnl: partsOf(books.parts),
    neverExiting: { pnlTotal: money(totalPnl(other.parts)) },
    justHolding: { pnlTotal: money(run.holding.pnl(oracleOf(oracles, 'SOL'))) },
    entries: counted.entries,
    exits: counted.exits,
    trades: counted.trades,
    rebalances: { up: counted.rebalancesUp, down: counted.rebalancesDown },
    skipped: { cooldown: counted.skippedCooldown, minimum: counted.skippedMinimum },
    blocked: counted.blocked,
    fundingPayments: counted.fundingPayments,
    settlements: counted.settlements,
    minHealth: fourDecimals(peaks.minHealth),
    maxLeverage: peaks.maxLeverage === null ? null : fourDecimals(peaks.maxLeverage),
    maxDriftPct: fourDecimals(peaks.maxDriftPct),
    maxUnhedgedUsd: money(unhedged),
    maxUnhedgedMs: ms,
    maxDrawdownPct: fourDecimals(peaks.maxDrawdownPct),
    liquidated: counted.liquidations > 0,
    steps: run.step,
    eventLogHash,
    elapsedMs: Math.round(elapsedMs),
  };
}

function partsOf(parts: PnlParts): RunReport['pnl'] {
  return {
    funding: money(parts.funding),
    price: money(parts.price),
    fees: money(parts.fees),
    slippage: money(parts.slippage),
    interest: money(parts.interest),
    total: money(totalPnl(parts)),
  };
}

const money = (amount: Value): string => formatValue(amount);
const fourDecimals = (amount: number): number => Math.round(amount * 10_000) / 10_000;
