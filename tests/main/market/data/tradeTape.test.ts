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

  it('is empty before the first trade, and there is nothing after none', () => {
    const tape = new TradeTape(3);
    expect(tape.latest(10)).toEqual([]);
    expect(tape.newest).toBeUndefined();
    expect(tape.after(-1)).toEqual([]);
    expect(tape.after(7)).toBeUndefined();
  });

  it('takes a trade once, and none that is older', () => {
    const tape = new TradeTape(5, run(0, 3));
    expect(tape.add(trade(2, START, 999))).toBe('known');
    expect(tape.add(trade(1, START, 999))).toBe('known');
    expect(tape.latest(5)).toEqual(run(0, 3).toReversed());
    expect(tape.add(trade(3, START, 999))).toBe('added');
  });

  it('does not vouch for what lies before a trade that it missed', () => {
    const tape = new TradeTape(10, [...run(0, 3), ...run(5, 7)]);
    expect(tape.latest(10)).toHaveLength(5);
    expect(tape.after(2)).toBeUndefined();
    expect(tape.after(3)).toBeUndefined();
    expect(tape.after(4)).toEqual(run(5, 7));
  });

  it('does not vouch for what lies before the first trade that it heard', () => {
    const tape = new TradeTape(10, run(500, 503));
    expect(tape.after(-1)).toBeUndefined();
    expect(tape.after(498)).toBeUndefined();
    expect(tape.after(499)).toEqual(run(500, 503));
  });

  it('of no trades is refused', () => {
    expect(() => new TradeTape(0)).toThrow(RangeError);
    expect(() => new TradeTape(1.5)).toThrow(RangeError);
  });

  it('gives every trade after one exactly once and in order, or says that it cannot', () => {
    const anyJumps = fc.array(
      fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 4 })),
      {
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(
        anyJumps,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: -1, max: 80 }),
        (jumps, room, id) => {
          let next = -1;
          const all = jumps.map((jump) => trade((next += jump), START, 100));
          const kept = all.slice(-room);
          const wanted = kept.filter((one) => one.id > id);
          const newest = all.at(-1)?.id ?? -1;
          const isWhole = wanted.length === Math.max(0, newest - id) && (all.length > 0 || id === -1);
          expect(new TradeTape(room, all).after(id)).toEqual(isWhole ? wanted : undefined);
        },
      ),
      { numRuns: 300 },
    );
  });
});
