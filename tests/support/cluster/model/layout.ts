import { createHash } from 'node:crypto';
import { PublicKey } from '@solana/web3.js';
import { DRIFT_IDL, type IdlField, type IdlType } from './idl.ts';

/** Integers of 64 bits and more are bigint, the others number, keys base58, enums the name of their variant. */
export type Value =
  | bigint
  | number
  | boolean
  | string
  | null
  | Uint8Array
  | readonly Value[]
  | { readonly [field: string]: Value };
export type Fields = Readonly<Record<string, Value>>;

/** Bytes and whether they are signed, of what the IDL calls integers. */
const INTEGERS: Readonly<Record<string, readonly [bytes: number, isSigned: boolean]>> = {
  u8: [1, false],
  u16: [2, false],
  u32: [4, false],
  u64: [8, false],
  u128: [16, false],
  i8: [1, true],
  i16: [2, true],
  i32: [4, true],
  i64: [8, true],
  i128: [16, true],
};
const WIDEST_NUMBER = 4;
const KEY_BYTES = 32;
/** An Anchor account, instruction and event each begin with so many bytes of a hash of its name. */
export const DISCRIMINATOR_BYTES = 8;

const DEFINITIONS = new Map(
  [...DRIFT_IDL.types, ...DRIFT_IDL.accounts].map((definition) => [definition.name, definition.type]),
);

export const discriminator = (space: 'global' | 'account' | 'event', name: string): Uint8Array =>
  createHash('sha256').update(`${space}:${name}`).digest().subarray(0, DISCRIMINATOR_BYTES);

