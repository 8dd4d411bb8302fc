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
  /** Whether these are the newest. */
  readonly atEnd: boolean;
}

export function EventList({ entries, filtered, atEnd }: EventListProps) {
  if (entries === null) return <LoadingState label="Loading events" lines={12} lineHeight={38} />;
  if (entries.length === 0) {
    const { title, why } = emptyWords(filtered, atEnd);
    return (
      <div className={styles.empty}>
        <EmptyState Icon={IconListSearch} title={title}>
          {why}
        </EmptyState>
      </div>
    );
  }
  return (
    <ol className={styles.list} aria-label="Events, newest first">
      {entries.map((entry) => (
        <EventLine key={entry.seq} entry={entry} />
      ))}
    </ol>
  );
}

function emptyWords(filtered: boolean, atEnd: boolean): { readonly title: string; readonly why: string } {
  if (filtered && atEnd)
    return {
      title: 'Nothing fits',
      why: 'No event of these kinds has these words in it. Search for a market, a code or a number, or show all kinds.',
    };
  if (filtered)
    return { title: 'Nothing fits here', why: 'No older event fits. Go to the newest, or show all kinds.' };
  return atEnd
    ? { title: 'No events yet', why: 'The log begins when the engine is started for the first time.' }
    : { title: 'Nothing older', why: 'The log has no events before this place. Go to the newest.' };
}
