import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import type { ErrorReply } from '../../shared/contract/errorReply.ts';
import { CopyButton } from './CopyButton.tsx';
import styles from './ErrorCard.module.css';

export interface ErrorCardProps {
  /** What was wanted and did not happen: "The engine did not start". */
  readonly title: string;
  /** The code, what happened in a sentence, and what explains it. */
  readonly error: ErrorReply;
  /** What it means for the user's money: "Nothing was traded. Your hedge stands as it was." */
  readonly money: string;
  /** What to do now. */
  readonly advice: string;
  /** `open` is no failure: it is not known yet what came of it. */
  readonly tone?: 'failed' | 'open';
  /** Buttons that do it. */
  readonly actions?: ReactNode;
}

/** An error as a person needs it: what happened, what it means for the money, what to do; then the code, to copy. */
export function ErrorCard({ title, error, money, advice, tone = 'failed', actions }: ErrorCardProps) {
  const heading = useId();
  return (
    <section className={styles.card} data-tone={tone} role="alert" aria-labelledby={heading}>
      <IconAlertTriangle className={styles.icon} size={18} aria-hidden />
      <div className={styles.content}>
        <p id={heading} className={styles.title}>
          {title}
        </p>
        <p>{error.message}</p>
        <dl className={styles.parts}>
          <dt>Your money</dt>
          <dd>{money}</dd>
          <dt>What to do</dt>
          <dd>{advice}</dd>
        </dl>
        <div className={styles.footer}>
          {actions}
          <CopyButton text={copied(title, error)} label="Copy details" />
          <code className={styles.code}>{error.code}</code>
        </div>
      </div>
    </section>
  );
}

/** What support needs: the error as it came. */
const copied = (title: string, { code, message, details }: ErrorReply): string =>
  `${title}\n${code}: ${message}\n${JSON.stringify(details, null, 2)}`;
