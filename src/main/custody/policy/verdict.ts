import type { Address } from '../address.ts';

/** Whom a key signs for, and what it may spend besides. */
export interface SigningRules {
  /** The key that would sign: it has to pay the fee, and to be the only signer. */
  readonly signer: Address;
  /** A delegate may trade for its owner's account, and can't withdraw. */
  readonly role: 'owner' | 'delegate';
  /** Whose account on the venue it is: the signer's own, unless it is a delegate. */
  readonly owner: Address;
  /** Addresses whose keys the user has on this computer: SOL may go to them. */
  readonly own: ReadonlySet<string>;
  /** Most that a transaction may pay for priority, and as a tip, in lamports. */
  readonly mostPriorityFee: bigint;
  readonly mostTip: bigint;
}

/**
 * What the signer makes of a transaction. `words` say what it would do, a line an instruction, for the log; `why` says
 * what is wrong with it, `reason` the same in one word for a test and a log.
 */
export type Verdict =
  | { readonly isAllowed: true; readonly words: readonly string[] }
  | { readonly isAllowed: false; readonly reason: string; readonly why: string };
