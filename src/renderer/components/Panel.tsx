import { type ReactNode, useId } from 'react';
import styles from './Panel.module.css';

export interface PanelProps {
  readonly title: string;
  /** Level of the heading in its page. */
  readonly level?: 2 | 3;
  /** Small words beside the title: a span of time, a count. */
  readonly aside?: ReactNode;
  /** Buttons at the end of the title's line. */
  readonly actions?: ReactNode;
  /** Lets a table or a list reach the panel's edges. */
  readonly flush?: boolean;
  /** Keeps what is little in the middle of a panel that is as tall as its neighbours. */
  readonly centred?: boolean;
  readonly children: ReactNode;
}

/** The one elevated surface: a titled region of a screen. */
export function Panel({
  title,
  level = 2,
  aside,
  actions,
  flush = false,
  centred = false,
  children,
}: PanelProps) {
  const heading = useId();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section className={styles.panel} aria-labelledby={heading}>
      <header className={styles.head}>
        <Heading id={heading} className={styles.title}>
          {title}
        </Heading>
        {aside === undefined ? null : <span className={styles.aside}>{aside}</span>}
        {actions === undefined ? null : <span className={styles.actions}>{actions}</span>}
      </header>
      <div className={flush ? styles.flush : styles.content} data-centred={centred || undefined}>
        {children}
      </div>
    </section>
  );
}
