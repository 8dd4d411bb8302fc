import type { ReactNode } from 'react';
import styles from './Screen.module.css';

interface ScreenHeadProps {
  readonly title: string;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
}

/** A screen's name, what it shows, and what can be done with all of it. */
export function ScreenHead({ title, about, actions }: ScreenHeadProps) {
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>{title}</h1>
      {about === undefined ? null : <span className={styles.about}>{about}</span>}
      {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
