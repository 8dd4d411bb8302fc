import { AppError } from '../../../shared/contract/appError.ts';
import type { ErrorCode } from '../../../shared/contract/errorCodes.ts';
import type { OpenRun } from '../openRun.ts';

/** After these nobody knows what memory holds. */
const UNCERTAIN: ReadonlySet<ErrorCode> = new Set(['INTERNAL', 'DATA_FOLDER_UNWRITABLE', 'DATABASE_CORRUPT']);

/** Whether something was refused before it changed anything that a refusal doesn't leave behind. */
export const isRefusal = (error: unknown): boolean => error instanceof AppError && !UNCERTAIN.has(error.code);

/** Makes durable what was done by hand, together with the run. */
export function keepManual({ run, manual }: OpenRun): void {
  if (manual?.lane.pending === true) run.commit();
}

/**
 * SOS takes every order back that was placed by hand, and closes those positions too where it closes at all. What it did
 * is durable, also where it could not do all; never throws.
 */
export async function stopManual(
  open: OpenRun,
  flatten: boolean,
  explain: (error: unknown) => AppError,
): Promise<void> {
  try {
    await open.manual?.desk.stop(flatten);
  } catch (error) {
    explain(error);
    open.log.error('an SOS could not stop everything that was traded by hand', { error });
  }
  try {
    keepManual(open);
  } catch (error) {
    explain(error);
  }
}
