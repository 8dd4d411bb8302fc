import type { TransactionInstruction } from '@solana/web3.js';

import type { ErrorCode } from '../../../../shared/contract/errorCodes.ts';
import type { LandedTransaction } from '../chain.ts';

/** What a transaction is for. */
export type IntentKind =
  'order' | 'cancel' | 'modify' | 'deposit' | 'withdrawal' | 'transfer' | 'settle' | 'account';

/** Something that is to happen on the chain once. */
export interface Intent {
  /**
   * Unique for ever, over all vaults and operations: the same id is the same intent, and acts once. With another kind or
   * other words it is refused as INTERNAL.
   */
  readonly id: string;
  readonly kind: IntentKind;
  /** What it does, in a sentence for the journal and the log: "Sell 1.5 SOL-PERP at 149.25 or better." */
  readonly words: string;
  /** Signed by the payer alone. Nothing about the compute budget, and no tip: those are added. */
  readonly instructions: readonly TransactionInstruction[];
  /** Unix ms. It isn't signed after this moment; what was signed before may land later. */
  readonly validUntil?: number;
  /** Compute units that it is given at least: more than its trial used, where it may find more to do when it lands. */
  readonly leastUnits?: bigint;
}

/** Why something did not happen, in words that a trader understands. */
export interface Why {
  readonly code: ErrorCode;
  readonly message: string;
}

/** What became of an intent. */
export type TransactionOutcome =
  /** It went through. */
  | {
      readonly kind: 'landed';
      readonly signature: string;
      readonly slot: number;
      /** With its `fee`: what it cost in gas is that and the tip. */
      readonly transaction: LandedTransaction;
      /** Lamports; 0 where it went without one. */
      readonly tip: bigint;
    }
  /** It is in a block, and its program undid it: it did nothing but cost its fee. */
  | {
      readonly kind: 'failed';
      readonly signature: string;
      readonly why: Why;
      readonly transaction: LandedTransaction;
    }
  /** It was never signed, or never let out: simulation, signer, gas, disk. */
  | { readonly kind: 'refused'; readonly why: Why }
  /** It can no longer land, and is absent everywhere. */
  | { readonly kind: 'expired'; readonly signature: string }
  /** It may have landed, or may still. */
  | { readonly kind: 'unknown'; readonly signature: string; readonly cause: string };
