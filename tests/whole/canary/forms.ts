import { inspect } from 'node:util';

import { mnemonicToEntropy, mnemonicToSeedSync } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';

import { deriveKey } from '../../../src/main/custody/derivation.ts';
import { phantomPath } from '../../../src/main/custody/walletPaths.ts';
import { base58ByHand } from '../../main/custody/rfc8032.ts';
import { hexOf, secretFrom } from '../../main/custody/secretsAtHand.ts';
import { writtenKey } from '../../support/walletSecrets.ts';

/**
 * What gives a secret away, by what it is: pieces of it in each form. A piece is short enough that a run of twice its
 * length has one whole, wherever it was cut, and long enough to be no chance.
 */
export type Forms = readonly (readonly [name: string, pieces: readonly Buffer[]])[];

/** Whatever somebody types a key in as, and where it is from: the words, their entropy and seed, and the first key. */
export function formsOfPhrase(name: string, phrase: string): Forms {
  const seed = mnemonicToSeedSync(phrase);
  const key = Buffer.from(hexOf(deriveKey(secretFrom('seed', seed), phantomPath(0))), 'hex');
  const words = phrase.split(' ');
  const numbers = Uint16Array.from(words, (word) => wordlist.indexOf(word));
  return [
    ...wordForms(name, words),
    [`${name} as a console shows a list`, shownPieces(words, 16)],
    [`${name} as the words' numbers`, pieces(Buffer.from(numbers.buffer), 8)],
    ...writtenForms(`${name} as UTF-8`, Buffer.from(phrase)),
    ...byteForms(`the entropy of ${name}`, Buffer.from(mnemonicToEntropy(phrase, wordlist))),
    ...byteForms(`the seed of ${name}`, Buffer.from(seed)),
    ...formsOfKey(`the key of ${name}`, key),
  ];
}

/** @param key 32 bytes, or a pair, whose public half is no secret */
export function formsOfKey(name: string, key: Uint8Array): Forms {
  const secret = key.subarray(0, 32);
  const { base58 } = writtenKey(secret);
  return [
    ...byteForms(name, Buffer.from(secret)),
    [`${name} in base58`, textPieces(base58ByHand(secret), 12)],
    [`${name} in base58, as a pair`, textPieces(base58, 12)],
  ];
}

export function formsOfPassphrase(name: string, passphrase: string): Forms {
  return [[name, textPieces(passphrase, 10)], ...writtenForms(`${name} as UTF-8`, Buffer.from(passphrase))];
}

/** Three words in a row, however they are set apart. */
const APART = [' ', '\n', ',', ', ', '","', "', '"] as const;

const wordForms = (name: string, words: readonly string[]): Forms =>
  APART.map((between) => [
    `${name} with ${JSON.stringify(between)} between the words`,
    words.slice(2).flatMap((_, at) => bothWidths(words.slice(at, at + 3).join(between))),
  ]);

/** Bytes that nobody could meet by chance, as they are and as they are written. */
const byteForms = (name: string, bytes: Buffer): Forms => [
  [`${name}, raw`, pieces(bytes, 8)],
  ...writtenForms(name, bytes),
];

/** Bytes as text: in another base, as numbers, and as a console shows them. */
function writtenForms(name: string, bytes: Buffer): Forms {
  const hex = bytes.toString('hex');
  const numbers = [...bytes];
  return [
    [`${name} in hex`, [...textPieces(hex, 16), ...textPieces(hex.toUpperCase(), 16)]],
    [`${name} in base64`, base64Pieces(bytes)],
    [`${name} as a list of numbers`, [',', ', '].flatMap((between) => listPieces(numbers, between))],
    [
      `${name} as numbered numbers`,
      listPieces(
        numbers.map((byte, at) => `"${at}":${byte}`),
        ',',
      ),
    ],
    [`${name} as a console shows bytes`, textPieces(hex.replaceAll(/..(?=.)/g, '$& '), 24)],
    [`${name} as a console shows numbers`, shownPieces(new Uint8Array(bytes), 24)],
  ];
}

/** In both alphabets, and at each of the three places that it can have in something longer. */
function base64Pieces(bytes: Buffer): readonly Buffer[] {
  return [0, 1, 2].flatMap((before) =>
    (['base64', 'base64url'] as const).flatMap((alphabet) => {
      const text = Buffer.concat([Buffer.alloc(before), bytes]).toString(alphabet);
      // The ends depend on what stands beside it.
      return textPieces(text.replace(/=+$/, '').slice(before === 0 ? 0 : 4, -1), 12);
    }),
  );
}

const listPieces = (numbers: readonly (number | string)[], between: string): readonly Buffer[] =>
  chunks(numbers, 8).flatMap((some) => bothWidths(some.join(between)));

/** Its lines, as far as they are long enough to be no chance. */
const shownPieces = (list: readonly string[] | Uint8Array, shortest: number): readonly Buffer[] =>
  inspect(list)
    .split('\n')
    .slice(1, -1)
    .map((line) => line.trim())
    .filter((line) => line.length >= shortest)
    .flatMap(bothWidths);

const textPieces = (text: string, length: number): readonly Buffer[] =>
  chunks(Array.from(text), length).flatMap((some) => bothWidths(some.join('')));

const pieces = (bytes: Buffer, length: number): readonly Buffer[] =>
  chunks([...bytes], length).map((some) => Buffer.from(some));

/** Strings of JavaScript have one byte a character where all of them fit, else two. */
const bothWidths = (text: string): readonly Buffer[] => [Buffer.from(text), Buffer.from(text, 'utf16le')];

/** Whole ones only. */
const chunks = <One>(all: readonly One[], length: number): readonly (readonly One[])[] =>
  Array.from({ length: Math.floor(all.length / length) }, (_, at) =>
    all.slice(at * length, (at + 1) * length),
  );
