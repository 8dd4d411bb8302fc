import { RATE_ONE, base, rate, type Rate } from '../../../shared/money/quantity.ts';
import { divide, larger } from '../../../shared/money/rounding.ts';
import type { CollateralWeights } from '../../domain/account.ts';
import { assetOf } from '../../domain/accountChange.ts';
import type { Market } from '../../domain/market.ts';
import type { DriftState, FeeTier, PerpMarketState, SpotMarketState } from './driftState.ts';
import { WEIGHT_ONE, perpMarginRatio } from './marginWeights.ts';
import { spotMarketOf } from './spotPath.ts';
import { QUOTE_MARKET, SOL_MARKET, priceFrom } from './units.ts';

const HUNDRED = 100n;
const RATE_PER_WEIGHT = RATE_ONE / WEIGHT_ONE;

/** The markets that are traded, with the fees of the trader's tier and the margin of the positions that are open. */
export function marketsOf(state: DriftState): ReadonlyMap<string, Market> {
  const spot = spotMarket(spotMarketOf(state.spot, SOL_MARKET), state.feeTiers.spot);
  const perps = state.perps.map((market) => perpMarket(market, state));
  return new Map([spot, ...perps].map((market) => [market.symbol, market]));
}

function spotMarket(market: SpotMarketState, tier: FeeTier): Market {
  return {
    symbol: market.symbol,
    kind: 'spot',
    asset: market.symbol,
    tick: priceFrom(market.orderTick),
    lot: base(market.orderStep),
    minimum: base(larger(market.minimumOrder, market.orderStep)),
    initialMargin: rate(0n),
    maintenanceMargin: rate(0n),
    ...feesOf(tier, market.feeAdjustment),
  };
}

function perpMarket(market: PerpMarketState, { user, feeTiers }: DriftState): Market {
  const held = user.perps.find((one) => one.market === market.market);
  const ratio = (kind: 'initial' | 'maintenance'): Rate =>
    rate(perpMarginRatio(market, held?.size ?? 0n, kind) * RATE_PER_WEIGHT);
  return {
    symbol: market.symbol,
    kind: 'perp',
    asset: assetOf(market.symbol),
    tick: priceFrom(market.orderTick),
    lot: base(market.orderStep),
    minimum: base(larger(market.minimumOrder, market.orderStep)),
    initialMargin: ratio('initial'),
    maintenanceMargin: ratio('maintenance'),
    ...feesOf(feeTiers.perp, market.feeAdjustment),
  };
}

/** Of the trader's tier, as the market has it dearer or cheaper. A fee is rounded up, a rebate down. */
export function feesOf(tier: FeeTier, adjustment: bigint): Pick<Market, 'takerFee' | 'makerFee'> {
  const share = (HUNDRED + adjustment) * RATE_ONE;
  return {
    takerFee: rate(divide(tier.takerNumerator * share, tier.takerDenominator * HUNDRED, 'ceil')),
    makerFee: rate(-divide(tier.makerNumerator * share, tier.makerDenominator * HUNDRED, 'floor')),
  };
}

/** What deposits count for, without the discount of large ones. */
export function weightsOf({ spot }: DriftState): CollateralWeights {
  const sol = spotMarketOf(spot, SOL_MARKET);
  const dollars = spotMarketOf(spot, QUOTE_MARKET);
  return {
    spotAssetInitial: rate(sol.initialAssetWeight * RATE_PER_WEIGHT),
    spotAssetMaintenance: rate(sol.maintenanceAssetWeight * RATE_PER_WEIGHT),
    cashLiability: rate(dollars.maintenanceLiabilityWeight * RATE_PER_WEIGHT),
  };
}
