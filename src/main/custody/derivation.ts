import { createHmac } from 'node:crypto';
import { SecretBytes } from './secretBytes.ts';
import { zeroable } from './zeroable.ts';

/** Steps of a derivation, all hardened: ed25519 has no others. Each a whole number, 0 … 2^31 − 1. */
export type DerivationPath = readonly number[];

const CURVE = Buffer.from('ed25519 seed', 'ascii');
const HARDENED = 0x8000_0000;
const KEY_BYTES = 32;
const STEP_BYTES = 1 + KEY_BYTES + 4;

/**
 * The ed25519 secret that a seed has on a path.
 * Source: SLIP-0010, "Master key generation" and "Private parent key → private child key".
 */
export function deriveKey(seed: SecretBytes<'seed'>, path: DerivationPath): SecretBytes<'key'> {
  for (const index of path)
    if (!Number.isInteger(index) || index < 0 || index >= HARDENED)
      throw new RangeError(`${index} is no step of a derivation`);

  // A node is 32 bytes of key and 32 of chain code.
  const node = seed.use((bytes) => hmacSha512(CURVE, bytes));
  const step = zeroable(STEP_BYTES);
  try {
    for (const index of path) {
      step.set(node.subarray(0, KEY_BYTES), 1);
      step.writeUInt32BE(HARDENED + index, 1 + KEY_BYTES);
      const child = hmacSha512(node.subarray(KEY_BYTES), step);
      node.set(child);
      child.fill(0);
    }
    return SecretBytes.taken('key', node.subarray(0, KEY_BYTES));
  } finally {
    node.fill(0);
    step.fill(0);
  }
}

/** `m/44'/501'/0'/0'`. */
export const pathText = (path: DerivationPath): string =>
  ['m', ...path.map((index) => `${index}'`)].join('/');

const hmacSha512 = (key: Uint8Array, data: Uint8Array): Buffer =>
  createHmac('sha512', key).update(data).digest();
