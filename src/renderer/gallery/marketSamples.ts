import type { CandleView, TradeView } from '../../shared/contract/marketData.ts';
import { NOW } from './samples.ts';

export { NOW };

const MINUTE = 60_000;

/** Waves that look like an hour and a half of trading; nothing is drawn at random. */
const priceAt = (minute: number): number => 150 + Math.sin(minute / 13) + 0.3 * Math.sin(minute / 3.1);

export const CANDLES: readonly CandleView[] = Array.from({ length: 90 }, (_, at) => {
  const [open, close] = [priceAt(at), priceAt(at + 1)];
  return {
    t: NOW - (90 - at) * MINUTE,
    open: open.toFixed(2),
    high: (Math.max(open, close) + 0.08).toFixed(2),
    low: (Math.min(open, close) - 0.08).toFixed(2),
    close: close.toFixed(2),
    volume: (120 + 80 * Math.sin(at / 7) ** 2).toFixed(1),
    quote: '1000',
    trades: 12,
    vwap: null,
  };
});

const levels = (best: number, step: number) =>
  Array.from({ length: 12 }, (_, at) => ({
    price: (best + at * step).toFixed(2),
    size: (2 + ((at * 7.3) % 31)).toFixed(1),
  }));

export const BOOK = { asks: levels(150.11, 0.01), bids: levels(150.09, -0.01) };

export const TRADES: readonly TradeView[] = Array.from({ length: 12 }, (_, at) => ({
  id: at,
  t: NOW - at * 1_700,
  price: (150.1 + 0.02 * Math.sin(at)).toFixed(2),
  size: (0.1 + ((at * 5) % 13)).toFixed(1),
  side: at % 3 === 0 ? 'sell' : 'buy',
}));
