import { z } from 'zod';

import { isUrgent } from './question.ts';
import type { RpcPool } from './rpcPool.ts';
import { RpcRefusal } from './rpcRefusal.ts';
import { parseWide, writeWide } from './wideJson.ts';

/** Where web3.js believes that it posts to. Nothing goes there: a URL with a key in it has no place in the SDK. */
export const POOL_URL = 'http://pool.invalid';

const request = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number()]),
  method: z.string(),
  params: z.array(z.unknown()).default([]),
});
const body = z.union([request, z.array(request).nonempty()]);

/** What only reads: shared by those who ask at the same time. Anything else is handed over each time that it is asked. */
const READS = /^(?:get|is|simulate)/;

/**
 * A fetch that goes through the pool, for web3.js's `Connection` and with it Drift's SDK. The requests of a batch go out
 * one by one, so that each has failover, pace and counting of its own, and the answers come back in the batch's order.
 *
 * Rejects with the pool's AppErrors, which web3.js hands on as they are. A node's refusal is an answer, as it would be.
 */
export function poolFetch(pool: RpcPool): typeof fetch {
  return async (_, init) => {
    const posted = body.parse(typeof init?.body === 'string' ? parseWide(init.body) : undefined);
    const answer = Array.isArray(posted)
      ? await Promise.all(posted.map((one) => answerTo(pool, one)))
      : await answerTo(pool, posted);
    return new Response(writeWide(answer), { headers: { 'content-type': 'application/json' } });
  };
}

async function answerTo(pool: RpcPool, { id, method, params }: z.infer<typeof request>): Promise<object> {
  const question = {
    method,
    params,
    read: (result: unknown) => result,
    form: 'raw',
    urgent: isUrgent(method),
  } as const;
  try {
    const result = await (READS.test(method) ? pool.ask(question) : pool.hand(question));
    return { jsonrpc: '2.0', id, result };
  } catch (error) {
    if (!(error instanceof RpcRefusal)) throw error;
    const { rpcCode: code, said: message, data } = error;
    return { jsonrpc: '2.0', id, error: { code, message, ...(data === undefined ? {} : { data }) } };
  }
}
