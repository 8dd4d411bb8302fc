/** One JSON-RPC request, whichever node is asked. */
export interface Question<T> {
  readonly method: string;
  readonly params: readonly unknown[];
  /** Makes of a result what is asked for; whatever it throws says that the node sent something else. */
  readonly read: (result: unknown) => T;
  /** `raw` where `read` takes the result as it is: two who ask for the same in two forms share nothing. */
  readonly form?: 'raw';
  /** Goes before all others that wait for their turn at a node. */
  readonly urgent?: boolean;
  /** An answer of an older slot is none. */
  readonly minSlot?: number;
}

/** What changes nothing but the network's mempool, and what settles whether money moved. */
const URGENT: ReadonlySet<string> = new Set(['sendTransaction', 'getSignatureStatuses', 'getBlockHeight']);

export const isUrgent = (method: string): boolean => URGENT.has(method);
