import { ended } from '../../../market/access/ended.ts';
import type { Schedule } from '../../../platform/schedule.ts';
import type { NodeAddress } from './nodeAddress.ts';
import { NodeFault } from './nodeFault.ts';

/** Far more than all accounts of a program that are asked for at once; a node that sends without end is cut off. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Where a node doesn't say for how long it wants to be left alone. */
const USUAL_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

export interface RequestOptions {
  readonly timeoutMs: number;
  readonly schedule: Schedule;
  /** Unix ms, for a `Retry-After` that is a date. */
  readonly now: () => number;
  /** Aborts when the program closes. */
  readonly signal: AbortSignal;
}

export interface NodeReply {
  readonly status: number;
  readonly text: string;
}

/**
 * Posts to a node, once.
 * @returns what came with a 2xx or a 4xx, which may hold an answer.
 * @throws NodeFault `unreachable`, `limited`, `garbled`; AppError CANCELLED when the signal aborts.
 */
export async function postToNode(
  address: NodeAddress,
  body: string,
  options: RequestOptions,
): Promise<NodeReply> {
  const { timeoutMs, schedule, signal } = options;
  const ending = new AbortController();
  const end = (): void => {
    ending.abort();
  };
  let late = false;
  const cancelTimeout = schedule.after(timeoutMs, () => {
    late = true;
    end();
  });
  signal.addEventListener('abort', end);
  try {
    if (signal.aborted) throw ended();
    return await post(address, body, options.now, ending.signal);
  } catch (error) {
    if (signal.aborted) throw ended();
    if (late) throw new NodeFault('unreachable', `no answer within ${timeoutMs / 1_000} s`);
    if (error instanceof NodeFault) throw error;
    throw new NodeFault('unreachable', address.scrub(reasonOf(error)));
  } finally {
    cancelTimeout();
    signal.removeEventListener('abort', end);
  }
}

async function post(
  address: NodeAddress,
  body: string,
  now: () => number,
  signal: AbortSignal,
): Promise<NodeReply> {
  const { url, headers } = address.http;
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
    signal,
    // What is asked of one node is for nobody else.
    redirect: 'error',
  });
  const { status } = response;
  if (status === 429 || status >= 500) {
    await response.body?.cancel();
    if (status !== 429) throw new NodeFault('unreachable', `HTTP ${status}`);
    throw new NodeFault('limited', 'HTTP 429, too many requests', {
      waitMs: waitOf(response.headers, now()),
    });
  }
  return { status, text: await textOf(response) };
}

async function textOf({ body }: Response): Promise<string> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new NodeFault('garbled', `more than ${MOST_BYTES} bytes in one answer`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** `Retry-After` is seconds or a date. */
function waitOf(headers: Headers, now: number): number {
  const told = headers.get('retry-after') ?? '';
  const ms = /^\d+(?:\.\d+)?$/.test(told) ? Number(told) * 1_000 : Date.parse(told) - now;
  return Number.isNaN(ms) ? USUAL_WAIT_MS : Math.min(Math.max(ms, 0), LONGEST_WAIT_MS);
}

/** Node.js's fetch says "fetch failed", and the reason is its cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  return code === '' ? 'no connection' : `no connection (${code})`;
}
