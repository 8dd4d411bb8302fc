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

/** How many bytes the IDL's integers have; those of 4 and less are numbers here. */
const INTEGERS: Readonly<Record<string, number>> = {
  u8: 1,
  u16: 2,
  u32: 4,
  u64: 8,
  u128: 16,
  i8: 1,
  i16: 2,
  i32: 4,
  i64: 8,
  i128: 16,
};
const WORD_BITS = 64n;
const KEY_BYTES = 32;
/** More than any of the program's accounts and events has. */
const ACCOUNT_BYTES = 16_384;
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

  #pass(count: number): number {
    const at = this.#at;
    if (at + count > this.#view.byteLength) throw new RangeError('the data ends too soon');
    this.#at += count;
    return at;
  }

  bytes(count: number): Uint8Array {
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + this.#pass(count), count).slice();
  }

  integer(type: string, size: number): bigint | number {
    const at = this.#pass(size);
    const isSigned = type.startsWith('i');
    if (size === 1) return isSigned ? this.#view.getInt8(at) : this.#view.getUint8(at);
    if (size === 2) return isSigned ? this.#view.getInt16(at, true) : this.#view.getUint16(at, true);
    if (size === 4) return isSigned ? this.#view.getInt32(at, true) : this.#view.getUint32(at, true);
    if (size === 8) return isSigned ? this.#view.getBigInt64(at, true) : this.#view.getBigUint64(at, true);
    const low = this.#view.getBigUint64(at, true);
    const high = isSigned ? this.#view.getBigInt64(at + 8, true) : this.#view.getBigUint64(at + 8, true);
    return (high << WORD_BITS) | low;
  }

  byte(): number {
    return this.#view.getUint8(this.#pass(1));
  }
}

/** Bytes that are written from the front. */
class Writer {
  readonly #view = new DataView(new ArrayBuffer(ACCOUNT_BYTES));
  #at = 0;

  bytes(bytes: Uint8Array): void {
    new Uint8Array(this.#view.buffer).set(bytes, this.#at);
    this.#at += bytes.length;
  }

  byte(value: number): void {
    this.#view.setUint8(this.#at, value);
    this.#at += 1;
  }

  integer(type: string, size: number, value: bigint | number): void {
    const wide = BigInt(value);
    const bits = size * 8;
    if ((type.startsWith('i') ? BigInt.asIntN(bits, wide) : BigInt.asUintN(bits, wide)) !== wide)
      throw new RangeError(`${value} is no ${type}`);
    if (size === 1) this.#view.setInt8(this.#at, Number(value));
    else if (size === 2) this.#view.setInt16(this.#at, Number(value), true);
    else if (size === 4) this.#view.setInt32(this.#at, Number(value), true);
    else {
      this.#view.setBigInt64(this.#at, wide, true);
      if (size > 8) this.#view.setBigInt64(this.#at + 8, wide >> WORD_BITS, true);
    }
    this.#at += size;
  }

  get written(): Uint8Array {
    return new Uint8Array(this.#view.buffer, 0, this.#at);
  }
}

function read(type: IdlType, from: Reader): Value {
  if (typeof type === 'string') {
    const size = INTEGERS[type];
    if (size !== undefined) return from.integer(type, size);
    if (type === 'bool') return readFlag(from);
    if (type === 'publicKey') return new PublicKey(from.bytes(KEY_BYTES)).toBase58();
    throw new TypeError(`no layout for ${type}`);
  }
  if ('option' in type) return readFlag(from) ? read(type.option, from) : null;
  if ('vec' in type) {
    const count = Number(from.integer('u32', 4));
    return Array.from({ length: count }, () => read(type.vec, from));
  }
  if ('array' in type) {
    const [item, count] = type.array;
    return item === 'u8' ? from.bytes(count) : Array.from({ length: count }, () => read(item, from));
  }
  return readDefined(type.defined, from);
}

function readFlag(from: Reader): boolean {
  const flag = from.byte();
  if (flag !== 0 && flag !== 1) throw new RangeError(`${flag} is no boolean`);
  return flag === 1;
}

function readDefined(name: string, from: Reader): Value {
  const type = DEFINITIONS.get(name);
  if (type === undefined) throw new TypeError(`the IDL has no ${name}`);
  if (type.kind === 'struct') return readFields(type.fields, from);
  const variant = type.variants[from.byte()];
  if (variant === undefined) throw new RangeError(`no such variant of ${name}`);
  return variant.name;
}

const readFields = (fields: readonly IdlField[], from: Reader): Fields =>
  Object.fromEntries(fields.map(({ name, type }) => [name, read(type, from)]));

function write(type: IdlType, value: Value, to: Writer): void {
  if (typeof type === 'string') writePrimitive(type, value, to);
  else if ('option' in type) {
    to.byte(value === null ? 0 : 1);
    if (value !== null) write(type.option, value, to);
  } else if ('vec' in type) {
    const items = listOf(value);
    to.integer('u32', 4, items.length);
    for (const item of items) write(type.vec, item, to);
  } else if ('array' in type) {
    if (value instanceof Uint8Array) to.bytes(value);
    else for (const item of listOf(value)) write(type.array[0], item, to);
  } else writeDefined(type.defined, value, to);
}

function listOf(value: Value): readonly Value[] {
  if (!Array.isArray(value)) throw new TypeError('no list where one belongs');
  return value as readonly Value[];
}

function writePrimitive(type: string, value: Value, to: Writer): void {
  const size = INTEGERS[type];
  if (size !== undefined && (typeof value === 'bigint' || typeof value === 'number'))
    to.integer(type, size, value);
  else if (type === 'bool' && typeof value === 'boolean') to.byte(value ? 1 : 0);
  else if (type === 'publicKey' && typeof value === 'string') to.bytes(new PublicKey(value).toBytes());
  else throw new TypeError(`no ${type} where one belongs`);
}

function writeDefined(name: string, value: Value, to: Writer): void {
  const type = DEFINITIONS.get(name);
  if (type === undefined) throw new TypeError(`the IDL has no ${name}`);
  if (type.kind === 'struct') writeFields(type.fields, value, to);
  else {
    const variant = type.variants.findIndex((one) => one.name === value);
    if (variant === -1) throw new RangeError(`no such variant of ${name}`);
    to.byte(variant);
  }
}

function writeFields(fields: readonly IdlField[], value: Value, to: Writer): void {
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

function eventFields(name: string): readonly IdlField[] {
  const found = DRIFT_IDL.events.find((event) => event.name === name);
  if (found === undefined) throw new TypeError(`the IDL has no event ${name}`);
  return found.fields;
}

function joined(prefix: Uint8Array, fill: (to: Writer) => void): Uint8Array {
  const to = new Writer();
  to.bytes(prefix);
  fill(to);
  return to.written;
}
