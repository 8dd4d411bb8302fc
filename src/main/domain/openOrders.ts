import { exact } from '../../shared/money/arithmetic.ts';
import { RATE_ONE, base, value, type Base, type Price, type Value } from '../../shared/money/quantity.ts';
import { larger, magnitude, smaller } from '../../shared/money/rounding.ts';
import { SPOT_ASSET, perpOf, type Account, type CollateralWeights, type OraclePrices } from './account.ts';
import { assetOf, isSpot } from './accountChange.ts';
import { quoteOf } from './fill.ts';
import { oracleOf, type MarginRatioOf } from './margin.ts';
import { signed, type Side } from './market.ts';

/** What an order that is at the venue may still do. */
export interface RestingOrder {
  readonly market: string;
  readonly side: Side;
  /** What is left of it, not what it was placed with. */
  readonly size: Base;
  readonly limitPrice: Price;
  readonly reduceOnly: boolean;
}

/** A perpetual position once its worse side has filled. */
export interface WorstPosition {
  readonly market: string;
  /** Signed; long where both sides weigh the same. */
  readonly size: Base;
  readonly notional: Value;
  /** Notional × margin ratio: Value × RATE_ONE, as in MarginTerms. */
  readonly requirement: bigint;
}

/** An account whose open orders fill as it suits it least. */
export interface WorstPositions {
  /** Of every perpetual market with a position or an order. */
  readonly positions: readonly WorstPosition[];
  /** USDC that purchases of SOL would leave owed, and SOL that would be sold without being there. */
  readonly borrowed: Value;
  /** What leverage counts: Σ notional + borrowed. Never less than without the orders. */
  readonly exposure: Value;
  /**
   * Value × RATE_ONE: how much less than now collateral − initial requirement may be once orders have filled. Zero
   * without orders.
   */
  readonly reserved: bigint;
}

/**
 * Worst case of open orders. Fills are at the orders' limits, before fees; reduce-only orders count for nothing.
 *
 * - Position: of a market at size p, all bids fill (p + Σ bids) or all asks do (p − Σ asks), whichever leaves the greater
 *   notional. What is held is valued at the oracle, what an order adds at its limit or the oracle, whichever is more; where
 *   orders first close a position of the other sign, what is left over is the dearest of them.
 * - Reserved in a market: that notional less the notional held, × margin ratio; and what every order gives away against
 *   the oracle (a bid over it, an ask under it).
 * - Reserved for SOL: what all orders take from weighted collateral, a purchase turning cash, or a borrow at its weight,
 *   into SOL at the initial weight, a sale the other way. What helps is not counted. SOL that is not there to be sold is
 *   reserved at its whole worth.
 *
 * No subset of the orders leads to more. Source: Drift's worst-case position, stricter where a limit is worse than the
 * oracle. Throws STALE_PRICE where an asset that is held or ordered has no oracle.
 */
export function worstCasePositions(
  account: Account,
  orders: readonly RestingOrder[],
  oracles: OraclePrices,
  initialRatioOf: MarginRatioOf,
  weights: CollateralWeights,
): WorstPositions {
  const counted = orders.filter(({ reduceOnly }) => !reduceOnly);
  const spotOrders = counted.filter(({ market }) => isSpot(market));
  const perpOrders = counted.filter(({ market }) => !isSpot(market));
  const markets = new Set([...account.perps, ...perpOrders].map(({ market }) => market));
  const positions: WorstPosition[] = [];
  let exposure = 0n;
  let reserved = reservedForSpot(account, spotOrders, oracles, weights);
  for (const market of markets) {
    const held = perpOf(account, market);
    const oracle = oracleOf(oracles, held?.asset ?? assetOf(market));
    const own = perpOrders.filter((order) => order.market === market);
    const worst = worstSide(held?.size ?? base(0n), own, oracle);
    const ratio = initialRatioOf(market);
    positions.push({ market, ...worst, requirement: worst.notional * ratio });
    exposure += worst.notional;
    reserved += (worst.notional - magnitude((held?.size ?? 0n) * oracle)) * ratio;
    for (const order of own) reserved += larger(0n, -gainOf(order, oracle)) * RATE_ONE;
  }
  const undeposited = shortfall(account, spotOrders, oracles);
  const borrowed = value(larger(0n, cashNeeded(spotOrders) - exact(account.cash)) + undeposited);
  return {
    positions,
    borrowed,
    exposure: value(exposure + borrowed),
    reserved: reserved + undeposited * RATE_ONE,
  };
}

