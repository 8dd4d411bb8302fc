import { IconChevronRight } from '@tabler/icons-react';
import { memo, useState } from 'react';
import type { EventEntry } from '../../shared/contract/eventEntry.ts';
import { numbersOf } from '../../shared/words/eventNumbers.ts';
import { fillsSentence } from '../../shared/words/fillsSentence.ts';
import { calendarDay, dayAndTime, machineTime, timeOfDay } from './clockText.ts';
import { eventLook } from './eventLook.ts';
import type { FeedRow } from './feedRows.ts';
import { Tag } from './Tag.tsx';
import styles from './EventFeed.module.css';

export interface EventRowProps {
  readonly row: FeedRow;
  readonly sentenceOf: (entry: EventEntry) => string;
}

/** How many of a row's lines stand beneath it; the Events screen has all of them. */
const MOST_BENEATH = 50;

/** One line of the event log, or several that belong together, under the newest of their times. */
export const EventRow = memo(function EventRow({ row, sentenceOf }: EventRowProps) {
  const [open, setOpen] = useState(false);
  const newest = row.entries.at(-1) ?? row.entries[0];
  const { word, Icon, role } = eventLook(newest.type);
  return (
    <li className={styles.row}>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={styles.summary}>
          <IconChevronRight className={styles.chevron} size={14} aria-hidden />
          <time dateTime={machineTime(newest.t)} title={`${dayAndTime(newest.t)} engine time`}>
            <span className={styles.day}>{calendarDay(newest.t).slice(5)}</span> {timeOfDay(newest.t)}
          </time>
          <span className={styles.type}>
            <Tag word={word} Icon={Icon} role={role} />
          </span>
          <span className={styles.sentence}>{rowSentence(row, newest, sentenceOf)}</span>
        </summary>
        {open ? <Beneath row={row} newest={newest} sentenceOf={sentenceOf} /> : null}
      </details>
    </li>
  );
}, isSameRow);

/** Rows are folded anew with every line, but few of them change: entries never do. */
function isSameRow(a: EventRowProps, b: EventRowProps): boolean {
  return (
    a.sentenceOf === b.sentenceOf &&
    a.row.cut === b.row.cut &&
    a.row.entries.length === b.row.entries.length &&
    a.row.entries[0] === b.row.entries[0] &&
    a.row.entries.at(-1) === b.row.entries.at(-1)
  );
}

function rowSentence(
  { entries, cut }: FeedRow,
  newest: EventEntry,
  sentenceOf: EventRowProps['sentenceOf'],
): string {
  if (entries.length === 1) return sentenceOf(newest);
  if (newest.type === 'FILL')
    return fillsSentence(
      entries.map(({ data }) => data),
      cut,
    );
  const since = `${calendarDay(entries[0].t).slice(5)} ${timeOfDay(entries[0].t).slice(0, 5)}`;
  return `${sentenceOf(newest)} ${entries.length} times since ${since}.`;
}

interface BeneathProps extends EventRowProps {
  readonly newest: EventEntry;
}

function Beneath({ row: { entries }, newest, sentenceOf }: BeneathProps) {
  const isFills = entries.length > 1 && newest.type === 'FILL';
  const lines = isFills ? entries : entries.slice(0, -1);
  const shown = lines.slice(-MOST_BENEATH).toReversed();
  const left = lines.length - shown.length;
  return (
    <table className={styles.numbers}>
      <tbody>
        {isFills ? null : <NumberRows entry={newest} />}
        {shown.map((entry) => (
          <tr key={entry.seq}>
            <th scope="row">{timeOfDay(entry.t)}</th>
            <td>{sentenceOf(entry)}</td>
          </tr>
        ))}
        {left === 0 ? null : (
          <tr>
            <th scope="row">before</th>
            <td>{left.toLocaleString('en-US')} more, on the Events screen</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function NumberRows({ entry }: { readonly entry: EventEntry }) {
  return (
    <>
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
    </>
  );
}
