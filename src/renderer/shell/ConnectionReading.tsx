import { IconHourglass, IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import { useLive } from '../live/liveStore.ts';
import { commandWords } from './commandWords.ts';
import styles from './Header.module.css';

/** Whether the page hears the program, and what it waits for. */
export function ConnectionReading() {
  const open = useLive(({ connection }) => connection.kind === 'open');
  const slow = useLive((state) => Object.values(state.slow)[0]);
  if (!open)
    return (
      <span className={styles.connection} data-state="waiting">
        <IconPlugConnectedX size={15} aria-hidden /> Reconnecting
      </span>
    );
  if (slow !== undefined)
    return (
      <span className={styles.connection} data-state="waiting" role="status">
        <IconHourglass size={15} aria-hidden /> {commandWords(slow)} takes longer
      </span>
    );
  return (
    <span className={styles.connection} data-state="open">
      <IconPlugConnected size={15} aria-hidden /> Connected
    </span>
  );
}
