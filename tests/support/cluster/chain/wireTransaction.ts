import { createPublicKey, verify } from 'node:crypto';

import {
  AddressLookupTableAccount,
  PublicKey,
  VersionedTransaction,
  type MessageAccountKeys,
  type VersionedMessage,
} from '@solana/web3.js';

import { base58Text } from './base58Text.ts';

/** The head of a DER public key, before the 32 bytes of an ed25519 one. */
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** A transaction as it came over the wire. */
export interface WireTransaction {
  readonly bytes: Uint8Array;
  /** The first signature, in base58: the transaction's name. */
  readonly signature: string;
  readonly signatures: readonly Uint8Array[];
  readonly message: VersionedMessage;
}

/** An instruction with its accounts spelled out. */
export interface WireInstruction {
  readonly program: string;
  readonly data: Uint8Array;
  readonly accounts: readonly { address: string; isSigner: boolean; isWritable: boolean }[];
}

/** Throws where the bytes are no transaction. */
export function readTransaction(bytes: Uint8Array): WireTransaction {
  const { signatures, message } = VersionedTransaction.deserialize(bytes);
  const [first] = signatures;
  if (first === undefined || signatures.length !== message.header.numRequiredSignatures)
    throw new Error('as many signatures as the message asks for are needed');
  return { bytes, signature: base58Text(first), signatures, message };
}

/** The same, by its accounts and instructions, on another blockhash: its signatures no longer hold. */
export function withBlockhash(transaction: WireTransaction, blockhash: string): WireTransaction {
  const { message } = readTransaction(transaction.bytes);
  message.recentBlockhash = blockhash;
  return { ...transaction, message };
}

/** Whether every signer has signed this very message. */
export function isSigned({ message, signatures }: WireTransaction): boolean {
  const text = message.serialize();
  return signatures.every((signature, index) => {
    const signer = message.staticAccountKeys[index];
    if (signer === undefined) return false;
    const key = createPublicKey({
      key: Buffer.concat([ED25519_SPKI, signer.toBytes()]),
      format: 'der',
      type: 'spki',
    });
    return verify(null, text, key, signature);
  });
}

/** The accounts of a message, those of its lookup tables included. Throws where a table isn't there or too short. */
export function accountKeys(
  message: VersionedMessage,
  read: (address: string) => { readonly data: Uint8Array } | undefined,
): MessageAccountKeys {
  if (message.addressTableLookups.length === 0) return message.getAccountKeys();
  const addressLookupTableAccounts = message.addressTableLookups.map(({ accountKey: key }) => {
    const table = read(key.toBase58());
    if (table === undefined) throw new Error(`no lookup table at ${key.toBase58()}`);
    return new AddressLookupTableAccount({ key, state: AddressLookupTableAccount.deserialize(table.data) });
  });
  return message.getAccountKeys({ addressLookupTableAccounts });
}

export function instructionsOf(message: VersionedMessage, keys: MessageAccountKeys): WireInstruction[] {
  const address = (index: number): string => (keys.get(index) ?? PublicKey.default).toBase58();
  return message.compiledInstructions.map(({ programIdIndex, accountKeyIndexes, data }) => ({
    program: address(programIdIndex),
    data,
    accounts: accountKeyIndexes.map((index) => ({
      address: address(index),
      isSigner: message.isAccountSigner(index),
      isWritable: message.isAccountWritable(index),
    })),
  }));
}
