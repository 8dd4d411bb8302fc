import type { Chain } from '../chain/chain.ts';
import type { Faults } from './faults.ts';
import { MIN_CONTEXT_SLOT_NOT_REACHED, RpcError } from './rpcError.ts';

/** What a request is answered from. */
export interface View {
  /** What is read: the chain, or an older one where the node lags behind. */
  readonly seen: Chain;
  /** What transactions are sent to. */
  readonly chain: Chain;
  readonly faults: Faults;
  /** What getRecentPrioritizationFees says at least, in micro-lamports a compute unit. */
  readonly priorityFee: () => number;
}

export type RpcMethod = (params: readonly unknown[], view: View) => unknown;

/** An answer with the slot that it is from. Throws where the node isn't yet where the client has been already. */
export function inContext<T>(
  chain: Chain,
  config: { readonly minContextSlot?: number | undefined },
  value: T,
): { readonly context: { readonly slot: number; readonly apiVersion: string }; readonly value: T } {
  const { slot } = chain;
  requireSlot(chain, config);
  return { context: { slot, apiVersion: VERSION }, value };
}

export function requireSlot(chain: Chain, config: { readonly minContextSlot?: number | undefined }): void {
  if ((config.minContextSlot ?? 0) > chain.slot)
    throw new RpcError(MIN_CONTEXT_SLOT_NOT_REACHED, 'Minimum context slot has not been reached', {
      contextSlot: chain.slot,
    });
}

/** The version that the node gives itself out for. */
export const VERSION = '2.1.0';
