import { IconChevronRight } from '@tabler/icons-react';
import { memo, useState } from 'react';
import type { EventEntry } from '../../shared/contract/eventEntry.ts';
import { calendarDay, dayAndTime, machineTime, timeOfDay } from './clockText.ts';
import { eventLook } from './eventLook.ts';
import { numbersOf } from '../../shared/words/eventNumbers.ts';
import { Tag } from './Tag.tsx';
import styles from './EventFeed.module.css';

export interface EventRowProps {
  readonly entry: EventEntry;
  readonly sentence: string;
}

/** One line of the event log. Entries never change, so a row is drawn once. */
export const EventRow = memo(function EventRow({ entry, sentence }: EventRowProps) {
  const [open, setOpen] = useState(false);
  const { word, Icon, role } = eventLook(entry.type);
  return (
    <li className={styles.row}>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={styles.summary}>
          <IconChevronRight className={styles.chevron} size={14} aria-hidden />
          <time dateTime={machineTime(entry.t)} title={`${dayAndTime(entry.t)} engine time`}>
            <span className={styles.day}>{calendarDay(entry.t).slice(5)}</span> {timeOfDay(entry.t)}
          </time>
          <span className={styles.type}>
            <Tag word={word} Icon={Icon} role={role} />
          </span>
          <span className={styles.sentence}>{sentence}</span>
        </summary>
        {open ? <EventNumbers entry={entry} /> : null}
      </details>
    </li>
  );
});

function EventNumbers({ entry }: { readonly entry: EventEntry }) {
  return (
    <table className={styles.numbers}>
      <tbody>
        {numbersOf(entry).map(({ name, text }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{text}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">entry</th>
          <td>{entry.seq}</td>
        </tr>
      </tbody>
    </table>
  );
}
