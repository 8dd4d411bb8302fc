import { Button } from '@mantine/core';
import type { EventEntry } from '../../../shared/contract/eventEntry.ts';
import type { EventPlace } from './eventPage.ts';
import styles from './Events.module.css';

interface EventPagerProps {
  /** Newest first. */
  readonly entries: readonly EventEntry[];
  readonly hasNewer: boolean;
  readonly hasOlder: boolean;
  readonly atEnd: boolean;
  readonly onPlace: (place: EventPlace) => void;
}

export function EventPager({ entries, hasNewer, hasOlder, atEnd, onPlace }: EventPagerProps) {
  const newest = entries[0];
  const oldest = entries.at(-1);
  return (
    <nav className={styles.pager} aria-label="Pages of events">
      <Button
        size="compact-sm"
        variant="default"
        disabled={atEnd}
        onClick={() => onPlace({ kind: 'latest' })}
      >
        Newest
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        disabled={!hasNewer || newest === undefined}
        onClick={() => newest !== undefined && onPlace({ kind: 'after', seq: newest.seq })}
      >
        Newer
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        disabled={!hasOlder || oldest === undefined}
        onClick={() => oldest !== undefined && onPlace({ kind: 'before', seq: oldest.seq })}
      >
        Older
      </Button>
      {newest === undefined || oldest === undefined ? null : (
        // Lines of other kinds lie between them, so the numbers are named as what they are: the log's own.
        <span className={styles.place}>
          {entries.length === 1 ? 'One entry' : `${entries.length} entries`}: no.{' '}
          {newest === oldest ? null : <>{newest.seq.toLocaleString('en-US')} down to </>}
          {oldest.seq.toLocaleString('en-US')} of the log
        </span>
      )}
    </nav>
  );
}
