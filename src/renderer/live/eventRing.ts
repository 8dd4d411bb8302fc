import type { EventEntry } from '../../shared/contract/eventEntry.ts';

/** How many of the latest lines the page keeps, whatever they say. */
export const LATEST_KEPT = 250;
/** How many of the latest news it keeps, however much bookkeeping has come since. */
export const NEWS_KEPT = 250;

/** Kinds of lines that may be news. */
export const NEWS_TYPES = ['DECISION', 'BLOCKED', 'ALERT', 'FILL', 'TRANSFER', 'COST'] as const;

/** The latest lines of the event log, newest first, each once. */
export type EventRing = readonly EventEntry[];

/** The ring with more lines, in whatever order they came. */
export function withEvents(ring: EventRing, more: readonly EventEntry[]): EventRing {
  if (more.length === 0) return ring;
  const newest = ring[0]?.seq ?? 0;
  const inOrder = more.every((entry, i) => entry.seq > (more[i - 1]?.seq ?? newest));
  if (inOrder) return kept([...more.toReversed(), ...ring]);
  const bySeq = new Map([...ring, ...more].map((entry) => [entry.seq, entry]));
  return kept([...bySeq.values()].toSorted((a, b) => b.seq - a.seq));
}

/** Lines that say what the engine did and why, rather than what the books took in. */
export function isNews({ type, data }: EventEntry): boolean {
  if (type === 'DECISION') return data['action'] !== 'trade';
  if (type === 'COST') return data['kind'] === 'liquidation';
  return type === 'BLOCKED' || type === 'ALERT' || type === 'FILL' || type === 'TRANSFER';
}

/** @param entries newest first */
function kept(entries: readonly EventEntry[]): EventRing {
  if (entries.length <= LATEST_KEPT) return entries;
  let news = 0;
  return entries.filter((entry, i) => {
    const told = isNews(entry);
    if (told) news += 1;
    return i < LATEST_KEPT || (told && news <= NEWS_KEPT);
  });
}
