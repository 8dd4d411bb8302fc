import { existsSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  formatBase,
  formatPrice,
  formatRate,
  parsePrice,
  parseRate,
} from '../../../../src/shared/money/decimal.ts';
import type { Price } from '../../../../src/shared/money/quantity.ts';
import { fromStateText, toStateText } from '../../../../src/main/platform/stateText.ts';
import { readCandles, type Candle } from '../../../../src/main/market/recorded/candles.ts';
import { readFunding, type FundingRow } from '../../../../src/main/market/recorded/fundingRows.ts';
import { RecordedFeed, type RecordedParts } from '../../../../src/main/market/recorded/recordedFeed.ts';
import { HOUR, MARKET_DATA, MINUTE, START, candle, fundingRow, shapes } from './recordings.ts';

const CANDLES: readonly Candle[] = [
  candle(START, ['100', '110', '90', '105', '6000']),
  candle(START + HOUR, ['105', '120', '104', '118', '600']),
  candle(START + 2 * HOUR, ['118', '119', '60', '61', '0']),
  candle(START + 3 * HOUR, ['61', '62', '60', '62', '1']),
];
const FUNDING: readonly FundingRow[] = [0, 1, 2, 3].map((i) =>
  fundingRow(START + i * HOUR, `0.000${i}`, HOUR),
);

const feedOf = (parts: Partial<RecordedParts> = {}) =>
  new RecordedFeed({ candles: CANDLES, funding: FUNDING, firstExtreme: () => 'low', ...parts });

const priceAt = (feed: RecordedFeed, t: number): string => {
  feed.seek(t);
  return formatPrice(feed.quote('SOL').oracle);
};

/** Everything that a feed shows at a moment. */
function shown(feed: RecordedFeed, t: number) {
  feed.seek(t);
  const [quote, oracles, depth] = [feed.quote('SOL-PERP'), feed.oracles(), feed.depth('SOL-PERP')];
  return { quote, oracles, depth, funding: feed.takeFunding() };
}

describe('a recorded market', () => {
  it('goes open, hurting extreme, other extreme, close', () => {
    const feed = feedOf({ firstExtreme: () => 'high' });

    const prices = [0, 20, 40, 59, 60, 80, 100, 119].map((minute) => priceAt(feed, START + minute * MINUTE));

    expect(prices).toEqual(['100', '110', '90', '105', '105', '120', '104', '118']);
  });

  it('asks for the first extreme once a candle, at its first moment, while it quotes the open', () => {
    const asked: unknown[] = [];
    const feed: RecordedFeed = feedOf({
      firstExtreme: (high, low) => {
        const { oracle, oracleTime } = feed.quote('SOL');
        asked.push([formatPrice(high), formatPrice(low), formatPrice(oracle), oracleTime - START]);
        return 'high';
      },
    });
    expect(asked).toEqual([]);

    for (let t = START; t < START + 2 * HOUR; t += MINUTE / 2) feed.seek(t);

    expect(asked).toEqual([
      ['110', '90', '100', 0],
      ['120', '104', '105', HOUR],
    ]);
  });

  it('quotes its open before it has been moved', () => {
    expect(feedOf().quote('SOL')).toEqual({
      oracle: parsePrice('100'),
      oracleTime: START,
      mark: parsePrice('100'),
    });
  });

  it('quotes spot and perpetual alike, the mark being the oracle, published now', () => {
    const feed = feedOf();
    feed.seek(START + 7 * MINUTE);
    const at: Price = parsePrice('96.5');

    expect(feed.quote('SOL')).toEqual({ oracle: at, oracleTime: START + 7 * MINUTE, mark: at });
    expect(feed.quote('SOL-PERP')).toEqual(feed.quote('SOL'));
    expect(feed.oracles()).toEqual({ SOL: at });
    expect(feed.markets).toEqual(['SOL', 'SOL-PERP']);
  });

  it('gives a quote that stays what it was after the market has moved on', () => {
    const feed = feedOf();
    const before = feed.quote('SOL');
    const copy = { ...before };

    feed.seek(START + 30 * MINUTE);

    expect(before).toEqual(copy);
    expect(feed.quote('SOL')).not.toEqual(copy);
  });

  it.each(['BTC-PERP', 'sol', ''])('does not know the market "%s"', (market) => {
    const feed = feedOf();

    expect(() => feed.quote(market)).toThrow(expect.objectContaining({ code: 'UNKNOWN_MARKET' }));
    expect(() => feed.depth(market)).toThrow(expect.objectContaining({ code: 'UNKNOWN_MARKET' }));
  });

  it('is between two minutes where the straight line is, on the tick', () => {
    const feed = feedOf();

    expect(priceAt(feed, START + 10_000)).toBe('99.917');
    expect(priceAt(feed, START + 30_000)).toBe('99.75');
  });

  it('holds the close in the last minute of a candle, as the next open is not known yet', () => {
    const feed = feedOf();

    expect(priceAt(feed, START + 3 * HOUR - 1)).toBe('61');
    expect(priceAt(feed, START + 4 * HOUR - 1)).toBe('62');
    expect(priceAt(feed, START + 9 * HOUR)).toBe('62');
  });

  it('refuses to go back', () => {
    const feed = feedOf();
    feed.seek(START + MINUTE);

    expect(() => {
      feed.seek(START);
    }).toThrow(RangeError);
    expect(() => {
      feed.seek(Number.NaN);
    }).toThrow(RangeError);
  });
});

