import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PHRASE_LENGTHS, lengthFor, wordsIn } from '../../src/preload/keys/typedWords.ts';

const word = fc.stringMatching(/^[a-z]{3,8}$/);

it('finds the words of a phrase, however they were typed or numbered', () => {
  const gap = fc.constantFrom(' ', '  ', '\n', '\t', '\r\n', '\u00a0');
  const number = fc.constantFrom('', '7. ', '12) ', '3: ', '4 ');
  fc.assert(
    fc.property(fc.array(fc.tuple(number, word, gap), { minLength: 1, maxLength: 24 }), (parts) => {
      const text = parts.map((part) => part.join('')).join('');
      expect(wordsIn(text)).toEqual(parts.map(([, word]) => word));
    }),
  );
});

it('gives a phrase the shortest length that has room, and never more than the longest', () => {
  expect([0, 1, 12, 13, 16, 22, 24, 99].map(lengthFor)).toEqual([12, 12, 12, 15, 18, 24, 24, 24]);
  for (const length of PHRASE_LENGTHS) expect(lengthFor(length)).toBe(length);
});
