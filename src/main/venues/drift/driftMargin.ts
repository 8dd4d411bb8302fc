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
/** Profit of one position counts towards new positions up to 100 dollars. */
const MOST_PROFIT = 100_000_000n;
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
 * Source: the program's `calculate_margin_requirement_and_total_collateral_and_liability_info`. The SDK's own figure is
 * an approximation where the two differ.
 */
export function marginOf(state: DriftState, kind: MarginKind): DriftMargin {
  const parts = [
    // A token that was not looked at is foreign, which stops all trading: until it is gone it counts for nothing.
    ...state.user.spot.flatMap((held) => {
      const market = state.spot.find((one) => one.market === held.market);
      return market === undefined ? [] : [spotPart(held, market, state, kind)];
    }),
    ...state.user.perps.flatMap((held) => {
      const market = state.perps.find((one) => one.market === held.market);
      return market === undefined || held.isIsolated ? [] : [perpPart(held, market, state, kind)];
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
  // Dollars are worth themselves: no weight is ever put on them.
  if (held.market === QUOTE_MARKET) return splitOf(strictWorth(tokens, market, prices), 0n);
  const { orders, ...filled } = atWorst(held, tokens, market, prices, kind);
  const own = kind === 'initial' ? BigInt(user.marginRatio) : 0n;
  const part = splitOf(weigh(filled, market, prices, kind, own), orders);
  return { ...part, requirement: part.requirement + BigInt(held.openOrders) * ORDER_MARGIN };
}

/** What is worth something stands on one side, what is owed on the other. */
const splitOf = (...amounts: readonly bigint[]): DriftMargin => ({
  requirement: amounts.reduce((sum, amount) => sum + larger(-amount, 0n), 0n),
  collateral: amounts.reduce((sum, amount) => sum + larger(amount, 0n), 0n),
});

/** Tokens of a market and the dollars that they count as. */
interface Worth {
  readonly tokens: bigint;
  readonly worth: bigint;
}

/** Dollars at their weight: under one where they are an asset, over one where they are owed. */
function weigh(
  { tokens, worth }: Worth,
  market: SpotMarketState,
  { now }: Prices,
  kind: MarginKind,
  own = 0n,
): bigint {
  if (worth === 0n) return 0n;
  if (worth > 0n) {
    const weight = assetWeight(market, tokens, kind, now);
    return (worth * (own === 0n ? weight : smaller(weight, larger(WEIGHT_ONE - own, 0n)))) / WEIGHT_ONE;
  }
  const weight = liabilityWeight(market, tokens, kind);
  return (worth * (own === 0n ? weight : larger(weight, WEIGHT_ONE + own))) / WEIGHT_ONE;
}

/**
 * Whichever of its bids or asks would leave the account poorer, as if all of them had filled. A ratio of the user's own
 * has no say in which.
 */
function atWorst(
  { openBids, openAsks }: SpotHolding,
  tokens: bigint,
  market: SpotMarketState,
  prices: Prices,
  kind: MarginKind,
): Worth & { readonly orders: bigint } {
  const worth = strictWorth(tokens, market, prices);
  if (openBids === 0n && openAsks === 0n) return { tokens, worth, orders: 0n };
  const filled = (open: bigint) => {
    const orders = worthOf(-open, market, prices.most);
    const after = { tokens: tokens + open, worth: worth - orders };
    return { ...after, orders, left: weigh(after, market, prices, kind) + orders };
  };
  const [bids, asks] = [filled(openBids), filled(openAsks)];
  return asks.left <= bids.left ? asks : bids;
}

/** One position: its requirement, and its profit or loss at its weight. */
export function perpPart(
  held: PerpHolding,
  market: PerpMarketState,
  { user, spot }: DriftState,
  kind: MarginKind,
): DriftMargin {
  const quote = pricesOf(spotMarketOf(spot, QUOTE_MARKET), kind);
  const own = kind === 'initial' ? BigInt(Math.max(user.marginRatio, held.marginRatio)) : 0n;
  const worst = worstSize(held, market);
  const ratio = market.status === 'settlement' ? 0n : perpMarginRatio(market, worst, kind, own);
  const notional = (magnitude(worst) * market.oracle.price) / SIZE_ONE;
  const requirement = (((notional * quote.most) / PRICE_PRECISION) * ratio) / WEIGHT_ONE;
  const pnl = unrealised(held, market);
  const weightedPnl = pnl > 0n ? (pnl * profitWeight(market, kind, pnl)) / WEIGHT_ONE : pnl;
  const worth = (weightedPnl * (pnl > 0n ? quote.least : quote.most)) / PRICE_PRECISION;
  return {
    requirement: requirement + BigInt(held.openOrders) * ORDER_MARGIN,
    collateral: kind === 'initial' ? smaller(worth, MOST_PROFIT) : worth,
  };
}

/** Signed, with all bids or all asks filled, whichever is the greater position. */
function worstSize({ size, openBids, openAsks }: PerpHolding, market: PerpMarketState): bigint {
  const [long, short] = [size + openBids, size + openAsks];
  const valueOf = (of: bigint): bigint => (magnitude(of) * market.oracle.price) / SIZE_ONE;
  return valueOf(short) >= valueOf(long) ? short : long;
}

/** Profit or loss with all funding, 1e6: at the oracle, or at the last price of a market that is being wound up. */
export function unrealised(held: PerpHolding, market: PerpMarketState): bigint {
  if (held.size === 0n) return held.quote;
  const at = market.status === 'settlement' ? market.expiryPrice : market.oracle.price;
  const worth = (magnitude(held.size) * at) / SIZE_ONE;
  return (held.size < 0n ? -worth : worth) + held.quote + pendingFunding(held, market);
}

/** Dollars (1e6) that an amount of the quote asset counts for. */
export function quoteWorth(tokens: bigint, { spot }: DriftState, kind: MarginKind): bigint {
  const market = spotMarketOf(spot, QUOTE_MARKET);
  return strictWorth(tokens, market, pricesOf(market, kind));
}

/** Cut towards minus infinity: what is owed is rounded up. */
const worthOf = (tokens: bigint, { decimals }: SpotMarketState, at: bigint): bigint =>
  divide(tokens * at, 10n ** BigInt(decimals), 'floor');

const strictWorth = (tokens: bigint, market: SpotMarketState, { least, most }: Prices): bigint =>
  worthOf(tokens, market, tokens > 0n ? least : most);
