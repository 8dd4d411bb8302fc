import { entropyToMnemonic, mnemonicToEntropy, mnemonicToSeedSync, validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createPhrase,
  isWordAt,
  phraseOf,
  readEntropy,
  readPhrase,
  seedOf,
} from '../../../src/main/custody/phrase.ts';
import { scanPaths } from '../../../src/main/custody/walletPaths.ts';
import VECTORS from './bip39Vectors.json' with { type: 'json' };
import { ABANDON, hexOf, secretFrom, secretFromHex, textOf, thrownBy, typed } from './secretsAtHand.ts';

/** One of the published phrases, of words that are all different. */
const OZONE = 'ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic';
const FRENCH = `${'abaisser '.repeat(11)}abeille`;

const read = (text: string): string => textOf(readPhrase(typed(text)));
const addressesOf = (text: string): readonly string[] =>
  scanPaths(seedOf(readPhrase(typed(text))), 1).map(({ address }) => address);
const refusal = (text: string): unknown => thrownBy(() => readPhrase(typed(text)));
const refusedFor = (reason: string, numbers: object = {}): unknown =>
  expect.objectContaining({ code: 'WALLET_INVALID_PHRASE', details: { reason, ...numbers } });

const entropies = fc
  .constantFrom(16, 20, 24, 28, 32)
  .chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));
const phrases = entropies.map((entropy) => entropyToMnemonic(entropy, wordlist));

describe('a published phrase', () => {
  test.each(VECTORS)('made from $entropy', ({ entropy, phrase, seed }) => {
    expect(textOf(phraseOf(secretFromHex('entropy', entropy)))).toBe(phrase);
    expect(hexOf(readEntropy(typed(phrase)))).toBe(entropy);
    expect(hexOf(seedOf(readPhrase(typed(phrase)), Buffer.from('TREZOR')))).toBe(seed);
  });
});

describe('a new phrase', () => {
  test.each([12, 24] as const)('has %i words of the randomness that was passed in', (words) => {
    const bytes = Uint8Array.from({ length: (words * 4) / 3 }, (_, at) => (at * 37 + 11) % 256);
    const phrase = textOf(createPhrase(words, (room) => room.set(bytes)));
    expect(phrase.split(' ')).toHaveLength(words);
    expect(Buffer.from(mnemonicToEntropy(phrase, wordlist))).toEqual(Buffer.from(bytes));
  });

  test.each([0, 7])('is not made when the source leaves every byte %i', (byte) => {
    expect(() => createPhrase(12, (room) => room.fill(byte))).toThrow('the source of randomness gave none');
  });

  test('is not made when the source fails', () => {
    const failing = (): never => {
      throw new Error('no entropy device');
    };
    expect(() => createPhrase(24, failing)).toThrow('no entropy device');
  });
});