function worstSide(
  held: Base,
  orders: readonly RestingOrder[],
  oracle: Price,
): { readonly size: Base; readonly notional: Value } {
  const [bids, asks] = [sideOf(orders, 'buy'), sideOf(orders, 'sell')];
  const long = held + totalOf(bids);
  const short = held - totalOf(asks);
  const longWorth = long > 0n ? dearest(bids, long, oracle) : -long * oracle;
  const shortWorth = short < 0n ? dearest(asks, -short, oracle) : short * oracle;
  return longWorth >= shortWorth
    ? { size: base(long), notional: value(longWorth) }
    : { size: base(short), notional: value(shortWorth) };
}

/** Worth of `size`: first of the orders with the highest limits; what they don't fill was held, and is at the oracle. */
function dearest(orders: readonly RestingOrder[], size: bigint, oracle: Price): bigint {
  let left = size;
  let worth = 0n;
  for (const order of orders.toSorted((a, b) => Number(b.limitPrice - a.limitPrice))) {
    const taken = smaller(left, order.size);
    worth += taken * larger(order.limitPrice, oracle);
    left -= taken;
  }
  return worth + left * oracle;
}

/**
 * The worth of cash bends where it turns into a borrow, and of the two slopes the one that takes more holds: at any
 * balance, what is taken is at most what one of them says.
 */
function reservedForSpot(
  { cash }: Account,
  orders: readonly RestingOrder[],
  oracles: OraclePrices,
  { spotAssetInitial, cashLiability }: CollateralWeights,
): bigint {
  if (orders.length === 0) return 0n;
  const solWeighs = oracleOf(oracles, SPOT_ASSET) * spotAssetInitial;
  const now = exact(cash) * (cash < 0n ? cashLiability : RATE_ONE);
  const takenAt = (cashWeighs: bigint): bigint => {
    let total = now - exact(cash) * cashWeighs;
    for (const order of orders) {
      const gain = signed(order.side, order.size) * solWeighs + cashFlow(order) * cashWeighs;
      total += larger(0n, -gain);
    }
    return total;
  };
  return larger(takenAt(RATE_ONE), takenAt(cashLiability));
}

/** Worth of the SOL that all sales together are short of. */
function shortfall({ spot }: Account, orders: readonly RestingOrder[], oracles: OraclePrices): bigint {
  const sales = sideOf(orders, 'sell');
  const missing = totalOf(sales) - larger(spot, 0n);
  return missing > 0n ? dearest(sales, missing, oracleOf(oracles, SPOT_ASSET)) : 0n;
}

function cashNeeded(orders: readonly RestingOrder[]): bigint {
  return -sideOf(orders, 'buy').reduce((total, order) => total + cashFlow(order), 0n);
}

/** What a fill at the limit adds to equity at the oracle. */
function gainOf(order: RestingOrder, oracle: Price): bigint {
  return signed(order.side, order.size) * oracle + cashFlow(order);
}

/** Quote that a fill at the limit moves, before fees, as a Value: negative for a bid. */
function cashFlow({ side, size, limitPrice }: RestingOrder): bigint {
  const quote = exact(quoteOf(side, size, limitPrice));
  return side === 'buy' ? -quote : quote;
}

const sideOf = (orders: readonly RestingOrder[], side: Side): readonly RestingOrder[] =>
  orders.filter((order) => order.side === side);

const totalOf = (orders: readonly RestingOrder[]): bigint =>
  orders.reduce((total, { size }) => total + size, 0n);
