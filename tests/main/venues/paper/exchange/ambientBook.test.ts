import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseBase, parseRate } from '../../../../../src/shared/money/decimal.ts';
import { base, rate } from '../../../../../src/shared/money/quantity.ts';
import { ambientSide, gridOf } from '../../../../../src/main/venues/paper/exchange/ambientBook.ts';

const LOT = parseBase('0.001');
const level = (offset: string, size: string) => ({ offset: parseRate(offset), size: parseBase(size) });

describe('what others quote', () => {
  it.each([
    [100_000, 10],
    [49_999, 1],
    [50_000, 10],
    [600_000, 100],
    [1, 1],
  ])('stands on round prices: with the mark at %s ticks on every %s', (mark, grid) => {
    expect(gridOf(mark)).toBe(grid);
  });

  it('spreads what the feed shows over the prices up to its distance', () => {
    const side = ambientSide('sell', 100_000, [level('0.0002', '10'), level('0.0005', '30')], LOT);
    expect(side).toEqual([
      { ticks: 100_010, lots: 5_000 },
      { ticks: 100_020, lots: 5_000 },
      { ticks: 100_030, lots: 10_000 },
      { ticks: 100_040, lots: 10_000 },
      { ticks: 100_050, lots: 10_000 },
    ]);
  });

  it('stands beyond the distance where no round price lies before it', () => {
    expect(ambientSide('buy', 100_005, [level('0.00003', '1')], LOT)).toEqual([
      { ticks: 100_001, lots: 1_000 },
    ]);
  });

  it('is best first, on its own side, of whole lots, and never much more than the feed shows', () => {
    const depths = fc
      .array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 1_000_000 })), {
        maxLength: 8,
      })
      .map((steps) => {
        let offset = 0;
        return steps.map(([step, size]) => {
          offset += step;
          return { offset: rate(BigInt(offset) * 10_000_000n), size: base(BigInt(size) * LOT) };
        });
      });
    fc.assert(
      fc.property(
        fc.constantFrom('buy' as const, 'sell' as const),
        fc.integer({ min: 100, max: 10_000_000 }),
        depths,
        (side, mark, depth) => {
          const levels = ambientSide(side, mark, depth, LOT);
          const away = side === 'sell' ? 1 : -1;
          let last = mark;
          for (const { ticks, lots } of levels) {
            expect(away * (ticks - last)).toBeGreaterThan(0);
            expect(Number.isSafeInteger(ticks) && Number.isSafeInteger(lots) && lots > 0).toBe(true);
            last = ticks;
          }
          for (const { offset } of depth) {
            const far = (mark * Number(offset)) / 1e12;
            const within = depth.filter((one) => one.offset <= offset);
            const shown = within.reduce((sum, { size }) => sum + Number(size / LOT), 0);
            const quoted = levels.filter(({ ticks }) => away * (ticks - mark) <= far);
            // Each distance may hold one round price more than its length has room for.
            const most = within.reduce((sum, { size }) => sum + Number(size / LOT), shown);
            expect(quoted.reduce((sum, { lots }) => sum + lots, 0)).toBeLessThanOrEqual(most);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