describe('a phrase of any length', () => {
  test('is what another implementation makes, comes back, and has its seed', () => {
    fc.assert(
      fc.property(entropies, (entropy) => {
        const phrase = phraseOf(secretFrom('entropy', entropy));
        const text = textOf(phrase);
        expect(text).toBe(entropyToMnemonic(entropy, wordlist));
        expect(hexOf(readEntropy(typed(text)))).toBe(Buffer.from(entropy).toString('hex'));
        expect(hexOf(seedOf(phrase))).toBe(Buffer.from(mnemonicToSeedSync(text)).toString('hex'));
      }),
      { numRuns: 20 },
    );
  });

  test('is taken or refused as another implementation does, whatever words of the list it has', () => {
    const lists = fc
      .constantFrom(12, 15, 18, 21, 24)
      .chain((length) => fc.array(fc.constantFrom(...wordlist), { minLength: length, maxLength: length }));
    fc.assert(
      fc.property(lists, (words) => {
        const text = words.join(' ');
        if (validateMnemonic(text, wordlist)) expect(read(text)).toBe(text);
        else expect(refusal(text)).toEqual(refusedFor('checksum', { words: words.length }));
      }),
      { numRuns: 300 },
    );
  });

  test('with one word changed breaks its checksum, or has other addresses', () => {
    fc.assert(
      fc.property(phrases, fc.nat(), fc.constantFrom(...wordlist), (phrase, where, word) => {
        const words = phrase.split(' ');
        const at = where % words.length;
        fc.pre(words[at] !== word);
        const changed = words.with(at, word).join(' ');
        if (validateMnemonic(changed, wordlist))
          expect(addressesOf(changed)).not.toEqual(addressesOf(phrase));
        else expect(refusal(changed)).toEqual(refusedFor('checksum', { words: words.length }));
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    [12, 128],
    [24, 8],
  ])('of %i words has exactly %i good last words', (words, good) => {
    const start = 'abandon '.repeat(words - 1);
    const taken = wordlist.filter((word) => {
      try {
        readPhrase(typed(start + word));
        return true;
      } catch {
        return false;
      }
    });
    expect(taken).toHaveLength(good);
  });
});

describe('a phrase as people type it', () => {
  test('may have spaces, tabs and line breaks between and around its words, and capitals', () => {
    const gaps = fc
      .array(fc.constantFrom(' ', '\t', '\n', '\r\n', '\v', '\f'), { minLength: 1, maxLength: 4 })
      .map((characters) => characters.join(''));
    const styles = fc.array(fc.boolean(), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(
        phrases,
        fc.array(gaps, { minLength: 26, maxLength: 26 }),
        styles,
        (phrase, between, style) => {
          const words = phrase.split(' ').map((word, at) => `${word}${between[at] ?? ' '}`);
          const sloppy = `${between[25] ?? ''}${words.join('')}`
            .split('')
            .map((letter, at) => (style[at % style.length] === true ? letter.toUpperCase() : letter))
            .join('');
          expect(read(sloppy)).toBe(phrase);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('is the same in every normal form of Unicode', () => {
    for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) expect(read(OZONE.normalize(form))).toBe(OZONE);
  });

  test('is not changed where the caller holds it', () => {
    const bytes = typed(`  ${OZONE.toUpperCase()} `);
    const before = Buffer.from(bytes);
    readPhrase(bytes);
    expect(Buffer.compare(bytes, before)).toBe(0);
  });

  test.each([
    ['nothing', '', 'count', { words: 0 }],
    ['only spaces', ' \n\t ', 'count', { words: 0 }],
    ['a word too few', OZONE.slice(0, OZONE.lastIndexOf(' ')), 'count', { words: 11 }],
    ['a word too many', `${OZONE} ozone`, 'count', { words: 13 }],
    ['25 words', `${OZONE} ${OZONE} ozone`, 'count', { words: 25 }],
    ['two words grown together', OZONE.replace(' ', ''), 'count', { words: 11 }],
    ['a misspelt word', OZONE.replace('grab', 'grabb'), 'word', { position: 3, words: 12, unknown: 1 }],
    ['an abbreviated word', OZONE.replace('curtain', 'curt'), 'word', { position: 5, words: 12, unknown: 1 }],
    [
      'two unknown words',
      OZONE.replace('drill', 'x').replace('elder', 'y'),
      'word',
      { position: 2, words: 12, unknown: 2 },
    ],
    ['a comma', OZONE.replace(' ', ', '), 'word', { position: 1, words: 12, unknown: 1 }],
    [
      'numbers before the words',
      OZONE.replaceAll(/(^| )/g, ' 1. '),
      'word',
      { position: 1, words: 24, unknown: 12 },
    ],
    ['another language', FRENCH, 'language', { words: 12 }],
    ['an accent', OZONE.replace('elder', 'élder'), 'characters', { position: 10 }],
    ['an accent that stands apart', OZONE.replace('elder', 'e\u0301lder'), 'characters', { position: 10 }],
    ['Japanese', 'あいこくしん '.repeat(12), 'characters', { position: 1 }],
    ['wide letters', OZONE.replace('ozone', 'ｏｚｏｎｅ'), 'characters', { position: 1 }],
    ['a no-break space', OZONE.replace(' ', '\u00a0'), 'characters', { position: 1 }],
    ['a mark of byte order', `\ufeff${OZONE}`, 'characters', { position: 1 }],
    ['a space of no width', OZONE.replace('picnic', 'picnic\u200b'), 'characters', { position: 12 }],
    ['a zero byte', OZONE.replace('picnic', 'picnic\0'), 'word', { position: 12, words: 12, unknown: 1 }],
    ['two words changed over', OZONE.replace('ozone drill', 'drill ozone'), 'checksum', { words: 12 }],
    ['a wrong checksum', ABANDON.replace('about', 'abandon'), 'checksum', { words: 12 }],
    ['a whole page', 'ozone '.repeat(1000), 'length', {}],
  ])('is refused with %s', (_what, text, reason, numbers) => {
    expect(refusal(text)).toEqual(refusedFor(reason, numbers));
  });

  test('is refused in words for a trader, with the place of the wrong word and never the word', () => {
    const error = refusal(OZONE.replace('grab', 'grabb'));
    expect(error).toMatchObject({
      message:
        'Word 3 of 12 is not in the English list of words. Write it in full, and look for a slip of the keyboard.',
    });
    for (const word of OZONE.split(' ')) expect(String(error)).not.toContain(word);
  });
});

describe('a word of the phrase that is asked for', () => {
  const phrase = readPhrase(typed(OZONE));

  test('is known by its place alone', () => {
    OZONE.split(' ').forEach((word, at) => {
      for (let position = 1; position <= 12; position += 1)
        expect(isWordAt(phrase, position, typed(word))).toBe(position === at + 1);
    });
  });

  test('may have capitals and spaces around it, and nothing else', () => {
    expect(isWordAt(phrase, 2, typed(' Drill\n'))).toBe(true);
    for (const wrong of ['', ' ', 'dril', 'drills', 'drill grab', 'd rill'])
      expect(isWordAt(phrase, 2, typed(wrong))).toBe(false);
  });

  test.each([0, 13])('is not asked for at place %i', (position) => {
    expect(() => isWordAt(phrase, position, typed('ozone'))).toThrow('the phrase has no word');
  });
});
