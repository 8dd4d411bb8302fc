import { z } from 'zod';

import type { NodeAddress } from './nodeAddress.ts';
import { NodeFault, type FaultKind } from './nodeFault.ts';
import type { NodeReply } from './nodeRequest.ts';
import { RpcRefusal } from './rpcRefusal.ts';
import { parseWide } from './wideJson.ts';

const failure = z.object({ code: z.int(), message: z.string(), data: z.unknown().optional() });

/** A node that couldn't read the id answers null in its place. */
const reply = z.union([
  z.object({ jsonrpc: z.literal('2.0'), id: z.union([z.string(), z.null()]), error: failure }),
  z
    .object({ jsonrpc: z.literal('2.0'), id: z.string(), result: z.unknown() })
    .refine((said) => 'result' in said),
]);

/**
 * Codes with which a node answers what it was asked: the transaction fails when tried, a signature is wrong, a parameter
 * is none. Every other code says something of the node: it is behind, keeps no history, doesn't know the method.
 */
const ANSWERS: ReadonlySet<number> = new Set([-32_002, -32_003, -32_006, -32_013, -32_015, -32_600, -32_602]);
/** Behind the cluster, or behind the slot that was asked for. */
const BEHIND: ReadonlySet<number> = new Set([-32_005, -32_016]);
/** How some providers say 429 in a body. */
const LIMITED: ReadonlySet<number> = new Set([429, -32_029, -32_429]);
const USUAL_WAIT_MS = 2_000;
/** How a node says where it is when that is not far enough. */
const cameTo = z.object({ contextSlot: z.int().nonnegative() });

/**
 * The result in what a node sent, not yet looked at.
 * @throws NodeFault where it is none, RpcRefusal where the node answers with a no.
 */
export function resultOf(
  method: string,
  id: string,
  { status, text }: NodeReply,
  address: NodeAddress,
): unknown {
  const said = reply.safeParse(jsonOf(text));
  if (!said.success || (said.data.id !== id && !('error' in said.data && said.data.id === null)))
    throw status >= 400
      ? new NodeFault('refused', `HTTP ${status}`)
      : new NodeFault('garbled', 'what it sent is no JSON-RPC answer');
  if (!('error' in said.data)) {
    if (status >= 400) throw new NodeFault('refused', `HTTP ${status}`);
    return said.data.result;
  }
  const { code, message, data } = said.data.error;
  const clean = address.scrub(message);
  if (ANSWERS.has(code)) throw new RpcRefusal(method, code, clean, data);
  throw new NodeFault(kindOf(code, status), `${clean} (${code})`, {
    waitMs: LIMITED.has(code) ? USUAL_WAIT_MS : 0,
    slot: cameTo.safeParse(data).data?.contextSlot,
  });
}

function kindOf(code: number, status: number): FaultKind {
  if (BEHIND.has(code)) return 'behind';
  if (LIMITED.has(code)) return 'limited';
  return status === 401 || status === 403 ? 'refused' : 'unable';
}

function jsonOf(text: string): unknown {
  try {
    return parseWide(text);
  } catch {
    return undefined;
  }
}
