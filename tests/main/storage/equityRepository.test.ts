import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { EquityRepository } from '../../../src/main/storage/equityRepository.ts';
import { VaultRepository } from '../../../src/main/storage/vaultRepository.ts';
import type { EquityPoint } from '../../../src/main/storage/vaultStore.ts';
import { NOW, opened } from './fixtures/scratch.ts';
import { VAULT } from './fixtures/steps.ts';

const pointAt = (t: number): EquityPoint => ({
  t,
  equity: `${t}.5`,
  justHolding: `${t}.25`,
  neverLeaving: `-${t}`,
});

/** The first, and the last of each of `points - 1` stretches of equal length, written down naively. */
function naive(times: readonly number[], from: number, to: number, points: number): readonly number[] {
  const within = times.filter((t) => t >= from && t <= to).toSorted((a, b) => a - b);
  const [first, last] = [within[0], within.at(-1)];
  if (first === undefined || last === undefined) return [];
  const ends = Array.from(
    { length: points },
    (_, i) => first + Math.floor(((last - first) * i) / (points - 1)),
  );
  return ends.flatMap((end, i) => within.filter((t) => t > (ends[i - 1] ?? first - 1) && t <= end).slice(-1));
}

function repository(times: readonly number[]) {
  const db = opened();
  const vaults = new VaultRepository(db);
  const id = vaults.findOrCreate(VAULT, NOW);
  const other = vaults.findOrCreate({ ...VAULT, subAccount: 1 }, NOW);
  const equity = new EquityRepository(db);
  for (const t of times) equity.insert(id, pointAt(t));
  equity.insert(other, pointAt(5));
  return { equity, id };
}

/** Close together, minutes apart, or far from each other. */
const someTimes = fc.oneof(
  fc.uniqueArray(fc.nat({ max: 40 }), { maxLength: 30 }),
  fc.uniqueArray(
    fc.nat({ max: 5_000 }).map((minute) => 1_700_000_000_000 + minute * 60_000),
    { maxLength: 60 },
  ),
  // A century, wherever a clock can be.
  fc
    .tuple(fc.nat({ max: 8_000_000_000_000_000 }), fc.uniqueArray(fc.nat({ max: 3_155_760_000_000 })))
    .map(([from, times]) => times.map((t) => from + t)),
);

describe('an equity curve', () => {
  it('is thinned as a naive hand would thin it, in every span and to every number of points', () => {
    fc.assert(
      fc.property(
        someTimes,
        fc.array(fc.record({ points: fc.integer({ min: 2, max: 70 }), cut: fc.boolean() }), { maxLength: 5 }),
        (times, looks) => {
          const { equity, id } = repository(times);
          const sorted = times.toSorted((a, b) => a - b);
          for (const { points, cut } of looks) {
            const [from, to] = cut ? [sorted[1] ?? 0, sorted.at(-2) ?? 0] : [0, 8_640_000_000_000_000];
            const curve = equity.curve(id, from, to, points);
            expect(curve).toEqual(naive(times, from, to, points).map(pointAt));
            expect(curve.length).toBeLessThanOrEqual(points);
            const within = sorted.filter((t) => t >= from && t <= to);
            expect([curve[0]?.t, curve.at(-1)?.t]).toEqual([within[0], within.at(-1)]);
          }
        },
      ),
      { seed: 5, numRuns: 150 },
    );
  });

  it('with room for every point has every point', () => {
    const times = Array.from({ length: 50 }, (_, at) => at * 60_000);
    const { equity, id } = repository(times);
    for (const points of [50, 51, 2_000])
      expect(equity.curve(id, 0, Number.MAX_SAFE_INTEGER, points)).toEqual(times.map(pointAt));
  });

  it('of one point, or none, is that', () => {
    const { equity, id } = repository([7]);
    expect(equity.curve(id, 0, 10, 2)).toEqual([pointAt(7)]);
    expect(equity.curve(id, 8, 10, 2)).toEqual([]);
    expect(equity.curve(id, 10, 0, 2)).toEqual([]);
  });
});
