import type { EventEntry } from '../../shared/contract/eventEntry.ts';
import { textIn } from '../engine/eventLog.ts';
import type { OpenRun } from './openRun.ts';
import { amountText } from '../engine/ledgerView.ts';

export type HistoryKind = 'events' | 'ledger' | 'fills' | 'funding' | 'equity';

/** One row of a history, by the names of its columns; times in Unix ms, and in words of ISO 8601. */
export type HistoryRow = Readonly<Record<string, string | number | null>>;

export const COLUMNS: Readonly<Record<HistoryKind, readonly string[]>> = {
  events: ['seq', 't', 'time', 'type', 'data'],
  ledger: ['seq', 't', 'time', 'kind', 'account', 'asset', 'amount'],
  fills: ['seq', 't', 'time', 'orderId', 'market', 'side', 'size', 'price', 'oracle', 'fee', 'liquidity'],
  funding: ['seq', 't', 'time', 'market', 'size', 'price', 'rate', 'amount'],
  equity: ['t', 'time', 'equity', 'justHolding', 'neverLeaving'],
};

const PAGE = 500;

/** All rows of a history, oldest first (the ledger: newest first, as it is shown). */
export function* historyRows({ storage }: OpenRun, kind: HistoryKind): Generator<HistoryRow> {
  switch (kind) {
    case 'events':
      for (const { seq, t, type, data } of entriesOf(storage))
        yield { seq, ...timeOf(t), type, data: JSON.stringify(data) };
      return;
    case 'fills':
      yield* columnsOf(storage, 'FILL', COLUMNS.fills);
      return;
    case 'funding':
      yield* columnsOf(storage, 'FUNDING', COLUMNS.funding);
      return;
    case 'ledger':
      yield* ledgerRows(storage);
      return;
    case 'equity':
      yield* equityRows(storage);
      return;
    default:
      kind satisfies never;
  }
}

type Storage = OpenRun['storage'];

function* entriesOf(storage: Storage): Generator<EventEntry> {
  for (const line of storage.eventLines()) yield JSON.parse(line) as EventEntry;
}

function* columnsOf(storage: Storage, type: string, columns: readonly string[]): Generator<HistoryRow> {
  const own = columns.filter((name) => !['seq', 't', 'time'].includes(name));
  let after = 0;
  for (;;) {
    const page = storage.eventPage({ after, types: [type] }, PAGE);
    for (const line of page) {
      const { seq, t, data } = JSON.parse(line) as EventEntry;
      after = seq;
      yield { seq, ...timeOf(t), ...Object.fromEntries(own.map((name) => [name, textIn(data, name)])) };
    }
    if (page.length < PAGE) return;
  }
}

function* equityRows(storage: Storage): Generator<HistoryRow> {
  let after = -1;
  for (;;) {
    const page = storage.equityPage(after, PAGE);
    for (const { t, ...rest } of page) {
      after = t;
      yield { ...timeOf(t), ...rest };
    }
    if (page.length < PAGE) return;
  }
}

function* ledgerRows(storage: Storage): Generator<HistoryRow> {
  let before: number | undefined;
  for (;;) {
    const page = storage.ledgerPage(before, PAGE);
    for (const { seq, t, kind, postings } of page)
      for (const { account, asset, amount } of postings)
        yield { seq, ...timeOf(t), kind, account, asset, amount: amountText(asset, amount) };
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    before = last.seq;
  }
}

const timeOf = (t: number): { t: number; time: string } => ({ t, time: new Date(t).toISOString() });

/** A row as a line of CSV (RFC 4180): quoted where it has to be. */
export const csvLine = (columns: readonly string[], row: HistoryRow): string =>
  columns.map((name) => quoted(String(row[name] ?? ''))).join(',');

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
