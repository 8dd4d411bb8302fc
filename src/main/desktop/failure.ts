import { AppError } from '../../shared/contract/appError.ts';
import { ERROR_WORDS } from '../../shared/words/errorWords.ts';

export interface FailureWords {
  readonly title: string;
  readonly text: string;
}

/** What a user is told of an error that ends the program. `id` is also in the log. */
export function failureWords(error: unknown, id: string): FailureWords {
  if (error instanceof AppError && error.code !== 'INTERNAL') {
    const { money, todo } = ERROR_WORDS[error.code];
    return {
      title: 'Phantom Arbiter cannot start',
      text: `${error.message}\n\n${money} ${todo}\n\n${error.code}`,
    };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return {
    title: 'Phantom Arbiter has to close',
    text: `Something unexpected happened (${reason}).\n\nWhat was acknowledged is kept. Positions stay as they are, and nobody watches them until you start again.\n\nLook for ${id} in the log.`,
  };
}
