import { PublicKey, VersionedMessage } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteReader } from '../../../../src/main/custody/policy/byteReader.ts';
import { judge, mentioned } from '../../../../src/main/custody/policy/judge.ts';
import { readMessage, type Message as Read } from '../../../../src/main/custody/policy/message.ts';
import { Refusal } from '../../../../src/main/custody/policy/refusal.ts';
import { deposit, moving } from './driftByHand.ts';
import { addressText, anyKey, anyVersion, messageOf, rulesFor, type Version } from './messages.ts';

interface Parts {
  readonly version: Version;
  readonly signatures: number;
  readonly readonlySigned: number;
  readonly readonlyUnsigned: number;
  readonly keys: readonly PublicKey[];
  readonly instructions: Read['instructions'];
  readonly lookups: readonly { readonly writable: number[]; readonly readonly: number[] }[];
}

const uniqueKeys = fc.uniqueArray(anyKey, { minLength: 2, maxLength: 6, selector: (key) => key.toBase58() });
const indexes = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 3 });
const anyLookups = fc.array(fc.record({ writable: indexes, readonly: indexes }), { maxLength: 2 });

/** Any message that is sane. */
const anyParts: fc.Arbitrary<Parts> = fc
  .tuple(anyVersion, uniqueKeys, anyLookups)
  .chain(([version, keys, tables]) => {
    const lookups = version === 0 ? tables : [];
    const known = lookups.reduce(
      (sum, { writable, readonly }) => sum + writable.length + readonly.length,
      keys.length,
    );
    const instruction = fc.record({
      program: fc.integer({ min: 1, max: known - 1 }),
      accounts: fc.array(fc.integer({ min: 0, max: known - 1 }), { maxLength: 140 }),
      data: fc.uint8Array({ maxLength: 140 }),
    });
    return fc.integer({ min: 1, max: keys.length }).chain((signatures) =>
      fc.record({
        version: fc.constant(version),
        keys: fc.constant(keys),
        lookups: fc.constant(lookups),
        signatures: fc.constant(signatures),
        readonlySigned: fc.integer({ min: 0, max: signatures - 1 }),
        readonlyUnsigned: fc.integer({ min: 0, max: keys.length - signatures }),
        instructions: fc.array(instruction, { maxLength: 3 }),
      }),
    );
  });

const TABLE = new PublicKey(Buffer.alloc(32, 9));

/** A length in its shortest form: 7 bits a byte, the lowest first. */
const length = (value: number): readonly number[] =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...length(value >> 7)];
const list = (bytes: ArrayLike<number>): readonly number[] => [...length(bytes.length), ...Array.from(bytes)];

/** A message written by hand. */
const written = (parts: Parts): Uint8Array =>
  Uint8Array.from([
    ...(parts.version === 0 ? [0x80] : []),
    parts.signatures,
    parts.readonlySigned,
    parts.readonlyUnsigned,
    ...length(parts.keys.length),
    ...parts.keys.flatMap((key) => [...key.toBytes()]),
    ...TABLE.toBytes(),
    ...length(parts.instructions.length),
    ...parts.instructions.flatMap(({ program, accounts, data }) => [
      program,
      ...list(accounts),
      ...list(data),
    ]),
    ...(parts.version === 0 ? length(parts.lookups.length) : []),
    ...parts.lookups.flatMap(({ writable, readonly }) => [
      ...TABLE.toBytes(),
      ...list(writable),
      ...list(readonly),
    ]),
  ]);

/** What web3.js reads, in the form of ours. */
function readByWeb3(bytes: Uint8Array): Read {
  const message = VersionedMessage.deserialize(bytes);
  return {
    version: message.version,
    requiredSignatures: message.header.numRequiredSignatures,
    readonlySigned: message.header.numReadonlySignedAccounts,
    readonlyUnsigned: message.header.numReadonlyUnsignedAccounts,
    keys: message.staticAccountKeys.map(addressText),
    instructions: message.compiledInstructions.map(({ programIdIndex, accountKeyIndexes, data }) => ({
      program: programIdIndex,
      accounts: accountKeyIndexes,
      data: new Uint8Array(data),
    })),
    lookups: message.addressTableLookups.map(
      ({ writableIndexes, readonlyIndexes }) => writableIndexes.length + readonlyIndexes.length,
    ),
  };
}

/** Ours, with plain bytes to compare. */
function readHere(bytes: Uint8Array): Read {
  const message = readMessage(bytes);
  const instructions = message.instructions.map((one) => ({ ...one, data: new Uint8Array(one.data) }));
  return { ...message, instructions };
}

