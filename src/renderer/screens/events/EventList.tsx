import { IconListSearch } from '@tabler/icons-react';
import type { EventEntry } from '../../../shared/contract/eventEntry.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { LoadingState } from '../../components/LoadingState.tsx';
import { EventLine } from './EventLine.tsx';
import styles from './Events.module.css';

interface EventListProps {
  /** Newest first; null while they load. */
  readonly entries: readonly EventEntry[] | null;
  /** Whether some are left out on purpose. */
  readonly filtered: boolean;
}

export function EventList({ entries, filtered }: EventListProps) {
  if (entries === null) return <LoadingState label="Loading events" lines={12} lineHeight={38} />;
  if (entries.length === 0)
    return (
      <div className={styles.empty}>
        <EmptyState Icon={IconListSearch} title={filtered ? 'Nothing fits' : 'No events yet'}>
          {filtered
            ? 'No event of these kinds has these words in it. Search for a market, a code or a number, or show all kinds.'
            : 'The log begins when the engine is started for the first time.'}
        </EmptyState>
      </div>
    );
  return (
    <ol className={styles.list} aria-label="Events, newest first">
      {entries.map((entry) => (
        <EventLine key={entry.seq} entry={entry} />
      ))}
    </ol>
  );
}
