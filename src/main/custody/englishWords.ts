import { wordlist } from '@scure/bip39/wordlists/english.js';

/** BIP-39's English list. Phrases are looked up in it as bytes, so that none of their words becomes a string. */
const WORDS: readonly Uint8Array[] = wordlist.map((word) => Buffer.from(word, 'ascii'));
const NUMBERS = new Map(WORDS.map((word, number) => [beginning(word), number]));

/** The word with a number, 0 … 2047, in ASCII. */
export function wordOf(number: number): Uint8Array {
  const word = WORDS[number];
  if (word === undefined) throw new RangeError('the list has no word with that number');
  return word;
}

/** The number of a word in small ASCII letters; undefined where it isn't in the list. */
export function numberOf(letters: Uint8Array): number | undefined {
  const number = NUMBERS.get(beginning(letters));
  return number !== undefined && Buffer.compare(wordOf(number), letters) === 0 ? number : undefined;
}

/** The first four letters as a number. No two words of the list share them (BIP-39, "Wordlist"). */
function beginning(letters: Uint8Array): number {
  let number = 0;
  for (let at = 0; at < 4; at += 1) number = number * 0x100 + (letters[at] ?? 0);
  return number;
}
