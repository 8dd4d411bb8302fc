import type { ReactNode } from 'react';
import styles from './ChoiceCard.module.css';

interface ChoiceCardProps {
  /** Of the choice that it is one of. */
  readonly name: string;
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChoose: () => void;
  /** What there is to know of it. */
  readonly children?: ReactNode;
  /** Something to press beside it. */
  readonly aside?: ReactNode;
}

/** One of a few choices that need more than a word. Arrow keys move between them. */
export function ChoiceCard({ name, label, checked, onChoose, children, aside }: ChoiceCardProps) {
  return (
    <div className={styles.card}>
      <label className={styles.choice}>
        <input className={styles.radio} type="radio" name={name} checked={checked} onChange={onChoose} />
        <span className={styles.words}>
          <span className={styles.label}>{label}</span>
          {children === undefined ? null : <span className={styles.more}>{children}</span>}
        </span>
      </label>
      {aside === undefined ? null : <div className={styles.aside}>{aside}</div>}
    </div>
  );
}
