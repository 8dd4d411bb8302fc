import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Random, type RandomState } from '../../../src/main/platform/random.ts';

const anySeed = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const take = <T>(count: number, next: () => T): T[] => Array.from({ length: count }, next);

/** sfc32 from its definition, in unbounded integers that are cut to 32 bits by hand. */
function sfc32(seed: number): () => bigint {
  const cut = (wide: bigint): bigint => BigInt.asUintN(32, wide);
  let a = cut(BigInt(seed));
  let b = cut(BigInt(seed) >> 32n);
  let c = 0x9e3779b9n;
  let counter = 1n;
  const next = (): bigint => {
    const output = cut(a + b + counter);
    counter = cut(counter + 1n);
    a = b ^ (b >> 9n);
    b = cut(c * 9n);
    c = cut(((c << 21n) | (c >> 11n)) + output);
    return output;
  };
  for (let i = 0; i < 15; i += 1) next();
  return next;
}

describe('seeded chance', () => {
  it('is sfc32, to the bit', () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        const random = new Random(seed);
        const expected = sfc32(seed);
        expect(take(50, () => BigInt(random.uint32()))).toEqual(take(50, expected));
      }),
    );
  });

  it('is the same for the same seed, and another for a seed that differs in one bit', () => {
    const first = (seed: number) => {
      const random = new Random(seed);
      return take(8, () => [random.uint32(), random.normal(), random.uniform()]).flat();
    };
    fc.assert(
      fc.property(anySeed, fc.integer({ min: 0, max: 52 }), (seed, bit) => {
        const other = Number(BigInt(seed) ^ (1n << BigInt(bit)));
        expect(first(seed)).toEqual(first(seed));
        expect(first(seed)).not.toEqual(first(other));
      }),
    );
  });

  it('goes on from where it was saved, through text, also between the two normals of a pair', () => {
    const draw = fc.array(fc.constantFrom<'uint32' | 'uniform' | 'normal'>('uint32', 'uniform', 'normal'), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(anySeed, anySeed, draw, draw, (seed, otherSeed, before, after) => {
        const random = new Random(seed);
        for (const kind of before) random[kind]();
        const saved = JSON.parse(JSON.stringify(random.save())) as RandomState;
        const restored = new Random(otherSeed);
        restored.normal();
        restored.restore(saved);
        expect(restored.save()).toEqual(random.save());
        expect(after.map((kind) => restored[kind]())).toEqual(after.map((kind) => random[kind]()));
      }),
    );
  });

  it('saves the second normal of a pair, and no more once it is taken', () => {
    const random = new Random(1);
    expect(random.save().spare).toBeNull();
    random.normal();
    const { spare, words } = random.save();
    expect(spare).not.toBeNull();
    expect(random.normal()).toBe(spare);
    expect(random.save()).toEqual({ words, spare: null });
  });

  it('is uniform from 0 to under 1', () => {
    const random = new Random(42);
    const draws = take(64_000, () => random.uniform());
    expect(draws.every((one) => one >= 0 && one < 1)).toBe(true);
    const counts = Array.from({ length: 64 }, () => 0);
    for (const one of draws) counts[Math.floor(one * 64)]! += 1;
    // χ² of 63 degrees of freedom is under 125 in all but one of 100 000 cases, and over 27 likewise.
    const chiSquare = counts.reduce((so, count) => so + (count - 1_000) ** 2 / 1_000, 0);
    expect(chiSquare).toBeGreaterThan(27);
    expect(chiSquare).toBeLessThan(125);
  });

  it('is normal with mean 0, deviation 1, no skew, and tails of a normal', () => {
    const random = new Random(2_026);
    const count = 100_000;
    const draws = take(count, () => random.normal());
    const moment = (power: number) => draws.reduce((so, one) => so + one ** power, 0) / count;
    // Each bound is over four standard errors: 1/√n, √2/√n, √15/√n and √96/√n with √n = 316.
    expect(Math.abs(moment(1))).toBeLessThan(0.015);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.02);
    expect(Math.abs(moment(3))).toBeLessThan(0.06);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15);
    const share = (bound: number) => draws.filter((one) => Math.abs(one) < bound).length / count;
    expect(Math.abs(share(1) - 0.6827)).toBeLessThan(0.007);
    expect(Math.abs(share(2) - 0.9545)).toBeLessThan(0.003);
    // The two of a pair have nothing to do with each other.
    const products = draws.reduce((so, one, i) => (i % 2 === 0 ? so + one * (draws[i + 1] ?? 0) : so), 0);
    expect(Math.abs(products / (count / 2))).toBeLessThan(0.02);
  });
});
