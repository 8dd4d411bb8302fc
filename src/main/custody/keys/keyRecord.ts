import { createHash } from 'node:crypto';
import { SECRET_BYTES } from '../keypair.ts';
import { SecretBytes } from '../secretBytes.ts';
import { keyHeader, type KeyHeader } from './keyHeader.ts';
import { isSeal } from './seal.ts';

/**
 * How a key stands in the keychain, in at most a few hundred bytes (Windows takes 2,560):
 *
 *     version   1 byte
 *     length    2 bytes, big-endian, of the header
 *     header    JSON in UTF-8
 *     secret    32 bytes; or sealed, 79 bytes (seal.ts)
 *     checksum  32 bytes, SHA-256 of all before
 *
 * A passphrase vouches for everything before the secret. Without one, the keychain alone does: whoever can write into it
 * could write another header, and the checksum only tells of damage.
 */
const VERSION = 1;
const [LENGTH_AT, HEADER_AT] = [1, 3];
const CHECKSUM_BYTES = 32;
const LONGEST_HEADER = 1024;

/** What a record holds, as views into it. */
export interface KeyRecord {
  readonly header: KeyHeader;
  /** All before the secret. */
  readonly about: Uint8Array;
  /** The secret itself, or sealed where `header.hasPassphrase`. */
  readonly held: Uint8Array;
}

/** The start of a record, which a seal vouches for. */
export function aboutBytes(header: KeyHeader): Uint8Array {
  if (!isConsistent(header)) throw new TypeError(`an owner's key trades for itself, not for ${header.owner}`);
  const text = Buffer.from(JSON.stringify(keyHeader.parse(header)), 'utf8');
  const about = Buffer.alloc(HEADER_AT + text.length);
  about.writeUInt8(VERSION, 0);
  about.writeUInt16BE(text.length, LENGTH_AT);
  text.copy(about, HEADER_AT);
  return about;
}

/** A record of its start and the secret or seal, which stays the caller's. */
export function recordOf(about: Uint8Array, held: Uint8Array): SecretBytes<'entry'> {
  const end = about.length + held.length;
  return new SecretBytes('entry', end + CHECKSUM_BYTES, (record) => {
    record.set(about);
    record.set(held, about.length);
    record.set(checksum(record.subarray(0, end)), end);
  });
}

/** Undefined for what is no whole record. */
export function readRecord(bytes: Uint8Array): KeyRecord | undefined {
  const end = bytes.length - CHECKSUM_BYTES;
  if (end < HEADER_AT || bytes[0] !== VERSION) return undefined;
  if (Buffer.compare(checksum(bytes.subarray(0, end)), bytes.subarray(end)) !== 0) return undefined;
  const length = ((bytes[LENGTH_AT] ?? 0) << 8) | (bytes[LENGTH_AT + 1] ?? 0);
  const heldAt = HEADER_AT + length;
  if (length > LONGEST_HEADER || heldAt > end) return undefined;
  const header = headerIn(bytes.subarray(HEADER_AT, heldAt));
  const held = bytes.subarray(heldAt, end);
  if (header === undefined || !isConsistent(header)) return undefined;
  const hasItsForm = header.hasPassphrase ? isSeal(held) : held.length === SECRET_BYTES;
  return hasItsForm ? { header, about: bytes.subarray(0, heldAt), held } : undefined;
}

function headerIn(bytes: Uint8Array): KeyHeader | undefined {
  try {
    return keyHeader.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    return undefined;
  }
}

const isConsistent = ({ role, owner, address }: KeyHeader): boolean => role !== 'owner' || owner === address;

const checksum = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
