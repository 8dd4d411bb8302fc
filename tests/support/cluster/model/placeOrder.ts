import type { Direction, Order, State } from './accounts.ts';
import type { PerpMarket } from './marketAccounts.ts';
import { askPrice, bidPrice } from './amm.ts';
import { auctionOf, type Auction } from './auction.ts';
import { cancelOrder } from './cancelOrder.ts';
import { emitOrder, emitOrderAction, sideOf } from './events.ts';
import { magnitude } from './integers.ts';
import { checkOrderMargin, checkSpotMarginTrading, isStillLiquidated } from './margin.ts';
import type { Markets } from './markets.ts';
import { addOpen } from './openOrders.ts';
import { hasAuction, increasesRisk, isExpired, onStep, onTick } from './order.ts';
import { isImmediateOrCancel, type OrderParams } from './orderParams.ts';
import { checkForceReduceOnly, checkPerpOrder, checkSpotOrder } from './orderRules.ts';
import { mostPerpBase } from './orderSize.ts';
import { directionOf } from './perpPosition.ts';
import { QUOTE_MARKET, U64_MAX } from './precision.ts';
import { notModelled, refuse } from './refusal.ts';
import type { Held, Run } from './run.ts';
import { signedTokens } from './spotBalance.ts';
import {
  checkNotBankrupt,
  countOrder,
  isReduceOnly,
  madePerpPosition,
  madeSpotPosition,
  nextOrderId,
  wasActive,
} from './user.ts';

/** What an order is placed with. */
export interface Placing {
  readonly run: Run;
  readonly state: State;
  readonly markets: Markets;
  readonly user: Held<'User'>;
}

