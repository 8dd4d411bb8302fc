import { IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { timeOfDay } from './clockText.ts';
import { agoText } from './durationText.ts';
import styles from './StaleData.module.css';

export interface StaleDataProps {
  /** When the connection went, wall time in Unix ms; null while it stands. */
  readonly lostAt: number | null;
  /** The present, wall time in Unix ms. */
  readonly now: number;
  /** When the numbers below came, wall time in Unix ms; null if none ever did. */
  readonly numbersFrom: number | null;
  /** The numbers, drawn without their colours while they are old. */
  readonly children?: ReactNode;
}

/** Says above the numbers that they are old, and how old. While the connection stands it adds nothing. */
export function StaleData({ lostAt, now, numbersFrom, children }: StaleDataProps) {
  if (lostAt === null) return children;
  return (
    <div className={styles.stale}>
      {/* The seconds tick, so only the first part is announced. */}
      <p className={styles.banner}>
        <IconPlugConnectedX size={16} aria-hidden />
        <span>
          <strong role="status">Connection lost</strong> {agoText(now - lostAt)}.{' '}
          {numbersFrom === null
            ? 'No numbers have come yet.'
            : `Numbers below are from ${timeOfDay(numbersFrom)}.`}
        </span>
      </p>
      {children === undefined ? null : <div className={styles.old}>{children}</div>}
    </div>
  );
}
