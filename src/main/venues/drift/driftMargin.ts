import { divide, larger, magnitude, smaller } from '../../../shared/money/rounding.ts';
import type { MarginTerms } from '../../domain/margin.ts';
import type { DriftState, PerpHolding, PerpMarketState, SpotHolding, SpotMarketState } from './driftState.ts';
import {
  WEIGHT_ONE,
  assetWeight,
  liabilityWeight,
  perpMarginRatio,
  profitWeight,
  type MarginKind,
} from './marginWeights.ts';
import { pendingFunding } from './pendingFunding.ts';
import { tokensOf } from './scaledBalance.ts';
import { spotMarketOf } from './spotPath.ts';
import { PRICE_PRECISION, QUOTE_MARKET } from './units.ts';

/** What every open order needs for itself: a cent. */
const ORDER_MARGIN = 10_000n;
const SIZE_ONE = 1_000_000_000n;
/** Dollars (1e6) in the unit of margin terms (1e-30). */
const TERMS_PER_DOLLAR = 10n ** 24n;

/** Both sides in dollars, 1e6, as the program has them. */
export interface DriftMargin {
  readonly requirement: bigint;
  readonly collateral: bigint;
}

/**
 * What stands against what in a sub-account under cross margin, in the program's own steps and roundings: deposits at
 * their weights and what positions are owed, against borrows and positions at their margin, open orders at their worst.
 * The initial margin takes the worse of an oracle and its five-minute average.
 * Source: the program's `calculate_margin_requirement_and_total_collateral`.
 */
export function marginOf(state: DriftState, kind: MarginKind): DriftMargin {
  const parts = [
    ...state.user.spot.map((held) => spotPart(held, spotMarketOf(state.spot, held.market), state, kind)),
    ...state.user.perps.flatMap((held) => {
      const market = state.perps.find((one) => one.market === held.market);
      return market === undefined || held.isolated !== 0n ? [] : [perpPart(held, market, state, kind)];
    }),
  ];
  return {
    requirement: parts.reduce((sum, { requirement }) => sum + requirement, 0n),
    collateral: parts.reduce((sum, { collateral }) => sum + collateral, 0n),
  };
}

/** The same in the program's own unit, whose health is that of the venue. */
export function termsOf({ requirement, collateral }: DriftMargin): MarginTerms {
  return { requirement: requirement * TERMS_PER_DOLLAR, collateral: collateral * TERMS_PER_DOLLAR };
}

interface Prices {
  readonly now: bigint;
  readonly least: bigint;
  readonly most: bigint;
}

function pricesOf({ oracle, oracleTwap5m }: SpotMarketState, kind: MarginKind): Prices {
  const { price: now } = oracle;
  return kind === 'maintenance'
    ? { now, least: now, most: now }
    : { now, least: smaller(now, oracleTwap5m), most: larger(now, oracleTwap5m) };
}

function spotPart(
  held: SpotHolding,
  market: SpotMarketState,
  { user }: DriftState,
  kind: MarginKind,
): DriftMargin {
  const prices = pricesOf(market, kind);
  const tokens = tokensOf(held, market);
  const own = BigInt(user.marginRatio);
  if (held.market === QUOTE_MARKET) return weighted(tokens, market, prices, kind, own);
  const worst = atWorst(held, tokens, market, prices, kind, own);
  const part = weighted(worst.tokens, market, prices, kind, own);
  const orders = BigInt(held.openOrders) * ORDER_MARGIN;
  return {
    requirement: part.requirement + orders + larger(-worst.orders, 0n),
    collateral: part.collateral + larger(worst.orders, 0n),
  };
}

/** Tokens at their weight: collateral where they are held, a requirement where they are owed. */
function weighted(
  tokens: bigint,
  market: SpotMarketState,
  prices: Prices,
  kind: MarginKind,
  own: bigint,
): DriftMargin {
  const worth = worthOf(tokens, market, tokens < 0n ? prices.most : prices.least);
  const value = magnitude(weigh(tokens, worth, market, prices, kind, own));
  return tokens < 0n ? { requirement: value, collateral: 0n } : { requirement: 0n, collateral: value };
}

