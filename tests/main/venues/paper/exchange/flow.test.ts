import { describe, expect, it } from 'vitest';

import { Flow } from '../../../../../src/main/venues/paper/exchange/flow.ts';

const VISIBLE = 1_000_000;
const BEATS = 20_000;
const beats = Array.from({ length: BEATS }, (_, beat) => beat);

describe('what others trade', () => {
  it('is a function of seed, market and beat', () => {
    const orders = (seed: number, market: number) =>
      beats.slice(0, 200).map((beat) => new Flow(seed, market).orders(beat, VISIBLE));
    expect(orders(1, 0)).toEqual(orders(1, 0));
    expect(orders(2, 0)).not.toEqual(orders(1, 0));
    expect(orders(1, 1)).not.toEqual(orders(1, 0));
  });

  it('is one order a beat on average, as many buys as sells, and never more than a twentieth of a side', () => {
    const flow = new Flow(11, 0);
    const orders = beats.flatMap((beat) => flow.orders(beat, VISIBLE));
    // A geometric count of mean 1 and variance 2; a fair coin: five standard deviations.
    expect(Math.abs(orders.length - BEATS)).toBeLessThan(5 * Math.sqrt(2 * BEATS));
    const buys = orders.filter(({ side }) => side === 'buy').length;
    expect(Math.abs(buys - orders.length / 2)).toBeLessThan(2.5 * Math.sqrt(orders.length));
    for (const { lots } of orders) {
      expect(Number.isSafeInteger(lots)).toBe(true);
      expect(lots).toBeGreaterThan(0);
      expect(lots).toBeLessThanOrEqual(VISIBLE / 20);
    }
    const sizes = orders.map(({ lots }) => lots).sort((a, b) => a - b);
    const median = sizes[sizes.length >> 1] ?? 0;
    expect(median / VISIBLE).toBeGreaterThan(0.0009);
    expect(median / VISIBLE).toBeLessThan(0.0011);
  });

  it('is nothing in a book that shows nothing', () => {
    const flow = new Flow(11, 0);
    expect(beats.flatMap((beat) => flow.orders(beat, 0))).toEqual([]);
  });

  it('quotes between a half and one and a half times its share, the same for some beats and then another', () => {
    const flow = new Flow(11, 0);
    const at = (beat: number) => flow.unevenness(beat)('buy', 99_990);
    const shapes = beats.slice(0, 1_600).map(at);
    for (const share of shapes) {
      expect(share).toBeGreaterThanOrEqual(0.5);
      expect(share).toBeLessThan(1.5);
    }
    const changes = shapes.slice(1).filter((share, i) => share !== shapes[i]).length;
    expect(changes).toBeGreaterThanOrEqual(98);
    expect(changes).toBeLessThanOrEqual(100);
    const mean = shapes.reduce((sum, one) => sum + one, 0) / shapes.length;
    // Uniform, 100 shapes: five standard deviations.
    expect(Math.abs(mean - 1)).toBeLessThan(5 / Math.sqrt(1_200));
  });
});