describe('the depth of a recorded market', () => {
  const sizes = (feed: RecordedFeed, t: number) => {
    feed.seek(t);
    return [...new Set(feed.depth('SOL').map(({ size }) => formatBase(size)))];
  };

  it('is a hundredth of the volume of the last whole candle, the first having only its own', () => {
    const feed = feedOf();

    expect([0, 1, 2, 3].map((hour) => sizes(feed, START + hour * HOUR + 59 * MINUTE))).toEqual([
      ['6'],
      ['6'],
      ['0.6'],
      ['0'],
    ]);
  });

  it('goes by the candle before the run where the recording has one', () => {
    const feed = feedOf({ funding: FUNDING.slice(1) });

    expect(feed.startMs).toBe(START + HOUR);
    expect(sizes(feed, START + HOUR)).toEqual(['6']);
  });

  it('is spread evenly over ten levels up to 0.3 % from the mark', () => {
    const depth = feedOf({ depthShare: parseRate('0.5') }).depth('SOL-PERP');

    expect(depth.map(({ offset, size }) => [formatRate(offset), formatBase(size)])).toEqual(
      ['0.0003', '0.0006', '0.0009', '0.0012', '0.0015', '0.0018', '0.0021', '0.0024', '0.0027', '0.003'].map(
        (offset) => [offset, '300'],
      ),
    );
  });

  it('counts the volume of an hour, however long a candle is', () => {
    const candles = [0, 1].map((i) => candle(START + i * 15 * MINUTE, ['100', '110', '90', '105', '1000']));
    const funding = [0, 1].map((i) => fundingRow(START + i * 15 * MINUTE, '0', 15 * MINUTE));

    expect(sizes(feedOf({ candles, funding }), START)).toEqual(['4']);
  });
});

describe('the span of a recorded market', () => {
  const rows = (from: number, count: number, every: number) =>
    Array.from({ length: count }, (_, i) => fundingRow(from + i * every, '0', every));

  it.each([
    ['the same', rows(START, 4, HOUR), START, START + 4 * HOUR],
    ['later and longer', rows(START + HOUR, 9, HOUR), START + HOUR, START + 4 * HOUR],
    ['earlier and shorter', rows(START - 8 * HOUR, 10, HOUR), START, START + 2 * HOUR],
    ['half an hour off', rows(START + HOUR / 2, 3, HOUR), START + HOUR, START + 3 * HOUR],
    ['one that reaches far', rows(START - 8 * HOUR, 2, 8 * HOUR), START, START + 4 * HOUR],
  ])('is what candles have in common with funding that is %s', (_, funding, startMs, endMs) => {
    const feed = feedOf({ funding });

    expect([feed.startMs, feed.endMs]).toEqual([startMs, endMs]);
    expect(feed.history.every(({ t }) => t < startMs)).toBe(true);
    expect(feed.history).toHaveLength(funding.filter(({ t }) => t < startMs).length);
  });

  it.each([
    ['before', rows(START - 8 * HOUR, 2, HOUR)],
    ['after', rows(START + 4 * HOUR, 2, HOUR)],
    ['within one candle', rows(START + 10 * MINUTE, 2, 20 * MINUTE)],
    ['none', []],
  ])('is none where the funding is %s', (_, funding) => {
    expect(() => feedOf({ funding })).toThrow(expect.objectContaining({ code: 'INVALID_DATA_FILE' }));
  });
});

