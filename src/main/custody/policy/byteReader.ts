import { ADDRESS_BYTES, addressOf, type Address } from '../address.ts';
import { refuse } from './refusal.ts';

/**
 * Reads bytes from the front to the end, little-endian, as Solana and its programs write them. What doesn't fit is
 * refused as `malformed`: a byte too few or, with `end`, one too many, and a number that is written in a longer form
 * than it needs, since a program might read such bytes in another way than this.
 */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  u8(): number {
    return this.#bytes.readUInt8(this.#take(1));
  }

  u16(): number {
    return this.#bytes.readUInt16LE(this.#take(2));
  }

  u32(): number {
    return this.#bytes.readUInt32LE(this.#take(4));
  }

  i32(): number {
    return this.#bytes.readInt32LE(this.#take(4));
  }

  u64(): bigint {
    return this.#bytes.readBigUInt64LE(this.#take(8));
  }

  i64(): bigint {
    return this.#bytes.readBigInt64LE(this.#take(8));
  }

  /** A number from 0 up to `count`, exclusive: a bool, the tag of an option, the variant of an enum. */
  variant(count: number): number {
    const value = this.u8();
    if (value >= count) refuse('malformed', `A choice among ${count} has the number ${value}.`);
    return value;
  }

  /** Borsh's `Option`; undefined where it has none. */
  option<T>(read: () => T): T | undefined {
    return this.variant(2) === 1 ? read() : undefined;
  }

  /** A length of 1 to 3 bytes with 7 bits each (Solana's "compact-u16"), in its only shortest form. */
  compactU16(): number {
    let value = 0;
    for (let shift = 0; shift <= 14; shift += 7) {
      const byte = this.u8();
      value |= (byte & 0x7f) << shift;
      if (shift > 0 && byte === 0) refuse('malformed', 'A length has more bytes than it needs.');
      if (byte < 0x80 && value <= 0xffff) return value;
    }
    return refuse('malformed', 'A length does not fit in 16 bits.');
  }

  /** A view of the bytes, not a copy. */
  bytes(length: number): Uint8Array {
    const from = this.#take(length);
    return this.#bytes.subarray(from, from + length);
  }

  address(): Address {
    return addressOf(this.bytes(ADDRESS_BYTES));
  }

  /** Reads so many things of one kind. */
  list<T>(count: number, read: () => T): readonly T[] {
    const items: T[] = [];
    while (items.length < count) items.push(read());
    return items;
  }

  /** Refuses bytes that nothing has read. */
  end(): void {
    const rest = this.#bytes.length - this.#at;
    if (rest > 0) refuse('malformed', `There are ${rest} bytes more than there should be.`);
  }

  #take(length: number): number {
    const from = this.#at;
    if (from + length > this.#bytes.length) refuse('malformed', 'The bytes end too early.');
    this.#at = from + length;
    return from;
  }
}
