import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventLook } from '../../../src/renderer/components/eventLook.ts';
import {
  equitySummary,
  inOrder,
  sampled,
  type EquityPoint,
} from '../../../src/renderer/components/equitySeries.ts';
import { newestFirst } from '../../../src/renderer/components/newestFirst.ts';
import { priceColumnDecimals, sizeColumnDecimals } from '../../../src/renderer/components/columnDecimals.ts';
import { toPlaces } from '../../../src/renderer/components/decimalText.ts';

const point = (t: number, equity = '1'): EquityPoint => ({
  t,
  equity,
  justHolding: null,
  neverLeaving: null,
});

describe('a long list', () => {
  test('shows its newest entries, newest first, and counts the rest', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(100), (length, count) => {
        const entries = Array.from({ length }, (_, at) => at);
        const { rows, older } = newestFirst(entries, count);
        return (
          older + rows.length === length &&
          rows.every((row, at) => row === length - 1 - at) &&
          rows.length <= count
        );
      }),
    );
  });
});

describe('the points of the equity chart', () => {
  test('are put in the order of time with one a second, the later of which wins', () => {
    const points = [point(3000, '3'), point(1000, '1'), point(1999, '1.9')];
    expect(inOrder(points).map(({ equity }) => equity)).toEqual(['1.9', '3']);
  });

  test('never go back in time or stand still, whatever order they came in', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100_000 })), (times) => {
        const seconds = inOrder(times.map((t) => point(t))).map(({ t }) => Math.floor(t / 1000));
        return seconds.every((second, at) => at === 0 || second > (seconds[at - 1] ?? Infinity));
      }),
    );
  });

  test('are read out with the first and the last of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 500 }), fc.integer({ min: 2, max: 20 }), (length, count) => {
        const points = Array.from({ length }, (_, at) => point(at * 1000));
        const rows = sampled(points, count);
        return (
          rows.length === Math.min(length, count) && rows[0] === points[0] && rows.at(-1) === points.at(-1)
        );
      }),
    );
  });

  test('are summed up in a sentence that leaves out what nobody compares', () => {
    const summary = equitySummary([point(0, '10000'), point(3_600_000, '10412.806114')]);
    expect(summary).toContain('Equity from $10,000.00 to $10,412.81');
    expect(summary).not.toContain('Just holding');
    expect(equitySummary([])).toBe('No equity has been recorded yet.');
  });
});

describe('an event', () => {
  test('of a kind that this version does not know is shown under its own name', () => {
    expect(eventLook('CLOCK_JUMPED').word).toBe('Clock jumped');
  });
});

describe('a column of numbers', () => {
  test('never shows a price or a size as zero that is not', () => {
    const units = fc
      .bigInt(1n, 10n ** 15n)
      .map((n) => toPlaces(`0.${n.toString().padStart(15, '0')}`.slice(0, 11), 9));
    fc.assert(
      fc.property(
        fc.array(
          units.filter((text) => /[1-9]/.test(text)),
          { minLength: 1 },
        ),
        (texts) =>
          texts.every(
            (text) =>
              /[1-9]/.test(toPlaces(text, priceColumnDecimals(texts))) &&
              Number(toPlaces(text, sizeColumnDecimals(texts))) === Number(text),
          ),
      ),
    );
  });

  test('has as many decimals as its smallest price needs', () => {
    expect(priceColumnDecimals(['151.0372'])).toBe(3);
    expect(priceColumnDecimals(['98001.12', '151.0372'])).toBe(3);
    expect(priceColumnDecimals(['98001.12', '0.00001834'])).toBe(8);
    expect(sizeColumnDecimals(['-62.400'])).toBe(3);
  });
});