describe('the funding of a recorded market', () => {
  it('is handed out once, from the moment it is paid, at the open of its candle', () => {
    const feed = feedOf();
    const due = (t: number) => {
      feed.seek(t);
      return feed.takeFunding().map(({ t: at, price, rate }) => [at, formatPrice(price), formatRate(rate)]);
    };

    expect(due(START)).toEqual([[START, '100', '0']]);
    expect(due(START)).toEqual([]);
    expect(due(START + HOUR - 1)).toEqual([]);
    expect(due(START + HOUR)).toEqual([[START + HOUR, '105', '0.0001']]);
    expect(due(START + 3 * HOUR)).toEqual([
      [START + 2 * HOUR, '118', '0.0002'],
      [START + 3 * HOUR, '61', '0.0003'],
    ]);
    expect(due(START + 99 * HOUR)).toEqual([]);
  });

  it('is paid on the recorded mark where there is one', () => {
    const feed = feedOf({ funding: [fundingRow(START, '0', HOUR, '101.7478678'), ...FUNDING.slice(1)] });
    feed.seek(START);

    expect(feed.takeFunding()).toEqual([
      { market: 'SOL-PERP', t: START, rate: 0n, periodMs: HOUR, price: parsePrice('101.7478678') },
    ]);
  });

  it('that was paid before the start is history, and is not paid again', () => {
    const funding = [fundingRow(START - HOUR, '-0.0005', HOUR), ...FUNDING];
    const feed = feedOf({ funding });
    feed.seek(START);

    expect(feed.history).toEqual([{ t: START - HOUR, rate: parseRate('-0.0005'), periodMs: HOUR }]);
    expect(feed.takeFunding()).toHaveLength(1);
  });
});

/** A recording of some hours, and moments in it, ascending. */
const recordings = fc.integer({ min: 2, max: 6 }).chain((hours) =>
  fc.record({
    shapes: fc.array(shapes, { minLength: hours, maxLength: hours }),
    rates: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: hours, maxLength: hours }),
    moments: fc.array(fc.nat({ max: hours * HOUR - 1 }), { minLength: 1, maxLength: 60 }),
  }),
);
const candlesOf = (from: readonly Omit<Candle, 't'>[]): Candle[] =>
  from.map((shape, i) => ({ t: START + i * HOUR, ...shape }));
const fundingOf = (rates: readonly number[]): FundingRow[] =>
  rates.map((bp, i) => fundingRow(START + i * HOUR, `${bp < 0 ? '-' : ''}0.000${Math.abs(bp)}`, HOUR));
const ascending = (moments: readonly number[]): number[] =>
  moments.map((into) => START + into).toSorted((a, b) => a - b);
/** An answer that depends on what is asked, as an account's does. */
const firstExtreme = (high: Price, low: Price) => ((high + low) % 2n === 0n ? 'high' : 'low');

describe('a recorded market never looks ahead', () => {
  it('two recordings that are equal up to a moment show the same up to it', () => {
    fc.assert(
      fc.property(recordings, recordings, fc.nat(), (one, other, cutAt) => {
        const hours = one.shapes.length;
        const cut = 1 + (cutAt % (hours - 1));
        const later = Array.from({ length: hours }, (_, i) => other.shapes[i % other.shapes.length] ?? []);
        const laterRates = Array.from({ length: hours }, (_, i) => other.rates[i % other.rates.length] ?? 0);
        const changed = [...one.shapes.slice(0, cut), ...later.slice(cut)] as typeof one.shapes;
        const rates = [...one.rates.slice(0, cut), ...laterRates.slice(cut)];
        const feed = feedOf({ candles: candlesOf(one.shapes), funding: fundingOf(one.rates), firstExtreme });
        const twin = feedOf({ candles: candlesOf(changed), funding: fundingOf(rates), firstExtreme });

        for (const t of [
          ...ascending(one.moments).filter((t) => t < START + cut * HOUR),
          START + cut * HOUR - 1,
        ])
          expect(shown(feed, t)).toEqual(shown(twin, t));
      }),
    );
  });
});

