import { AppError } from '../../../../shared/contract/appError.ts';
import type { Why } from './intent.ts';

/** Ends what comes before a transaction is let out, with what its program said where it was tried. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly why: Why;
  readonly logs: readonly string[];

  constructor(why: Why, logs: readonly string[] = []) {
    super(why.message);
    this.why = why;
    this.logs = logs;
  }
}

/** Why something was thrown before anything was let out. */
export function refusalOf(error: unknown): Why {
  if (error instanceof Refused) return error.why;
  if (error instanceof AppError) return { code: error.code, message: error.message };
  return { code: 'INTERNAL', message: 'Something unexpected happened before anything was sent.' };
}

export const notSent = (message: string): Refused => new Refused({ code: 'NOT_SENT', message });
