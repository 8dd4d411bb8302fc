import { AppError } from '../../shared/contract/appError.ts';
import { base58Decode, base58Encode } from './base58.ts';
import { Keypair, SECRET_BYTES } from './keypair.ts';
import { SecretBytes } from './secretBytes.ts';

/** How Solana writes a keypair: the ed25519 secret, then the public key that it makes. */
export const KEYPAIR_BYTES = 64;

/** Room around the longest text for the spaces that somebody pastes with it. */
const LONGEST_TYPED = 1024;
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * A secret key in base58 as Phantom and others export it: 64 bytes, spaces around it allowed. The caller zeroes `typed`.
 *
 * 32 bytes are refused, although some tools call those a secret key: an address looks the same, and whoever pastes one
 * by mistake would get a wallet that everybody has the key of.
 *
 * Throws WALLET_INVALID_KEY for what is no such text, WALLET_KEY_MISMATCH where the halves disagree. No error has a
 * character of the text in it.
 */
export function readSecretKey(typed: Uint8Array): SecretBytes<'key'> {
  const text = withoutSpaces(typed);
  if (text.length === 0) throw invalid('empty', 'No secret key was entered.');
  const decoded = text.length <= LONGEST_TYPED ? base58Decode(text) : new Uint8Array();
  if (decoded === undefined) {
    const message =
      'This is no secret key: it has characters that base58 does not use. It should be one long word of letters and digits, without 0, O, I and l.';
    throw invalid('characters', message);
  }
  using pair = SecretBytes.taken('keypair', decoded);
  if (pair.length === KEYPAIR_BYTES) return secretOf(pair);
  if (pair.length === SECRET_BYTES) {
    const message =
      'This has 32 bytes, as an address has. A secret key has 64, about 88 letters and digits: export it from the wallet again.';
    throw invalid('length', message, { bytes: pair.length });
  }
  const message = `A secret key has 64 bytes, which are 87 or 88 letters and digits. This has ${text.length} letters and digits${pair.length === 0 ? '' : `, which make ${pair.length} bytes`}.`;
  throw invalid('length', message, { characters: text.length });
}

/** The secret half of 64 bytes. Throws WALLET_KEY_MISMATCH where the public half isn't its own. */
export function secretOf(pair: SecretBytes<'keypair'>): SecretBytes<'key'> {
  return pair.use((bytes) => {
    if (bytes.length !== KEYPAIR_BYTES)
      throw new RangeError(`a keypair has ${KEYPAIR_BYTES} bytes, not ${bytes.length}`);
    const secret = new SecretBytes('key', SECRET_BYTES, (room) => room.set(bytes.subarray(0, SECRET_BYTES)));
    using keypair = new Keypair(secret);
    if (Buffer.compare(keypair.publicKey, bytes.subarray(SECRET_BYTES)) === 0) return secret;
    secret.dispose();
    const message =
      'The two halves of this keypair do not belong together: its address is not the one that its secret makes. It is damaged, or not a keypair.';
    throw new AppError('WALLET_KEY_MISMATCH', message);
  });
}

/** A secret key in base58, as `readSecretKey` takes it, in ASCII. */
export function secretKeyText(secret: SecretBytes<'key'>): SecretBytes<'text'> {
  using keypair = new Keypair(secret);
  using pair = new SecretBytes('keypair', KEYPAIR_BYTES, (room) => {
    secret.use((bytes) => room.set(bytes));
    room.set(keypair.publicKey, SECRET_BYTES);
  });
  return pair.use((bytes) => SecretBytes.taken('text', base58Encode(bytes)));
}

function withoutSpaces(typed: Uint8Array): Uint8Array {
  const isSpace = (byte: number): boolean => SPACES.has(byte);
  const start = typed.findIndex((byte) => !isSpace(byte));
  return start === -1
    ? new Uint8Array()
    : typed.subarray(start, typed.findLastIndex((byte) => !isSpace(byte)) + 1);
}

function invalid(reason: string, message: string, numbers: Readonly<Record<string, number>> = {}): AppError {
  return new AppError('WALLET_INVALID_KEY', message, { reason, ...numbers });
}
