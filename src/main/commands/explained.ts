import type { z } from 'zod';
import { AppError } from '../../shared/contract/appError.ts';
import type { Logger } from '../platform/logger.ts';

/**
 * Makes of whatever was thrown an error that may be shown. What nobody expected becomes INTERNAL: what it says may hold
 * anything, so it stays in the log, and the client gets the id to look for.
 */
export function explained(error: unknown, log: Logger, nextId: () => string): AppError {
  if (error instanceof AppError && error.code !== 'INTERNAL') return error;
  const id = nextId();
  log.error('something unexpected happened', { id, error });
  const message = `Something unexpected happened. What was acknowledged is kept; look for ${id} in the log.`;
  return new AppError('INTERNAL', message, { id }, { cause: error });
}

/** INVALID_PAYLOAD for what doesn't fit the contract: the first thing that is wrong, and where. */
export function misfit({ issues }: z.ZodError): AppError {
  const first = issues[0];
  const field = first?.path.map(String).join('.') ?? '';
  const problem = first?.message ?? 'it does not fit the contract';
  const where = field === '' ? '' : `${field}: `;
  return new AppError('INVALID_PAYLOAD', `The message does not fit. ${where}${problem}.`, { field, problem });
}
