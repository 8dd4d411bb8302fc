import { randomBytes, randomFillSync } from 'node:crypto';

/** Bytes that nobody can guess, as text: for keys and nonces, where nothing has to be repeatable. */
export const secretHex = (bytes: number): string => randomBytes(bytes).toString('hex');
export const secretBase64 = (bytes: number): string => randomBytes(bytes).toString('base64');

/** Fills bytes with what nobody can guess. */
export function fillSecret(bytes: Uint8Array): void {
  randomFillSync(bytes);
}
