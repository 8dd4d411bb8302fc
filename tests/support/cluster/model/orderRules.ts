import type { Order } from './accounts.ts';
import type { PerpMarket, SpotMarket } from './marketAccounts.ts';
import { wouldFill } from './amm.ts';
import { hasAuction, hasOracleOffset, knownLimitPrice, unfilled } from './order.ts';
import { refuse } from './refusal.ts';

/** Which orders the program takes at all. Source: validation/order.rs. */

interface Sizes {
  readonly step: bigint;
  readonly least: bigint;
}

/** `oraclePrice` 1e6 and `slot` are for orders that follow the oracle. */
export function checkPerpOrder(order: Order, market: PerpMarket, oraclePrice: bigint, slot: bigint): void {
  const { amm } = market;
  checkKind(order, { step: amm.orderStepSize, least: amm.minOrderSize });
  if (order.orderType !== 'Limit') return;
  if (order.postOnly) {
    checkNoAuction(order);
    checkPostOnly(order, market, oraclePrice, slot);
  }
  checkLimitAuction(order);
}

export function checkSpotOrder(order: Order, market: SpotMarket): void {
  checkKind(order, { step: market.orderStepSize, least: market.minOrderSize });
  if (order.orderType !== 'Limit') return;
  if (order.postOnly) checkNoAuction(order);
  checkLimitAuction(order);
}

function checkKind(order: Order, sizes: Sizes): void {
  checkSize(order, sizes);
  const { orderType } = order;
  if (orderType === 'Market') checkMarket(order);
  else if (orderType === 'Oracle') checkOracle(order);
  else if (orderType === 'Limit') checkLimit(order);
  else checkTrigger(order);
}

function checkSize({ baseAssetAmount: base, reduceOnly }: Order, { step, least }: Sizes): void {
  if (base === 0n) refuse('InvalidOrderSizeTooSmall', '0');
  if (base % step !== 0n) refuse('InvalidOrderNotStepSizeMultiple', `${base} isn't a multiple of ${step}`);
  if (!reduceOnly && base < least) refuse('InvalidOrderMinOrderSize', `${base} < ${least}`);
}

const forbid = (isThere: boolean, error: string): void => {
  if (isThere) refuse(error, 'an order of this type');
};

function checkMarket(order: Order): void {
  forbid(order.auctionStartPrice <= 0n || order.auctionEndPrice <= 0n, 'InvalidOrderAuction');
  checkAuctionPrices(order);
  forbid(order.triggerPrice > 0n, 'InvalidOrderTrigger');
  forbid(order.postOnly, 'InvalidOrderPostOnly');
  forbid(hasOracleOffset(order), 'InvalidOrderOracleOffset');
  forbid(order.immediateOrCancel, 'InvalidOrderIOC');
}

function checkOracle(order: Order): void {
  const { direction, auctionStartPrice: start, auctionEndPrice: end } = order;
  const isLong = direction === 'Long';
  const offset = BigInt(order.oraclePriceOffset);
  forbid(isLong ? start > end : start < end, 'InvalidOrderAuction');
  forbid(hasOracleOffset(order) && (isLong ? end > offset : end < offset), 'InvalidOrderAuction');
  forbid(order.triggerPrice > 0n, 'InvalidOrderTrigger');
  forbid(order.postOnly, 'InvalidOrderPostOnly');
  forbid(order.price > 0n, 'InvalidOrderLimitPrice');
  forbid(order.immediateOrCancel, 'InvalidOrderIOC');
}

function checkLimit(order: Order): void {
  const { price, triggerPrice, marketType } = order;
  forbid(price === 0n && !hasOracleOffset(order), 'InvalidOrderLimitPrice');
  forbid(
    price !== 0n && hasOracleOffset(order),
    marketType === 'Perp' ? 'InvalidOrderLimitPrice' : 'InvalidOrderOracleOffset',
  );
  forbid(triggerPrice > 0n, 'InvalidOrderTrigger');
}

function checkTrigger(order: Order): void {
  const { orderType, triggerCondition, price, triggerPrice, postOnly } = order;
  forbid(triggerCondition !== 'Above' && triggerCondition !== 'Below', 'InvalidTriggerOrderCondition');
  forbid(orderType === 'TriggerLimit' ? price === 0n : price > 0n, 'InvalidOrderLimitPrice');
  forbid(triggerPrice === 0n, 'InvalidOrderTrigger');
  forbid(postOnly, 'InvalidOrderPostOnly');
  forbid(hasOracleOffset(order), 'InvalidOrderOracleOffset');
}

function checkNoAuction(order: Order): void {
  forbid(hasAuction(order), 'InvalidOrder');
}

/** Refused where the market's own maker would fill it and the oracle isn't on the far side of the price. */
function checkPostOnly(order: Order, market: PerpMarket, oraclePrice: bigint, slot: bigint): void {
  if (order.immediateOrCancel) return;
  const price = knownLimitPrice(order, slot, market.amm.orderTickSize, oraclePrice);
  if (!wouldFill(market, unfilled(order), price, order.direction)) return;
  const isBeyondOracle = order.direction === 'Long' ? oraclePrice > price : oraclePrice < price;
  if (!isBeyondOracle) refuse('PlacePostOnlyLimitFailure', `${price}`);
}

function checkLimitAuction(order: Order): void {
  if (hasAuction(order)) {
    forbid(hasOracleOffset(order), 'InvalidOrder');
    checkAuctionPrices(order);
  } else forbid(order.auctionStartPrice !== 0n || order.auctionEndPrice !== 0n, 'InvalidOrder');
}

function checkAuctionPrices({
  direction,
  price,
  auctionStartPrice: start,
  auctionEndPrice: end,
}: Order): void {
  const isLong = direction === 'Long';
  forbid(start === 0n || end === 0n, 'InvalidOrderAuction');
  forbid(isLong ? start > end : start < end, 'InvalidOrderAuction');
  forbid(price !== 0n && (isLong ? price < end : price > end), 'InvalidOrderAuction');
}

/** What a market that is being wound down takes: orders against a position. `held` in base units. */
export function checkForceReduceOnly({ reduceOnly, direction }: Order, held: bigint): void {
  const isAgainst = direction === 'Long' ? held < 0n : held > 0n;
  if (!reduceOnly || !isAgainst)
    refuse('InvalidOrderNotRiskReducing', 'the market only lets positions be reduced');
}
