import { base, usd } from '../../../shared/money/quantity.ts';
import type { Account, PerpPosition } from '../../domain/account.ts';
import { assetOf, type Holdings } from '../../domain/accountChange.ts';
import type { DriftState, DriftUser, PerpHolding, PerpMarketState } from './driftState.ts';
import { pendingFunding } from './pendingFunding.ts';
import { tokensOf } from './scaledBalance.ts';
import { balanceIn, spotMarketOf } from './spotPath.ts';
import { QUOTE_MARKET, SOL_MARKET } from './units.ts';

/** What the sub-account and its wallet hold, as the chain says it: to the last unit. */
export function holdingsOf(state: Pick<DriftState, 'user' | 'spot' | 'perps' | 'wallet'>): Holdings {
  const { user, spot, perps, wallet } = state;
  const tokens = (market: number): bigint =>
    tokensOf(balanceIn(user.spot, market), spotMarketOf(spot, market));
  const account: Account = {
    cash: usd(tokens(QUOTE_MARKET)),
    spot: base(tokens(SOL_MARKET)),
    perps: user.perps.flatMap((held) => positionOf(held, perps)),
  };
  return { account, wallet: base(wallet) };
}

/** A position whose funding is in its quote at once, as everywhere in this program. */
function positionOf(held: PerpHolding, markets: readonly PerpMarketState[]): readonly PerpPosition[] {
  const market = markets.find((one) => one.market === held.market);
  if (market === undefined || (held.size === 0n && held.quote === 0n)) return [];
  return [
    {
      market: market.symbol,
      asset: assetOf(market.symbol),
      size: base(held.size),
      quote: usd(held.quote + pendingFunding(held, market)),
      entryQuote: usd(held.quoteEntry),
      settledPnl: usd(held.settledPnl),
      fundingEarned: usd(0n),
    },
  ];
}

/** Something in a sub-account that this program neither trades nor understands. */
export interface ForeignHolding {
  readonly what: 'spot' | 'perp' | 'shares' | 'isolated';
  readonly market: number;
}

/** What else is in it: it may not be counted, and nothing may be traded beside it. */
export function foreignHoldings(
  { spot, perps }: DriftUser,
  known: Pick<DriftState, 'perps'>,
): readonly ForeignHolding[] {
  const isPerpKnown = (market: number): boolean => known.perps.some((one) => one.market === market);
  return [
    ...spot
      .filter(({ market, scaled }) => scaled !== 0n && market !== QUOTE_MARKET && market !== SOL_MARKET)
      .map(({ market }) => ({ what: 'spot' as const, market })),
    ...perps.flatMap(({ market, size, quote, lpShares, isIsolated, isolated }): readonly ForeignHolding[] => [
      ...(lpShares === 0n ? [] : [{ what: 'shares' as const, market }]),
      ...(!isIsolated && isolated === 0n ? [] : [{ what: 'isolated' as const, market }]),
      ...(isPerpKnown(market) || (size === 0n && quote === 0n) ? [] : [{ what: 'perp' as const, market }]),
    ]),
  ];
}
