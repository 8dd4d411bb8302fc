import {
  PublicKey,
  TransactionMessage,
  type AddressLookupTableAccount,
  type TransactionInstruction,
} from '@solana/web3.js';
import fc from 'fast-check';
import type { Address } from '../../../../src/main/custody/address.ts';
import type { SigningRules } from '../../../../src/main/custody/policy/verdict.ts';

/** Any 32 bytes are an address, whether they are a point of the curve or not. */
export const anyKey = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .filter((bytes) => bytes.some((byte) => byte !== 0))
  .map((bytes) => new PublicKey(bytes));

export type Version = 'legacy' | 0;
export const anyVersion = fc.constantFrom<Version>('legacy', 0);

const BLOCKHASH = new PublicKey(Buffer.alloc(32, 7)).toBase58();

/** What web3.js would have signed. */
export function messageOf(
  payer: PublicKey,
  instructions: readonly TransactionInstruction[],
  version: Version = 'legacy',
  tables: AddressLookupTableAccount[] = [],
): Uint8Array {
  const message = new TransactionMessage({
    payerKey: payer,
    recentBlockhash: BLOCKHASH,
    instructions: [...instructions],
  });
  const compiled =
    version === 'legacy' ? message.compileToLegacyMessage() : message.compileToV0Message(tables);
  return new Uint8Array(compiled.serialize());
}

export const MOST_PRIORITY_FEE = 1_000_000n;
export const MOST_TIP = 100_000n;
export const MOST_GAS = 50_000_000n;

export const addressText = (key: PublicKey): Address => key.toBase58() as Address;

/** The rules of an owner, unless another owner is named. */
export function rulesFor(
  signer: PublicKey,
  owner = signer,
  delegates: readonly PublicKey[] = [],
): SigningRules {
  return {
    signer: addressText(signer),
    role: owner.equals(signer) ? 'owner' : 'delegate',
    owner: addressText(owner),
    delegates: new Set(delegates.map(addressText)),
    mostPriorityFee: MOST_PRIORITY_FEE,
    mostTip: MOST_TIP,
    mostGas: MOST_GAS,
  };
}
