import { TaskCancelledError } from 'cockatiel';

import { AppError } from '../../../shared/contract/appError.ts';

/** Node.js's and undici's codes for a server that could not be reached, or stopped in the middle of an answer. */
const NETWORK_CODES: ReadonlySet<unknown> = new Set([
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_SOCKET',
]);

/**
 * Whether the error says that the venue did not answer: `VENUE_UNAVAILABLE`, a time-out, a network that failed. A
 * refusal is an answer, and so is `RATE_LIMITED`: asking again at once would make it worse. What is neither is a fault
 * of ours, which asking again does not mend.
 */
export function isOutage(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'VENUE_UNAVAILABLE';
  if (!(error instanceof Error)) return false;
  // Node.js's fetch says "fetch failed", and the reason is its cause.
  return isNetworkFailure(error) || (error.cause instanceof Error && isNetworkFailure(error.cause));
}

function isNetworkFailure(error: Error): boolean {
  if (error instanceof TaskCancelledError || error.name === 'TimeoutError') return true;
  return 'code' in error && NETWORK_CODES.has(error.code);
}
