import type { Order, State } from './accounts.ts';
import { triggerAuction } from './auction.ts';
import { cancelOrder } from './cancelOrder.ts';
import { emitOrderAction } from './events.ts';
import { riskier, simulatedSides } from './fillSimulation.ts';
import { magnitude } from './integers.ts';
import { payFlatPerp, payFlatSpot } from './keeperReward.ts';
import { isStillLiquidated, meets } from './margin.ts';
import type { Markets } from './markets.ts';
import { addOpen } from './openOrders.ts';
import { isValidFor, strictPrice, type Validity } from './oracle.ts';
import { hasAuction, isTriggered, mustBeTriggered } from './order.ts';
import { worstCaseBase } from './perpPosition.ts';
import { refuse } from './refusal.ts';
import type { Held, Run } from './run.ts';
import { checkNotBankrupt, countAuction, heldPerpPosition, heldSpotPosition, wasActive } from './user.ts';

/** Lets an order go whose condition the oracle has met. Source: controller/orders.rs, trigger_order and its spot twin. */
export interface Triggering {
  readonly run: Run;
  readonly state: State;
  readonly markets: Markets;
  readonly user: Held<'User'>;
  readonly filler: Held<'User'>;
}

export function triggerOrder(triggering: Triggering, order: Order): void {
  const { state, markets, user } = triggering;
  if (order.status !== 'Open') refuse('OrderNotOpen', `order ${order.orderId}`);
  if (!mustBeTriggered(order) || isTriggered(order)) refuse('OrderNotTriggerable', `order ${order.orderId}`);
  if (isStillLiquidated(user.value, markets, state.liquidationMarginBufferRatio))
    refuse('UserIsBeingLiquidated', user.address);
  checkNotBankrupt(user.value);
  if (order.marketType === 'Perp') triggerPerp(triggering, order);
  else triggerSpot(triggering, order);
  wasActive(user.value, triggering.run.slot);
}

function checkMet({ triggerCondition, triggerPrice }: Order, price: bigint, validity: Validity): void {
  if (!isValidFor('TriggerOrder', validity)) refuse('InvalidOracle', validity);
  const isMet = triggerCondition === 'Above' ? price > triggerPrice : price < triggerPrice;
  if (!isMet) refuse('OrderDidNotSatisfyTriggerCondition', `${price} against ${triggerPrice}`);
}

function triggerPerp(triggering: Triggering, order: Order): void {
  const { run, state, markets, user, filler } = triggering;
  const market = markets.perp(order.marketIndex);
  const oracle = markets.price(market.amm.oracle);
  checkMet(order, oracle.price, markets.perpValidity(market));
  const position = heldPerpPosition(user.value, order.marketIndex);
  const before = magnitude(worstCaseBase(position));
  const auction = triggerAuction(order, oracle.price, market);
  letGo(triggering, order, auction, position);
  const reward = payFlatPerp(
    run,
    user.value,
    keeper(triggering),
    market,
    state.perpFeeStructure.flatFillerFee,
  );
  emitTriggered(triggering, order, reward, oracle.price);
  if (magnitude(worstCaseBase(position)) > before) cancelIfTooRisky(triggering, order, filler.address);
}

function triggerSpot(triggering: Triggering, order: Order): void {
  const { run, state, markets, user, filler } = triggering;
  const market = markets.spot(order.marketIndex);
  const oracle = markets.price(market.oracle);
  checkMet(order, oracle.price, markets.spotValidity(market));
  const position = heldSpotPosition(user.value, order.marketIndex);
  const price = strictPrice(oracle.price, market.historicalOracleData.lastOraclePriceTwap5min, true);
  const worst = (): bigint => riskier(simulatedSides(position, market, price, 'Initial')).contribution;
  const before = worst();
  letGo(triggering, order, triggerAuction(order, oracle.price, undefined), position);
  const reward = payFlatSpot(
    run,
    user.value,
    keeper(triggering),
    markets.quote,
    state.spotFeeStructure.flatFillerFee,
  );
  emitTriggered(triggering, order, reward, oracle.price);
  if (worst() < before) cancelIfTooRisky(triggering, order, filler.address);
}

const keeper = ({ user, filler }: Triggering): Held<'User'>['value'] | undefined =>
  user.address === filler.address ? undefined : filler.value;

function letGo(
  { run, user }: Triggering,
  order: Order,
  auction: ReturnType<typeof triggerAuction>,
  position: Parameters<typeof addOpen>[0],
): void {
  order.triggerCondition = order.triggerCondition === 'Above' ? 'TriggeredAbove' : 'TriggeredBelow';
  order.slot = run.slot;
  order.auctionDuration = Number(auction.duration);
  order.auctionStartPrice = auction.start;
  order.auctionEndPrice = auction.end;
  if (hasAuction(order)) countAuction(user.value);
  addOpen(position, order.direction, order.baseAssetAmount);
}

function emitTriggered(
  { run, user, filler }: Triggering,
  order: Order,
  reward: bigint,
  oraclePrice: bigint,
): void {
  emitOrderAction(run, {
    action: 'Trigger',
    marketIndex: order.marketIndex,
    marketType: order.marketType,
    filler: filler.address,
    fillerReward: reward,
    takerFee: reward,
    taker: { user: user.address, order },
    oraclePrice,
    triggerPrice: oraclePrice,
  });
}

/** An order that increases risk beyond what the margin carries doesn't stay. */
function cancelIfTooRisky({ run, markets, user }: Triggering, order: Order, filler: string): void {
  if (order.reduceOnly || meets(user.value, markets, { type: 'Initial' })) return;
  cancelOrder({ run, markets, user }, order, { explanation: 'InsufficientFreeCollateral', filler });
}
