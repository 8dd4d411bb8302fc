import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import { Failure } from '../../shell/Failure.tsx';
import styles from './Trade.module.css';

interface StreamFailureProps {
  readonly title: string;
  readonly error: ErrorReply;
}

/** A stream that could not be opened, in the place of what it would have shown. */
export function StreamFailure({ title, error }: StreamFailureProps) {
  return (
    <div className={styles.failure}>
      <Failure title={title} error={error} />
    </div>
  );
}
