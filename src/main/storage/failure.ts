import path from 'node:path';

import BetterSqlite3 from 'better-sqlite3';

import { AppError } from '../../shared/contract/appError.ts';

const DAMAGED = /^SQLITE_(?:CORRUPT|NOTADB)/;
const UNWRITABLE = /^SQLITE_(?:READONLY|CANTOPEN|FULL|PERM|IOERR)/;
const IN_USE = /^SQLITE_(?:BUSY|LOCKED)/;

/** The code of an error of SQLite or of the file system; an empty string for anything else. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Whether SQLite found a file damaged, or to be no database at all. */
export const isDamage = (error: unknown): error is Error => DAMAGED.test(codeOf(error));

/** `DATA_FOLDER_UNWRITABLE`, with what the operating system said. A full disk may have room again later. */
export function unwritable(folder: string, cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError(
    'DATA_FOLDER_UNWRITABLE',
    `The data folder ${folder} cannot be written: ${reason}.`,
    { folder, reason, cause: codeOf(cause) },
    { cause, retryable: true },
  );
}

/** `DATA_FOLDER_IN_USE`: somebody else holds the folder's lock or its database. */
export function inUse(folder: string, cause: unknown): AppError {
  const message = `Another instance uses the data folder ${folder}: close it, or choose another folder.`;
  return new AppError('DATA_FOLDER_IN_USE', message, { folder }, { cause, retryable: true });
}

/**
 * What an error that came out of a read or write of `file` means. An AppError stays what it is; what SQLite says
 * gets its code of the contract, and what nobody foresaw (a broken constraint) is INTERNAL.
 */
export function storageFailure(error: unknown, file: string): unknown {
  if (!(error instanceof BetterSqlite3.SqliteError)) return error;
  const { code, message: reason } = error;
  if (IN_USE.test(code)) return inUse(path.dirname(file), error);
  if (UNWRITABLE.test(code)) return unwritable(path.dirname(file), error);
  const [kind, message] = DAMAGED.test(code)
    ? ([
        'DATABASE_CORRUPT',
        `The database ${file} is damaged: start again to see what can be restored.`,
      ] as const)
    : (['INTERNAL', `The database ${file} refused a write: ${reason}.`] as const);
  return new AppError(kind, message, { file, reason, cause: code }, { cause: error });
}
