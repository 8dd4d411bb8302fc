import { AppError } from '../../../shared/contract/appError.ts';
import { formatBase, formatPrice, formatRate } from '../../../shared/money/decimal.ts';
import { RESOLUTION_MS } from '../../market/data/candle.ts';
import type { VenueAccess } from '../../market/access/venueAccess.ts';
import type { ManualLane } from '../../simulation/manual/manualLane.ts';
import type { PaperDesk } from '../../simulation/paperDesk.ts';
import { bookViewOf } from '../bookViewOf.ts';
import type { Handlers } from '../handlers.ts';
import { candleViewOf, marketStatsOf, tradeViewOf } from '../marketViews.ts';

const MOST_RATES = 2_000;
const TRADES = 100;
const CANDLES = 500;
/** The book is kept whole: whoever asks for less of it gets a part. */
const BOOK_DEPTH = 500;

export interface MarketHandlerParts {
  readonly desk: PaperDesk;
  /** Whether real money is shown: then what the paper market says would be taken for it. */
  readonly isLive: () => boolean;
  readonly access: VenueAccess;
}

type Names =
  'GET_MARKETS' | 'GET_ORDERBOOK' | 'GET_TRADES' | 'GET_CANDLES' | 'GET_MARKET_STATS' | 'GET_FUNDING_HISTORY';

/** Market data for screens: kept for as long as its kind allows, and asked for once however many ask. */
export function marketHandlers({ desk, isLive, access }: MarketHandlerParts): Pick<Handlers, Names> {
  const refuseLive = (): void => {
    if (isLive())
      throw new AppError(
        'NOT_SUPPORTED',
        'Market data is of the paper market, which is not shown while live.',
      );
  };
  const look = <T>(work: (lane: ManualLane) => T | Promise<T>): Promise<T> =>
    desk.between(({ manual }) => {
      if (manual === undefined) throw new AppError('NOT_SUPPORTED', 'There is no market data here.');
      return work(manual.lane);
    });
  /** A market that isn't there is no question for the venue. Throws UNKNOWN_MARKET. */
  const check = (market: string): void => {
    refuseLive();
    desk.open?.manual?.lane.data.record(market);
  };
  const marketNow = (): number => desk.open?.manual?.lane.now ?? 0;
  return {
    GET_MARKETS: () => {
      refuseLive();
      return access.read('marketData', 'marketInfo', '', () =>
        look(({ venue }) => ({
          markets: [...venue.markets.values()].map((market) => ({
            market: market.symbol,
            kind: market.kind,
            asset: market.asset,
            tick: formatPrice(market.tick),
            lot: formatBase(market.lot),
            minimum: formatBase(market.minimum),
            initialMargin: formatRate(market.initialMargin),
            maintenanceMargin: formatRate(market.maintenanceMargin),
            takerFee: formatRate(market.takerFee),
            makerFee: formatRate(market.makerFee),
          })),
        })),
      );
    },
    async GET_ORDERBOOK({ market, depth }) {
      check(market);
      const book = await access.read('marketData', 'book', market, () =>
        look(async ({ data, venue }) => {
          const { mark, oracle } = venue.quote(market);
          return { view: await data.book(market, BOOK_DEPTH), mark, oracle };
        }),
      );
      const { view } = book;
      return bookViewOf({
        ...book,
        view: { ...view, bids: view.bids.slice(0, depth), asks: view.asks.slice(0, depth) },
      });
    },
    async GET_TRADES({ market, limit = TRADES }) {
      check(market);
      const trades = await access.read('marketData', 'trades', `${market} ${limit}`, () =>
        look(({ data }) => data.trades(market, limit)),
      );
      return { trades: trades.map(tradeViewOf) };
    },
    async GET_CANDLES({ market, resolution, from, to, limit = CANDLES }) {
      check(market);
      // Aligned, so that pages of the same candles are the same question.
      const length = RESOLUTION_MS[resolution];
      // Never further than the open candle: with each new one it is another question.
      const last = Math.ceil((marketNow() + 1) / length) * length;
      const span = {
        from: Math.ceil(from / length) * length,
        to: Math.min(Math.ceil(to / length) * length, last),
      };
      const key = `${market} ${resolution} ${span.from} ${span.to} ${limit}`;
      const candles = await access.read('marketData', 'candles', key, () =>
        look(({ data }) => data.candles(market, resolution, span, limit + 1)),
      );
      return { candles: candles.slice(-limit).map(candleViewOf), more: candles.length > limit };
    },
    GET_MARKET_STATS: ({ market }) => {
      check(market);
      return access.read('marketData', 'marketStatistics', market, () =>
        look(async ({ data, venue, fundingApr }) => {
          const figures = await data.dayFigures(market);
          return marketStatsOf(market, figures, venue.quote(market), fundingApr(market) ?? null);
        }),
      );
    },
    GET_FUNDING_HISTORY: ({ market, from = 0, to = Number.MAX_SAFE_INTEGER, limit = MOST_RATES }) => {
      refuseLive();
      return desk.between(({ run, storage, manual }) => {
        if (run.parts.main.venue.markets.get(market)?.kind !== 'perp')
          throw new AppError('UNKNOWN_MARKET', `There is no perpetual market ${market} on paper.`, {
            market,
          });
        // The engine's market is known from the beginning; the others since somebody may trade them.
        const seen = storage.latestFunding(market, from, to, limit);
        const rates =
          seen.length > 0 || manual === undefined
            ? seen
            : manual.storage.latestFunding(market, from, to, limit);
        return {
          rates: rates.map(({ t, rate, periodMs }) => ({ t, rate: formatRate(rate), periodMs })),
        };
      });
    },
  };
}
