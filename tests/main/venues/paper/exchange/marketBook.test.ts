import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseBase, parseRate } from '../../../../../src/shared/money/decimal.ts';
import { Flow } from '../../../../../src/main/venues/paper/exchange/flow.ts';
import { lots, ticks } from '../../../../../src/main/venues/paper/exchange/grid.ts';
import { MarketBook } from '../../../../../src/main/venues/paper/exchange/marketBook.ts';

const LOT = parseBase('0.001');
const MARK = ticks(100_000);
/** 20,000 lots on every tenth tick, five of them a side. */
const DEPTH = [{ offset: parseRate('0.0005'), size: parseBase('100') }];

function book(flow?: Flow): MarketBook {
  const made = new MarketBook(LOT, flow);
  made.quote(0, MARK, DEPTH);
  return made;
}

const sideOf = (made: MarketBook, side: 'buy' | 'sell') =>
  made.levels(side, 1_000).map((level) => [level.ticks, level.lots]);

describe('a book on paper', () => {
  it('shows what others quote around the mark, and moves with it', () => {
    const made = book();
    expect(sideOf(made, 'buy')).toEqual([99_990, 99_980, 99_970, 99_960, 99_950].map((at) => [at, 20_000]));
    expect(sideOf(made, 'sell')).toEqual(
      [100_010, 100_020, 100_030, 100_040, 100_050].map((at) => [at, 20_000]),
    );
    made.move(1, ticks(100_200), DEPTH);
    expect(made.best('buy')).toBe(100_190);
    expect(made.best('sell')).toBe(100_210);
  });

  it('is swept by a mark that has passed: all that others had, and of ours as much as it shows', () => {
    const made = book();
    made.rest(1, 'buy', ticks(99_975), lots(150_000));
    const prints = made.move(1, ticks(99_960), DEPTH);
    expect(prints.map(({ side, ticks: at, lots: size, own }) => [side, at, size, own])).toEqual(
      [
        ['sell', 99_990, 20_000, undefined],
        ['sell', 99_980, 20_000, undefined],
        ['sell', 99_975, 100_000, 1],
        ['sell', 99_970, 20_000, undefined],
      ].slice(0, 3),
    );
    expect(made.move(2, ticks(99_959), DEPTH)[0]).toMatchObject({ lots: 50_000, own: 1 });
  });

  it.each([
    ['buy', 99_980, 99_980, 99_979],
    ['sell', 100_020, 100_020, 100_021],
  ] as const)(
    'trades a %s of ours at %s not when the mark is there (%s), but when it is past (%s)',
    (side, at, on, past) => {
      const made = book();
      made.rest(1, side, ticks(at), lots(10));
      expect(made.move(1, ticks(on), DEPTH).filter(({ own }) => own === 1)).toEqual([]);
      expect(made.move(2, ticks(past), DEPTH).filter(({ own }) => own === 1)).toMatchObject([{ lots: 10 }]);
      expect(made.save().levels).toEqual([]);
    },
  );

  it('leaves what is nearer than 0.1 % beyond the mark until the mark turns to it', () => {
    const made = book();
    made.rest(1, 'buy', ticks(100_100), lots(10));
    for (const mark of [100_000, 100_001, 100_001])
      expect(made.move(1, ticks(mark), DEPTH).filter(({ own }) => own === 1)).toEqual([]);
    expect(made.best('sell')).toBeUndefined();
    expect(made.move(2, ticks(100_000), DEPTH).filter(({ own }) => own === 1)).toHaveLength(1);
  });

  it('takes at once what is further beyond the mark than that, wherever the mark goes', () => {
    const made = book();
    made.rest(1, 'buy', ticks(100_102), lots(10));
    expect(made.move(1, MARK, DEPTH)).toMatchObject([{ side: 'sell', ticks: 100_102, lots: 10, own: 1 }]);
  });

  it('has others step back from one of ours, and never quote through it', () => {
    const made = book();
    made.rest(1, 'buy', ticks(100_020), lots(10));
    expect(made.best('sell')).toBe(100_030);
    made.quote(1, MARK, DEPTH);
    expect(made.best('sell')).toBe(100_030);
    expect(made.cancel(1)).toBe(10);
    made.quote(2, MARK, DEPTH);
    expect(made.best('sell')).toBe(100_010);
  });

  it('lets others trade once a beat, however often it is asked', () => {
    const asked = book(new Flow(1, 0));
    const once = book(new Flow(1, 0));
    let trades = 0;
    for (let beat = 1; beat < 40; beat += 1) {
      const prints = once.trade(beat, DEPTH);
      expect(asked.trade(beat, DEPTH)).toEqual(prints);
      expect(asked.trade(beat, DEPTH)).toEqual([]);
      for (const one of [asked, once]) one.move(beat, MARK, DEPTH);
      expect(asked.trade(beat, DEPTH)).toEqual([]);
      trades += prints.length;
    }
    expect(trades).toBeGreaterThan(10);
  });

  it('is a function of seed, mark, depth and beat once a beat is over, whatever was before', () => {
    const mark = fc.integer({ min: 99_000, max: 101_000 }).map(ticks);
    fc.assert(
      fc.property(fc.array(mark, { minLength: 1, maxLength: 20 }), fc.integer(), (marks, seed) => {
        const lived = book(new Flow(seed, 0));
        for (const [i, at] of marks.entries()) {
          lived.take('buy', lots(30_000), ticks(100_900));
          lived.trade(i + 1, DEPTH);
          lived.move(i + 1, at, DEPTH);
          const fresh = new MarketBook(LOT, new Flow(seed, 0));
          fresh.quote(i + 1, at, DEPTH);
          for (const side of ['buy', 'sell'] as const)
            expect(sideOf(lived, side)).toEqual(sideOf(fresh, side));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is restored with what was taken from it and who has stepped back, though the beat is not over', () => {
    const made = book(new Flow(5, 0));
    made.rest(1, 'buy', ticks(99_990), lots(7));
    made.take('sell', lots(25_000), ticks(99_900));
    made.take('buy', lots(15_000), ticks(100_900));
    made.rest(2, 'sell', ticks(99_989), lots(7));
    made.cancel(2);
    const again = new MarketBook(LOT, new Flow(5, 0));
    again.restore(made.save(), 0, DEPTH);
    for (const side of ['buy', 'sell'] as const) expect(sideOf(again, side)).toEqual(sideOf(made, side));
    expect(again.aheadOf(1)).toBe(made.aheadOf(1));
    expect(again.save()).toEqual(made.save());
    for (const one of [made, again]) one.move(1, ticks(99_900), DEPTH);
    expect(sideOf(again, 'buy')).toEqual(sideOf(made, 'buy'));
  });

  it('counts every change that can be seen', () => {
    const made = book();
    const seen = [made.sequence];
    made.rest(1, 'buy', ticks(99_990), lots(7));
    seen.push(made.sequence);
    made.reduce(1, lots(2));
    seen.push(made.sequence);
    made.take('buy', lots(1), ticks(100_900));
    seen.push(made.sequence);
    made.cancel(1);
    seen.push(made.sequence);
    made.move(1, MARK, DEPTH);
    seen.push(made.sequence);
    expect(seen).toEqual(seen.map((_, i) => (seen[0] ?? 0) + i));
    made.take('buy', lots(1), ticks(1));
    made.cancel(9);
    expect(made.sequence).toBe(seen.at(-1));
  });
});
