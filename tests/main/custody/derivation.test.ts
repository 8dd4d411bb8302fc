import { createHmac, pbkdf2Sync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { deriveKey, pathText } from '../../../src/main/custody/derivation.ts';
import { Keypair } from '../../../src/main/custody/keypair.ts';
import { readPhrase, seedOf } from '../../../src/main/custody/phrase.ts';
import { ledgerPath, phantomPath, scanPaths } from '../../../src/main/custody/walletPaths.ts';
import { base58ByHand, publicKeyByHand } from './rfc8032.ts';
import { ABANDON, hexOf, secretFromHex, typed } from './secretsAtHand.ts';
import { SLIP10_VECTORS } from './slip10Vectors.ts';

describe.each(SLIP10_VECTORS)('the published seed $seed', ({ seed, chains }) => {
  test.each([...chains])('has its key on the path $path', ({ path, secret, publicKey }) => {
    const key = deriveKey(secretFromHex('seed', seed), path);
    expect(hexOf(key)).toBe(secret);
    expect(Buffer.from(new Keypair(key).publicKey).toString('hex')).toBe(publicKey);
  });
});

test.each([-1, 0x8000_0000, 0.5, Number.NaN])('%s is no step of a derivation', (step) => {
  expect(() => deriveKey(secretFromHex('seed', SLIP10_VECTORS[0].seed), [44, step])).toThrow(
    'no step of a derivation',
  );
});

test('a path is written as wallets write it', () => {
  expect([pathText([]), pathText(phantomPath(3)), pathText(ledgerPath(7))]).toEqual([
    'm',
    "m/44'/501'/3'/0'",
    "m/44'/501'/7'",
  ]);
});

/** The same from the standards' text: the curve in big integers, base58 by long division, no code of the program. */
function addressByHand(phrase: string, path: readonly number[]): string {
  const hmac = (key: Uint8Array, ...data: readonly Uint8Array[]): Buffer =>
    createHmac('sha512', key).update(Buffer.concat(data)).digest();
  let node = hmac(Buffer.from('ed25519 seed'), pbkdf2Sync(phrase, 'mnemonic', 2048, 64, 'sha512'));
  for (const index of path) {
    const number = Buffer.from((2 ** 31 + index).toString(16).padStart(8, '0'), 'hex');
    node = hmac(node.subarray(32), Buffer.from([0]), node.subarray(0, 32), number);
  }
  return base58ByHand(publicKeyByHand(node.subarray(0, 32)));
}

test("[N] the phrase abandon … about has the addresses that other wallets show, on Phantom's path and on Ledger's", () => {
  const places = scanPaths(seedOf(readPhrase(typed(ABANDON))), 3);
  expect(places.map(({ pathText, address }) => [pathText, address])).toEqual([
    ["m/44'/501'/0'/0'", 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk'],
    ["m/44'/501'/0'", 'GjJyeC1r2RgkuoCWMyPYkCWSGSGLcz266EaAkLA27AhL'],
    ["m/44'/501'/1'/0'", 'Hh8QwFUA6MtVu1qAoq12ucvFHNwCcVTV7hpWjeY1Hztb'],
    ["m/44'/501'/1'", 'ANf3TEKFL6jPWjzkndo4CbnNdUNkBk4KHPggJs2nu8Xi'],
    ["m/44'/501'/2'/0'", '7WktogJEd2wQ9eH2oWusmcoFTgeYi6rS632UviTBJ2jm'],
    ["m/44'/501'/2'", 'Ag74i82rUZBTgMGLacCA1ZLnotvAca8CLscXcrG6Nwem'],
  ]);
  for (const { path, address } of places) expect(address).toBe(addressByHand(ABANDON, path));
});

test.each([0, -1, 1.5])('%s is no count of wallets', (count) => {
  expect(() => scanPaths(secretFromHex('seed', SLIP10_VECTORS[0].seed), count)).toThrow(
    'no count of wallets',
  );
});
