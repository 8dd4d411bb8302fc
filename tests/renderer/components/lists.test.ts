import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventLook } from '../../../src/renderer/components/eventLook.ts';
import {
  equitySummary,
  inOrder,
  onGrid,
  sampled,
  type EquityPoint,
} from '../../../src/renderer/components/equitySeries.ts';
import { feedRows } from '../../../src/renderer/components/feedRows.ts';
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

  test('lie on one grid of time, from the first to the newest, with what was known last', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50_000_000 }), { minLength: 1, maxLength: 1_500 }),
        (times) => {
          const points = inOrder(times.map((t) => point(t, String(t))));
          const drawn = onGrid(points);
          const gaps = new Set(drawn.slice(1, -1).map(({ t }, at) => t - (drawn[at]?.t ?? 0)));
          const seconds = drawn.map(({ t }) => Math.floor(t / 1000));
          return (
            drawn[0] === points[0] &&
            drawn.at(-1) === points.at(-1) &&
            drawn.length <= 801 &&
            (points.length < 3 || gaps.size <= 1) &&
            seconds.every((second, at) => at === 0 || second > (seconds[at - 1] ?? Infinity)) &&
            drawn.every(({ t, equity }) => points.findLast((one) => one.t <= t)?.equity === equity)
          );
        },
      ),
    );
  });

  test('take room by their time and not by their number', () => {
    const minutes = Array.from({ length: 61 }, (_, i) => point(i * 60_000));
    const hours = Array.from({ length: 9 }, (_, i) => point((i + 2) * 3_600_000));
    const drawn = onGrid([...minutes, ...hours]);
    const inFirstHour = drawn.filter(({ t }) => t <= 3_600_000).length;
    expect(inFirstHour / drawn.length).toBeCloseTo(0.1, 1);
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

describe('the rows of the feed', () => {
  const fill = (seq: number, t: number, market: string, side = 'sell') => ({
    seq,
    t,
    type: 'FILL',
    data: { market, side, size: '1.5', price: '150', fee: '0.1' },
  });
  const blocked = (seq: number, code: string, because: string) => ({
    seq,
    t: seq * 3_600_000,
    type: 'BLOCKED',
    data: { code, because },
  });
  const shape = (rows: ReturnType<typeof feedRows>): number[][] =>
    rows.map(({ entries }) => entries.map(({ seq }) => seq));

  test('fold fills of one market and side that follow on each other, and nothing else', () => {
    const entries = [
      fill(1, 0, 'SOL', 'buy'),
      fill(2, 0, 'SOL-PERP'),
      fill(3, 60_000, 'SOL', 'buy'),
      fill(4, 60_000, 'SOL-PERP'),
      { seq: 5, t: 60_000, type: 'DECISION', data: { action: 'hedged', because: 'Done.' } },
      fill(6, 60_000, 'SOL-PERP'),
      fill(7, 200_000, 'SOL-PERP'),
    ];
    expect(shape(feedRows(entries))).toEqual([[1, 3], [2, 4], [5], [6], [7]]);
  });

  test('say which of them may have begun earlier', () => {
    const entries = [fill(4, 0, 'SOL'), fill(5, 0, 'SOL-PERP'), blocked(6, 'A', 'a'), fill(7, 0, 'SOL')];
    expect(feedRows(entries, 4).map(({ cut }) => cut)).toEqual([true, true, false, false]);
  });

  test('fold a trade that is blocked again and again, though its numbers differ', () => {
    const entries = [
      blocked(1, 'LATENCY_TOO_HIGH', '900 ms'),
      blocked(2, 'LATENCY_TOO_HIGH', '950 ms'),
      blocked(3, 'UNPROFITABLE', 'No.'),
      blocked(4, 'LATENCY_TOO_HIGH', '900 ms'),
    ];
    expect(shape(feedRows(entries))).toEqual([[1, 2], [3], [4]]);
  });

  test('lose no line, and keep each fill that lacks a number by itself', () => {
    const bare = [1, 2].map((seq) => ({ seq, t: 0, type: 'FILL', data: {} }));
    expect(shape(feedRows(bare))).toEqual([[1], [2]]);
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