/** Bytes that are read from the front. */
class Reader {
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.#at === this.#view.byteLength;
  }

  take(count: number): Uint8Array {
    if (this.#at + count > this.#view.byteLength) throw new RangeError('the data ends too soon');
    const taken = new Uint8Array(this.#view.buffer, this.#view.byteOffset + this.#at, count);
    this.#at += count;
    return taken;
  }
}

function readInteger(bytes: Uint8Array, isSigned: boolean): bigint {
  let value = 0n;
  for (const byte of bytes.toReversed()) value = value * 256n + BigInt(byte);
  return isSigned ? BigInt.asIntN(bytes.length * 8, value) : value;
}

function read(type: IdlType, from: Reader): Value {
  if (typeof type === 'string') {
    const integer = INTEGERS[type];
    if (integer !== undefined) {
      const value = readInteger(from.take(integer[0]), integer[1]);
      return integer[0] > WIDEST_NUMBER ? value : Number(value);
    }
    if (type === 'bool') return readFlag(from);
    if (type === 'publicKey') return new PublicKey(from.take(KEY_BYTES)).toBase58();
    throw new TypeError(`no layout for ${type}`);
  }
  if ('option' in type) return readFlag(from) ? read(type.option, from) : null;
  if ('vec' in type) {
    const count = Number(readInteger(from.take(4), false));
    return Array.from({ length: count }, () => read(type.vec, from));
  }
  if ('array' in type) {
    const [item, count] = type.array;
    return item === 'u8' ? from.take(count).slice() : Array.from({ length: count }, () => read(item, from));
  }
  return readDefined(type.defined, from);
}

function readFlag(from: Reader): boolean {
  const [flag] = from.take(1);
  if (flag !== 0 && flag !== 1) throw new RangeError(`${flag} is no boolean`);
  return flag === 1;
}

function readDefined(name: string, from: Reader): Value {
  const type = DEFINITIONS.get(name);
  if (type === undefined) throw new TypeError(`the IDL has no ${name}`);
  if (type.kind === 'struct') return readFields(type.fields, from);
  const variant = type.variants[from.take(1)[0] ?? 0];
  if (variant === undefined) throw new RangeError(`no such variant of ${name}`);
  return variant.name;
}

const readFields = (fields: readonly IdlField[], from: Reader): Fields =>
  Object.fromEntries(fields.map(({ name, type }) => [name, read(type, from)]));

function integerBytes(value: bigint, count: number, isSigned: boolean): Uint8Array {
  const fitted = isSigned ? BigInt.asIntN(count * 8, value) : BigInt.asUintN(count * 8, value);
  if (fitted !== value) throw new RangeError(`${value} doesn't fit into ${count} bytes`);
  let rest = BigInt.asUintN(count * 8, value);
  return Uint8Array.from({ length: count }, () => {
    const byte = Number(rest & 255n);
    rest >>= 8n;
    return byte;
  });
}

function write(type: IdlType, value: Value, to: Uint8Array[]): void {
  if (typeof type === 'string') to.push(primitiveBytes(type, value));
  else if ('option' in type) {
    to.push(Uint8Array.of(value === null ? 0 : 1));
    if (value !== null) write(type.option, value, to);
  } else if ('vec' in type) {
    const items = listOf(value);
    to.push(integerBytes(BigInt(items.length), 4, false));
    for (const item of items) write(type.vec, item, to);
  } else if ('array' in type) {
    if (value instanceof Uint8Array) to.push(value);
    else for (const item of listOf(value)) write(type.array[0], item, to);
  } else writeDefined(type.defined, value, to);
}

function listOf(value: Value): readonly Value[] {
  if (!Array.isArray(value)) throw new TypeError('no list where one belongs');
  return value;
}

function primitiveBytes(type: string, value: Value): Uint8Array {
  const integer = INTEGERS[type];
  if (integer !== undefined && (typeof value === 'bigint' || typeof value === 'number'))
    return integerBytes(BigInt(value), ...integer);
  if (type === 'bool' && typeof value === 'boolean') return Uint8Array.of(value ? 1 : 0);
  if (type === 'publicKey' && typeof value === 'string') return new PublicKey(value).toBytes();
  throw new TypeError(`${String(value)} is no ${type}`);
}

function writeDefined(name: string, value: Value, to: Uint8Array[]): void {
  const type = DEFINITIONS.get(name);
  if (type === undefined) throw new TypeError(`the IDL has no ${name}`);
  if (type.kind === 'struct') writeFields(type.fields, value, to);
  else {
    const variant = type.variants.findIndex((one) => one.name === value);
    if (variant === -1) throw new RangeError(`${String(value)} is no variant of ${name}`);
    to.push(Uint8Array.of(variant));
  }
}

function writeFields(fields: readonly IdlField[], value: Value, to: Uint8Array[]): void {
  const members = value as Fields;
  for (const { name, type } of fields) {
    const member = members[name];
    if (member === undefined) throw new TypeError(`${name} is missing`);
    write(type, member, to);
  }
}

/** The arguments of an instruction. Throws where the data is none of them. */
export function decodeArguments(fields: readonly IdlField[], bytes: Uint8Array): Fields {
  return readFields(fields, new Reader(bytes));
}

/** An account's fields by its kind in the IDL; what stands behind them is ignored. The discriminator isn't looked at. */
export function decodeAccount(kind: string, data: Uint8Array): Fields {
  return readDefined(kind, new Reader(data.subarray(DISCRIMINATOR_BYTES))) as Fields;
}

/** `data` with the fields in place of those that it had. */
export function encodeAccount(kind: string, fields: Fields, data: Uint8Array): Uint8Array {
  const encoded = data.slice();
  encoded.set(joined(discriminator('account', kind), (to) => writeDefined(kind, fields, to)));
  return encoded;
}

/** An event as the program logs it. */
export function encodeEvent(name: string, fields: Fields): Uint8Array {
  return joined(discriminator('event', name), (to) => writeFields(eventFields(name), fields, to));
}

/** What the data says of an event; a program older than the IDL leaves out fields at the end, and so does this. */
export function decodeEvent(
  data: Uint8Array,
): { readonly name: string; readonly fields: Fields } | undefined {
  const found = DRIFT_IDL.events.find((event) => startsWith(data, discriminator('event', event.name)));
  if (found === undefined) return undefined;
  const reader = new Reader(data.subarray(DISCRIMINATOR_BYTES));
  const fields: Record<string, Value> = {};
  for (const { name, type } of found.fields) {
    if (reader.isAtEnd) break;
    fields[name] = read(type, reader);
  }
  return { name: found.name, fields };
}

export const startsWith = (data: Uint8Array, prefix: Uint8Array): boolean =>
  data.length >= prefix.length && prefix.every((byte, at) => data[at] === byte);

/** A value of no money, no time, no name: what an account that was just made holds. */
export function zeroOf(kind: string): Fields {
  return decodeAccount(kind, new Uint8Array(ACCOUNT_BYTES));
}

/** More than any of the program's accounts has. */
const ACCOUNT_BYTES = 16_384;

function eventFields(name: string): readonly IdlField[] {
  const found = DRIFT_IDL.events.find((event) => event.name === name);
  if (found === undefined) throw new TypeError(`the IDL has no event ${name}`);
  return found.fields;
}

function joined(prefix: Uint8Array, fill: (to: Uint8Array[]) => void): Uint8Array {
  const parts = [prefix];
  fill(parts);
  return Buffer.concat(parts);
}
