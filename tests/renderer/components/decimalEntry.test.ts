import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalProblem, tidied } from '../../../src/renderer/components/decimalEntry.ts';

describe('an amount that is typed or pasted', () => {
  test.each([
    ['12.5', '12.5'],
    [' $1,234.50 ', '1234.50'],
    ['1,234,567', '1234567'],
    ['12,5', '12.5'],
    ['−3', '-3'],
  ])('"%s" is taken as %s', (text, amount) => {
    expect(tidied(text)).toBe(amount);
    expect(decimalProblem(tidied(text))).toBeNull();
  });

  test('"1,234" may be one or a thousand, so it is refused and never guessed', () => {
    expect(tidied('1,234')).toBe('1,234');
    expect(decimalProblem('1,234')).toContain('1234.5');
  });

  test.each(['', '1e5', '.', '1.', 'abc', '1.2.3', '--1'])('"%s" is refused in words', (text) => {
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
});
