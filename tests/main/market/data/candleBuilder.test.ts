import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  RESOLUTIONS,
  RESOLUTION_MS,
  vwapOf,
  type Candle,
  type Resolution,
} from '../../../../src/main/market/data/candle.ts';
import {
  CandleBuilder,
  type CandleBuilderState,
  type ResolutionCandle,
} from '../../../../src/main/market/data/candleBuilder.ts';
import type { PublicTrade } from '../../../../src/main/market/data/trade.ts';
import { fromStateText, toStateText } from '../../../../src/main/platform/stateText.ts';
import { parseBase, parsePrice, parseValue } from '../../../../src/shared/money/decimal.ts';
import { base, price, value } from '../../../../src/shared/money/quantity.ts';
import { Fraction } from '../../../support/fraction.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS, START, anyTrades, trade } from './tradeStreams.ts';

function built(...trades: readonly PublicTrade[]): CandleBuilder {
  const builder = new CandleBuilder();
  for (const one of trades) builder.add(one);
  return builder;
}

/** Through text, as a checkpoint goes. */
function resumed(builder: CandleBuilder): CandleBuilder {
  const next = new CandleBuilder();
  next.restore(fromStateText(toStateText(builder.save())) as CandleBuilderState);
  return next;
}

const flat = (t: number, close: Candle['close']): Candle => ({
  t,
  open: close,
  high: close,
  low: close,
  close,
  volume: base(0n),
  quote: value(0n),
  trades: 0,
});

const highest = (all: readonly bigint[]): bigint => all.reduce((a, b) => (a > b ? a : b));
const lowest = (all: readonly bigint[]): bigint => all.reduce((a, b) => (a < b ? a : b));
const total = (all: readonly bigint[]): bigint => all.reduce((a, b) => a + b, 0n);

/** Every candle of a length from the first trade to `now`, the last one open, each looked up among all trades. */
function naive(trades: readonly PublicTrade[], length: number, now: number): readonly Candle[] {
  const candles: Candle[] = [];
  const groups = Map.groupBy(trades, ({ t }) => Math.floor(t / length));
  const first = trades[0];
  if (first === undefined) return [];
  for (let n = Math.floor(first.t / length); n <= Math.floor(now / length); n += 1) {
    const within = groups.get(n) ?? [];
    const [opening, closing] = [within[0], within.at(-1)];
    const t = n * length;
    if (opening === undefined || closing === undefined) {
      candles.push(flat(t, candles.at(-1)?.close ?? price(0n)));
      continue;
    }
    const prices = within.map((one) => one.price);
    candles.push({
      t,
      open: opening.price,
      high: price(highest(prices)),
      low: price(lowest(prices)),
      close: closing.price,
      volume: base(total(within.map(({ size }) => size))),
      quote: value(total(within.map((one) => one.price * one.size))),
      trades: within.length,
    });
  }
  return candles;
}

/** A longer candle of its minutes. */
function folded(minutes: readonly Candle[], t: number): Candle {
  const traded = minutes.filter(({ trades }) => trades > 0);
  const [opening, closing] = [traded[0], traded.at(-1)];
  const any = minutes[0];
  if (opening === undefined || closing === undefined) return flat(t, any?.close ?? price(0n));
  return {
    t,
    open: opening.open,
    high: price(highest(traded.map(({ high }) => high))),
    low: price(lowest(traded.map(({ low }) => low))),
    close: closing.close,
    volume: base(total(traded.map(({ volume }) => volume))),
    quote: value(total(traded.map(({ quote }) => quote))),
    trades: traded.reduce((sum, { trades }) => sum + trades, 0),
  };
}

const anyDoings = fc.record({
  trades: anyTrades(),
  /** What is done after each trade. */
  doings: fc.array(fc.constantFrom('nothing', 'advance', 'take', 'save'), { minLength: 60, maxLength: 60 }),
  idleMs: fc.nat({ max: 30 * HOUR_MS }),
});

