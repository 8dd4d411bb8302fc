import { describe, expect, test } from 'vitest';
import { looksLike, type OrderLine } from '../../../src/renderer/components/candleMarks.ts';
import { followed, movedBy } from '../../../src/renderer/components/candleRange.ts';

const at = (...times: readonly number[]): readonly { readonly t: number }[] => times.map((t) => ({ t }));

describe('candles that are drawn anew', () => {
  test('have moved by as many as were put before the first, or taken from it', () => {
    expect(movedBy(at(3, 4), at(1, 2, 3, 4))).toBe(2);
    expect(movedBy(at(1, 2, 3, 4), at(3, 4, 5))).toBe(-2);
    expect(movedBy(at(1, 2), at(8, 9))).toBeNull();
    expect(movedBy(at(), at(1))).toBeNull();
  });

  test('stay where they are in sight, unless the newest was in sight: then it still is', () => {
    expect(followed({ from: 10, to: 20 }, 100, 160, 0)).toEqual({ from: 10, to: 20 });
    expect(followed({ from: 10, to: 20 }, 100, 150, 50)).toEqual({ from: 60, to: 70 });
    expect(followed({ from: 60, to: 104 }, 100, 160, 0)).toEqual({ from: 120, to: 164 });
    expect(followed({ from: 60, to: 99 }, 100, 60, -45)).toEqual({ from: 20, to: 59 });
  });
});

test('a line is drawn again only where something of it that is drawn has changed', () => {
  const line: OrderLine = { id: 'm1', side: 'buy', price: '150', title: 'Buy 1', waits: false };
  expect(looksLike({ ...line }, line)).toBe(true);
  expect(looksLike({ ...line, price: '151' }, line)).toBe(false);
  expect(looksLike(undefined, line)).toBe(false);
});
