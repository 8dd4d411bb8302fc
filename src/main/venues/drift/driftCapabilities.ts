import { RESOLUTIONS } from '../../market/data/candle.ts';
import type { VenueCapabilities } from '../capabilities.ts';

/** Orders that one sub-account may have open. Source: the program's `MAX_OPEN_ORDERS`. */
const MOST_OPEN_ORDERS = 32;

/** What the program of Drift offers, as far as it is traded here. */
export const DRIFT_CAPABILITIES: VenueCapabilities = {
  // The journal of transactions knows each order by our own id, and its transaction by its signature.
  idempotentOrders: true,
  lookUpByClientId: true,
  clientIdLength: 64,
  openOrders: MOST_OPEN_ORDERS,
  // Whole or not at all is a condition that only newer programs know: older ones fill in part, and say nothing of it.
  timeInForce: new Set(['ioc', 'gtc', 'gtd']),
  postOnly: new Set(['reject', 'try', 'slide']),
  reduceOnly: true,
  triggers: true,
  oracleOffset: true,
  modify: 'native',
  cancelAll: true,
  settlePnl: true,
  transfers: true,
  isolatedMargin: false,
  borrowing: false,
  marketData: {
    bookDepth: 100,
    // A book is of a slot, and slots in which nothing changes are not told apart from those that were missed.
    sequenced: false,
    trades: true,
    // Of the trades that were read, which are the newest: older candles are not made up.
    candles: new Set(RESOLUTIONS),
    statistics: true,
    funding: 'byMarket',
    streams: false,
  },
};
