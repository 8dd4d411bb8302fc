import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entropyToMnemonic, mnemonicToSeedSync } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { expect, test } from 'vitest';
import { deriveKey } from '../../../src/main/custody/derivation.ts';
import { phantomPath } from '../../../src/main/custody/walletPaths.ts';
import { foundInMemory } from './processMemory.ts';
import { base58ByHand, publicKeyByHand } from './rfc8032.ts';
import { hexOf, secretFrom } from './secretsAtHand.ts';
import { SLIP10_VECTORS } from './slip10Vectors.ts';

/** One of BIP-39's published vectors. */
const ENTROPY = Buffer.from('f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f', 'hex');
const [ONE, OTHER] = SLIP10_VECTORS;
const PLANTED = Buffer.from('planted where it must be found, and nowhere else');

/** The half of SLIP-0010's nodes that nothing hands out. */
function chainCode(seed: Uint8Array, path: readonly number[]): Buffer {
  let node = createHmac('sha512', 'ed25519 seed').update(seed).digest();
  for (const index of path) {
    const step = Buffer.concat([Buffer.alloc(1), node.subarray(0, 32), Buffer.alloc(4)]);
    step.writeUInt32BE(0x8000_0000 + index, 33);
    node = createHmac('sha512', node.subarray(32)).update(step).digest();
  }
  return node.subarray(32);
}

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const base58Digits = (text: string): Buffer =>
  Buffer.from(text.split('').map((character) => ALPHABET.indexOf(character)));

const pairOf = ({ secret, publicKey }: { readonly secret: string; readonly publicKey: string }): Buffer =>
  Buffer.from(secret + publicKey, 'hex');

test.runIf(process.platform === 'linux')(
  'no secret is left anywhere in the memory of a process that has disposed of it, after success and after failure',
  async () => {
    const phrase = entropyToMnemonic(ENTROPY, wordlist);
    const wrongPhrase = `${phrase}x`;
    const seed = Buffer.from(mnemonicToSeedSync(phrase));
    const key = Buffer.from(hexOf(deriveKey(secretFrom('seed', seed), phantomPath(0))), 'hex');
    const keyText = base58ByHand(Buffer.concat([key, publicKeyByHand(key)]));
    const wordNumbers = Buffer.from(
      Uint16Array.from(phrase.split(' '), (word) => wordlist.indexOf(word)).buffer,
    );
    const [pair, damaged] = [pairOf(ONE.chains[0]), Buffer.from(pairOf(OTHER.chains[0]))];
    damaged.fill(0, 60);

    const folder = mkdtempSync(join(tmpdir(), 'memory-'));
    const files = Object.entries({
      entropy: ENTROPY,
      wrongPhrase,
      keypair: JSON.stringify([...pair]),
      damaged: JSON.stringify([...damaged]),
      planted: PLANTED,
    }).map(([name, content]) => {
      const file = join(folder, name);
      writeFileSync(file, content);
      return file;
    });

    const program = join(import.meta.dirname, 'everyFlow.ts');
    const child = spawn(process.execPath, ['--expose-gc', program, ...files], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    try {
      const [said] = (await once(child.stdout, 'data')) as [Buffer];
      expect(said.toString()).toBe('searchable, with 40 errors\n');
      // Of each its end: what frees memory writes over the start of it.
      const found = foundInMemory(child.pid ?? 0, {
        planted: PLANTED,
        entropy: ENTROPY.subarray(16),
        phraseStart: Buffer.from(phrase.slice(0, 24)),
        phraseEnd: Buffer.from(phrase.slice(-24)),
        wordNumbers: wordNumbers.subarray(24),
        phraseInTwoBytes: Buffer.from(phrase.slice(0, 24), 'utf16le'),
        seed: seed.subarray(32),
        key: key.subarray(16),
        chainCode: chainCode(seed, phantomPath(0)).subarray(8),
        parentKey: Buffer.from(
          hexOf(deriveKey(secretFrom('seed', seed), phantomPath(0).slice(0, 3))),
          'hex',
        ).subarray(8),
        keyDigits: base58Digits(keyText).subarray(40),
        keyText: Buffer.from(keyText.slice(40)),
        fileKey: pair.subarray(16, 32),
        fileText: Buffer.from([...pair].slice(16, 40).join(',')),
        damagedKey: damaged.subarray(16, 32),
        damagedText: Buffer.from([...damaged].slice(16, 40).join(',')),
      });
      expect(found).toEqual(['planted']);
    } finally {
      child.stdin.end();
      await once(child, 'exit');
      rmSync(folder, { recursive: true });
    }
  },
);
