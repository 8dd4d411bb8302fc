import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './GoLive.module.css';

interface StepBodyProps {
  readonly title: string;
  readonly lead: ReactNode;
  readonly children: ReactNode;
  /** Undefined on the first step. */
  readonly onBack?: () => void;
  /** Why one can't go on, or what going on will do. */
  readonly why: ReactNode;
  /** The one button that goes on. */
  readonly action: ReactNode;
}

/** One step: what is asked, and the way on and back. */
export function StepBody({ title, lead, children, onBack, why, action }: StepBodyProps) {
  return (
    <section className={styles.body} aria-labelledby="step">
      <header>
        <h2 id="step" className={styles.title}>
          {title}
        </h2>
        <p className={styles.lead}>{lead}</p>
      </header>
      {children}
      <footer className={styles.foot}>
        {onBack === undefined ? null : (
          <Button variant="default" leftSection={<IconArrowLeft size={15} aria-hidden />} onClick={onBack}>
            Back
          </Button>
        )}
        <span className={styles.why} role="status">
          {why}
        </span>
        {action}
      </footer>
    </section>
  );
}
