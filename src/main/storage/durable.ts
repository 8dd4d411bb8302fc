import type { Database } from 'better-sqlite3';

import { AppError } from '../../shared/contract/appError.ts';
import { storageFailure } from './failure.ts';

/**
 * Makes of `work` a transaction of its own that is on disk when it returns, or has changed nothing when it throws.
 * Inside another transaction nothing would be on disk yet, so that throws INTERNAL. Errors: see `storageFailure`.
 */
export function durable<Arguments extends unknown[]>(
  db: Database,
  work: (...args: Arguments) => void,
): (...args: Arguments) => void {
  const transaction = db.transaction(work);
  return (...args) => {
    if (db.inTransaction) {
      throw new AppError('INTERNAL', 'A durable write was asked for inside another transaction.');
    }
    try {
      transaction.immediate(...args);
    } catch (error) {
      throw storageFailure(error, db.name);
    }
  };
}
