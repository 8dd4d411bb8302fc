import type { EventEntry } from '../../shared/contract/eventEntry.ts';

/** How many of the latest lines the page keeps. */
export const RING_SIZE = 500;

/** The latest lines of the event log, newest first, each once. */
export type EventRing = readonly EventEntry[];

/** The ring with more lines, in whatever order they came. */
export function withEvents(ring: EventRing, more: readonly EventEntry[]): EventRing {
  if (more.length === 0) return ring;
  const newest = ring[0]?.seq ?? 0;
  const inOrder = more.every((entry, i) => entry.seq > (more[i - 1]?.seq ?? newest));
  if (inOrder) return [...more.toReversed(), ...ring].slice(0, RING_SIZE);
  const bySeq = new Map([...ring, ...more].map((entry) => [entry.seq, entry]));
  return [...bySeq.values()].toSorted((a, b) => b.seq - a.seq).slice(0, RING_SIZE);
}
