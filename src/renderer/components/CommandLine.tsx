import { CopyButton } from './CopyButton.tsx';
import styles from './CommandLine.module.css';

export interface CommandLineProps {
  /** What is typed on the terminal, exactly. */
  readonly line: string;
}

/** A line for the terminal, whole, with a button that copies it. */
export function CommandLine({ line }: CommandLineProps) {
  return (
    <div className={styles.command}>
      <code className={styles.line} translate="no">
        {line}
      </code>
      <CopyButton text={line} about={line} />
    </div>
  );
}
