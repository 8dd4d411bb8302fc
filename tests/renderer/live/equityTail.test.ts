import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pointOf, withPoint, type CurvePoint } from '../../../src/renderer/live/equityTail.ts';
import { difference } from '../../../src/renderer/live/difference.ts';
import { FUNDING } from '../samples.ts';

const at = (t: number): CurvePoint => ({ t, equity: String(t), justHolding: null, neverLeaving: null });

describe('the live end of the equity curve', () => {
  test('is the latest update, with what others would be worth', () => {
    expect(pointOf(FUNDING)).toEqual({
      t: FUNDING.timestamp,
      equity: '9981.5',
      justHolding: '9600',
      neverLeaving: '9981.5',
    });
    expect(pointOf({ ...FUNDING, comparison: null })).toMatchObject({
      justHolding: null,
      neverLeaving: null,
    });
  });

  test('rises in time, ends with the present, and stays small however long it runs', () => {
    const read = [at(0), at(1_000_000)];
    let tail: readonly CurvePoint[] = [];
    for (let t = 1_000_100; t < 3_000_000; t += 100) {
      tail = withPoint(read, tail, at(t));
      expect(tail.at(-1)?.t).toBe(t);
    }
    expect(tail.length).toBeLessThanOrEqual(401);
    expect(tail.map(({ t }) => t)).toEqual(tail.map(({ t }) => t).toSorted((a, b) => a - b));
  });

  test('gives way to what was read again', () => {
    const tail = withPoint([at(0), at(10)], [], at(20));
    expect(withPoint([at(0), at(20)], tail, at(20))).toEqual([]);
    expect(withPoint([at(0), at(15)], tail, at(30)).map(({ t }) => t)).toEqual([20, 30]);
  });
});

test('a difference of decimals is exact', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 24n), 10n ** 24n), fc.bigInt(-(10n ** 24n), 10n ** 24n), (a, b) => {
      const text = (n: bigint): string => `${n < 0n ? '-' : ''}${n < 0n ? -n : n}.25`;
      const scaled = (n: bigint): bigint => (n < 0n ? n * 100n - 25n : n * 100n + 25n);
      const cents = scaled(a) - scaled(b);
      const found = difference(text(a), text(b));
      const [whole = '', fraction = ''] = found.replace('-', '').split('.');
      const magnitude = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0').slice(0, 2));
      expect(found.startsWith('-') ? -magnitude : magnitude).toBe(cents);
    }),
  );
});
