import type { Direction, PerpPosition, User } from './accounts.ts';
import { greater, lesser, magnitude, quotient, saturating } from './integers.ts';
import { marginOf } from './margin.ts';
import type { Markets } from './markets.ts';
import { onStep } from './order.ts';
import { worstCaseBase } from './perpPosition.ts';
import { BASE_TO_QUOTE, MARGIN, OPEN_ORDER_MARGIN, PRICE } from './precision.ts';
import { perpMarginRatio } from './weights.ts';

const MOST_STEPS = 6;

/** Base that turns the worst case to the order's side without costing collateral. */
function baseToTurn(position: PerpPosition, direction: Direction): bigint {
  const worst = worstCaseBase(position);
  const { baseAssetAmount: held, openBids, openAsks } = position;
  if (worst < 0n && direction === 'Long') return magnitude(-worst - (held + openBids));
  if (worst > 0n && direction === 'Short') return magnitude(-worst - (held + openAsks));
  return 0n;
}

/** The largest order, base 1e9, that the collateral carries. Source: math/orders.rs, calculate_max_perp_order_size. */
export function mostPerpBase(
  user: User,
  position: PerpPosition,
  direction: Direction,
  markets: Markets,
): bigint {
  const market = markets.perp(position.marketIndex);
  const quote = markets.spot(market.quoteSpotMarketIndex);
  const { collateral, requirement } = marginOf(user, markets, { type: 'Initial', isStrict: true });
  const free = collateral - requirement;
  const turning = baseToTurn(position, direction);
  const step = market.amm.orderStepSize;
  if (free <= 0n)
    return onStep(lesser(turning, saturating(magnitude(position.baseAssetAmount * 2n), 1n)), step);
  const worst = magnitude(worstCaseBase(position));
  const oraclePrice = markets.price(market.amm.oracle).price;
  const quotePrice = greater(
    markets.price(quote.oracle).price,
    quote.historicalOracleData.lastOraclePriceTwap5min,
  );
  const ratioOf = (size: bigint): bigint =>
    greater(perpMarginRatio(size, market, 'Initial'), BigInt(user.maxMarginRatio));
  const first = ratioOf(worst);
  let ratio = first;
  let base = 0n;
  for (let count = 0; count < MOST_STEPS; count += 1) {
    const notional = quotient((free - OPEN_ORDER_MARGIN) * BASE_TO_QUOTE * MARGIN, ratio);
    base = quotient(quotient(notional * PRICE, oraclePrice) * PRICE, quotePrice);
    ratio = ratioOf(worst + base);
    if (ratio === first) break;
  }
  return onStep(base + turning, step);
}
