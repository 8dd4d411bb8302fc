import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

export interface EmptyStateProps {
  readonly Icon: Icon;
  /** What there is nothing of: "No positions". */
  readonly title: string;
  /** Why, and what will fill it. */
  readonly children: ReactNode;
  /** A button that does something about it. */
  readonly action?: ReactNode;
}

/** Nothing to show, said on purpose: why it is empty, and what to do. */
export function EmptyState({ Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <span className={styles.icon}>
        <Icon size={20} stroke={1.6} aria-hidden />
      </span>
      <p className={styles.title}>{title}</p>
      <p className={styles.reason}>{children}</p>
      {action === undefined ? null : <div className={styles.action}>{action}</div>}
    </div>
  );
}
