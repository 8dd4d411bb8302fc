import { IconChevronRight } from '@tabler/icons-react';
import { memo, useState } from 'react';
import type { EventEntry } from '../../../shared/contract/eventEntry.ts';
import { numbersOf } from '../../../shared/words/eventNumbers.ts';
import { sentenceOf } from '../../../shared/words/eventSentence.ts';
import { dayAndTime, machineTime } from '../../components/clockText.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { eventLook } from '../../components/eventLook.ts';
import { Tag } from '../../components/Tag.tsx';
import { lineText } from './lineText.ts';
import styles from './Events.module.css';

/** One line of the log; it opens to its numbers. Entries never change, so a line is drawn once. */
export const EventLine = memo(function EventLine({ entry }: { readonly entry: EventEntry }) {
  const [open, setOpen] = useState(false);
  const { word, Icon, role } = eventLook(entry.type);
  return (
    <li className={styles.line}>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={styles.summary}>
          <IconChevronRight className={styles.chevron} size={14} aria-hidden />
          <time className={styles.time} dateTime={machineTime(entry.t)}>
            {dayAndTime(entry.t)}
          </time>
          <span className={styles.kind}>
            <Tag word={word} Icon={Icon} role={role} />
          </span>
          <span className={styles.sentence}>{sentenceOf(entry)}</span>
          <span className={styles.seq}>{entry.seq}</span>
        </summary>
        {open ? <Behind entry={entry} /> : null}
      </details>
    </li>
  );
});

function Behind({ entry }: { readonly entry: EventEntry }) {
  return (
    <div className={styles.behind}>
      <dl className={styles.numbers}>
        {numbersOf(entry).map(({ name, text }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.copies}>
        <CopyButton text={`${dayAndTime(entry.t)}  ${sentenceOf(entry)}`} label="Copy sentence" />
        <CopyButton text={lineText(entry)} label="Copy JSON" />
      </div>
    </div>
  );
}
