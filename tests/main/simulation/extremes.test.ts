import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { FRESH_MEMORY, type Memory } from '../../../src/main/engine/memory.ts';
import { fromStateText, toStateText } from '../../../src/main/platform/stateText.ts';
import { Extremes } from '../../../src/main/simulation/extremes.ts';
import { parseBase, parseValue } from '../../../src/shared/money/decimal.ts';
import { value } from '../../../src/shared/money/quantity.ts';
import { gapOf, hedged, memoryOf, viewOf, type SceneText } from '../engine/fixtures/scene.ts';

const dollars = (amount: number): ReturnType<typeof parseValue> => parseValue(amount.toFixed(6));

/** Shows one moment after the other: what the engine saw, equity with the wallet, and net transfers so far. */
function seen(start: number, ...moments: readonly (readonly [SceneText, number, number?, Memory?])[]) {
  const extremes = new Extremes(dollars(start));
  for (const [scene, worth, transfers = 0, memory = FRESH_MEMORY] of moments) {
    extremes.see(viewOf(scene), memory, dollars(worth), dollars(transfers));
  }
  return extremes.peaks;
}

const growth = (start: number, ...worths: readonly (readonly [worth: number, transfers?: number])[]) =>
  seen(start, ...worths.map(([worth, transfers = 0]) => [{}, worth, transfers] as const));

describe('the drawdown', () => {
  it.each([
    [[], 0],
    [[[1000]], 0],
    [[[1100], [1200]], 0],
    [[[900]], 10],
    [[[1200], [900], [1100]], 25],
    [[[900], [1100], [990]], 10],
    [[[500], [2000], [1900]], 50],
    [[[0]], 100],
  ] as const)('is the worst fall from the highest so far: $1,000, then %o', (worths, pct) => {
    expect(growth(1000, ...worths).maxDrawdownPct).toBeCloseTo(pct, 9);
  });

  it('does not take a transfer for a gain or a loss', () => {
    // 1000 → 1000 + 500 in → 1500 − 750 out → 750: nothing gained, nothing lost.
    expect(growth(1000, [1500, 500], [750, -250]).maxDrawdownPct).toBe(0);
    // A tenth lost on the way, whatever came in.
    expect(growth(1000, [1500, 500], [1350, 500], [1850, 1000]).maxDrawdownPct).toBeCloseTo(10, 9);
    expect(growth(1000, [1500, 500]).index).toBeCloseTo(1, 12);
  });

  it('stands still where there is no capital to lose', () => {
    expect(growth(0, [0], [100, 100], [50, 100]).maxDrawdownPct).toBeCloseTo(50, 9);
    expect(growth(100, [0, -100], [0, -100])).toMatchObject({ maxDrawdownPct: 0, index: 1 });
  });

  it('is never negative, never over 100 %, and no less than the last fall', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10 ** 6 }), { minLength: 1 }), (worths) => {
        const { maxDrawdownPct } = growth(worths[0] ?? 1, ...worths.map((worth) => [worth] as const));
        const worst = Math.max(
          ...worths.map((worth, i) => 100 * (1 - worth / Math.max(...worths.slice(0, i + 1)))),
        );

        expect(maxDrawdownPct).toBeCloseTo(Math.max(0, worst), 6);
      }),
    );
  });
});

describe('the worst of an account', () => {
  const HEDGE = { spot: '10', perp: '-10' } as const;

  it('is 100 % health, no leverage and no drift at first', () => {
    expect(seen(1000)).toMatchObject({ minHealth: 100, maxLeverage: 0, maxDriftPct: 0 });
  });

  it('is its lowest health', () => {
    // 75 + borrow, of 1350.
    const at = (cash: string) => [{ ...HEDGE, cash }, 5000] as const;

    expect(seen(5000, at('-330'), at('-600'), at('-465')).minHealth).toBeCloseTo(50, 9);
    expect(seen(5000, [{ spot: '10', cash: '-675' }, 5000]).minHealth).toBeCloseTo(50, 9);
  });

  it('is its highest leverage, the wallet left out', () => {
    // 1500 of exposure; the wallet's 2 SOL are worth 300 of it.
    const at = (worth: number) => [{ ...HEDGE, wallet: '2' }, worth] as const;

    expect(seen(5000, at(1800), at(1050), at(3300)).maxLeverage).toBeCloseTo(2, 9);
  });

  it('is a borrow too: what is owed is exposure', () => {
    expect(seen(5000, [{ spot: '10', cash: '-500', wallet: '0' }, 1000]).maxLeverage).toBeCloseTo(0.5, 9);
  });

  it('is no leverage at all where equity is gone', () => {
    expect(seen(5000, [{ ...HEDGE, wallet: '0' }, 0]).maxLeverage).toBeNull();
    expect(seen(5000, [{ ...HEDGE, wallet: '0' }, -5]).maxLeverage).toBeNull();
    expect(seen(5000, [{ perp: '0', perpQuote: '0', wallet: '0' }, -5]).maxLeverage).toBe(0);
  });

  it('is its drift, either way, while the engine holds its hedge', () => {
    const at = (perp: string, memory: Memory = hedged()) => [{ spot: '10', perp }, 5000, 0, memory] as const;

    expect(seen(5000, at('-9.9'), at('-10.3'), at('-9.8')).maxDriftPct).toBeCloseTo(3, 9);
    expect(seen(5000, at('-5', memoryOf())).maxDriftPct).toBe(0);
    expect(seen(5000, at('-5', hedged({ gap: gapOf('5', 0) }))).maxDriftPct).toBe(0);
    expect(
      seen(5000, at('-5', hedged({ plan: { kind: 'enter', goal: parseBase('10'), notBefore: 0 } })))
        .maxDriftPct,
    ).toBe(0);
  });
});

describe('after a restart', () => {
  it.each([1500, 0])('the worst goes on from what it was (equity of $%i)', (worth) => {
    const scene = { spot: '10', perp: '-9.5', wallet: '0' };
    const first = new Extremes(dollars(5000));
    first.see(viewOf(scene), hedged(), dollars(worth), value(0n));
    const second = new Extremes(dollars(1));
    second.restore(fromStateText(toStateText(first.peaks)));

    expect(second.peaks).toEqual(first.peaks);

    for (const one of [first, second]) one.see(viewOf({}), hedged(), dollars(2000), dollars(10));

    expect(second.peaks).toEqual(first.peaks);
    expect(second.peaks.transfers).toBe(10);
  });
});
