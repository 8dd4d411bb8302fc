import type { Amm, PerpMarket, SpotMarket } from './marketAccounts.ts';
import { greater, lesser, magnitude, quotient, rootDown } from './integers.ts';
import { BASE, BASE_TO_QUOTE, MARGIN, PERCENT, PRICE } from './precision.ts';
import { deposits, precisionOf, tokenValue } from './spotBalance.ts';
import { refuse } from './refusal.ts';

/** What a position counts as collateral and what it requires, 1e4. Source: math/margin.rs. */

export type MarginType = 'Initial' | 'Fill' | 'Maintenance';

const sizeRoot = (size: bigint): bigint => rootDown(size * 10n + 1n, 2n);

/** More for a large size (base 1e9). Source: calculate_size_premium_liability_weight. */
function withPremium(size: bigint, factor: number, weight: bigint): bigint {
  if (factor === 0) return weight;
  const premium = (sizeRoot(size) * BigInt(factor)) / ((100_000n * PERCENT) / MARGIN);
  return greater(weight, weight - weight / 5n + premium);
}

/** Less for a large size (base 1e9). Source: calculate_size_discount_asset_weight. */
function withDiscount(size: bigint, factor: number, weight: bigint): bigint {
  if (factor === 0) return weight;
  const discounted =
    ((PERCENT + PERCENT / 10n) * MARGIN) / (PERCENT + (sizeRoot(size) * BigInt(factor)) / 100_000n);
  return lesser(weight, discounted);
}

function ofType(type: MarginType, initial: bigint, maintenance: bigint): bigint {
  if (type === 'Initial') return initial;
  return type === 'Maintenance' ? maintenance : (initial + maintenance) / 2n;
}

function sizeOf(tokens: bigint, market: SpotMarket): bigint {
  const precision = precisionOf(market);
  return precision > BASE ? tokens / (precision / BASE) : (tokens * BASE) / precision;
}

/** The initial weight, lessened where very much is deposited. */
function initialAssetWeight(market: SpotMarket, price: bigint): bigint {
  const weight = BigInt(market.initialAssetWeight);
  const start = market.scaleInitialAssetWeightStart;
  if (start === 0n) return weight;
  const value = tokenValue(deposits(market), market, price);
  return value < start ? weight : (weight * start) / value;
}

export function assetWeight(tokens: bigint, market: SpotMarket, price: bigint, type: MarginType): bigint {
  const weight = ofType(type, initialAssetWeight(market, price), BigInt(market.maintenanceAssetWeight));
  return withDiscount(sizeOf(tokens, market), market.imfFactor, weight);
}

export function liabilityWeight(tokens: bigint, market: SpotMarket, type: MarginType): bigint {
  const { initialLiabilityWeight: initial, maintenanceLiabilityWeight: maintenance } = market;
  const weight = ofType(type, BigInt(initial), BigInt(maintenance));
  return withPremium(sizeOf(tokens, market), market.imfFactor, weight);
}

/** As if it were a perp market's. */
export const spotMarginRatio = (market: SpotMarket): bigint => BigInt(market.initialLiabilityWeight) - MARGIN;

/** Of a position of `size`, base 1e9. */
export function perpMarginRatio(size: bigint, market: PerpMarket, type: MarginType): bigint {
  if (market.status === 'Settlement') return 0n;
  const ratio = ofType(type, BigInt(market.marginRatioInitial), BigInt(market.marginRatioMaintenance));
  return withPremium(size, market.imfFactor, ratio);
}

/** Quote 1e6 that all users together have won. Source: math/amm.rs, calculate_net_user_pnl. */
export function netUserPnl(amm: Amm, price: bigint): bigint {
  if (price <= 0n) refuse('InvalidOracle', `${price}`);
  const net = amm.baseAssetAmountWithAmm + amm.baseAssetAmountWithUnsettledLp;
  return (
    (net * price) / (PRICE * BASE_TO_QUOTE) +
    amm.quoteAssetAmount +
    amm.quoteAssetAmountWithUnsettledLp +
    amm.netUnsettledFundingPnl
  );
}

/** How much of a gain that isn't settled counts. Source: state/perp_market.rs, get_unrealized_asset_weight. */
export function gainWeight(gain: bigint, market: PerpMarket, type: MarginType): bigint {
  if (gain <= 0n) return MARGIN;
  if (type === 'Maintenance') return BigInt(market.unrealizedPnlMaintenanceAssetWeight);
  const weight = lessenedForImbalance(market, BigInt(market.unrealizedPnlInitialAssetWeight));
  return weight > 0n ? withDiscount(gain * BASE_TO_QUOTE, market.unrealizedPnlImfFactor, weight) : 0n;
}

function lessenedForImbalance({ amm, unrealizedPnlMaxImbalance: most }: PerpMarket, weight: bigint): bigint {
  if (weight === 0n || most === 0n) return weight;
  const net = netUserPnl(amm, amm.historicalOracleData.lastOraclePrice);
  return net > most ? quotient(weight * most, magnitude(net)) : weight;
}
