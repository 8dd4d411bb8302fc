import { createHmac, timingSafeEqual } from 'node:crypto';
import { clientProofText, serverProofText } from '../../shared/contract/handshake.ts';

const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('hex');

/** What a client proves with that it knows the key, to this server, now: hexadecimal HMAC-SHA256. */
export const clientProof = (key: string, serverNonce: string, clientNonce: string): string =>
  hmac(key, clientProofText(serverNonce, clientNonce));

/** What the server proves with in return. */
export const serverProof = (key: string, clientNonce: string, serverNonce: string): string =>
  hmac(key, serverProofText(clientNonce, serverNonce));

/** Compares in a time that tells nothing about where two proofs differ. */
export function isSameProof(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