/** Of several orders, expiry is looked at with the first and margin with the last, by the last one's own risk. */
export interface Place {
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

export const ALONE: Place = { isFirst: true, isLast: true };
const SHORTEST_MARKET_ORDER = 30n;

function checkMayPlace(
  { run, state, markets, user }: Placing,
  params: OrderParams,
  { isFirst }: Place,
): void {
  if (isStillLiquidated(user.value, markets, state.liquidationMarginBufferRatio))
    refuse('UserIsBeingLiquidated', user.address);
  checkNotBankrupt(user.value);
  if (isFirst)
    for (const order of user.value.orders)
      if (isExpired(order, run.now))
        cancelOrder({ run, markets, user }, order, { explanation: 'OrderExpired' });
  if (isReduceOnly(user.value) && !params.reduceOnly) refuse('UserReduceOnly', 'the order must only reduce');
}

/** An order's place that is free. */
function freeOrder({ user }: Placing, { userOrderId }: OrderParams): Order {
  const { orders } = user.value;
  const free = orders.find(({ status }) => status === 'Init');
  if (free === undefined) return refuse('MaxNumberOfOrders', 'all places are taken');
  if (userOrderId > 0 && orders.some((order) => order.userOrderId === userOrderId))
    refuse('UserOrderIdAlreadyInUse', `${userOrderId}`);
  return free;
}

function endOf(params: OrderParams, now: bigint, shortest: bigint): bigint {
  if (params.maxTs !== null) return params.maxTs;
  return params.orderType === 'Market' || params.orderType === 'Oracle' ? now + shortest : 0n;
}

interface Terms {
  readonly params: OrderParams;
  readonly base: bigint;
  readonly price: bigint;
  readonly tick: bigint;
  readonly auction: Auction;
  readonly maxTs: bigint;
  /** Base units held before. */
  readonly held: bigint;
  readonly isReduceOnly: boolean;
}

function newOrder({ run, user }: Placing, free: Order, terms: Terms): Order {
  const { params, auction } = terms;
  return {
    ...free,
    status: 'Open',
    orderType: params.orderType,
    marketType: params.marketType,
    slot: run.slot,
    orderId: nextOrderId(user.value),
    userOrderId: params.userOrderId,
    marketIndex: params.marketIndex,
    price: terms.price,
    existingPositionDirection: directionOf(terms.held),
    baseAssetAmount: terms.base,
    baseAssetAmountFilled: 0n,
    quoteAssetAmountFilled: 0n,
    direction: params.direction,
    reduceOnly: params.reduceOnly || terms.isReduceOnly,
    triggerPrice: onTick(params.triggerPrice ?? 0n, terms.tick, params.direction),
    triggerCondition: params.triggerCondition,
    postOnly: params.postOnly !== 'None',
    oraclePriceOffset: params.oraclePriceOffset ?? 0,
    immediateOrCancel: isImmediateOrCancel(params),
    auctionStartPrice: auction.start,
    auctionEndPrice: auction.end,
    auctionDuration: Number(auction.duration),
    maxTs: terms.maxTs,
  };
}

function emitPlaced({ run, user }: Placing, order: Order, oraclePrice: bigint): void {
  const { marketIndex, marketType } = order;
  emitOrderAction(run, {
    action: 'Place',
    marketIndex,
    marketType,
    oraclePrice,
    ...sideOf(user.address, order),
  });
  emitOrder(run, user.address, order);
  wasActive(user.value, run.slot);
}

/** A price that slides out of reach of the market's own maker. Source: math/orders.rs, get_price_for_perp_order. */
function perpPrice({ price, direction, postOnly }: OrderParams, { amm }: PerpMarket): bigint {
  const limit = onTick(price, amm.orderTickSize, direction);
  if (postOnly !== 'Slide') return limit;
  const [bid, ask] = [bidPrice(amm), askPrice(amm)];
  if (direction === 'Long') return limit >= ask ? ask - amm.orderTickSize : limit;
  return limit <= bid ? bid + amm.orderTickSize : limit;
}

function checkMaxOpenInterest({ amm }: PerpMarket, direction: Direction, base: bigint): void {
  const side = direction === 'Long' ? amm.baseAssetAmountLong + base : amm.baseAssetAmountShort - base;
  if (amm.maxOpenInterest !== 0n && magnitude(side) > amm.maxOpenInterest)
    refuse('MaxOpenInterest', `${side}`);
}

/** Source: controller/orders.rs, place_perp_order. An order that has expired already is passed over. */
export function placePerpOrder(placing: Placing, params: OrderParams, place: Place = ALONE): void {
  const { run, state, markets, user } = placing;
  checkMayPlace(placing, params, place);
  const free = freeOrder(placing, params);
  const market = markets.perp(params.marketIndex);
  const { amm } = market;
  const isWoundDown = market.status === 'ReduceOnly';
  if (market.status === 'Initialized') refuse('MarketBeingInitialized', `perp market ${params.marketIndex}`);
  if (isInSettlement(market, run.now)) refuse('MarketPlaceOrderPaused', `perp market ${params.marketIndex}`);
  const position = madePerpPosition(user.value, params.marketIndex);
  if (params.baseAssetAmount < amm.orderStepSize) refuse('OrderAmountTooSmall', `${params.baseAssetAmount}`);
  const base =
    params.baseAssetAmount === U64_MAX
      ? mostPerpBase(user.value, position, params.direction, markets)
      : onStep(params.baseAssetAmount, amm.orderStepSize);
  const held = position.baseAssetAmount;
  const oraclePrice = markets.price(amm.oracle).price;
  const auction = auctionOf(params, oraclePrice, amm.orderTickSize, state.minPerpAuctionDuration);
  const half = auction.duration / 2n;
  const maxTs = endOf(params, run.now, half > SHORTEST_MARKET_ORDER ? half : SHORTEST_MARKET_ORDER);
  if (maxTs !== 0n && maxTs < run.now) return;
  if (params.marketType !== 'Perp') refuse('InvalidOrderMarketType', 'must be a perp order');
  const price = perpPrice(params, market);
  const terms = {
    params,
    base,
    price,
    tick: amm.orderTickSize,
    auction,
    maxTs,
    held,
    isReduceOnly: isWoundDown,
  };
  const order = newOrder(placing, free, terms);
  if (!isTaken(params, () => checkPerpOrder(order, market, oraclePrice, run.slot))) return;
  const isRiskIncreasing = increasesRisk(order, held, position);
  countOrder(user.value, hasAuction(order));
  Object.assign(free, order);
  position.openOrders += 1;
  if (isOpenAtOnce(order)) addOpen(position, order.direction, base);
  if (place.isLast) checkOrderMargin(user.value, markets, isRiskIncreasing);
  if (isWoundDown) checkForceReduceOnly(order, held);
  if (isRiskIncreasing) checkMaxOpenInterest(market, order.direction, base);
  emitPlaced(placing, order, oraclePrice);
}

/** A trigger order waits, even where its condition says that it was triggered. */
const isOpenAtOnce = ({ orderType }: Order): boolean =>
  orderType !== 'TriggerMarket' && orderType !== 'TriggerLimit';

const isInSettlement = ({ status, expiryTs }: PerpMarket, now: bigint): boolean =>
  status === 'Settlement' || status === 'Delisted' || (expiryTs !== 0n && now >= expiryTs);

/** An order that was only to be tried as post-only isn't placed, and nothing is refused. */
function isTaken({ postOnly }: OrderParams, check: () => void): boolean {
  try {
    check();
    return true;
  } catch (cause) {
    const isCrossing = cause instanceof Error && cause.message.startsWith('PlacePostOnlyLimitFailure');
    if (isCrossing && postOnly === 'TryPostOnly') return false;
    throw cause;
  }
}

/** Source: controller/orders.rs, place_spot_order. */
export function placeSpotOrder(placing: Placing, params: OrderParams, place: Place = ALONE): void {
  const { run, state, markets, user } = placing;
  checkMayPlace(placing, params, place);
  const maxTs = endOf(params, run.now, SHORTEST_MARKET_ORDER);
  if (maxTs !== 0n && maxTs < run.now) return;
  const free = freeOrder(placing, params);
  const market = markets.spot(params.marketIndex);
  const { orderStepSize: step, orderTickSize: tick } = market;
  const isWoundDown = market.status === 'ReduceOnly';
  if (market.status === 'Initialized') refuse('MarketBeingInitialized', `spot market ${params.marketIndex}`);
  const position = madeSpotPosition(user.value, params.marketIndex);
  const held = signedTokens(position, market);
  const oraclePrice = markets.price(market.oracle).price;
  if (params.baseAssetAmount < step) refuse('InvalidOrderSizeTooSmall', `${params.baseAssetAmount}`);
  if (params.baseAssetAmount === U64_MAX) notModelled('the largest spot order that collateral carries');
  const base = onStep(params.baseAssetAmount, step);
  const auction = auctionOf(params, oraclePrice, tick, state.defaultSpotAuctionDuration);
  if (!market.ordersEnabled) refuse('SpotOrdersDisabled', `spot market ${params.marketIndex}`);
  if (params.marketIndex === QUOTE_MARKET)
    refuse('InvalidOrderBaseQuoteAsset', 'the quote asset has no orders');
  if (params.marketType !== 'Spot') refuse('InvalidOrderMarketType', 'must be a spot order');
  const price = onTick(params.price, tick, params.direction);
  const terms = { params, base, price, tick, auction, maxTs, held, isReduceOnly: isWoundDown };
  const order = newOrder(placing, free, terms);
  checkSpotOrder(order, market);
  const isRiskIncreasing = increasesRisk(order, held, position);
  countOrder(user.value, hasAuction(order));
  Object.assign(free, order);
  position.openOrders += 1;
  if (isOpenAtOnce(order)) addOpen(position, order.direction, base);
  if (place.isLast) checkOrderMargin(user.value, markets, isRiskIncreasing);
  checkSpotMarginTrading(user.value, markets);
  if (isWoundDown) checkForceReduceOnly(order, held);
  emitPlaced(placing, order, oraclePrice);
}