function weigh(
  tokens: bigint,
  worth: bigint,
  market: SpotMarketState,
  { now }: Prices,
  kind: MarginKind,
  own: bigint,
): bigint {
  const isOwn = kind === 'initial' && own > 0n && market.market !== QUOTE_MARKET;
  if (worth >= 0n) {
    const weight = assetWeight(market, tokens, kind, now);
    const most = isOwn ? larger(0n, WEIGHT_ONE - own) : weight;
    return (worth * smaller(weight, most)) / WEIGHT_ONE;
  }
  const weight = liabilityWeight(market, magnitude(tokens), kind);
  return (worth * (isOwn ? larger(weight, WEIGHT_ONE + own) : weight)) / WEIGHT_ONE;
}

/** Whichever of its bids or asks would leave the account poorer, as if all of them had filled. */
function atWorst(
  { openBids, openAsks }: SpotHolding,
  tokens: bigint,
  market: SpotMarketState,
  prices: Prices,
  kind: MarginKind,
  own: bigint,
): { readonly tokens: bigint; readonly orders: bigint } {
  if (openBids === 0n && openAsks === 0n) return { tokens, orders: 0n };
  const worth = worthOf(tokens, market, tokens < 0n ? prices.most : prices.least);
  const [bids, asks] = [openBids, openAsks].map((open) => {
    const orders = worthOf(-open, market, prices.most);
    const after = tokens + open;
    return { tokens: after, orders, left: weigh(after, worth - orders, market, prices, kind, own) + orders };
  });
  if (bids === undefined || asks === undefined) return { tokens, orders: 0n };
  return asks.left < bids.left ? asks : bids;
}

function perpPart(
  held: PerpHolding,
  market: PerpMarketState,
  { user, spot }: DriftState,
  kind: MarginKind,
): DriftMargin {
  const quote = pricesOf(spotMarketOf(spot, QUOTE_MARKET), kind);
  const own =
    kind === 'initial' ? BigInt(Math.max(user.marginRatio, held.marginRatio)) : BigInt(held.marginRatio);
  const worst = worstSize(held, market);
  const ratio = market.status === 'settlement' ? 0n : perpMarginRatio(market, worst, kind, own);
  const notional = (magnitude(worst) * market.oracle.price) / SIZE_ONE;
  const requirement = (((notional * quote.most) / PRICE_PRECISION) * ratio) / WEIGHT_ONE;
  const pnl = unrealised(held, market);
  const worth = divide(pnl * (pnl > 0n ? quote.least : quote.most), PRICE_PRECISION, 'truncate');
  return {
    requirement: requirement + BigInt(held.openOrders) * ORDER_MARGIN,
    collateral: worth > 0n ? (worth * profitWeight(market, kind)) / WEIGHT_ONE : worth,
  };
}

/** Signed, with all bids or all asks filled, whichever is the greater position. */
function worstSize({ size, openBids, openAsks }: PerpHolding, market: PerpMarketState): bigint {
  const [long, short] = [size + openBids, size + openAsks];
  const valueOf = (of: bigint): bigint => (magnitude(of) * market.oracle.price) / SIZE_ONE;
  return valueOf(short) >= valueOf(long) ? short : long;
}

/** Profit or loss at the oracle with all funding, 1e6. */
export function unrealised(held: PerpHolding, market: PerpMarketState): bigint {
  if (held.size === 0n) return held.quote;
  const worth = (magnitude(held.size) * market.oracle.price) / SIZE_ONE;
  return (held.size < 0n ? -worth : worth) + held.quote + pendingFunding(held, market);
}

const worthOf = (tokens: bigint, { decimals }: SpotMarketState, at: bigint): bigint =>
  divide(tokens * at, 10n ** BigInt(decimals), 'truncate');
