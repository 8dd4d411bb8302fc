import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  DayStatistics,
  type DayFigures,
  type DayStatisticsState,
} from '../../../../src/main/market/data/dayStatistics.ts';
import { CandleBuilder } from '../../../../src/main/market/data/candleBuilder.ts';
import type { PublicTrade } from '../../../../src/main/market/data/trade.ts';
import { fromStateText, toStateText } from '../../../../src/main/platform/stateText.ts';
import { parsePrice } from '../../../../src/shared/money/decimal.ts';
import { Fraction, sum } from '../../../support/fraction.ts';
import { HOUR_MS, MINUTE_MS, START, anyTrades, trade } from './tradeStreams.ts';

const DAY_MS = 24 * HOUR_MS;

function heard(...trades: readonly PublicTrade[]): DayStatistics {
  const statistics = new DayStatistics();
  for (const one of trades) statistics.add(one);
  return statistics;
}

function resumed(statistics: DayStatistics): DayStatistics {
  const next = new DayStatistics();
  next.restore(fromStateText(toStateText(statistics.save())) as DayStatisticsState);
  return next;
}

const dearest = (trades: readonly PublicTrade[]): PublicTrade | undefined =>
  trades.toSorted((a, b) => (a.price < b.price ? 1 : -1))[0];
const cheapest = (trades: readonly PublicTrade[]): PublicTrade | undefined =>
  trades.toSorted((a, b) => (a.price > b.price ? 1 : -1))[0];

/** Of the trades of the minute under way and of the 1,440 before it, each figure by itself. */
function naive(all: readonly PublicTrade[], now: number): DayFigures {
  const thisMinute = Math.floor(now / MINUTE_MS);
  const within = all.filter(({ t }) => Math.floor(t / MINUTE_MS) >= thisMinute - 1_440);
  const [first, last] = [within[0], within.at(-1)];
  const volume = sum(within.map(({ size }) => Fraction.counted(size, 9)));
  const quote = sum(
    within.map(({ price, size }) => Fraction.counted(price, 9).times(Fraction.counted(size, 9))),
  );
  const counted = (amount: Fraction, decimals: number): bigint =>
    amount.times(new Fraction(10n ** BigInt(decimals))).nearest();
  const since = all[0]?.t;
  return {
    t: now,
    coveredMs: since === undefined ? 0 : Math.min(now - since, DAY_MS),
    last: all.at(-1)?.price ?? null,
    open: first?.price ?? null,
    high: dearest(within)?.price ?? null,
    low: cheapest(within)?.price ?? null,
    changePct:
      first === undefined || last === undefined
        ? null
        : (100 * Number(last.price - first.price)) / Number(first.price),
    volume: counted(volume, 9) as DayFigures['volume'],
    quote: counted(quote, 18) as DayFigures['quote'],
    trades: within.length,
    vwap: within.length === 0 ? null : (counted(quote.over(volume), 9) as DayFigures['vwap']),
  };
}

