import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressBytes, addressOf, isSignedBy } from '../../../src/main/custody/address.ts';
import { Keypair } from '../../../src/main/custody/keypair.ts';
import { base58ByHand, publicKeyByHand } from './rfc8032.ts';
import { secretFrom, secretFromHex } from './secretsAtHand.ts';

/** RFC 8032, section 7.1, tests 1 to 3. */
const SIGNED = [
  {
    secret: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    secret: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    secret: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    publicKey: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature:
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
] as const;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const keypairOf = (secret: string): Keypair => new Keypair(secretFromHex('key', secret));

describe('a keypair', () => {
  test.each(SIGNED)('of $secret signs as published', ({ secret, publicKey, message, signature }) => {
    const keypair = keypairOf(secret);
    expect(hex(keypair.publicKey)).toBe(publicKey);
    expect(keypair.address).toBe(base58ByHand(Buffer.from(publicKey, 'hex')));
    expect(hex(keypair.sign(Buffer.from(message, 'hex')))).toBe(signature);
  });

  test('has the public key that the curve gives, whatever the secret', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (secret) => {
        expect(hex(new Keypair(secretFrom('key', secret)).publicKey)).toBe(hex(publicKeyByHand(secret)));
      }),
      { numRuns: 15 },
    );
  });

  test('goes on after its secret is zeroed, and ends when it is disposed of', () => {
    const [{ secret, message, signature }] = SIGNED;
    const bytes = secretFromHex('key', secret);
    const keypair = new Keypair(bytes);
    bytes.dispose();
    expect(hex(keypair.sign(Buffer.from(message, 'hex')))).toBe(signature);
    keypair.dispose();
    expect(() => keypair.sign(new Uint8Array())).toThrow('this keypair has been disposed of');
  });

  test('shows nobody its secret', () => {
    const [{ secret, publicKey }] = SIGNED;
    const keypair = keypairOf(secret);
    const shown = inspect(keypair, { depth: null, showHidden: true }) + JSON.stringify(keypair);
    expect(shown).toContain(keypair.address);
    expect(Object.keys(keypair)).toEqual(['publicKey', 'address']);
    expect(hex(structuredClone(keypair).publicKey)).toBe(publicKey);
    expect(shown).not.toContain([...Buffer.from(secret, 'hex')].slice(0, 4).join(', '));
  });

  test.each([0, 31, 33, 64])('needs 32 bytes, not %i', (length) => {
    expect(() => new Keypair(secretFrom('key', new Uint8Array(length)))).toThrow('has 32 bytes');
  });
});

describe('a signature', () => {
  test.each(SIGNED)('of $publicKey is known to be its own', ({ publicKey, message, signature }) => {
    const address = addressOf(Buffer.from(publicKey, 'hex'));
    expect(isSignedBy(address, Buffer.from(message, 'hex'), Buffer.from(signature, 'hex'))).toBe(true);
  });

  test('is good for its message and its address only, and for no other bit of itself', () => {
    const [{ secret }, other] = SIGNED;
    const keypair = keypairOf(secret);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 1232 }), fc.nat(), (message, where) => {
        const signature = keypair.sign(message);
        const flipped = (bytes: Uint8Array): Uint8Array => {
          const bit = where % (bytes.length * 8);
          return bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        };
        expect(isSignedBy(keypair.address, message, signature)).toBe(true);
        expect(isSignedBy(keypair.address, flipped(message), signature)).toBe(false);
        expect(isSignedBy(keypair.address, message, flipped(signature))).toBe(false);
        expect(isSignedBy(addressOf(Buffer.from(other.publicKey, 'hex')), message, signature)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  test('that is none, or of what is no address, is refused without an error', () => {
    const keypair = keypairOf(SIGNED[0].secret);
    const message = Buffer.from('message');
    const signature = keypair.sign(message);
    expect(isSignedBy(keypair.address, message, signature.subarray(1))).toBe(false);
    for (const address of ['', 'O', '1', `${keypair.address}1`, '1'.repeat(1000)])
      expect(isSignedBy(address, message, signature)).toBe(false);
  });
});

test('an address comes back as its 32 bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      expect(hex(addressBytes(addressOf(bytes)) ?? new Uint8Array())).toBe(hex(bytes));
    }),
  );
  expect(() => addressOf(new Uint8Array(31))).toThrow('an address has 32 bytes');
});
