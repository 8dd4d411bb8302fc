import { createDecipheriv, createHash, scryptSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { aboutBytes, readRecord, recordOf } from '../../../../src/main/custody/keys/keyRecord.ts';
import { thrownBy } from '../secretsAtHand.ts';
import { DELEGATE, keysRig, ONE, OTHER, OWNER, passphrase, RIGHT, secretOf } from './keysAtHand.ts';

/** Windows' Credential Manager takes no more. */
const WINDOWS_LIMIT = 2560;

async function recordWith(words: string | undefined, about = OWNER): Promise<Uint8Array> {
  const { keys, keychain } = keysRig();
  await keys.store(secretOf(ONE), about, words === undefined ? undefined : passphrase(words));
  return keychain.held.get(`key:${ONE.address}`) ?? new Uint8Array();
}

/** A record of any parts, with a checksum that fits. */
const recordBytes = (...parts: readonly Uint8Array[]): Uint8Array => {
  const body = Buffer.concat(parts);
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
};
const start = (header: string, version = 1, length = Buffer.byteLength(header)): Buffer =>
  Buffer.concat([Buffer.of(version, length >> 8, length & 255), Buffer.from(header)]);
const HEADER = { address: ONE.address, ...OWNER, hasPassphrase: false };
const SECRET = Buffer.from(ONE.hex, 'hex');

describe('the record of a key', () => {
  test('with a passphrase opens by scrypt with N = 2^17, r = 8, p = 1 and AES-256-GCM, by hand', async () => {
    const record = Buffer.from(await recordWith(RIGHT));
    const heldAt = 3 + record.readUInt16BE(1);
    const header = JSON.parse(record.subarray(3, heldAt).toString()) as unknown;
    expect(header).toEqual({ ...HEADER, hasPassphrase: true });
    const sealed = record.subarray(heldAt, -32);
    expect([...sealed.subarray(0, 3)]).toEqual([17, 8, 1]);
    const [salt, nonce] = [sealed.subarray(3, 19), sealed.subarray(19, 31)];
    const key = scryptSync(Buffer.from(RIGHT), salt, 32, { N: 131_072, r: 8, p: 1, maxmem: 2 ** 28 });
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
    decipher.setAAD(record.subarray(0, heldAt)).setAuthTag(sealed.subarray(63, 79));
    const opened = Buffer.concat([decipher.update(sealed.subarray(31, 63)), decipher.final()]);
    expect(opened.toString('hex')).toBe(ONE.hex);
    expect(sealed).toHaveLength(79);
  });

  test('with a passphrase is never the same twice, and has nothing of the secret', async () => {
    const [one, other] = [await recordWith(RIGHT), await recordWith(RIGHT)];
    const heldAt = 3 + Buffer.from(one).readUInt16BE(1);
    expect(Buffer.compare(one.subarray(0, heldAt), other.subarray(0, heldAt))).toBe(0);
    for (const [from, to] of [
      [3, 19],
      [19, 31],
      [31, 63],
      [63, 79],
    ] as const)
      expect(
        Buffer.compare(one.subarray(heldAt + from, heldAt + to), other.subarray(heldAt + from, heldAt + to)),
      ).not.toBe(0);
    for (let at = 0; at + 4 <= SECRET.length; at += 1)
      expect(Buffer.from(one).includes(SECRET.subarray(at, at + 4))).toBe(false);
  });

  test('is far shorter than any keychain allows', async () => {
    const longest = { ...DELEGATE, path: 'x'.repeat(60) };
    expect((await recordWith(RIGHT, longest)).length).toBeLessThan(WINDOWS_LIMIT / 5);
  });

  test('is nothing once any byte of it is another, or it is longer or shorter', async () => {
    for (const record of [await recordWith(undefined), await recordWith(RIGHT)]) {
      expect(readRecord(record)?.header.address).toBe(ONE.address);
      for (let at = 0; at < record.length; at += 1)
        for (const flip of [1, 0x80, 0xff])
          expect(readRecord(record.with(at, (record[at] ?? 0) ^ flip))).toBeUndefined();
      for (let length = 0; length < record.length; length += 1)
        expect(readRecord(record.subarray(0, length))).toBeUndefined();
      expect(readRecord(Buffer.concat([record, Buffer.of(0)]))).toBeUndefined();
    }
  });

  test.each([
    ['another version', start(JSON.stringify(HEADER), 2), SECRET],
    ['a header that is cut short', start(JSON.stringify(HEADER), 1, 20), SECRET],
    ['a header longer than all of it', start(JSON.stringify(HEADER), 1, 0xffff), SECRET],
    ['a header that is no JSON', start('owner'), SECRET],
    ['a header without an address', start(JSON.stringify({ ...HEADER, address: undefined })), SECRET],
    ['more in its header', start(JSON.stringify({ ...HEADER, more: 1 })), SECRET],
    ['a role that is none', start(JSON.stringify({ ...HEADER, role: 'admin' })), SECRET],
    ['an owner who trades for another', start(JSON.stringify({ ...HEADER, owner: OTHER.address })), SECRET],
    ['a secret that is too short', start(JSON.stringify(HEADER)), SECRET.subarray(1)],
    ['a keypair for a secret', start(JSON.stringify(HEADER)), Buffer.concat([SECRET, SECRET])],
    ['a plain secret said to be sealed', start(JSON.stringify({ ...HEADER, hasPassphrase: true })), SECRET],
    ['a seal said to be plain', start(JSON.stringify(HEADER)), Buffer.alloc(79, 17)],
    [
      'a weaker seal',
      start(JSON.stringify({ ...HEADER, hasPassphrase: true })),
      Buffer.concat([Buffer.of(10, 8, 1), Buffer.alloc(76)]),
    ],
    [
      'a seal that would take a week',
      start(JSON.stringify({ ...HEADER, hasPassphrase: true })),
      Buffer.concat([Buffer.of(40, 8, 1), Buffer.alloc(76)]),
    ],
    ['nothing in it', Buffer.alloc(0), Buffer.alloc(0)],
  ])('is nothing with %s, also when its checksum fits', (_what, about, held) => {
    expect(readRecord(recordBytes(start(JSON.stringify(HEADER)), SECRET))).toBeDefined();
    expect(readRecord(recordBytes(about, held))).toBeUndefined();
  });

  test('is nothing for any bytes, with a checksum or without', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(readRecord(bytes)).toBeUndefined();
        expect(readRecord(recordBytes(Buffer.of(1), bytes))).toBeUndefined();
      }),
    );
  });

  test("is never made of an owner's key that trades for another", () => {
    const header = { ...HEADER, owner: OTHER.address };
    expect(thrownBy(() => recordOf(aboutBytes(header), SECRET))).toBeInstanceOf(TypeError);
  });
});
