import type { VersionedMessage } from '@solana/web3.js';

import type { NamedAccount, Run } from './machine.ts';
import type { WireInstruction } from './wireTransaction.ts';

/** A transaction ready to run: signed, in time, and with its accounts spelled out. */
export interface Runnable {
  readonly message: VersionedMessage;
  /** Every account of the message, those of its lookup tables last. */
  readonly addresses: readonly string[];
  readonly writable: readonly string[];
  readonly instructions: readonly WireInstruction[];
  readonly payer: string;
  readonly fee: bigint;
}

/** Runs transactions, all or nothing: of one that fails, only the payer's fee stays. */
export interface Runner {
  run(transaction: Runnable): Run;
  /** Leaves no trace. `accounts` are those it could have written, as it would have left them; none where it failed. */
  simulate(transaction: Runnable): { readonly run: Run; readonly accounts: readonly NamedAccount[] };
}

export const signersOf = (message: VersionedMessage): string[] =>
  message.staticAccountKeys.slice(0, message.header.numRequiredSignatures).map((signer) => signer.toBase58());