describe('24 hour statistics', () => {
  it('are those of a naive look at all trades after each of them, whatever is saved in between', () => {
    const anyCase = fc.record({
      trades: anyTrades(60),
      looks: fc.array(fc.constantFrom('nothing', 'look', 'save'), { minLength: 60, maxLength: 60 }),
      idleMs: fc.nat({ max: 30 * HOUR_MS }),
    });
    fc.assert(
      fc.property(anyCase, ({ trades, looks, idleMs }) => {
        let statistics = new DayStatistics();
        for (const [i, one] of trades.entries()) {
          expect(statistics.add(one)).toBe('added');
          if (looks[i] === 'save') statistics = resumed(statistics);
          if (looks[i] === 'look')
            expect(statistics.figures(one.t)).toEqual(naive(trades.slice(0, i + 1), one.t));
        }
        const now = (trades.at(-1)?.t ?? START) + idleMs;
        expect(statistics.figures(now)).toEqual(naive(trades, now));
      }),
      { numRuns: 80 },
    );
  });

  it('are empty before the first trade', () => {
    expect(new DayStatistics().figures(START)).toEqual(naive([], START));
  });

  it('drop a minute when it is 24 hours past, and not before', () => {
    const statistics = heard(trade(0, START, 100, 3), trade(1, START + MINUTE_MS, 150));
    expect(statistics.figures(START + DAY_MS + MINUTE_MS - 1)).toMatchObject({
      trades: 2,
      low: parsePrice('100'),
      changePct: 50,
      coveredMs: DAY_MS,
    });
    expect(statistics.figures(START + DAY_MS + MINUTE_MS)).toMatchObject({
      trades: 1,
      low: parsePrice('150'),
      changePct: 0,
    });
  });

  it('keep the last price when nothing has traded for longer', () => {
    const statistics = heard(trade(0, START, 100));
    expect(statistics.figures(START + 3 * DAY_MS)).toEqual(naive([trade(0, START, 100)], START + 3 * DAY_MS));
    expect(statistics.figures(START + 3 * DAY_MS)).toMatchObject({ last: parsePrice('100'), open: null });
  });

  it('keep no more than the minutes of a day, though trades never stop and nobody looks', () => {
    const statistics = new DayStatistics();
    for (let i = 0; i < 4_000; i += 1) statistics.add(trade(i, START + i * MINUTE_MS, 4_100 - i));
    expect(statistics.save().minutes).toHaveLength(1_441);
    expect(statistics.figures(START + 3_999 * MINUTE_MS).high).toBe(parsePrice('1541'));
  });

  it('keep one entry a minute, however much trades in it', () => {
    fc.assert(
      fc.property(anyTrades(), (trades) => {
        const { minutes } = heard(...trades).save();
        const from = (minutes.at(-1)?.t ?? 0) - DAY_MS;
        const traded = new Set(trades.map(({ t }) => t - (t % MINUTE_MS)).filter((t) => t >= from));
        expect(minutes.map(({ t }) => t)).toEqual([...traded]);
      }),
      { numRuns: 40 },
    );
  });

  it('forget what they were when they are put back', () => {
    const [used, fresh] = [
      heard(trade(0, START + HOUR_MS, 999, 9), trade(1, START + HOUR_MS, 1)),
      new DayStatistics(),
    ];
    const state = heard(trade(5, START, 150)).save();
    used.restore(state);
    fresh.restore(state);
    expect(used.figures(START)).toEqual(fresh.figures(START));
    expect(used.figures(START)).toMatchObject({ high: parsePrice('150'), low: parsePrice('150'), trades: 1 });
  });

  it('count a trade once, and none of a minute before the last', () => {
    const statistics = heard(trade(0, START, 100), trade(1, START + MINUTE_MS, 110));
    const before = statistics.save();
    expect(statistics.add(trade(1, START + MINUTE_MS, 110))).toBe('known');
    expect(statistics.add(trade(2, START + MINUTE_MS - 1, 190))).toBe('late');
    expect(statistics.save()).toEqual(before);
  });

  it('can be put back from candles of a minute, flat ones among them', () => {
    fc.assert(
      fc.property(anyTrades(), fc.nat({ max: 25 * HOUR_MS }), (trades, idleMs) => {
        const builder = new CandleBuilder();
        for (const one of trades) builder.add(one);
        const closed = builder.takeClosed().filter(({ resolution }) => resolution === '1m');
        const open = builder.open('1m');
        const minutes = [...closed.map(({ candle }) => candle), ...(open === undefined ? [] : [open])];
        const { minutes: _, ...rest } = heard(...trades).save();
        const statistics = new DayStatistics();
        statistics.restore({ ...rest, minutes });
        const now = (trades.at(-1)?.t ?? START) + idleMs;
        expect(statistics.figures(now)).toEqual(naive(trades, now));
      }),
      { numRuns: 80 },
    );
  });
});
