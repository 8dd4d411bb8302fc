import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalProblem, tidied } from '../../../src/renderer/components/decimalEntry.ts';

describe('an amount that is typed or pasted', () => {
  test.each([
    ['12.5', '12.5'],
    [' $1,234.50 ', '1234.50'],
    ['1,234,567', '1234567'],
    ['12,5', '12.5'],
    ['0,500', '0.500'],
    ['1234,500', '1234.500'],
    ['1.234,50', '1234.50'],
    ['1.234.567', '1234567'],
    ['1 234,50', '1234.50'],
    ['1\u202f234\u202f567', '1234567'],
    ['1’234.5', '1234.5'],
    ['-$3', '-3'],
    ['$ 1,500.00', '1500.00'],
    ['10 $', '10'],
    ['−3', '-3'],
  ])('"%s" is taken as %s', (text, amount) => {
    expect(tidied(text)).toBe(amount);
    expect(decimalProblem(tidied(text))).toBeNull();
  });

  test.each(['1,500', '10,000', '999,999', '-1,500'])(
    '"%s" may be one amount or a thousand times it, so it is refused and never guessed',
    (text) => {
      expect(tidied(text)).toBe(text);
      const problem = decimalProblem(text);
      expect(problem).toContain('could mean two things');
      expect(problem).toContain(`write ${text.replace(',', '')} or ${text.replace(',', '.')}`);
    },
  );

  test.each([
    '',
    '1e5',
    '.',
    '1.',
    'abc',
    '1.2.3',
    '--1',
    '1,',
    ',5',
    '1,50,000',
    '1,5,0',
    '1 5',
    '1,234 567',
    '1$5',
    '1,234.5.6',
    '1.50,000,',
  ])('"%s" is refused in words', (text) => {
    expect(decimalProblem(tidied(text))).toMatch(/\w+ \w+/);
  });

  test('a plain decimal goes through unchanged', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^-?\d{1,12}(\.\d{1,9})?$/),
        (text) => tidied(text) === text && decimalProblem(text) === null,
      ),
    );
  });

  const plain = fc.stringMatching(/^(?:0|[1-9]\d{0,11})(?:\.\d{1,9})?$/);
  const separators = fc.constantFrom([',', '.'], ['.', ','], [' ', '.'], [' ', ','], ['’', '.'], ['', ',']);
  const written = (amount: string, [group = '', point = '']: readonly string[]): string => {
    const [whole = '', fraction] = amount.split('.');
    const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, group);
    return fraction === undefined ? grouped : `${grouped}${point}${fraction}`;
  };
  /** The one text that nobody can tell from another: "1.500" is read with the point for its decimals, as it stands. */
  const isAlike = (text: string): boolean => /^\d{1,3}[.,]\d{3}$/.test(text);

  test('however its thousands and decimals are written, it is this amount or refused, never another', () => {
    fc.assert(
      fc.property(plain, separators, (amount, marks) => {
        const text = written(amount, marks);
        if (text !== amount && isAlike(text))
          return text.includes('.') || decimalProblem(text) !== null || tidied(text) === amount;
        return tidied(text) === amount && decimalProblem(text) === null;
      }),
    );
  });

  test('what is tidied stays as it is', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[-$]?[\d.,' ]{0,14}$/),
        (text) => tidied(tidied(text)) === tidied(text),
      ),
    );
  });
});
