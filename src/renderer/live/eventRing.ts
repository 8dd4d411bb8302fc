import type { EventEntry } from '../../shared/contract/eventEntry.ts';

/** How many of the latest lines the page keeps, whatever they say. */
export const LATEST_KEPT = 250;
/** How many of the latest reasons it keeps, however much bookkeeping and however many fills have come since. */
const REASONS_KEPT = 250;
/** How many of the latest fills it keeps: one large entry makes thousands. */
const FILLS_KEPT = 1_000;

/** The latest lines of the event log, newest first, each once. */
export type EventRing = readonly EventEntry[];

/** The ring with more lines, in whatever order they came. */
export function withEvents(ring: EventRing, more: readonly EventEntry[]): EventRing {
  if (more.length === 0) return ring;
  const newest = ring[0]?.seq ?? 0;
  const inOrder = more.every((entry, i) => entry.seq > (more[i - 1]?.seq ?? newest));
  if (inOrder) return kept([...more.toReversed(), ...ring]);
  const known = new Set(ring.map(({ seq }) => seq));
  const fresh = more.filter(({ seq }) => !known.has(seq));
  if (fresh.length === 0) return ring;
  const bySeq = new Map([...ring, ...fresh].map((entry) => [entry.seq, entry] as const));
  return kept([...bySeq.values()].toSorted((a, b) => b.seq - a.seq));
}

/** Lines that say what the engine did and why, rather than what the books took in. */
export function isNews({ type, data }: EventEntry): boolean {
  if (type === 'DECISION') return data['action'] !== 'trade';
  if (type === 'COST') return data['kind'] === 'liquidation';
  return type === 'BLOCKED' || type === 'ALERT' || type === 'FILL' || type === 'TRANSFER';
}

/** The number down to which the ring has every line; below it only news are left. */
export function wholeDownTo(ring: EventRing): number {
  const gap = ring.findIndex(({ seq }, i) => i > 0 && seq !== (ring[i - 1]?.seq ?? 0) - 1);
  return (gap === -1 ? ring.at(-1) : ring[gap - 1])?.seq ?? 0;
}

/** Fills that a page has at least, where there were that many before it was opened. */
export const FILLS_AT_FIRST = 200;

/** The oldest fill, if others before it may have been left out; undefined where all are there. */
export function cutFillOf(ring: EventRing): number | undefined {
  const fills = ring.filter(({ type }) => type === 'FILL');
  const oldest = fills.at(-1);
  if (oldest === undefined || fills.length < FILLS_AT_FIRST) return undefined;
  return ring.some(({ seq, type }) => seq === oldest.seq - 1 && type !== 'FILL') ? undefined : oldest.seq;
}

/** @param entries newest first */
function kept(entries: readonly EventEntry[]): EventRing {
  if (entries.length <= LATEST_KEPT) return entries;
  let reasons = 0;
  let fills = 0;
  return entries.filter((entry, i) => {
    if (!isNews(entry)) return i < LATEST_KEPT;
    if (entry.type === 'FILL') fills += 1;
    else reasons += 1;
    return i < LATEST_KEPT || (entry.type === 'FILL' ? fills <= FILLS_KEPT : reasons <= REASONS_KEPT);
  });
}
