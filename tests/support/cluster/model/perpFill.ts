import type { Order } from './accounts.ts';
import type { PerpMarket } from './marketAccounts.ts';
import { reservePrice } from './amm.ts';
import { cancelOrder } from './cancelOrder.ts';
import {
  checkFillable,
  checkNoReferrer,
  hasLeftTwap,
  mustExpire,
  orderToFill,
  twapBand,
  type Filling,
} from './fill.ts';
import { settleFunding, updateFundingRate } from './funding.ts';
import { greater, magnitude, signOf } from './integers.ts';
import { payFlatPerp } from './keeperReward.ts';
import { isStillLiquidated, meets } from './margin.ts';
import type { Markets } from './markets.ts';
import { breachesBand, checkPriceBands, makerOrders, reachedOrders, type MakerOrder } from './matching.ts';
import { isValidFor } from './oracle.ts';
import {
  auctionPrice,
  fillable,
  hasAuction,
  isExpired,
  isLimit,
  isReducing,
  limitPrice,
  reducesNothing,
} from './order.ts';
import { BASE } from './precision.ts';
import { notModelled, refuse } from './refusal.ts';
import type { Held } from './run.ts';
import { addVolume, matchPerp, type Fill } from './perpMatch.ts';
import { heldPerpPosition, findPerpPosition, isBankrupt, wasActive } from './user.ts';
import type { MarginType } from './weights.ts';

const PAUSED_AMM_FILL = 2;
const PAUSED_FILL = 4;
const AMM_PAUSED = 4;

/** Source: controller/orders.rs, fill_perp_order. */
export function fillPerpOrder(filling: Filling, orderId: number): void {
  const { run, state, markets, users, taker, filler } = filling;
  const order = orderToFill(filling, orderId);
  if (order.marketType !== 'Perp') refuse('InvalidOrderMarketType', 'must be a perp order');
  const market = markets.perp(order.marketIndex);
  const { amm } = market;
  settleFunding(run, taker, market);
  checkOpen(market);
  checkFillable(order, 'Perp');
  if (isBankrupt(taker.value)) return run.log('user is bankrupt');
  if (isStillLiquidated(taker.value, markets, state.liquidationMarginBufferRatio))
    return run.log('user is being liquidated');
  if ((state.exchangeStatus & AMM_PAUSED) === 0 && (market.pausedOperations & PAUSED_AMM_FILL) === 0)
    notModelled("fills by the market's own maker: pause them");
  const reserve = reservePrice(amm);
  const oracle = markets.price(amm.oracle);
  const isPriceValid = isValidFor('OracleOrderPrice', markets.perpValidity(market));
  const makers = makersFor(filling, order, market, oracle.price);
  checkNoReferrer(filling);
  const { lastOraclePriceTwap5min: twap5min } = amm.historicalOracleData;
  if (hasLeftTwap(oracle.price, twap5min, state)) {
    if (filler !== undefined) wasActive(filler.user.value, run.slot);
    return;
  }
  const waits =
    run.slot - order.slot <= BigInt(state.minPerpAuctionDuration) && state.minPerpAuctionDuration !== 0;
  if (waits && users.users.length === 0 && isLimit(order))
    refuse('ImpossibleFill', 'nobody could fill the order');
  const hasExpired = mustExpire(order, run.now);
  const position = heldPerpPosition(taker.value, order.marketIndex);
  if (hasExpired || reducesNothing(order, position.baseAssetAmount, amm.orderStepSize))
    return takeAway(filling, order, market, hasExpired ? 'OrderExpired' : 'ReduceOnlyOrderIncreasedPosition');
  const { direction } = order;
  const filled = fulfil(filling, order, market, makers, isPriceValid ? oracle.price : undefined);
  const fillPrice = { ...filled, precision: BASE };
  if (filled.base !== 0n)
    checkPriceBands(
      fillPrice,
      direction,
      { price: oracle.price, twap5min },
      BigInt(market.marginRatioInitial),
      twapBand(state),
    );
  if (reducesNothing(order, position.baseAssetAmount, amm.orderStepSize))
    takeAway(filling, order, market, 'ReduceOnlyOrderIncreasedPosition');
  if (filled.base === 0n) return;
  checkOpenInterest(market);
  updateFundingRate(run, market, oracle, state, reserve);
  wasActive(taker.value, run.slot);
}

function checkOpen({ status, pausedOperations, marketIndex }: PerpMarket): void {
  const isOpen = (status === 'Active' || status === 'ReduceOnly') && (pausedOperations & PAUSED_FILL) === 0;
  if (!isOpen) refuse('MarketFillOrderPaused', `perp market ${marketIndex}`);
}

