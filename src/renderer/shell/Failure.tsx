import type { ReactNode } from 'react';
import type { ErrorReply } from '../../shared/contract/errorReply.ts';
import { ERROR_WORDS } from '../../shared/words/errorWords.ts';
import { ErrorCard } from '../components/ErrorCard.tsx';

export interface FailureProps {
  /** What was wanted and did not happen. */
  readonly title: string;
  readonly error: ErrorReply;
  /** `open`: not known yet what came of it. */
  readonly tone?: 'failed' | 'open';
  readonly actions?: ReactNode;
}

/** An error with what it means for the money and what to do, by its code. */
export function Failure({ title, error, tone = 'failed', actions }: FailureProps) {
  const { money, todo } = ERROR_WORDS[error.code];
  return <ErrorCard title={title} error={error} money={money} advice={todo} tone={tone} actions={actions} />;
}
