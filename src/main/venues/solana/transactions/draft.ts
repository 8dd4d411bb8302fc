import type * as web3 from '@solana/web3.js';
import type { TransactionInstruction } from '@solana/web3.js';

import { AppError } from '../../../../shared/contract/appError.ts';

/** As much of the library as making a message takes. It is loaded by whoever has a venue to trade on. */
export type Web3 = Pick<
  typeof web3,
  'ComputeBudgetProgram' | 'PublicKey' | 'SystemProgram' | 'TransactionMessage'
>;

/** A transaction before it has its blockhash. */
export interface Draft {
  readonly payer: string;
  readonly instructions: readonly TransactionInstruction[];
  readonly unitLimit: bigint;
  /** Micro-lamports a compute unit. */
  readonly unitPrice: bigint;
  readonly tip: { readonly to: string; readonly lamports: bigint } | null;
}

/** What a network packet of a transaction holds. */
const PACKET_BYTES = 1232;
const SIGNATURE_BYTES = 64;
const NO_SIGNATURE = new Uint8Array(SIGNATURE_BYTES);
/** Stands for a blockhash where none is needed yet: 32 zero bytes. */
export const NO_BLOCKHASH = '11111111111111111111111111111111';

/**
 * The message of a draft, version 0 without lookup tables: the signer has to see every account. Throws INTERNAL where the
 * draft doesn't fit into one transaction of one signer.
 */
export function messageOf(library: Web3, draft: Draft, blockhash: string): Uint8Array {
  const payer = new library.PublicKey(draft.payer);
  const message = new library.TransactionMessage({
    payerKey: payer,
    recentBlockhash: blockhash,
    instructions: [...budgetOf(library, draft), ...draft.instructions, ...tipOf(library, draft, payer)],
  }).compileToV0Message();
  if (message.header.numRequiredSignatures !== 1) throw unfit('more than one signature is asked for');
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(message.serialize());
  } catch (error) {
    // The library's buffer is as long as a packet.
    throw error instanceof RangeError ? unfit('it is too long', error) : error;
  }
  if (1 + SIGNATURE_BYTES + bytes.length > PACKET_BYTES) throw unfit('it is too long');
  return bytes;
}

/** A transaction as it is sent: one signature, or a blank where it is only tried. */
export const wireOf = (message: Uint8Array, signature: Uint8Array = NO_SIGNATURE): Uint8Array =>
  Uint8Array.of(1, ...signature, ...message);

/** The message that a transaction was signed over. */
export const messageIn = (wire: Uint8Array): Uint8Array => wire.subarray(1 + SIGNATURE_BYTES);

function budgetOf({ ComputeBudgetProgram }: Web3, { unitLimit, unitPrice }: Draft): TransactionInstruction[] {
  const limit = ComputeBudgetProgram.setComputeUnitLimit({ units: Number(unitLimit) });
  if (unitPrice === 0n) return [limit];
  return [limit, ComputeBudgetProgram.setComputeUnitPrice({ microLamports: unitPrice })];
}

/** Last, so that a transaction that fails before has tipped nobody. */
function tipOf(
  { PublicKey, SystemProgram }: Web3,
  { tip }: Draft,
  payer: web3.PublicKey,
): TransactionInstruction[] {
  if (tip === null) return [];
  return [
    SystemProgram.transfer({ fromPubkey: payer, toPubkey: new PublicKey(tip.to), lamports: tip.lamports }),
  ];
}

const unfit = (why: string, cause?: unknown): AppError =>
  new AppError('INTERNAL', `It does not fit into one transaction: ${why}.`, {}, { cause });