describe('a recorded market that is saved and put back', () => {
  it('goes on as it would have, from any moment, and asks nothing again', () => {
    fc.assert(
      fc.property(recordings, fc.nat(), ({ shapes: from, rates, moments }, at) => {
        const parts = { candles: candlesOf(from), funding: fundingOf(rates) };
        const whole = feedOf({ ...parts, firstExtreme });
        const times = ascending(moments);
        const stop = at % times.length;
        for (const t of times.slice(0, stop)) shown(whole, t);
        const savedAt = times[stop] ?? START;
        whole.seek(savedAt);
        const text = toStateText(whole.save());
        const asked: number[] = [];
        const resumed: RecordedFeed = feedOf({
          ...parts,
          firstExtreme: (high, low) => {
            asked.push(resumed.quote('SOL').oracleTime);
            return firstExtreme(high, low);
          },
        });
        resumed.restore(fromStateText(text));

        for (const t of times.slice(stop)) expect(shown(resumed, t)).toEqual(shown(whole, t));
        expect(asked.every((t) => t >= savedAt && Math.floor(t / HOUR) > Math.floor(savedAt / HOUR))).toBe(
          true,
        );
        expect(resumed.save()).toEqual(whole.save());
      }),
    );
  });

  it('keeps the answer about a candle that it is in the middle of', () => {
    const feed = feedOf({ firstExtreme: () => 'high' });
    feed.seek(START + 10 * MINUTE);
    const resumed = feedOf({ firstExtreme: () => 'low' });

    resumed.restore(JSON.parse(JSON.stringify(feed.save())));

    expect(resumed.quote('SOL')).toEqual(feed.quote('SOL'));
    expect(priceAt(resumed, START + 20 * MINUTE)).toBe('110');
    expect(priceAt(resumed, START + 80 * MINUTE)).toBe('104');
  });

  it('saved before it was ever moved, still asks about its first candle', () => {
    const resumed = feedOf({ firstExtreme: () => 'high' });

    resumed.restore(feedOf().save());

    expect(priceAt(resumed, START)).toBe('100');
    expect(priceAt(resumed, START + 20 * MINUTE)).toBe('110');
  });

  it('hands out what was due and not yet taken', () => {
    const feed = feedOf();
    feed.seek(START + HOUR);
    const resumed = feedOf();

    resumed.restore(feed.save());

    expect(resumed.takeFunding()).toEqual(feed.takeFunding());
    expect(resumed.takeFunding()).toEqual([]);
  });
});

describe.skipIf(!existsSync(MARKET_DATA))('real files (skipped where MARKET_DATA_DIR is missing)', () => {
  it('are walked whole, minute by minute, within every candle’s low and high', () => {
    const candles = readCandles(path.join(MARKET_DATA, 'sol-usdt-candles-1h.csv'));
    const funding = readFunding(path.join(MARKET_DATA, 'sol-usdt-funding-8h.csv'));
    const feed = feedOf({ candles, funding });
    let paid = 0;
    let outside = 0;

    for (let t = feed.startMs; t < feed.endMs; t += MINUTE) {
      feed.seek(t);
      const { oracle } = feed.quote('SOL');
      const { low, high } = candles[Math.floor((t - START) / HOUR)] ?? { low: 0n, high: 0n };
      if (oracle < low || oracle > high) outside += 1;
      paid += feed.takeFunding().length;
    }

    expect([feed.startMs, feed.endMs]).toEqual([START, Date.UTC(2026, 0, 1)]);
    expect([paid, outside]).toEqual([2_193, 0]);
  });
});
