import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agoText, durationText, durationWords } from '../../../src/renderer/components/durationText.ts';

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000] as const;
const UNIT_MS: Readonly<Record<string, number>> = { d: DAY, h: HOUR, min: MINUTE, s: SECOND };

/** What a text claims, in ms. */
function claimed(text: string): number {
  const parts = [...text.matchAll(/(\d+) (d|h|min|s)/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNIT_MS[unit ?? ''] ?? Number.NaN), 0);
}

describe('a length of time', () => {
  test.each([
    [0, '0 s'],
    [999, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_000, '59 min 59 s'],
    [273_600_000, '3 d 4 h'],
    [86_400_000 + 59_000, '1 d'],
    [-5, '0 s'],
  ])('of %i ms is written %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  test('is never said to be longer than it is, and never shorter by a whole second unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (ms) => {
        const said = claimed(durationText(ms));
        const finest = ms >= DAY ? HOUR : ms >= HOUR ? MINUTE : SECOND;
        return said <= ms && ms - said < finest;
      }),
    );
  });

  test('is read out in whole words', () => {
    expect(durationWords(90_061_000)).toBe('1 day 1 hour');
    expect(durationWords(2000)).toBe('2 seconds');
  });
});

describe('an age', () => {
  test.each([
    [-1000, 'just now'],
    [1999, 'just now'],
    [2000, '2 s ago'],
    [3 * 3_600_000 + 59_000, '3 h ago'],
  ])('of %i ms is "%s"', (ms, text) => {
    expect(agoText(ms)).toBe(text);
  });
});
