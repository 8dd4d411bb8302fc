import { createCipheriv, createDecipheriv, scrypt } from 'node:crypto';
import { SECRET_BYTES } from '../keypair.ts';
import type { FillRandom } from '../phrase.ts';
import { SecretBytes } from '../secretBytes.ts';

/**
 * scrypt with N = 2^17, r = 8, p = 1 takes half a second and 128 MiB (128·N·r bytes) a try, on one of the threads that
 * Node.js has for such work: the process goes on answering.
 * Source: RFC 7914; the parameters are the least that OWASP's Password Storage Cheat Sheet asks for.
 */
const [LOG_N, BLOCK_SIZE, PARALLEL] = [17, 8, 1];
const SCRYPT = { N: 2 ** LOG_N, r: BLOCK_SIZE, p: PARALLEL, maxmem: 2 * 128 * 2 ** LOG_N * BLOCK_SIZE };

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const [PARAMETER_BYTES, SALT_BYTES, NONCE_BYTES, TAG_BYTES] = [3, 16, 12, 16];
const [SALT_AT, NONCE_AT] = [PARAMETER_BYTES, PARAMETER_BYTES + SALT_BYTES];
const SEALED_AT = NONCE_AT + NONCE_BYTES;
const TAG_AT = SEALED_AT + SECRET_BYTES;

/** What a sealed secret takes: log2 N, r and p in a byte each, salt, nonce, the sealed bytes, and GCM's tag. */
export const SEAL_BYTES = TAG_AT + TAG_BYTES;

/**
 * Seals a secret with a passphrase: AES-256-GCM under a key that scrypt makes of it, with a new salt and nonce each time.
 * @param about isn't sealed, but what is changed in it is noticed when the seal is opened
 */
export async function seal(
  secret: SecretBytes<'key'>,
  passphrase: SecretBytes<'text'>,
  about: Uint8Array,
  fill: FillRandom,
): Promise<Uint8Array> {
  const sealed = new Uint8Array(SEAL_BYTES);
  sealed.set([LOG_N, BLOCK_SIZE, PARALLEL]);
  fill(sealed.subarray(SALT_AT, SEALED_AT));
  using key = await keyOf(passphrase, sealed);
  const cipher = key.use((bytes) => createCipheriv(CIPHER, bytes, sealed.subarray(NONCE_AT, SEALED_AT)));
  cipher.setAAD(about);
  sealed.set(
    secret.use((bytes) => cipher.update(bytes)),
    SEALED_AT,
  );
  cipher.final();
  sealed.set(cipher.getAuthTag(), TAG_AT);
  return sealed;
}

/**
 * What was sealed; undefined where the passphrase is another, or something was changed: nobody can tell these apart.
 * @param sealed as `seal` made it, and `isSeal` has seen it
 */
export async function unseal(
  sealed: Uint8Array,
  passphrase: SecretBytes<'text'>,
  about: Uint8Array,
): Promise<SecretBytes<'key'> | undefined> {
  using key = await keyOf(passphrase, sealed);
  const decipher = key.use((bytes) =>
    createDecipheriv(CIPHER, bytes, sealed.subarray(NONCE_AT, SEALED_AT), { authTagLength: TAG_BYTES }),
  );
  decipher.setAAD(about).setAuthTag(sealed.subarray(TAG_AT, SEAL_BYTES));
  const secret = SecretBytes.taken('key', decipher.update(sealed.subarray(SEALED_AT, TAG_AT)));
  try {
    decipher.final();
    return secret;
  } catch {
    secret.dispose();
    return undefined;
  }
}

/** Whether bytes have the form of a seal, with the parameters that are used: others would be weaker, or take for ever. */
export const isSeal = (bytes: Uint8Array): boolean =>
  bytes.length === SEAL_BYTES &&
  [LOG_N, BLOCK_SIZE, PARALLEL].every((parameter, at) => bytes[at] === parameter);

function keyOf(passphrase: SecretBytes<'text'>, sealed: Uint8Array): Promise<SecretBytes<'key'>> {
  const { promise, resolve, reject } = Promise.withResolvers<SecretBytes<'key'>>();
  const salt = sealed.subarray(SALT_AT, NONCE_AT);
  // It copies the passphrase before it returns, and clears its copy.
  passphrase.use((bytes) => {
    scrypt(bytes, salt, KEY_BYTES, SCRYPT, (error, key) => {
      if (error === null) resolve(SecretBytes.taken('key', key));
      else reject(error);
    });
  });
  return promise;
}
