import type { EventEntry } from '../../shared/contract/eventEntry.ts';
import { isWholeFill } from '../../shared/words/fillsSentence.ts';
import { textIn } from '../../shared/words/logText.ts';

/** Lines that say the same, or belong together, as one row. */
export interface FeedRow {
  /** Oldest first; at least one. */
  readonly entries: readonly [EventEntry, ...EventEntry[]];
  /** Whether fills before the first of these may belong to it too. */
  readonly cut: boolean;
}

/** Fills with no more than the engine's step between them are of one piece of work. */
const STEP_MS = 60_000;

/**
 * Folds fills of one market and side that follow on each other, and repeats of one blocked trade. Another line between
 * them ends a row, so that everything stays in its order.
 * @param entries oldest first
 * @param cutFill the fill before which others may be missing
 */
export function feedRows(entries: readonly EventEntry[], cutFill?: number): readonly FeedRow[] {
  const rows: OpenRow[] = [];
  const fills = new Map<string, OpenRow>();
  let cut = false;
  let blocked: OpenRow | undefined;
  for (const entry of entries) {
    const isFill = entry.type === 'FILL' && isWholeFill(entry.data);
    if (!isFill) {
      fills.clear();
      cut = false;
    }
    if (entry.seq === cutFill) cut = true;
    const what = `${entry.type} ${isFill ? fillKind(entry) : blockedKind(entry)}`;
    const before = isFill ? fills.get(what) : blocked;
    if (before !== undefined && before.what === what && (!isFill || isSoonAfter(before, entry))) {
      before.entries.push(entry);
      continue;
    }
    const row: OpenRow = { what, entries: [entry], cut };
    rows.push(row);
    if (isFill) fills.set(what, row);
    blocked = entry.type === 'BLOCKED' ? row : undefined;
  }
  return rows;
}

interface OpenRow extends FeedRow {
  readonly what: string;
  readonly entries: [EventEntry, ...EventEntry[]];
}

const fillKind = ({ data }: EventEntry): string => `${textIn(data, 'market')} ${textIn(data, 'side')}`;

/** Its numbers differ each time, also where they stand in its words. */
const blockedKind = ({ data }: EventEntry): string =>
  `${textIn(data, 'code')} ${textIn(data, 'purpose')} ${textIn(data, 'action')}`;

const isSoonAfter = ({ entries }: OpenRow, { t }: EventEntry): boolean =>
  t - (entries.at(-1)?.t ?? -Infinity) <= STEP_MS;
