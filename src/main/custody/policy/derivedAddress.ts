import { createHash } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { addressBytes, addressOf, type Address } from '../address.ts';
import { refuse } from './refusal.ts';

const MARKER = Buffer.from('ProgramDerivedAddress', 'ascii');
const HIGHEST_BUMP = 255;

/**
 * A program's own address for some seeds: the first hash, by a last byte that counts down from 255, which is no point of
 * the curve, so that no key can sign for it. Source: Solana's `Pubkey::find_program_address`.
 */
export function derivedAddress(seeds: readonly Uint8Array[], program: Address): Address {
  const programBytes = bytesOf(program);
  for (let bump = HIGHEST_BUMP; bump >= 0; bump -= 1) {
    const candidate = sha256(...seeds, Uint8Array.of(bump), programBytes, MARKER);
    if (!isOnCurve(candidate)) return addressOf(candidate);
  }
  throw new RangeError('these seeds have no address');
}

/** Where the key of `base` may have accounts without a key of their own. Source: `Pubkey::create_with_seed`. */
export const seededAddress = (base: Address, seed: Uint8Array, program: Address): Address =>
  addressOf(sha256(bytesOf(base), seed, bytesOf(program)));

/** The bytes of an address from the rules or a constant. Throws a Refusal, `rules`, for what is none. */
export const bytesOf = (address: Address): Uint8Array =>
  addressBytes(address) ?? refuse('rules', 'What should be an address is none.');

/** SHA-256 of parts one after another. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Read as loosely as the chain reads a point (ZIP 215): it allows coordinates beyond the field's order. */
function isOnCurve(bytes: Uint8Array): boolean {
  try {
    ed25519.Point.fromBytes(bytes, true);
    return true;
  } catch {
    return false;
  }
}
