import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { addressOf, type Address } from './address.ts';
import type { SecretBytes } from './secretBytes.ts';
import { zeroable } from './zeroable.ts';

/** An ed25519 secret, RFC 8032's "private key": the half of a keypair that makes the other. */
export const SECRET_BYTES = 32;
/** PKCS #8 of an ed25519 key is this and the 32 bytes (RFC 8410, section 7). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
/** So many bytes at the end of an ed25519 SubjectPublicKeyInfo are the public key (RFC 8410, section 4). */
const PUBLIC_BYTES = 32;

/**
 * A key that can sign. OpenSSL holds it, and clears it when the garbage collector has taken this object: `dispose` ends
 * its use at once, and its memory soon after. That is still less than a curve in JavaScript would leave behind, whose
 * big integers nobody can zero.
 */
export class Keypair implements Disposable {
  readonly publicKey: Uint8Array;
  readonly address: Address;
  #key: KeyObject | undefined;

  /** @param secret stays the caller's, who may zero it at once */
  constructor(secret: SecretBytes<'key'>) {
    const key = secret.use(privateKeyOf);
    this.#key = key;
    this.publicKey = publicKeyOf(key);
    this.address = addressOf(this.publicKey);
  }

  /** The 64-byte ed25519 signature of a message (RFC 8032, not pre-hashed). Throws once disposed. */
  sign(message: Uint8Array): Uint8Array {
    if (this.#key === undefined) throw new TypeError('this keypair has been disposed of');
    return new Uint8Array(sign(null, message, this.#key));
  }

  dispose(): void {
    this.#key = undefined;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

function privateKeyOf(secret: Uint8Array): KeyObject {
  if (secret.length !== SECRET_BYTES)
    throw new RangeError(`an ed25519 secret has ${SECRET_BYTES} bytes, not ${secret.length}`);
  const der = zeroable(PKCS8_HEAD.length + SECRET_BYTES);
  try {
    der.set(PKCS8_HEAD);
    der.set(secret, PKCS8_HEAD.length);
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}

const publicKeyOf = (key: KeyObject): Uint8Array =>
  new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-PUBLIC_BYTES));
