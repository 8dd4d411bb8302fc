import { pbkdf2Sync } from 'node:crypto';
import { AppError } from '../../shared/contract/appError.ts';
import { numberOf, wordOf } from './englishWords.ts';
import { PHRASE_LENGTHS, eachNumber, entropyBytes, entropyOfNumbers, wordCount } from './phraseBits.ts';
import { SecretBytes } from './secretBytes.ts';
import { foreignWord, plainText, wordsOf } from './typedWords.ts';

/** Fills bytes with what nobody can guess. */
export type FillRandom = (bytes: Uint8Array) => void;

/** Room for the longest phrase many times over, with whatever space somebody pastes around it. */
const LONGEST_TYPED = 4096;
const SPACE = 0x20;
const LONGEST_WORD = 8;
const SEED_BYTES = 64;
const SEED_ROUNDS = 2048;

/** A new phrase. Throws where `fill` leaves every byte the same, so that no broken source makes a wallet. */
export function createPhrase(words: 12 | 24, fill: FillRandom): SecretBytes<'phrase'> {
  using entropy = new SecretBytes('entropy', entropyBytes(words), fill);
  if (entropy.use((bytes) => bytes.every((byte) => byte === bytes[0])))
    throw new TypeError('the source of randomness gave none');
  return phraseOf(entropy);
}

/** The phrase of 16, 20, 24, 28 or 32 bytes: words in small ASCII letters, a space between two. */
export function phraseOf(entropy: SecretBytes<'entropy'>): SecretBytes<'phrase'> {
  let end = 0;
  using room = new SecretBytes('phrase', wordCount(entropy.length) * (LONGEST_WORD + 1), (text) => {
    eachNumber(entropy, (number) => {
      if (end > 0) text[end++] = SPACE;
      text.set(wordOf(number), end);
      end += wordOf(number).length;
    });
  });
  return room.use((text) => new SecretBytes('phrase', end, (bytes) => bytes.set(text.subarray(0, end))));
}

/**
 * A phrase as somebody typed it, in UTF-8; the caller zeroes `typed`.
 *
 * Capitals, and any run of spaces, tabs and line breaks between and around the words, are as good as a single space.
 * Words stand in full. The English list is ASCII, which every Unicode normal form leaves as it is; any other character
 * is refused, a no-break space too, because guessing at a phrase may open a wallet that is not the owner's.
 *
 * Throws WALLET_INVALID_PHRASE: `details.reason` is length, characters, count, language, word or checksum, and
 * `details.position` counts words from 1. No error has a word of the phrase in it.
 */
export function readPhrase(typed: Uint8Array): SecretBytes<'phrase'> {
  using entropy = readEntropy(typed);
  return phraseOf(entropy);
}

/** The entropy of a phrase, under the same rules. */
export function readEntropy(typed: Uint8Array): SecretBytes<'entropy'> {
  if (typed.length > LONGEST_TYPED)
    throw invalid('length', 'This is far longer than a recovery phrase: it has 12 to 24 words.');
  using plain = plainText(typed);
  return plain.use((text) => {
    const words = wordsOf(text);
    refuseForeign(words);
    refuseCount(words.length);
    const numbers = new Uint16Array(new ArrayBuffer(words.length * Uint16Array.BYTES_PER_ELEMENT));
    try {
      lookUp(words, numbers);
      const entropy = entropyOfNumbers(numbers);
      if (entropy !== undefined) return entropy;
    } finally {
      numbers.fill(0);
    }
    const message =
      'Every word is in the list, but together they are no recovery phrase: one of them is wrong, or two stand in the wrong order.';
    throw invalid('checksum', message, { words: words.length });
  });
}

/** Whether somebody knows a word of the phrase. @param position from 1 */
export function isWordAt(phrase: SecretBytes<'phrase'>, position: number, typed: Uint8Array): boolean {
  using plain = plainText(typed);
  return phrase.use((text) => {
    const asked = wordsOf(text)[position - 1];
    if (asked === undefined) throw new RangeError(`the phrase has no word ${position}`);
    const [word, ...more] = plain.use(wordsOf);
    return word !== undefined && more.length === 0 && Buffer.compare(word, asked) === 0;
  });
}

/**
 * The seed of a phrase that was read or made here.
 * Source: BIP-39, "From mnemonic to seed".
 * @param extension BIP-39's own passphrase in UTF-8, NFKD; none for the wallets of Phantom, and for those made here
 */
export function seedOf(
  phrase: SecretBytes<'phrase'>,
  extension: Uint8Array = new Uint8Array(),
): SecretBytes<'seed'> {
  using salt = SecretBytes.taken('text', Buffer.concat([Buffer.from('mnemonic', 'ascii'), extension]));
  return phrase.use((text) =>
    salt.use((bytes) =>
      SecretBytes.taken('seed', pbkdf2Sync(text, bytes, SEED_ROUNDS, SEED_BYTES, 'sha512')),
    ),
  );
}

function refuseForeign(words: readonly Uint8Array[]): void {
  const position = foreignWord(words) + 1;
  if (position === 0) return;
  const message = `Word ${position} has a character that no English word has. Only phrases in English can be read: type it with plain letters and ordinary spaces.`;
  throw invalid('characters', message, { position });
}

function refuseCount(words: number): void {
  if (PHRASE_LENGTHS.includes(words)) return;
  throw invalid('count', `A recovery phrase has 12 or 24 words, rarely 15, 18 or 21. This has ${words}.`, {
    words,
  });
}

function lookUp(words: readonly Uint8Array[], numbers: Uint16Array): void {
  const unknown: number[] = [];
  words.forEach((word, at) => {
    const number = numberOf(word);
    if (number === undefined) unknown.push(at + 1);
    else numbers[at] = number;
  });
  const [position] = unknown;
  if (position === undefined) return;
  if (unknown.length === words.length) {
    const message = 'None of these words is in the English list. Phrases in other languages cannot be read.';
    throw invalid('language', message, { words: words.length });
  }
  const message = `Word ${position} of ${words.length} is not in the English list of words. Write it in full, and look for a slip of the keyboard.`;
  throw invalid('word', message, { position, words: words.length, unknown: unknown.length });
}

function invalid(reason: string, message: string, numbers: Readonly<Record<string, number>> = {}): AppError {
  return new AppError('WALLET_INVALID_PHRASE', message, { reason, ...numbers });
}
