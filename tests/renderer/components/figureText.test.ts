import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figureParts, figureText } from '../../../src/renderer/components/figureText.ts';

const NBSP = '\u00a0';

describe('a number with its unit', () => {
  test.each([
    ['1234.5', '$', 2, false, '$1,234.50'],
    ['-0.07', '$', 2, false, '−$0.07'],
    ['412.806114', '$', 2, true, '+$412.81'],
    ['0.000001', '$', 2, true, '$0.00'],
    ['-62.4', 'SOL', 3, false, `−62.400${NBSP}SOL`],
    ['14.2', '% a year', 2, false, `14.20${NBSP}% a year`],
    ['0.92', 'x', 2, false, '0.92×'],
  ] as const)('%s in %s reads as expected', (amount, unit, decimals, signed, text) => {
    expect(figureText(amount, unit, decimals, signed)).toBe(text);
  });

  test.each([null, Number.NaN, Infinity, 'soon'])('that is %s is not available', (amount) => {
    expect(figureText(amount, '$', 2)).toBe('not available');
  });

  test('keeps its width while only its digits change', () => {
    const amount = fc
      .integer({ min: 100_000, max: 999_999 })
      .map((cents) => `${Math.trunc(cents / 100)}.${`${cents % 100}`.padStart(2, '0')}`);
    fc.assert(
      fc.property(
        amount,
        amount,
        (one, other) => figureText(one, '$', 2).length === figureText(other, '$', 2).length,
      ),
    );
  });

  test('has the direction of what is shown, not of what was rounded away', () => {
    expect(figureParts('-0.004', { unit: '$', decimals: 2, signed: true })?.direction).toBe(0);
    expect(figureParts('-0.005', { unit: '$', decimals: 2, signed: true })?.direction).toBe(-1);
  });
});
