import type { MarketDataCapabilities, VenueCapabilities } from '../capabilities.ts';
import { RESOLUTIONS } from '../../market/data/candle.ts';
import { MOST_OPEN_ORDERS } from './orderChecks.ts';

/** What the paper venue has: what Drift has, so that what works on paper works there. */
export const PAPER_CAPABILITIES: VenueCapabilities = {
  idempotentOrders: true,
  lookUpByClientId: true,
  clientIdLength: 64,
  openOrders: MOST_OPEN_ORDERS,
  timeInForce: new Set(['ioc', 'fok', 'gtc', 'gtd']),
  postOnly: new Set(['reject', 'try', 'slide']),
  reduceOnly: true,
  triggers: true,
  oracleOffset: true,
  modify: 'native',
  cancelAll: true,
  settlePnl: true,
  transfers: false,
  isolatedMargin: false,
  borrowing: false,
  marketData: {
    bookDepth: 500,
    sequenced: true,
    trades: true,
    candles: new Set(RESOLUTIONS),
    statistics: true,
    funding: 'byMarket',
    streams: true,
  },
};

/** Where nobody makes market data of its trades. */
export const NO_MARKET_DATA: MarketDataCapabilities = {
  bookDepth: 0,
  sequenced: false,
  trades: false,
  candles: new Set(),
  statistics: false,
  funding: 'none',
  streams: false,
};
