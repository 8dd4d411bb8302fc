import type { Database } from 'better-sqlite3';
import type { ConfirmationRecords, TradePlace } from '../../../../src/main/domain/confirmation.ts';
import type { Side } from '../../../../src/main/domain/market.ts';
import {
  ConfirmationDesk,
  type ConfirmationContext,
} from '../../../../src/main/risk/confirmation/confirmationDesk.ts';
import type {
  ConfirmedTrade,
  UnconfirmedTrade,
} from '../../../../src/main/risk/confirmation/confirmedTrade.ts';
import { judge } from '../../../../src/main/risk/gates.ts';
import type { ApprovedTrade, Leg, ProposedTrade } from '../../../../src/main/risk/trade.ts';
import { ConfirmationRepository } from '../../../../src/main/storage/confirmationRepository.ts';
import { confirmations } from '../../../../src/main/storage/migrations/007-confirmations.ts';
import { parseBase, parsePrice, parseUsd } from '../../../../src/shared/money/decimal.ts';
import { opened } from '../../storage/fixtures/scratch.ts';
import { NOW, contextOf, riskSettings, trade, type TradeText } from '../gateCase.ts';

export const PLACE: TradePlace = { venue: 'drift', owner: 'Own3r', subAccount: 1 };
export const MARKS = new Map([
  ['SOL', parsePrice('100')],
  ['SOL-PERP', parsePrice('100')],
]);
export const SECOND = 1_000;
export const HOUR = 3_600_000;

/** A database with the tables of confirmations alone: they lean on no others. */
export const confirmationsDb = (file = ':memory:'): Database =>
  opened(file, { migrations: [{ ...confirmations, version: 1 }] });

export interface LegChanges {
  readonly market?: string;
  readonly limit?: string;
  readonly reduceOnly?: boolean;
}

/** A leg with its price limit half a dollar behind a mark of 100. */
export function legAt(side: Side, size: string, changes: LegChanges = {}): Leg {
  const { market = 'SOL-PERP', limit = side === 'buy' ? '100.5' : '99.5', reduceOnly = false } = changes;
  return { market, side, size: parseBase(size), limitPrice: parsePrice(limit), reduceOnly };
}

/** Passed by the real gates, with capital for anything. */
export function approvedOf(proposed: ProposedTrade): ApprovedTrade {
  const context = contextOf({ cash: '10000000', spot: '1000', perps: [{ size: '-1000', quote: '100000' }] });
  const verdict = judge(proposed, context, riskSettings());
  if (verdict.verdict === 'refused') throw new Error(verdict.reasons.map(({ message }) => message).join(' '));
  return verdict;
}

export const oneLeg = (side: Side, size: string, text: TradeText = {}, changes?: LegChanges): ApprovedTrade =>
  approvedOf(trade([legAt(side, size, changes)], { purpose: 'correct', effect: 'hedges', ...text }));

/** Buys spot and sells the perpetual. */
export const hedge = (size: string): ApprovedTrade =>
  approvedOf(trade([legAt('buy', size, { market: 'SOL' }), legAt('sell', size)]));

let ids = 0;
/** Never the same one again, in no desk. */
export const nextId = (): string => `id-${(ids += 1)}`;

/** A desk over the records of a database: another one over the same is what a restart finds. */
export function deskOver(
  db: Database,
  limit = '100',
  records: ConfirmationRecords = new ConfirmationRepository(db),
) {
  const desk = new ConfirmationDesk(records, nextId);
  const context = (now: number, place: TradePlace = PLACE): ConfirmationContext => ({
    place,
    marks: MARKS,
    now,
    limit: parseUsd(limit),
  });
  return {
    desk,
    context,
    request: (approved: ApprovedTrade, now = NOW) => desk.request(approved.trade, context(now)),
    take: (approved: ApprovedTrade, now = NOW, confirmationId?: string) =>
      desk.take(approved, context(now), confirmationId),
    grant: (perTrade: string, perDay: string, until: number, now = NOW) =>
      desk.grant(PLACE, { perTrade: parseUsd(perTrade), perDay: parseUsd(perDay), until }, now),
  };
}

export type Taken = ConfirmedTrade | UnconfirmedTrade;

/** On what a trade went through, or the code of the no. */
export const outcomeOf = (taken: Taken): string =>
  taken.verdict === 'confirmed' ? taken.basis.kind : taken.reason.code;

export const reasonOf = (taken: Taken): string =>
  taken.verdict === 'confirmed' ? 'went through' : taken.reason.message;
