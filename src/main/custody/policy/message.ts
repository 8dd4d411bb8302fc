import type { Address } from '../address.ts';
import { ByteReader } from './byteReader.ts';
import { refuse } from './refusal.ts';

/** What a network packet of a transaction holds at most, its signatures included. */
const PACKET_BYTES = 1232;
const BLOCKHASH_BYTES = 32;
/** Set in the first byte of a message with a version; a message without one begins with its count of signatures. */
const VERSION_FLAG = 0x80;

/** An instruction as a message has it: by positions in the message's list of keys. */
export interface CompiledInstruction {
  readonly program: number;
  readonly accounts: readonly number[];
  readonly data: Uint8Array;
}

/** A message: what a signature of a transaction is made over. */
export interface Message {
  readonly version: 'legacy' | 0;
  readonly requiredSignatures: number;
  readonly readonlySigned: number;
  readonly readonlyUnsigned: number;
  /** The keys that the message names itself; the first pays the fee. */
  readonly keys: readonly Address[];
  readonly instructions: readonly CompiledInstruction[];
  /** How many more keys each lookup table brings. */
  readonly lookups: readonly number[];
}

/**
 * Reads a message of version 0, or of the form from before there were versions ("legacy"). It is stricter than the chain:
 * what reads two ways or not at all is refused. Throws a Refusal: `malformed`, `version`.
 */
export function readMessage(bytes: Uint8Array): Message {
  if (bytes.length > PACKET_BYTES) refuse('malformed', 'It is longer than a transaction can be.');
  const reader = new ByteReader(bytes);
  const first = reader.u8();
  const version = first < VERSION_FLAG ? 'legacy' : 0;
  if (first > VERSION_FLAG)
    refuse('version', `Messages of version ${first - VERSION_FLAG} are not known here.`);
  const requiredSignatures = version === 'legacy' ? first : reader.u8();
  const readonlySigned = reader.u8();
  const readonlyUnsigned = reader.u8();
  const keys = reader.list(reader.compactU16(), () => reader.address());
  reader.bytes(BLOCKHASH_BYTES);
  const instructions = reader.list(reader.compactU16(), () => readInstruction(reader));
  const lookups = version === 'legacy' ? [] : reader.list(reader.compactU16(), () => readLookup(reader));
  reader.end();
  return sane({ version, requiredSignatures, readonlySigned, readonlyUnsigned, keys, instructions, lookups });
}

function readInstruction(reader: ByteReader): CompiledInstruction {
  const program = reader.u8();
  const accounts = [...reader.bytes(reader.compactU16())];
  return { program, accounts, data: reader.bytes(reader.compactU16()) };
}

function readLookup(reader: ByteReader): number {
  reader.address();
  const writable = reader.bytes(reader.compactU16());
  const readonly = reader.bytes(reader.compactU16());
  return writable.length + readonly.length;
}

/** What the chain asks of a message besides its form ("sanitize"), and that no key stands in it twice. */
function sane(message: Message): Message {
  const { keys, requiredSignatures, readonlySigned, readonlyUnsigned, instructions, lookups } = message;
  if (readonlySigned >= requiredSignatures) refuse('malformed', 'Nobody would pay the fee.');
  if (requiredSignatures + readonlyUnsigned > keys.length)
    refuse('malformed', 'It speaks of more keys than it has.');
  if (new Set(keys).size < keys.length) refuse('malformed', 'It has a key twice.');
  const known = lookups.reduce((sum, count) => sum + count, keys.length);
  for (const { program, accounts } of instructions)
    if (program === 0 || [program, ...accounts].some((index) => index >= known))
      refuse('malformed', 'An instruction names a key that is not there, or the fee payer as a program.');
  return message;
}
