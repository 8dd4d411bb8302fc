import {
  clientProofText,
  helloFrame,
  serverProofText,
  welcomeFrame,
  type AuthFrame,
} from '../../shared/contract/handshake.ts';
import { PROTOCOL } from '../../shared/contract/protocol.ts';

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** HMAC-SHA256 in hexadecimal, the key taken as UTF-8. */
export async function hmacHex(key: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', encoder.encode(key), algorithm, false, ['sign']);
  return hex(new Uint8Array(await crypto.subtle.sign('HMAC', imported, encoder.encode(text))));
}

/** A number used once: 32 bytes in hexadecimal. */
export const newNonce = (): string => hex(crypto.getRandomValues(new Uint8Array(32)));

/** What became of a handshake's step. */
type HelloAnswer =
  | { readonly kind: 'auth'; readonly frame: AuthFrame; readonly serverNonce: string }
  | { readonly kind: 'protocol' }
  | { readonly kind: 'nonsense' };

/** Answers the server's first words with the proof that this page knows the key. */
export async function answerHello(text: string, key: string, clientNonce: string): Promise<HelloAnswer> {
  const hello = helloFrame.safeParse(parsed(text));
  if (!hello.success) return { kind: 'nonsense' };
  if (hello.data.protocol !== PROTOCOL) return { kind: 'protocol' };
  const serverNonce = hello.data.nonce;
  const proof = await hmacHex(key, clientProofText(serverNonce, clientNonce));
  return { kind: 'auth', frame: { type: 'AUTH', nonce: clientNonce, proof }, serverNonce };
}

/** Whether the server has proved that it knows the key too. Commands go to no other program that took the port. */
export async function isWelcome(
  text: string,
  key: string,
  clientNonce: string,
  serverNonce: string,
): Promise<boolean> {
  const welcome = welcomeFrame.safeParse(parsed(text));
  if (!welcome.success) return false;
  return welcome.data.proof === (await hmacHex(key, serverProofText(clientNonce, serverNonce)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
