import { formatBase } from '../../../shared/money/decimal.ts';
import { base, usd } from '../../../shared/money/quantity.ts';
import type { Account, PerpPosition } from '../../domain/account.ts';
import { assetOf, type Holdings } from '../../domain/accountChange.ts';
import type { DriftState, PerpHolding, PerpMarketState } from './driftState.ts';
import { pendingFunding } from './pendingFunding.ts';
import { tokensOf } from './scaledBalance.ts';
import { balanceIn, spotMarketOf } from './spotPath.ts';
import { QUOTE_MARKET, SOL_MARKET } from './units.ts';
import type { ForeignHolding } from '../networkVenue.ts';

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

/**
 * What else is in it: it may not be counted, and nothing may be traded beside it. Of a token that was not looked at, the
 * amount is what was put in, without interest.
 */
export function foreignHoldings({
  user,
  perps: known,
}: Pick<DriftState, 'user' | 'perps'>): readonly ForeignHolding[] {
  const symbolOf = (index: number): string | undefined =>
    known.find(({ market }) => market === index)?.symbol;
  return [
    ...user.spot
      .filter(({ market, scaled }) => scaled !== 0n && market !== QUOTE_MARKET && market !== SOL_MARKET)
      .map(({ market, kind, scaled }): ForeignHolding => {
        const amount = formatBase(base(kind === 'deposit' ? scaled : -scaled));
        return { kind: 'asset', name: `token ${market}`, amount };
      }),
    ...user.perps.flatMap((held) => foreignIn(held, symbolOf(held.market))),
  ];
}

function foreignIn(
  { market, size, quote, lpShares, isIsolated, isolated }: PerpHolding,
  symbol: string | undefined,
): readonly ForeignHolding[] {
  const name = symbol ?? `perpetual ${market}`;
  const isUnknown = symbol === undefined && (size !== 0n || quote !== 0n);
  const amount = formatBase(base(size));
  return [
    ...(lpShares === 0n
      ? []
      : [{ kind: 'market' as const, name: `${name} (shares)`, amount: formatBase(base(lpShares)) }]),
    ...(!isIsolated && isolated === 0n
      ? []
      : [{ kind: 'market' as const, name: `${name} (isolated)`, amount }]),
    ...(isUnknown ? [{ kind: 'market' as const, name, amount }] : []),
  ];
}
