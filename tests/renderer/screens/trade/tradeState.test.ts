import { describe, expect, test } from 'vitest';
import type { BookViewData, CandleView, MarketDataBody } from '../../../../src/shared/contract/marketData.ts';
import { ladderOf } from '../../../../src/renderer/components/ladder.ts';
import { marksOf } from '../../../../src/renderer/components/candleMarks.ts';
import { mergeCandles, withOlder } from '../../../../src/renderer/screens/trade/candleSeries.ts';
import { NOTHING_YET, withBody, type TradeState } from '../../../../src/renderer/screens/trade/tradeState.ts';
import { ACCOUNT, FILL, ORDER } from './samples.ts';

const level = (price: string, size: string) => ({ price, size });
const BOOK: BookViewData = {
  market: 'SOL-PERP',
  t: 1,
  sequence: 1,
  bids: [level('99.99', '2'), level('99.98', '3')],
  asks: [level('100.01', '1'), level('100.02', '4')],
  mid: '100',
  spread: '0.02',
  spreadBp: 2,
  mark: '100',
  oracle: '100',
};
const bookBody = (kind: 'snapshot' | 'update', book: BookViewData): MarketDataBody => ({
  channel: 'book',
  kind,
  from: book.sequence,
  book,
});
const told = (...bodies: readonly MarketDataBody[]): TradeState => bodies.reduce(withBody, NOTHING_YET);

describe('the book', () => {
  test('an update replaces the levels that it names, takes away those of size zero, and keeps the order', () => {
    const update = {
      ...BOOK,
      sequence: 2,
      bids: [level('99.99', '0'), level('100', '5')],
      asks: [level('100.015', '7'), level('100.02', '9')],
      mid: '100.005',
    };
    const { book } = told(bookBody('snapshot', BOOK), bookBody('update', update));
    expect(book?.bids).toEqual([level('100', '5'), level('99.98', '3')]);
    expect(book?.asks).toEqual([level('100.01', '1'), level('100.015', '7'), level('100.02', '9')]);
    expect(book?.mid).toBe('100.005');
  });

  test('an update of another market, or before any snapshot, is no book', () => {
    expect(told(bookBody('update', BOOK)).book).toBeNull();
    const other = bookBody('update', { ...BOOK, market: 'BTC-PERP', bids: [level('1', '1')] });
    expect(told(bookBody('snapshot', BOOK), other).book).toEqual(BOOK);
  });

  test('the ladder sums sizes from the best price on, against the deeper side, and marks own orders', () => {
    const { asks, bids } = ladderOf(BOOK, 2, new Set(['99.98']));
    expect(asks.map(({ total }) => total)).toEqual([1, 5]);
    expect(bids.map(({ share }) => share)).toEqual([0.4, 1]);
    expect(bids.map(({ own }) => own)).toEqual([false, true]);
  });
});

describe('trades', () => {
  const trade = (id: number) => ({ id, t: id, price: '1', size: '1', side: 'buy' as const });
  test('stand newest first, and a snapshot begins anew', () => {
    const trades = (kind: 'snapshot' | 'update', ...ids: number[]): MarketDataBody => ({
      channel: 'trades',
      kind,
      market: 'SOL-PERP',
      trades: ids.map(trade),
    });
    const tape = (...bodies: MarketDataBody[]) => told(...bodies).tape?.map(({ id }) => id);
    expect(tape(trades('snapshot', 1, 2), trades('update', 3, 4))).toEqual([4, 3, 2, 1]);
    expect(tape(trades('snapshot', 1, 2), trades('snapshot', 7))).toEqual([7]);
  });
});

describe('the account', () => {
  const body = (
    kind: 'snapshot' | 'update',
    orders: (typeof ORDER)[],
    fills: (typeof FILL)[] = [],
  ): MarketDataBody => ({ channel: 'account', kind, orders, fills, account: ACCOUNT });

  test('an update changes the orders that it names; what is over goes', () => {
    const second = { ...ORDER, orderId: 'second' };
    const { orders } = told(
      body('snapshot', [ORDER, second]),
      body('update', [{ ...ORDER, filled: '0.5' }]),
      body('update', [{ ...second, state: 'cancelled' }]),
      body('update', [{ ...ORDER, orderId: 'third' }]),
    );
    expect(orders?.map(({ orderId, filled }) => [orderId, filled])).toEqual([
      [ORDER.orderId, '0.5'],
      ['third', '0'],
    ]);
  });

  test('an update without orders leaves the list the same object, so that no table is drawn', () => {
    const before = told(body('snapshot', [ORDER]));
    expect(withBody(before, body('update', [])).orders).toBe(before.orders);
  });

  test('a fill that is told twice is one fill', () => {
    const later = { ...FILL, id: 'later', t: FILL.t + 1 };
    const { fills } = told(body('snapshot', [], [FILL]), body('update', [], [FILL, later]));
    expect(fills.map(({ id }) => id)).toEqual(['later', FILL.id]);
  });

  test('what could be opened in the end has not failed any more', () => {
    const error = { code: 'RATE_LIMITED', message: 'No.', details: {} } as const;
    const failed: TradeState = { ...NOTHING_YET, failed: { account: error, book: error } };
    expect(withBody(failed, body('snapshot', [])).failed).toEqual({ book: error });
  });
});

describe('candles', () => {
  const candle = (t: number, close = '1'): CandleView => ({
    t,
    open: '1',
    high: '1',
    low: '1',
    close,
    volume: '0',
    quote: '0',
    trades: 0,
    vwap: null,
  });
  const times = (candles: readonly CandleView[]): number[] => candles.map(({ t }) => t);

  test('the open one is replaced and the next one follows; those before keep their identity', () => {
    const before = [candle(1), candle(2), candle(3)];
    const after = mergeCandles(before, [candle(4), candle(3, '9')]);
    expect(times(after)).toEqual([1, 2, 3, 4]);
    expect(after[2]?.close).toBe('9');
    expect(after[0]).toBe(before[0]);
    expect(mergeCandles(before, [])).toBe(before);
  });

  test('older ones go before; where both have one, the known stays', () => {
    const known = [candle(3, 'known'), candle(4)];
    const all = withOlder(known, [candle(1), candle(2), candle(3, 'older')]);
    expect(times(all)).toEqual([1, 2, 3, 4]);
    expect(all[2]?.close).toBe('known');
  });

  test('a fill is marked at the candle that it fell into, once a side', () => {
    const candles = [candle(10), candle(20), candle(30)];
    const fill = (t: number, side: 'buy' | 'sell') => ({ id: String(t), t, side });
    expect(
      marksOf(candles, [fill(29, 'buy'), fill(20, 'buy'), fill(25, 'sell'), fill(35, 'buy'), fill(9, 'buy')]),
    ).toEqual([
      { t: 20, side: 'buy', count: 2 },
      { t: 20, side: 'sell', count: 1 },
      { t: 30, side: 'buy', count: 1 },
    ]);
  });
});
