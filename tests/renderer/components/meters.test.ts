import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { driftScale } from '../../../src/renderer/components/driftScale.ts';
import { arcPath, arcPoint, clampPercent } from '../../../src/renderer/components/gaugeArc.ts';
import { healthLevel } from '../../../src/renderer/components/healthLevel.ts';
import { pnlBars } from '../../../src/renderer/components/pnlBars.ts';
import { sparkPath } from '../../../src/renderer/components/sparkPath.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 });

describe('health', () => {
  test.each([
    [100, 'safe'],
    [50, 'safe'],
    [49.999, 'watch'],
    [20, 'watch'],
    [19.999, 'danger'],
    [0, 'danger'],
  ] as const)('of %d %% is called %s', (health, level) => {
    expect(healthLevel(health)).toBe(level);
  });
});

describe('the gauge', () => {
  test('runs from left over the top to right, and stays in its box', () => {
    expect(arcPoint(0, 84).x).toBeCloseTo(16);
    expect(arcPoint(50, 84).x).toBeCloseTo(100);
    expect(arcPoint(50, 84).y).toBeCloseTo(16);
    expect(arcPoint(100, 84).x).toBeCloseTo(184);
    expect(arcPath(0, 100, 84)).toBe('M 16.00 100.00 A 84 84 0 0 1 184.00 100.00');
  });

  test('is full at most and empty at least', () => {
    fc.assert(fc.property(finite, (percent) => clampPercent(percent) >= 0 && clampPercent(percent) <= 100));
  });
});

describe('the drift scale', () => {
  test('puts a drift into the tolerated half exactly when it is tolerated', () => {
    fc.assert(
      fc.property(finite, fc.double({ min: 0.01, max: 100, noNaN: true }), (drift, tolerance) => {
        const { position, from, to, exceeded } = driftScale(drift, tolerance);
        const slack = 1e-9;
        return exceeded
          ? position <= from + slack || position >= to - slack
          : position >= from - slack && position <= to + slack;
      }),
    );
  });

  test('has neutral in its middle, long right of it and short left of it, and says when it ends', () => {
    expect(driftScale(0, 1)).toMatchObject({ position: 50, exceeded: false, beyond: false });
    expect(driftScale(1, 1)).toMatchObject({ position: 75, exceeded: false });
    expect(driftScale(-1.5, 1)).toMatchObject({ position: 12.5, exceeded: true, beyond: false });
    expect(driftScale(100, 1)).toMatchObject({ position: 100, exceeded: true, beyond: true });
  });

  test('tolerates nothing where nothing is tolerated', () => {
    expect(driftScale(0.001, 0).exceeded).toBe(true);
    expect(driftScale(0, 0)).toMatchObject({ position: 50, from: 50, to: 50, exceeded: false });
  });
});

describe('the bars of profit', () => {
  test('stay in their box, and show every part that is not zero', () => {
    fc.assert(
      fc.property(fc.array(finite.map(String), { minLength: 1, maxLength: 6 }), (amounts) =>
        pnlBars(amounts).every(({ from, to, direction }, at) => {
          const inside = from >= -1e-9 && to <= 100 + 1e-9 && from <= to;
          return (
            inside &&
            (direction === 'zero') === (Number(amounts[at]) === 0) &&
            (direction === 'zero' || to > from)
          );
        }),
      ),
    );
  });

  test('share one zero line and one scale', () => {
    expect(pnlBars(['30', '-10', '0'])).toEqual([
      { from: 25, to: 100, direction: 'up' },
      { from: 0, to: 25, direction: 'down' },
      { from: 25, to: 25, direction: 'zero' },
    ]);
  });
});

describe('a sparkline', () => {
  test('needs two values, and draws a flat history through its middle', () => {
    expect(sparkPath([1], 96, 24)).toBe('');
    expect(sparkPath([5, 5], 96, 24)).toBe('M2.0 12.0L94.0 12.0');
  });
});