/** Why a message isn't read; undefined where it is. */
function refusalOf(bytes: Uint8Array): string | undefined {
  try {
    readMessage(bytes);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}

const KEYS = [3, 4, 5, 6].map((byte) => new PublicKey(Buffer.alloc(32, byte)));
const SANE: Parts = {
  version: 'legacy',
  signatures: 1,
  readonlySigned: 0,
  readonlyUnsigned: 1,
  keys: KEYS,
  instructions: [{ program: 3, accounts: [0, 1, 1], data: Uint8Array.of(1, 2) }],
  lookups: [],
};
const [ME] = KEYS as [PublicKey];

describe('a message', () => {
  test('is read as web3.js reads it', () => {
    fc.assert(
      fc.property(anyParts, (parts) => {
        const bytes = written(parts);
        expect(readHere(bytes)).toEqual(readByWeb3(bytes));
      }),
    );
  });

  test('of web3.js is read whatever its instructions are', () => {
    fc.assert(
      fc.property(anyKey, anyKey, anyVersion, (me, account, version) => {
        fc.pre(!me.equals(account));
        const bytes = messageOf(me, [deposit(moving(me, 0, account))], version);
        expect(readHere(bytes)).toEqual(readByWeb3(bytes));
      }),
      { numRuns: 20 },
    );
  });
});

describe('bytes that are not exactly one sane message', () => {
  const changed = (change: Partial<Parts>): string | undefined => refusalOf(written({ ...SANE, ...change }));

  test('are refused, whatever is wrong with them', () => {
    expect(changed({})).toBeUndefined();
    expect(changed({ signatures: 0 })).toBe('malformed');
    expect(changed({ readonlySigned: 1 })).toBe('malformed');
    expect(changed({ readonlyUnsigned: 4 })).toBe('malformed');
    expect(changed({ signatures: 5 })).toBe('malformed');
    expect(changed({ keys: [...KEYS.slice(0, 3), ME] })).toBe('malformed');
    expect(changed({ instructions: [{ program: 0, accounts: [], data: Uint8Array.of() }] })).toBe(
      'malformed',
    );
    expect(changed({ instructions: [{ program: 4, accounts: [], data: Uint8Array.of() }] })).toBe(
      'malformed',
    );
    expect(changed({ instructions: [{ program: 3, accounts: [4], data: Uint8Array.of() }] })).toBe(
      'malformed',
    );
    expect(changed({ keys: [], instructions: [], readonlyUnsigned: 0 })).toBe('malformed');
    expect(refusalOf(Uint8Array.of())).toBe('malformed');
  });

  test('are refused where no packet would hold them', () => {
    const filled = (count: number): Uint8Array =>
      written({ ...SANE, instructions: [{ program: 3, accounts: [], data: new Uint8Array(count) }] });
    const room = 1232 - filled(128).length + 128;
    expect(refusalOf(filled(room))).toBeUndefined();
    expect(refusalOf(filled(room + 1))).toBe('malformed');
  });

  test('are refused in a version that is not known', () => {
    for (let version = 1; version < 0x80; version += 1)
      expect(refusalOf(Uint8Array.of(0x80 + version, ...written(SANE)))).toBe('version');
  });

  test('are refused at every length but the right one, and with anything behind', () => {
    fc.assert(
      fc.property(anyParts, fc.uint8Array({ minLength: 1, maxLength: 4 }), (parts, behind) => {
        const bytes = written(parts);
        for (let length = 0; length < bytes.length; length += 1)
          expect(refusalOf(bytes.subarray(0, length))).toBe('malformed');
        expect(refusalOf(Uint8Array.of(...bytes, ...behind))).toBe('malformed');
      }),
      { numRuns: 30 },
    );
  });

  test('are refused where a length is written longer than it needs', () => {
    // The count of keys is the fourth byte of a message without a version.
    const long = (...count: readonly number[]): Uint8Array =>
      Uint8Array.of(...written(SANE).subarray(0, 3), ...count, ...written(SANE).subarray(4));
    expect(refusalOf(long(4))).toBeUndefined();
    for (const count of [
      [0x84, 0x00],
      [0x84, 0x80, 0x00],
      [0x84, 0x80, 0x04],
      [0x84, 0x80, 0x80, 0x00],
      [0xff, 0xff, 0xff],
    ])
      expect(refusalOf(long(...count))).toBe('malformed');
  });

  test('never throw, and are never signed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1300 }), (bytes) => {
        expect(judge(bytes, rulesFor(ME))).toMatchObject({ isAllowed: false });
        expect(mentioned(bytes)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a compact length', () => {
  test('is read back in its only form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), (value) => {
        const reader = new ByteReader(Uint8Array.from(length(value)));
        expect(reader.compactU16()).toBe(value);
        reader.end();
      }),
      { examples: [[0x7f], [0x80], [0x3fff], [0x4000], [0xffff]] },
    );
  });

  test('is read in no other', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 4 }), (bytes) => {
        const reader = new ByteReader(bytes);
        const read = valueOf(() => {
          const value = reader.compactU16();
          reader.end();
          return value;
        });
        expect(read === undefined ? [...bytes] : length(read)).toEqual([...bytes]);
      }),
      { numRuns: 3000 },
    );
  });
});

/** What a call returns; undefined where the bytes are refused. */
function valueOf<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
