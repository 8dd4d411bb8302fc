import { createHash, createHmac, createPrivateKey, createPublicKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { entropyToMnemonic, mnemonicToSeedSync } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';

import { base58ByHand, publicKeyByHand } from '../main/custody/rfc8032.ts';

/** A phrase of its own for each test, the same in every run. */
export function phraseOf(title: string, words: 12 | 24 = 12): string {
  const entropy = createHash('sha256').update(title).digest();
  return entropyToMnemonic(entropy.subarray(0, (words / 3) * 4), wordlist);
}

/** SLIP-0010 of a phrase's seed, and RFC 8032 of that, by no code of the program. */
export function addressOf(phrase: string, steps: readonly number[]): string {
  const hmac = (key: Uint8Array, data: Uint8Array): Buffer => createHmac('sha512', key).update(data).digest();
  let node = hmac(Buffer.from('ed25519 seed'), mnemonicToSeedSync(phrase));
  for (const step of steps) {
    const index = Buffer.alloc(4);
    index.writeUInt32BE(2 ** 31 + step);
    node = hmac(node.subarray(32), Buffer.concat([Buffer.alloc(1), node.subarray(0, 32), index]));
  }
  return base58ByHand(publicKeyByHand(node.subarray(0, 32)));
}

/** m/44'/501'/i'/0' and m/44'/501'/i'. */
export const onPhantomPath = (index: number): readonly number[] => [44, 501, index, 0];
export const onLedgerPath = (index: number): readonly number[] => [44, 501, index];

/** A keypair as others write it down. */
export interface WrittenKey {
  readonly address: string;
  /** 64 bytes: the secret, then the public key. */
  readonly pair: Buffer;
  /** As Phantom exports it. */
  readonly base58: string;
  /** As Solana's command line writes it. */
  readonly json: string;
}

/** A key of its own for each test, the same in every run. */
export const keyOf = (title: string): WrittenKey => writtenKey(createHash('sha256').update(title).digest());

/** @param secret 32 bytes */
export function writtenKey(secret: Uint8Array): WrittenKey {
  const head = Buffer.from('302e020100300506032b657004220420', 'hex');
  const key = createPrivateKey({ key: Buffer.concat([head, secret]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
  const pair = Buffer.concat([secret, publicKey]);
  return {
    address: base58ByHand(publicKey),
    pair,
    base58: base58ByHand(pair),
    json: JSON.stringify([...pair]),
  };
}

/** Writes a keypair file, and gives its path. */
export function fileOf(folder: string, name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, content, { mode: 0o600 });
  return file;
}
