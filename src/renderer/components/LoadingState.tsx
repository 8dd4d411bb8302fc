import { Skeleton } from '@mantine/core';
import styles from './LoadingState.module.css';

export interface LoadingStateProps {
  /** What is on its way, for a screen reader: "Loading positions". */
  readonly label: string;
  /** Lines to keep room for. */
  readonly lines?: number;
  /** Height of a line in pixels: that of the row which will stand there. */
  readonly lineHeight?: number;
}

/** Keeps the room of what is loading, so that nothing jumps when it comes. */
export function LoadingState({ label, lines = 3, lineHeight = 32 }: LoadingStateProps) {
  return (
    <div className={styles.loading} role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={styles.line} style={{ height: lineHeight }}>
          <Skeleton height={11} width={`${90 - ((line * 17) % 45)}%`} />
        </div>
      ))}
    </div>
  );
}
