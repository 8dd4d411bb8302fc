/**
 * - `intended`: about to be signed; nothing of it can be anywhere but here
 * - `signed`: signed, and perhaps sent
 * - `unknown`: the same, and nobody could tell in time whether it landed
 * - `landed`: in a block, and done
 * - `failed`: in a block, and undone by its program; only its fee is gone
 * - `refused`: never signed, or never let out of this program
 * - `expired`: too late for any block, and in none
 */
export type TransactionState =
  'intended' | 'signed' | 'unknown' | 'landed' | 'failed' | 'refused' | 'expired';

/** One attempt at an intent. What its state doesn't have is null. */
export interface TransactionRecord {
  /** Unique for ever: of an order or an operation of ours. */
  readonly intentId: string;
  /** From 1 on. */
  readonly attempt: number;
  readonly kind: string;
  /** What it is meant to do, in a sentence. */
  readonly words: string;
  /** Address of the wallet that signs and pays. */
  readonly payer: string;
  readonly state: TransactionState;
  readonly signature: string | null;
  /** The last block height at which it can still land. */
  readonly lastValidBlockHeight: number | null;
  /** The signed bytes, to send again. */
  readonly wire: Uint8Array | null;
  readonly slot: number | null;
  /** Lamports that it cost, priority included. */
  readonly fee: bigint | null;
  /** What stands in the block, as state text. */
  readonly landed: string | null;
  /** Why it failed or was refused, as an error code. */
  readonly code: string | null;
  /** The same in a sentence, or why it is unknown. */
  readonly reason: string | null;
  /** Unix ms. */
  readonly intendedT: number;
  readonly updatedT: number;
}

/**
 * The record of everything that was signed, or was about to be. Each write is on the disk when it returns, or has changed
 * nothing when it throws (DATA_FOLDER_UNWRITABLE, or INTERNAL for what may never be).
 *
 * It keeps signed bytes, and they are no secret: whoever reads them can do no more than send the one transaction that the
 * owner has signed, once, and only for the minute or two in which its blockhash lives. The chain publishes the same bytes.
 * No key follows from them.
 */
export interface TransactionJournal {
  /** Adds an attempt. Throws INTERNAL unless every attempt before it at the same intent is expired or failed. */
  begin(record: TransactionRecord): void;
  /**
   * Takes an attempt on. Throws INTERNAL for one that is over already, that isn't there, or that would lose or change its
   * signature.
   */
  update(record: TransactionRecord): void;
  /** Of an intent, in their order. */
  attempts(intentId: string): readonly TransactionRecord[];
  /** What was signed under a signature. */
  signed(signature: string): TransactionRecord | undefined;
  /** What is intended, signed or unknown, oldest first. */
  open(): readonly TransactionRecord[];
  /** Newest first. */
  latest(limit: number): readonly TransactionRecord[];
}
