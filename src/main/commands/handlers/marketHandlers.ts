import { AppError } from '../../../shared/contract/appError.ts';
import { formatBase, formatPrice, formatRate } from '../../../shared/money/decimal.ts';
import type { PaperDesk } from '../../simulation/paperDesk.ts';
import type { Handlers } from '../handlers.ts';

const MOST_RATES = 2_000;

export function marketHandlers(desk: PaperDesk): Pick<Handlers, 'GET_MARKETS' | 'GET_FUNDING_HISTORY'> {
  return {
    GET_MARKETS: () =>
      desk.between(({ run }) => ({
        markets: [...run.parts.main.venue.markets.values()].map((market) => ({
          market: market.symbol,
          kind: market.kind,
          asset: market.asset,
          tick: formatPrice(market.tick),
          lot: formatBase(market.lot),
          minimum: formatBase(market.minimum),
          initialMargin: formatRate(market.initialMargin),
          maintenanceMargin: formatRate(market.maintenanceMargin),
        })),
      })),
    GET_FUNDING_HISTORY: ({ market, from = 0, to = Number.MAX_SAFE_INTEGER, limit = MOST_RATES }) =>
      desk.between(({ run, storage }) => {
        if (run.parts.main.venue.markets.get(market)?.kind !== 'perp')
          throw new AppError('UNKNOWN_MARKET', `There is no perpetual market ${market} on paper.`, {
            market,
          });
        const seen = storage.latestFunding(market, from, to, limit);
        return {
          rates: seen.map(({ t, rate, periodMs }) => ({ t, rate: formatRate(rate), periodMs })),
        };
      }),
  };
}
