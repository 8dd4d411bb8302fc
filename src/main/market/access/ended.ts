import { AppError } from '../../../shared/contract/appError.ts';

/** What those are answered who wait for a venue when the program closes, or who gave up waiting. */
export function ended(): AppError {
  return new AppError('CANCELLED', 'This was ended before the venue answered.');
}

/** What `work` comes to, unless the signal aborts first: then CANCELLED at once, whatever becomes of the work. */
export async function unlessEnded<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw ended();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const end = (): void => {
    reject(ended());
  };
  signal.addEventListener('abort', end);
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}
