import type { CandleView, MarketStatsView, TradeView } from '../../shared/contract/marketData.ts';
import { formatBase, formatPrice, formatValue } from '../../shared/money/decimal.ts';
import type { Price } from '../../shared/money/quantity.ts';
import { vwapOf, type Candle } from '../market/data/candle.ts';
import type { DayFigures } from '../market/data/dayStatistics.ts';
import type { PublicTrade } from '../market/data/trade.ts';
import type { Quote } from '../market/feed.ts';

export const tradeViewOf = ({ id, t, price, size, side }: PublicTrade): TradeView => ({
  id,
  t,
  price: formatPrice(price),
  size: formatBase(size),
  side,
});

export const candleViewOf = (candle: Candle): CandleView => ({
  t: candle.t,
  open: formatPrice(candle.open),
  high: formatPrice(candle.high),
  low: formatPrice(candle.low),
  close: formatPrice(candle.close),
  volume: formatBase(candle.volume),
  quote: formatValue(candle.quote),
  trades: candle.trades,
  vwap: known(vwapOf(candle)),
});

/** @param fundingApr percent a year; null where the market has none */
export const marketStatsOf = (
  market: string,
  figures: DayFigures,
  { mark, oracle }: Quote,
  fundingApr: number | null,
): MarketStatsView => ({
  market,
  t: figures.t,
  coveredMs: figures.coveredMs,
  last: known(figures.last),
  open: known(figures.open),
  high: known(figures.high),
  low: known(figures.low),
  changePct: figures.changePct,
  volume: formatBase(figures.volume),
  quote: formatValue(figures.quote),
  trades: figures.trades,
  vwap: known(figures.vwap),
  mark: formatPrice(mark),
  oracle: formatPrice(oracle),
  fundingApr,
});

const known = (at: Price | null): string | null => (at === null ? null : formatPrice(at));
