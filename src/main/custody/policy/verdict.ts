import type { Address } from '../address.ts';

/** Whom a key signs for, and what it may spend besides. */
export interface SigningRules {
  /** The key that would sign: it has to pay the fee, and to be the only signer. */
  readonly signer: Address;
  /** A delegate may trade for its owner's account, and can't withdraw. */
  readonly role: 'owner' | 'delegate';
  /** Whose account on the venue it is: the signer's own, unless it is a delegate. */
  readonly owner: Address;
  /**
   * Keys on this computer that trade for the owner: they may be made delegates on the venue, and get SOL for their gas.
   * Whoever holds the other end of a key window could have brought one in, so that it isn't much that they get.
   */
  readonly delegates: ReadonlySet<string>;
  /** Most that a transaction may pay for priority, and as a tip, in lamports. */
  readonly mostPriorityFee: bigint;
  readonly mostTip: bigint;
  /** The same for what goes to delegates. */
  readonly mostGas: bigint;
}

/** Why a transaction isn't signed, in one word that stays the same. */
export type RefusalReason =
  /** The rules contradict themselves: an owner who signs for another, or an address that is none. */
  | 'rules'
  /** The bytes aren't exactly one message. */
  | 'malformed'
  /** A kind of message that didn't exist when this was written. */
  | 'version'
  /** Accounts behind a lookup table: what they are can't be known here. */
  | 'lookupTable'
  /** Another signature besides the fee payer's is wanted. */
  | 'signers'
  /** Somebody else would pay the fee. */
  | 'feePayer'
  /** Nothing to do. */
  | 'empty'
  /** A program that the app doesn't need. */
  | 'program'
  /** An instruction that the app doesn't need, of a program that it does. */
  | 'instruction'
  /** A delegate would do what only an owner may. */
  | 'delegate'
  /** A limit or price of computing is set twice. */
  | 'computeBudget'
  | 'priorityFee'
  | 'tip'
  /** More SOL would go to delegates than they need for gas. */
  | 'gas'
  /** SOL or tokens would go to an account that isn't proven to be the user's own. */
  | 'destination'
  /** A stranger would become the account's delegate. */
  | 'stranger'
  /** An account is not the one that has to stand in that place. */
  | 'account'
  /** An account that is created here would not become the user's own. */
  | 'unfinished';

/**
 * What the signer makes of a transaction. `words` say what it would do, a line an instruction, for the log; `why` says
 * what is wrong with it, `reason` the same in one word for a test and a log. `spends` is what it may give away at most,
 * in lamports: for priority, as tips, as gas for delegates; the chain's own fee isn't in it.
 */
export type Verdict =
  | { readonly isAllowed: true; readonly words: readonly string[]; readonly spends: bigint }
  | { readonly isAllowed: false; readonly reason: RefusalReason; readonly why: string };