/** Plays a stream with the clock, the reader and restarts coming in between, until some time after the last trade. */
function played({ trades, doings, idleMs }: typeof anyDoings extends fc.Arbitrary<infer T> ? T : never) {
  let builder = new CandleBuilder();
  const closed: ResolutionCandle[] = [];
  for (const [i, one] of trades.entries()) {
    expect(builder.add(one)).toBe('added');
    const doing = doings[i];
    if (doing === 'advance') builder.advance(Math.min(one.t + 40_000, trades[i + 1]?.t ?? one.t));
    if (doing === 'take') closed.push(...builder.takeClosed());
    if (doing === 'save') builder = resumed(builder);
  }
  const now = (trades.at(-1)?.t ?? START) + idleMs;
  builder.advance(now);
  closed.push(...builder.takeClosed());
  const of = (resolution: Resolution): readonly Candle[] => {
    const open = builder.open(resolution);
    const over = closed.filter((one) => one.resolution === resolution).map(({ candle }) => candle);
    return open === undefined ? over : [...over, open];
  };
  return { closed, of, now };
}

describe('candles built trade by trade', () => {
  it('are those of a naive look at all trades in every resolution, whatever is saved, taken or closed in between', () => {
    fc.assert(
      fc.property(anyDoings, (doings) => {
        const { of, now } = played(doings);
        for (const resolution of RESOLUTIONS)
          expect(of(resolution)).toEqual(naive(doings.trades, RESOLUTION_MS[resolution], now));
      }),
      { numRuns: 60 },
    );
  });

  it('of every longer resolution are the fold of the minutes', () => {
    fc.assert(
      fc.property(anyDoings, (doings) => {
        const { of } = played(doings);
        for (const resolution of RESOLUTIONS) {
          const groups = Map.groupBy(of('1m'), ({ t }) => t - (t % RESOLUTION_MS[resolution]));
          const folds = Array.from(groups, ([t, minutes]) => folded(minutes, t));
          expect(of(resolution)).toEqual(folds);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('close once each, in the order of time and shortest first', () => {
    fc.assert(
      fc.property(anyDoings, (doings) => {
        const { closed } = played(doings);
        const keys = closed.map(({ resolution, candle }) => ({
          end: candle.t + RESOLUTION_MS[resolution],
          length: RESOLUTION_MS[resolution],
        }));
        expect(keys).toEqual(keys.toSorted((a, b) => a.end - b.end || a.length - b.length));
        expect(new Set(keys.map(({ end, length }) => `${end} ${length}`)).size).toBe(keys.length);
      }),
      { numRuns: 40 },
    );
  });

  it('are none before the first trade, however long it takes', () => {
    const builder = built();
    builder.advance(START + HOUR_MS);
    expect(builder.takeClosed()).toEqual([]);
    expect(RESOLUTIONS.map((resolution) => builder.open(resolution))).toEqual(
      RESOLUTIONS.map(() => undefined),
    );
    expect(builder.add(trade(0, START, 150))).toBe('added');
  });

  it('have open, high, low, close, volume, quote, number and VWAP', () => {
    const builder = built(
      trade(0, START, 150, 1),
      trade(1, START + 1, 153, 2),
      trade(2, START + 2, 147, 3),
      trade(3, START + 3, 151, 4),
    );
    const candle = builder.open('1m');
    expect(candle).toEqual({
      t: START,
      open: parsePrice('150'),
      high: parsePrice('153'),
      low: parsePrice('147'),
      close: parsePrice('151'),
      volume: parseBase('10'),
      quote: parseValue('1501'),
      trades: 4,
    });
    expect(candle && vwapOf(candle)).toBe(parsePrice('150.1'));
  });

  it('begin with a trade that falls exactly on their boundary', () => {
    const builder = built(
      trade(0, START, 150),
      trade(1, START + HOUR_MS - 1, 151),
      trade(2, START + HOUR_MS, 152),
    );
    const hours = builder.takeClosed().filter(({ resolution }) => resolution === '1h');
    expect(hours.map(({ candle }) => [candle.t, candle.close, candle.trades])).toEqual([
      [START, parsePrice('151'), 2],
    ]);
    for (const resolution of ['1m', '5m', '15m', '1h'] as const)
      expect(builder.open(resolution)).toMatchObject({
        t: START + HOUR_MS,
        open: parsePrice('152'),
        trades: 1,
      });
  });

  it('close at their end and not a millisecond before', () => {
    const builder = built(trade(0, START, 150));
    builder.advance(START + MINUTE_MS - 1);
    expect(builder.takeClosed()).toEqual([]);
    builder.advance(START + MINUTE_MS);
    expect(builder.takeClosed().map(({ resolution, candle }) => [resolution, candle.t])).toEqual([
      ['1m', START],
    ]);
    expect(builder.takeClosed()).toEqual([]);
  });

  it('without trades are flat at the last close, and take their first trade as if they had not been', () => {
    const builder = built(trade(0, START, 150), trade(1, START + 1, 155));
    builder.advance(START + 2 * MINUTE_MS + SECOND_MS);
    const minutes = builder.takeClosed().map(({ candle }) => candle);
    expect(minutes[1]).toEqual(flat(START + MINUTE_MS, parsePrice('155')));
    expect(builder.open('1m')).toEqual(flat(START + 2 * MINUTE_MS, parsePrice('155')));

    builder.add(trade(2, START + 2 * MINUTE_MS + 2 * SECOND_MS, 100));

    // Were the flat price among them, the high would be 155.
    expect(builder.open('1m')).toMatchObject({ open: parsePrice('100'), high: parsePrice('100'), trades: 1 });
  });

  it('begin a new day at midnight UTC', () => {
    const midnight = Date.UTC(2026, 10, 22);
    const builder = built(trade(0, midnight - 1, 150), trade(1, midnight, 151));
    expect(builder.takeClosed().map(({ resolution }) => resolution)).toEqual([...RESOLUTIONS]);
    expect(builder.open('1d')).toMatchObject({ t: midnight, open: parsePrice('151'), trades: 1 });
  });

  it('refuse a trade of a minute that is over, and stay as they were', () => {
    const builder = built(trade(0, START, 150));
    builder.advance(START + MINUTE_MS);
    const before = builder.save();
    expect(builder.add(trade(1, START + MINUTE_MS - 1, 170))).toBe('late');
    expect(builder.save()).toEqual(before);
    expect(builder.add(trade(2, START + MINUTE_MS, 151))).toBe('added');
  });

  it('take the trades of one minute in the order of their ids, whatever their times', () => {
    const builder = built(trade(0, START + 5, 150), trade(1, START + 4, 151));
    expect(builder.open('1m')).toMatchObject({
      open: parsePrice('150'),
      close: parsePrice('151'),
      trades: 2,
    });
  });

  it('count a trade once, though a stream is played again from some way back after a restart', () => {
    fc.assert(
      fc.property(anyTrades(), fc.nat(60), fc.nat(60), (trades, cut, back) => {
        const stopped = built(...trades.slice(0, cut));
        const again = resumed(stopped);
        for (const [i, one] of trades.entries()) {
          if (i < cut - back) continue;
          expect(again.add(one)).toBe(i < cut ? 'known' : 'added');
        }
        expect(again.save()).toEqual(built(...trades).save());
      }),
      { numRuns: 60 },
    );
  });

  it('are forgotten when others are put back', () => {
    const used = built(trade(0, START, 150), trade(1, START + 7 * MINUTE_MS, 150));
    const state = built(trade(9, START, 170)).save();
    used.restore(state);
    expect(used.save()).toEqual(state);
    expect(used.open('1d')).toMatchObject({ high: parsePrice('170'), low: parsePrice('170'), trades: 1 });
  });

  it('that were shown or saved do not change with later trades', () => {
    const builder = built(trade(0, START, 150));
    const [shown, saved] = [builder.open('1m'), builder.save()];
    const copies = structuredClone([shown, saved]);
    const restored = resumed(builder);
    restored.restore(saved);
    builder.add(trade(1, START + 1, 170));
    restored.add(trade(1, START + 1, 190));
    builder.advance(START + HOUR_MS);
    expect([shown, saved]).toEqual(copies);
  });
});

describe('the volume-weighted average price', () => {
  it('is Σ price × size / Σ size, to the nearest billionth', () => {
    fc.assert(
      fc.property(anyTrades(20), (trades) => {
        fc.pre(trades.length > 0);
        const dayOf = (t: number): number => Math.floor(t / RESOLUTION_MS['1d']);
        const last = dayOf(trades.at(-1)?.t ?? 0);
        let quote = new Fraction(0n);
        let volume = new Fraction(0n);
        for (const { t, price: at, size } of trades) {
          if (dayOf(t) !== last) continue;
          quote = quote.plus(Fraction.counted(at, 9).times(Fraction.counted(size, 9)));
          volume = volume.plus(Fraction.counted(size, 9));
        }
        const day = built(...trades).open('1d');
        expect(day && vwapOf(day)).toBe(
          quote
            .over(volume)
            .times(new Fraction(10n ** 9n))
            .nearest(),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('is unknown where nothing traded', () => {
    expect(vwapOf(flat(START, parsePrice('150')))).toBeNull();
  });
});