function checkOpenInterest({ amm }: PerpMarket): void {
  const open = greater(magnitude(amm.baseAssetAmountLong), magnitude(amm.baseAssetAmountShort));
  if (amm.maxOpenInterest !== 0n && amm.maxOpenInterest <= open) refuse('MaxOpenInterest', `${open}`);
}

type Reason = 'OrderExpired' | 'ReduceOnlyOrderIncreasedPosition' | 'OraclePriceBreachedLimitPrice';

/** Cancels an order that can't be filled, for a flat reward. */
function takeAway(
  { run, state, markets, taker, filler, fillerKey }: Filling,
  order: Order,
  market: PerpMarket,
  explanation: Reason,
  user = taker,
): void {
  const fillerReward = payFlatPerp(
    run,
    user.value,
    filler?.user.value,
    market,
    state.perpFeeStructure.flatFillerFee,
  );
  cancelOrder({ run, markets, user }, order, { explanation, filler: fillerKey, fillerReward });
}

function makersFor(
  filling: Filling,
  order: Order,
  market: PerpMarket,
  oraclePrice: bigint,
): readonly MakerOrder[] {
  const { run, users, taker } = filling;
  const band = BigInt(market.marginRatioInitial);
  const { orderStepSize, orderTickSize: tick } = market.amm;
  return makerOrders(run, users, taker, order, oraclePrice, {
    tick,
    meet(maker) {
      wasActive(maker.value, run.slot);
      settleFunding(run, maker, market);
    },
    cancelled(maker, made, price) {
      const held = heldPerpPosition(maker.value, made.marketIndex).baseAssetAmount;
      const reason = reasonToCancel(made, price, run.now, { oraclePrice, band, held, step: orderStepSize });
      if (reason !== undefined) takeAway(filling, made, market, reason, maker);
      return reason !== undefined;
    },
  });
}

/** Why a maker's order may not stay where it is. */
export function reasonToCancel(
  order: Order,
  price: bigint,
  now: bigint,
  { oraclePrice, band, held, step }: Readonly<Record<'oraclePrice' | 'band' | 'held' | 'step', bigint>>,
): Reason | undefined {
  if (breachesBand(price, order.direction, oraclePrice, band)) return 'OraclePriceBreachedLimitPrice';
  if (isExpired(order, now)) return 'OrderExpired';
  return reducesNothing(order, held, step) ? 'ReduceOnlyOrderIncreasedPosition' : undefined;
}

/** Source: fulfill_perp_order. */
function fulfil(
  filling: Filling,
  order: Order,
  market: PerpMarket,
  makers: readonly MakerOrder[],
  oraclePrice: bigint | undefined,
): Fill {
  const { run, markets, taker, isPlaceAndTake } = filling;
  const { direction } = order;
  const held = heldPerpPosition(taker.value, market.marketIndex).baseAssetAmount;
  const isDecreasing = isReducing(direction, fillable(order, held), held);
  const tick = market.amm.orderTickSize;
  const limit =
    isPlaceAndTake && hasAuction(order)
      ? auctionPrice(order, order.slot + BigInt(order.auctionDuration), tick, oraclePrice)
      : limitPrice(order, run.slot, tick, oraclePrice);
  const reached = reachedOrders(makers, order, limit, true);
  if (reached.length === 0) return { base: 0n, quote: 0n };
  let [base, quote] = [0n, 0n];
  const byMaker = new Map<Held<'User'>, bigint>();
  for (const made of reached) {
    if (order.status !== 'Open') break;
    const fill = matchPerp(filling, order, market, made, limit);
    if (fill.base !== 0n) byMaker.set(made.maker, (byMaker.get(made.maker) ?? 0n) + fill.base);
    base += fill.base;
    quote += fill.quote;
    addVolume(market, direction === 'Long', fill.quote, run.now);
  }
  if (base > 0n !== quote > 0n) refuse('DefaultError', `${base} for ${quote}`);
  checkMargin(taker, markets, isDecreasing ? 'Maintenance' : 'Fill');
  for (const [maker, filled] of byMaker)
    checkMargin(
      maker,
      markets,
      makerMarginType(maker, market.marketIndex, direction === 'Long' ? -filled : filled),
    );
  return { base, quote };
}

/** Refused where a fill leaves one of its sides without the margin for it. */
export function checkMargin(user: Held<'User'>, markets: Markets, type: MarginType): void {
  if (!meets(user.value, markets, { type })) refuse('InsufficientCollateral', user.address);
}

/** Source: math/orders.rs, select_margin_type_for_perp_maker. */
function makerMarginType({ value: maker }: Held<'User'>, market: number, filled: bigint): MarginType {
  const after = findPerpPosition(maker, market)?.baseAssetAmount ?? 0n;
  const before = after - filled;
  const isSmaller = signOf(after) === signOf(before) && magnitude(after) < magnitude(before);
  return after === 0n || isSmaller ? 'Maintenance' : 'Fill';
}
