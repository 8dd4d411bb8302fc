import { z } from 'zod';

import type { Commitment } from './slotMemory.ts';

export interface ContextSlot {
  readonly slot: number;
  readonly commitment: Commitment;
}

const inContext = z.object({ context: z.object({ slot: z.int().nonnegative() }) });
const slot = z.int().nonnegative();
const configured = z.object({ commitment: z.enum(['processed', 'confirmed', 'finalized']) });

/** Of which slot a result is, where it tells. What is asked without a commitment is answered as `finalized`. */
export function contextSlotOf(
  method: string,
  params: readonly unknown[],
  result: unknown,
): ContextSlot | undefined {
  const at = method === 'getSlot' ? slot.safeParse(result) : inContext.safeParse(result);
  if (!at.success) return undefined;
  return {
    slot: typeof at.data === 'number' ? at.data : at.data.context.slot,
    commitment: commitmentOf(method, params),
  };
}

function commitmentOf(method: string, params: readonly unknown[]): Commitment {
  // It has no commitment to choose.
  if (method === 'getSignatureStatuses') return 'processed';
  const config = configured.safeParse(params.at(-1));
  return config.success ? config.data.commitment : 'finalized';
}
