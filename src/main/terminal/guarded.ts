import { AppError } from '../../shared/contract/appError.ts';
import type { OpenRun } from '../simulation/openRun.ts';
import { randomId } from '../platform/ids.ts';

/** Does something with an open run and closes it. What nobody expected becomes INTERNAL, with an id that the log has. */
export async function guarded<T>(open: OpenRun, work: (open: OpenRun) => Promise<T>): Promise<T> {
  try {
    return await work(open);
  } catch (error) {
    if (error instanceof AppError && error.code !== 'INTERNAL') throw error;
    const id = randomId();
    open.log.error('something unexpected happened', { id, error });
    const reason = error instanceof Error ? error.message : String(error);
    const message = `Something unexpected happened (${reason}). What was acknowledged is kept; look for ${id} in the log.`;
    throw new AppError('INTERNAL', message, { id }, { cause: error });
  } finally {
    open.close();
  }
}
