import { z } from 'zod';

import { INTERNAL_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, PARSE_ERROR, RpcError } from './rpcError.ts';

const id = z.union([z.string(), z.number(), z.null()]);
const request = z.object({
  jsonrpc: z.literal('2.0'),
  /** A notification has none, and gets no answer. */
  id: id.optional(),
  method: z.string(),
  params: z.array(z.unknown()).default([]),
});

export type Request = z.infer<typeof request>;

/** The requests of a body, and whether they came as a batch. Throws where it is no JSON. */
export function requestsOf(body: string): { requests: unknown[]; isBatch: boolean } {
  let read: unknown;
  try {
    read = JSON.parse(body);
  } catch {
    throw new RpcError(PARSE_ERROR, 'Parse error');
  }
  return Array.isArray(read) ? { requests: read, isBatch: true } : { requests: [read], isBatch: false };
}

export const methodOf = (asked: unknown): string => request.safeParse(asked).data?.method ?? '';

/** Answers one request; undefined where no answer is due. What isn't an `RpcError` goes to `onFault`. */
export function answer(
  asked: unknown,
  handle: (request: Request) => unknown,
  onFault: (error: unknown) => void,
): object | undefined {
  const parsed = request.safeParse(asked);
  if (!parsed.success) return errorAnswer(null, new RpcError(INVALID_REQUEST, 'Invalid request'));
  const { data } = parsed;
  try {
    const result = handle(data);
    return data.id === undefined ? undefined : { jsonrpc: '2.0', id: data.id, result };
  } catch (error) {
    if (!(error instanceof RpcError)) onFault(error);
    return data.id === undefined ? undefined : errorAnswer(data.id, error);
  }
}

export function errorAnswer(to: z.infer<typeof id>, error: unknown): object {
  const { code, message, data } =
    error instanceof RpcError ? error : new RpcError(INTERNAL_ERROR, `Internal error: ${String(error)}`);
  return { jsonrpc: '2.0', id: to, error: { code, message, ...(data === undefined ? {} : { data }) } };
}

export const methodNotFound = (): RpcError => new RpcError(METHOD_NOT_FOUND, 'Method not found');
