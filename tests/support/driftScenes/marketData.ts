import { expect, it } from 'vitest';

import { RATE_ONE, rate } from '../../../src/shared/money/quantity.ts';
import { parseBase, parsePrice } from '../../../src/shared/money/decimal.ts';
import { divide } from '../../../src/shared/money/rounding.ts';
import type { BookView } from '../../../src/main/market/data/bookView.ts';
import { MOST_READ } from '../../../src/main/venues/drift/marketTape.ts';
import type { PublicTrade } from '../../../src/main/market/data/trade.ts';
import type { Scene } from './scene.ts';

const MARKET = 'SOL-PERP';
const ONE_LOOK = 2;
const HOUR_MS = 3_600_000;

/** What Drift's markets show, out of the chain alone. */
export function describeMarketData(given: () => Scene): void {
  const calls = (): number => given().place.rig.pool.countsView().calls;
  const take = async (side: 'buy' | 'sell', size: string): Promise<void> => {
    const at = side === 'buy' ? '151' : '149';
    await given().report(given().order({ side, size, at, timeInForce: 'ioc' }));
  };

  it('shows as a book what rests there, best first and as deep as is asked', async () => {
    const { venue, place } = given();
    await place.maker.quote([
      { market: MARKET, bidOffset: 20_000n, askOffset: 20_000n, size: 3_000_000_000n },
      { market: MARKET, bidOffset: 50_000n, askOffset: 50_000n, size: 5_000_000_000n },
    ]);
    place.cluster.warp(3);

    const book = await venue.marketData.book(MARKET, 10);
    expect(book.bids).toEqual([
      { price: parsePrice('149.98'), size: parseBase('3') },
      { price: parsePrice('149.95'), size: parseBase('5') },
    ]);
    expect(book.asks.map(({ price }) => price)).toEqual([parsePrice('150.02'), parsePrice('150.05')]);
    const best = await venue.marketData.book(MARKET, 1);
    expect([best.bids.length, best.asks.length]).toEqual([1, 1]);
  });

  it('shows trades by the numbers that the program gives them, newest first', async () => {
    const { venue } = given();
    await take('buy', '0.3');
    await take('sell', '0.2');

    const trades = await venue.marketData.trades(MARKET, 10);
    expect(trades).toMatchObject([
      { side: 'sell', size: parseBase('0.2'), price: parsePrice('149.98') },
      { side: 'buy', size: parseBase('0.3'), price: parsePrice('150.02') },
    ]);
    expect(trades[0]?.id).toBe((trades[1]?.id ?? 0) + 1);
    expect(await venue.marketData.trades(MARKET, 1)).toEqual(trades.slice(0, 1));
    expect(await venue.marketData.trades('SOL', 10)).toEqual([]);
  });

  it('makes candles and the figures of a day of those trades, and of no time that it has not heard', async () => {
    const { venue, place } = given();
    await take('buy', '0.3');
    place.cluster.warp(60);
    await take('sell', '0.2');
    place.cluster.warp(60);
    await take('sell', '0.1');

    const now = place.rig.clock.now();
    const span = { from: now - HOUR_MS, to: now + 1 };
    const candles = await venue.marketData.candles(MARKET, '1m', span, 100);
    const trades = await venue.marketData.trades(MARKET, 10);
    // The market's first trade of all begins its first candle.
    expect(trades.at(-1)?.id).toBe(1);
    expect(candles.reduce((sum, { volume }) => sum + volume, 0n)).toBe(parseBase('0.6'));
    expect(candles.reduce((sum, one) => sum + one.trades, 0)).toBe(3);
    expect(candles[0]).toMatchObject({ open: parsePrice('150.02'), trades: 1 });
    expect(candles.map(({ t }) => t)).toEqual(candles.map((_, at) => (candles[0]?.t ?? 0) + at * 60_000));

    expect(await venue.marketData.dayFigures(MARKET)).toMatchObject({
      last: parsePrice('149.98'),
      high: parsePrice('150.02'),
      low: parsePrice('149.98'),
      volume: parseBase('0.6'),
      trades: 3,
    });
  });

  it('tells the funding of the hours that it has read, oldest first', async () => {
    const { venue, place } = given();
    await place.keeper.passHours(3);
    await venue.sync();

    const now = place.rig.clock.now();
    const span = { from: 0, to: now + 1 };
    const samples = await venue.marketData.fundingHistory(MARKET, span, 10);
    expect(samples).toHaveLength(3);
    const times = samples.map(({ t }) => t);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const last = samples.at(-1);
    const { perps } = venue.state;
    const paid = (perps[0]?.lastFundingRate ?? 0n) * RATE_ONE;
    expect(last?.periodMs).toBe(HOUR_MS);
    expect(last?.rate).toBe(rate(divide(paid, (perps[0]?.fundingOracle ?? 1n) * 1_000n, 'nearest')));
    expect(await venue.marketData.fundingHistory(MARKET, span, 1)).toEqual(samples.slice(-1));
    expect(await venue.marketData.fundingHistory('SOL', span, 10)).toEqual([]);
  });

  it('reads the books of all markets by two requests, and trades that are not new by one', async () => {
    const { venue, place } = given();
    place.cluster.warp(3);
    let before = calls();
    await venue.marketData.book(MARKET, 10);
    expect(calls() - before).toBe(ONE_LOOK);

    await take('buy', '0.1');
    await venue.marketData.trades(MARKET, 10);
    before = calls();
    await venue.marketData.trades(MARKET, 10);
    await venue.marketData.candles(MARKET, '1m', { from: 0, to: place.rig.clock.now() }, 10);
    expect(calls() - before).toBe(2);

    await take('buy', '0.1');
    before = calls();
    await venue.marketData.trades(MARKET, 10);
    // The market's count, its new signatures, and the one transaction behind them.
    expect(calls() - before).toBeLessThanOrEqual(3);
  });

  it('begins anew where more has happened than it reads, and never shows a gap as none', async () => {
    const { venue, place } = given();
    await take('buy', '0.1');
    expect(await venue.marketData.trades(MARKET, 10)).toHaveLength(1);
    await take('buy', '0.2');
    for (let each = 0; each < MOST_READ; each += 1) await place.maker.requote();
    await take('sell', '0.3');

    const trades = await venue.marketData.trades(MARKET, 10);
    expect(trades).toMatchObject([{ id: 3, side: 'sell', size: parseBase('0.3') }]);
    const day = { from: 0, to: place.rig.clock.now() + 1 };
    expect(await venue.marketData.candles(MARKET, '1h', day, 10)).toEqual([]);
  });

  it('asks again for a transaction that a node lists and does not have yet', async () => {
    const { venue, place } = given();
    await take('buy', '0.1');
    await take('buy', '0.2');
    const lie = place.cluster.faults.switchOn({ kind: 'saysAbsent' }, { methods: ['getTransaction'] });
    expect(await venue.marketData.trades(MARKET, 10)).toEqual([]);
    lie.off();
    expect((await venue.marketData.trades(MARKET, 10)).map(({ id }) => id)).toEqual([2, 1]);
  });

  it('tells those who watch what changes', async () => {
    const { venue, place } = given();
    const heard = Promise.withResolvers<readonly PublicTrade[]>();
    const books: BookView[] = [];
    const shown = [Promise.withResolvers<BookView>(), Promise.withResolvers<BookView>()] as const;
    const stops = [MARKET, 'SOL'].map((market) =>
      venue.marketData.watch(market, {
        book: (view) => {
          books.push(view);
          shown[books.length > 2 ? 1 : 0].resolve(view);
        },
        trades: (of, trades) => {
          heard.resolve(of === MARKET ? trades : []);
        },
      }),
    );
    await shown[0].promise;
    await take('buy', '0.4');
    expect(await heard.promise).toMatchObject([{ side: 'buy', size: parseBase('0.4') }]);
    // What was taken is missing from the book, once it is read anew.
    place.cluster.warp(3);
    const [first] = books;
    const bestAsk = first?.asks[0]?.size ?? 0n;
    expect(await shown[1].promise).toMatchObject({
      market: MARKET,
      asks: [{ size: bestAsk - parseBase('0.4') }],
    });
    for (const stop of stops) stop();
  });
}
