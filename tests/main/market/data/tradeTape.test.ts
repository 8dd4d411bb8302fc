import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { TradeTape } from '../../../../src/main/market/data/tradeTape.ts';
import { START, trade } from './tradeStreams.ts';

const run = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => trade(from + i, START + i, 100 + i));

describe('the tape', () => {
  it('has the newest trades, newest first, and no more than it has room for', () => {
    const tape = new TradeTape(3, run(0, 5));
    expect(tape.latest(10)).toEqual(run(0, 5).slice(2).toReversed());
    expect(tape.latest(2)).toEqual(run(0, 5).slice(3).toReversed());
    expect(tape.latest(0)).toEqual([]);
    expect(tape.newest).toEqual(run(0, 5)[4]);
  });

  it('is empty before the first trade', () => {
    const tape = new TradeTape(3);
    expect(tape.latest(10)).toEqual([]);
    expect(tape.newest).toBeUndefined();
  });

  it('takes a trade once, and none that is older', () => {
    const tape = new TradeTape(5, run(0, 3));
    expect(tape.add(trade(2, START, 999))).toBe('known');
    expect(tape.add(trade(1, START, 999))).toBe('known');
    expect(tape.latest(5)).toEqual(run(0, 3).toReversed());
    expect(tape.add(trade(3, START, 999))).toBe('added');
  });

  it('of no trades is refused', () => {
    expect(() => new TradeTape(0)).toThrow(RangeError);
    expect(() => new TradeTape(1.5)).toThrow(RangeError);
  });

  it('holds the newest in their order however many were heard, and whichever were missed', () => {
    const anyJumps = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 40 });
    fc.assert(
      fc.property(anyJumps, fc.integer({ min: 1, max: 12 }), fc.nat(15), (jumps, room, limit) => {
        let next = -1;
        const all = jumps.map((jump) => trade((next += jump), START, 100));
        const kept = all.slice(-room).toReversed().slice(0, limit);
        expect(new TradeTape(room, all).latest(limit)).toEqual(kept);
      }),
      { numRuns: 300 },
    );
  });
});
