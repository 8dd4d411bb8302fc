import { base, usd, type Base, type Usd } from '../../../shared/money/quantity.ts';
import type { MarginTerms } from '../../domain/margin.ts';
import { perpPart, quoteWorth, termsOf, unrealised, type DriftMargin } from './driftMargin.ts';
import type { DriftState, PerpHolding } from './driftState.ts';
import type { MarginKind } from './marginWeights.ts';
import { tokensOf } from './scaledBalance.ts';
import { spotMarketOf } from './spotPath.ts';
import { QUOTE_MARKET } from './units.ts';

/** A position with collateral of its own: what befalls it takes nothing from the sub-account, and is shown apart. */
export interface IsolatedPosition {
  readonly market: string;
  /** Signed. */
  readonly size: Base;
  /** USDC that was put up for it. */
  readonly collateral: Usd;
  /** Profit or loss at the oracle, with all funding. */
  readonly unrealised: Usd;
  /** What stands against what by the maintenance margin, of this position alone. */
  readonly maintenance: MarginTerms;
}

/** Those of a sub-account. Older programs have none. */
export function isolatedPositions(state: DriftState): readonly IsolatedPosition[] {
  return state.user.perps.flatMap((held) => {
    const market = state.perps.find((one) => one.market === held.market);
    const margin = isolatedMarginOf(held, state, 'maintenance');
    if (market === undefined || margin === undefined) return [];
    return [
      {
        market: market.symbol,
        size: base(held.size),
        collateral: usd(collateralOf(held, state)),
        unrealised: usd(unrealised(held, market)),
        maintenance: termsOf(margin),
      },
    ];
  });
}

/**
 * Both sides of one isolated position; undefined for one under cross margin, or in a market that was not read.
 * Source: the program's `add_isolated_margin_calculation`.
 */
export function isolatedMarginOf(
  held: PerpHolding,
  state: DriftState,
  kind: MarginKind,
): DriftMargin | undefined {
  const market = state.perps.find((one) => one.market === held.market);
  if (market === undefined || !held.isIsolated) return undefined;
  const { requirement, collateral } = perpPart(held, market, state, kind);
  return { requirement, collateral: collateral + quoteWorth(collateralOf(held, state), state, kind) };
}

const collateralOf = ({ isolated }: PerpHolding, { spot }: DriftState): bigint =>
  tokensOf({ kind: 'deposit', scaled: isolated }, spotMarketOf(spot, QUOTE_MARKET));
