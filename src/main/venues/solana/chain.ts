/** A recent blockhash, and the last height at which a transaction that names it can still land. */
export interface BlockhashLife {
  readonly blockhash: string;
  readonly lastValidBlockHeight: number;
}

/** What the program said while it was tried. Nothing of it has happened. */
export interface Simulation {
  /** Null where it would go through; otherwise the runtime's own error, as JSON. */
  readonly error: unknown;
  readonly logs: readonly string[];
  readonly unitsConsumed: number | null;
}

/** Where a signature stands. */
export interface SignatureStatus {
  readonly slot: number;
  readonly commitment: 'processed' | 'confirmed' | 'finalized';
  /** Null where it went through; otherwise it landed and did nothing but cost its fee. */
  readonly error: unknown;
}

/** Lamports of an account before and after a transaction. */
export interface LamportChange {
  readonly address: string;
  readonly before: bigint;
  readonly after: bigint;
}

/** A transaction that is in a block, with what its programs said. */
export interface LandedTransaction {
  readonly signature: string;
  readonly slot: number;
  /** Unix s; null where the node doesn't know. */
  readonly blockTime: number | null;
  readonly error: unknown;
  readonly logs: readonly string[];
  /** Lamports, with the priority fee. */
  readonly fee: bigint;
  /** Of its first account, who paid the fee: lamports before and after. */
  readonly payer: LamportChange;
  /** Of all its accounts. */
  readonly balances: readonly LamportChange[];
}

/** A line of an address's history, newest first in lists. */
export interface SignatureLine {
  readonly signature: string;
  readonly slot: number;
  readonly error: unknown;
}

/** An account as it stands on the chain. */
export interface ChainAccount {
  readonly owner: string;
  readonly lamports: bigint;
  readonly data: Uint8Array;
}

/** Accounts that were read together: all of them are of one slot. */
export interface AccountsAt {
  readonly slot: number;
  /** In the order asked for; null where there is none. */
  readonly accounts: readonly (ChainAccount | null)[];
}

/**
 * What the program asks of a Solana cluster, whichever node answers. Reads are tried again, on other nodes where one
 * fails (R9.1), and then throw VENUE_UNAVAILABLE. Nothing older than what was seen before is ever answered.
 */
export interface Chain {
  latestBlockhash(): Promise<BlockhashLife>;
  /**
   * Of the newest block that no fork takes back (`finalized`), or that most have voted for (`confirmed`). Every node is
   * asked, and the lowest answer counts: one that runs ahead must not make a transaction look expired.
   */
  blockHeight(commitment: 'confirmed' | 'finalized'): Promise<number>;
  slot(): Promise<number>;
  /**
   * Up to 100 accounts at one slot, in one request, never of an older slot than the accounts before.
   * @param atLeast the oldest slot that will do, such as the one in which a transaction landed
   */
  accounts(addresses: readonly string[], atLeast?: number): Promise<AccountsAt>;
  /** Tries a transaction without its signatures, on the newest blockhash. */
  simulate(wire: Uint8Array): Promise<Simulation>;
  /**
   * Hands signed bytes to the cluster; the same bytes may be sent as often as one likes. Resolves when a node has taken
   * them, which says nothing of whether they land; throws where none has, which says nothing either.
   */
  send(wire: Uint8Array): Promise<void>;
  /** With the whole history searched; null for a signature that the node doesn't know. Up to 256. */
  statuses(signatures: readonly string[]): Promise<readonly (SignatureStatus | null)[]>;
  /**
   * The newest word of every node that answers; null where none knows the signature. A node that is behind must not
   * decide that: it doesn't count, and where less than half of the nodes are left, VENUE_UNAVAILABLE is thrown.
   */
  statusEverywhere(signature: string): Promise<SignatureStatus | null>;
  /** Null where no node that answers has it. */
  transaction(signature: string): Promise<LandedTransaction | null>;
  /** Confirmed transactions that name an address, newest first. @param until exclusive, a signature seen before
   * @param limit up to 1,000  @param before exclusive, the oldest of the page before */
  signaturesFor(
    address: string,
    until: string | undefined,
    limit: number,
    before?: string,
  ): Promise<readonly SignatureLine[]>;
  /** Micro-lamports a compute unit that lately landed transactions paid which write the accounts. */
  recentPriorityFees(addresses: readonly string[]): Promise<readonly number[]>;
}
