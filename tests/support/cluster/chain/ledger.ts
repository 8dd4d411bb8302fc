import type { Balances } from './balances.ts';
import type { TransactionError } from './transactionError.ts';
import type { WireTransaction } from './wireTransaction.ts';

/** A transaction in a block: done, or failed at a fee. */
export interface Landed {
  readonly transaction: WireTransaction;
  readonly slot: number;
  /** Unix seconds. */
  readonly blockTime: number;
  readonly err: TransactionError | null;
  readonly logs: readonly string[];
  readonly unitsConsumed: bigint;
  readonly fee: bigint;
  /** Micro-lamports a compute unit. */
  readonly unitPrice: bigint;
  /** Every account of the message, those of its lookup tables last. */
  readonly addresses: readonly string[];
  readonly writable: readonly string[];
  readonly before: Balances;
  readonly after: Balances;
}

/** The transactions that have landed, by signature and by account. */
export class Ledger {
  readonly #bySignature = new Map<string, Landed>();
  readonly #byAddress = new Map<string, Landed[]>();

  constructor(landed: Iterable<Landed> = []) {
    for (const each of landed) this.add(each);
  }

  add(landed: Landed): void {
    this.#bySignature.set(landed.transaction.signature, landed);
    for (const address of landed.addresses) {
      const before = this.#byAddress.get(address);
      if (before) before.push(landed);
      else this.#byAddress.set(address, [landed]);
    }
  }

  get(signature: string): Landed | undefined {
    return this.#bySignature.get(signature);
  }

  /** Newest first. */
  of(address: string): readonly Landed[] {
    return (this.#byAddress.get(address) ?? []).toReversed();
  }

  /** Oldest first. */
  all(): readonly Landed[] {
    return [...this.#bySignature.values()];
  }
}
