import { Button } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { EventEntry } from '../../shared/contract/eventEntry.ts';
import { EmptyState } from './EmptyState.tsx';
import { EventRow } from './EventRow.tsx';
import { feedRows } from './feedRows.ts';
import { LoadingState } from './LoadingState.tsx';
import { newestFirst } from './newestFirst.ts';
import styles from './EventFeed.module.css';

export interface EventFeedProps {
  /** Oldest first, as the log is; null while it loads. */
  readonly entries: readonly EventEntry[] | null;
  /** Says an entry in a sentence that a trader understands. */
  readonly sentenceOf: (entry: EventEntry) => string;
  /** Height in pixels, beyond which it scrolls. */
  readonly height?: number;
  /** The fill before which others may be missing: a sum that begins there says so. */
  readonly cutFill?: number | undefined;
  /** What there is nothing of. */
  readonly emptyTitle?: string;
  /** Why it may be empty. */
  readonly whenEmpty?: string;
  /** Name of the list for a screen reader. */
  readonly label?: string;
}

/** Rows drawn at first, and how many more at each asking. */
const STEP = 100;

/**
 * What the engine did and why, newest first; each row opens to its numbers. It isn't a live region: a screen reader
 * reads it when asked, and isn't flooded by ticks.
 */
export function EventFeed({
  entries,
  sentenceOf,
  height = 360,
  cutFill,
  emptyTitle = 'Nothing has happened yet',
  whenEmpty = 'What the engine does, and why, will stand here.',
  label = 'Events',
}: EventFeedProps) {
  const [count, setCount] = useState(STEP);
  const folded = useMemo(() => feedRows(entries ?? [], cutFill), [entries, cutFill]);
  if (entries === null)
    return <LoadingState label="Loading events" lines={Math.floor(height / 40)} lineHeight={40} />;
  if (entries.length === 0)
    return (
      <EmptyState Icon={IconListDetails} title={emptyTitle}>
        {whenEmpty}
      </EmptyState>
    );
  const { rows, older } = newestFirst(folded, count);
  return (
    // A list that scrolls must be reachable by the keyboard.
    <div className={styles.frame} style={{ maxHeight: height }} role="region" aria-label={label} tabIndex={0}>
      <ol className={styles.list}>
        {rows.map((row) => (
          <EventRow key={row.entries[0].seq} row={row} sentenceOf={sentenceOf} />
        ))}
      </ol>
      {older === 0 ? null : (
        <div className={styles.older}>
          <Button size="compact-sm" variant="default" onClick={() => setCount(count + STEP)}>
            Show older ({older} more)
          </Button>
        </div>
      )}
    </div>
  );
}
