import { createPublicKey, verify } from 'node:crypto';
import { base58Decode, base58Encode, base58Length } from './base58.ts';

/** A Solana address: base58 of 32 bytes, which for a wallet are its public key. */
export type Address = string & { readonly kind: 'address' };

export const ADDRESS_BYTES = 32;
/** An ed25519 SubjectPublicKeyInfo is this and the 32 bytes (RFC 8410, section 4). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

export function addressOf(publicKey: Uint8Array): Address {
  if (publicKey.length !== ADDRESS_BYTES)
    throw new RangeError(`an address has ${ADDRESS_BYTES} bytes, not ${publicKey.length}`);
  return Buffer.from(base58Encode(publicKey)).toString('ascii') as Address;
}

/** The 32 bytes of an address; undefined where the text is none. */
export function addressBytes(text: string): Uint8Array | undefined {
  if (text.length > base58Length(ADDRESS_BYTES)) return undefined;
  const bytes = base58Decode(Buffer.from(text, 'utf8'));
  return bytes?.length === ADDRESS_BYTES ? bytes : undefined;
}

/** Whether a signature is that address's for these message bytes. False, too, for what is no address or signature. */
export function isSignedBy(address: string, message: Uint8Array, signature: Uint8Array): boolean {
  const publicKey = addressBytes(address);
  if (publicKey === undefined) return false;
  const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: 'der', type: 'spki' });
  return verify(null, message, key, signature);
}
