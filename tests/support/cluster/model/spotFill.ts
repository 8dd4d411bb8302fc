import type { Order, User } from './accounts.ts';
import type { SpotMarket } from './marketAccounts.ts';
import { cancelOrder } from './cancelOrder.ts';
import { checkFillable, hasLeftTwap, mustExpire, orderToFill, twapBand, type Filling } from './fill.ts';
import { magnitude } from './integers.ts';
import { accrueInterest } from './interest.ts';
import { payFlatSpot } from './keeperReward.ts';
import { isStillLiquidated } from './margin.ts';
import type { Markets } from './markets.ts';
import { checkPriceBands, makerOrders, reachedOrders, type MakerOrder } from './matching.ts';
import { strictPrice } from './oracle.ts';
import { limitPrice, reducesNothing } from './order.ts';
import { checkMargin, reasonToCancel } from './perpFill.ts';
import type { Fill } from './perpMatch.ts';
import { MARGIN } from './precision.ts';
import { matchSpot, mostPayable } from './spotMatch.ts';
import { refuse } from './refusal.ts';
import type { Held } from './run.ts';
import { checkMostDeposits, precisionOf, signedTokens, strictTokenValue } from './spotBalance.ts';
import { heldSpotPosition, isBankrupt, madeSpotPosition, quotePosition, wasActive } from './user.ts';
import { assetWeight, liabilityWeight, spotMarginRatio, type MarginType } from './weights.ts';

const PAUSED_FILL = 2;

type Reason = Parameters<typeof takeAway>[2];

/** Source: controller/orders.rs, fill_spot_order, against makers alone. */
export function fillSpotOrder(filling: Filling, orderId: number): void {
  const { run, state, markets, taker, filler } = filling;
  const order = orderToFill(filling, orderId);
  const market = markets.spot(order.marketIndex);
  checkOpen(market);
  checkFillable(order, 'Spot');
  if (isBankrupt(taker.value)) return run.log('User is bankrupt');
  if (isStillLiquidated(taker.value, markets, state.liquidationMarginBufferRatio))
    return run.log('User is being liquidated');
  const oracle = markets.price(market.oracle);
  const makers = makersFor(filling, order, market, oracle.price);
  accrueInterest(run, markets.quote, markets.price(markets.quote.oracle));
  accrueInterest(run, market, oracle);
  if (hasLeftTwap(oracle.price, market.historicalOracleData.lastOraclePriceTwap5min, state)) {
    if (filler !== undefined) wasActive(filler.user.value, run.slot);
    return;
  }
  const hasExpired = mustExpire(order, run.now);
  if (hasExpired || isUseless(taker.value, order, market))
    return takeAway(filling, order, hasExpired ? 'OrderExpired' : 'ReduceOnlyOrderIncreasedPosition');
  const { direction } = order;
  const filled = fulfil(filling, order, market, makers);
  if (filled.base !== 0n)
    checkPriceBands(
      { ...filled, precision: precisionOf(market) },
      direction,
      { price: oracle.price, twap5min: market.historicalOracleData.lastOraclePriceTwap5min },
      spotMarginRatio(market),
      twapBand(state),
    );
  if (isUseless(taker.value, order, market)) takeAway(filling, order, 'ReduceOnlyOrderIncreasedPosition');
  else if (order.status === 'Open' && mostPayable(taker.value, order, market, markets) === 0n)
    takeAway(filling, order, 'NoBorrowLiquidity');
  checkMostDeposits(market);
  wasActive(taker.value, run.slot);
}

function checkOpen({ status, pausedOperations, marketIndex }: SpotMarket): void {
  const isOpen = (status === 'Active' || status === 'ReduceOnly') && (pausedOperations & PAUSED_FILL) === 0;
  if (!isOpen) refuse('MarketFillOrderPaused', `spot market ${marketIndex}`);
}

const isUseless = (user: User, order: Order, market: SpotMarket): boolean =>
  order.status === 'Open' &&
  order.reduceOnly &&
  reducesNothing(
    order,
    signedTokens(heldSpotPosition(user, market.marketIndex), market),
    market.orderStepSize,
  );

/** Cancels an order that can't be filled, for a flat reward. */
function takeAway(
  { run, state, markets, taker, filler, fillerKey }: Filling,
  order: Order,
  explanation:
    | 'OrderExpired'
    | 'ReduceOnlyOrderIncreasedPosition'
    | 'OraclePriceBreachedLimitPrice'
    | 'NoBorrowLiquidity',
  user = taker,
): void {
  const reward = state.spotFeeStructure.flatFillerFee;
  const fillerReward = payFlatSpot(run, user.value, filler?.user.value, markets.quote, reward);
  cancelOrder({ run, markets, user }, order, { explanation, filler: fillerKey, fillerReward });
}

function makersFor(
  filling: Filling,
  order: Order,
  market: SpotMarket,
  oraclePrice: bigint,
): readonly MakerOrder[] {
  const { run, users, taker } = filling;
  const { orderStepSize: step, orderTickSize: tick } = market;
  return makerOrders(run, users, taker, order, oraclePrice, {
    tick,
    meet(maker) {
      wasActive(maker.value, run.slot);
    },
    cancelled(maker, made, price) {
      const held = signedTokens(heldSpotPosition(maker.value, market.marketIndex), market);
      const band = spotMarginRatio(market);
      const reason: Reason | undefined = reasonToCancel(made, price, run.now, {
        oraclePrice,
        band,
        held,
        step,
      });
      if (reason !== undefined) takeAway(filling, made, reason, maker);
      return reason !== undefined;
    },
  });
}

/** What somebody holds of both assets, token units. */
interface Holdings {
  readonly base: bigint;
  readonly quote: bigint;
}

const holdingsOf = (user: User, market: SpotMarket, quoteMarket: SpotMarket): Holdings => ({
  base: signedTokens(madeSpotPosition(user, market.marketIndex), market),
  quote: signedTokens(quotePosition(user), quoteMarket),
});

/** Source: fulfill_spot_order. */
function fulfil(filling: Filling, order: Order, market: SpotMarket, makers: readonly MakerOrder[]): Fill {
  const { run, markets, taker } = filling;
  const before = new Map([taker, ...makers.map(({ maker }) => maker)].map((user) => [user, heldBy(user)]));
  const limit = limitPrice(order, run.slot, market.orderTickSize, markets.price(market.oracle).price);
  let [base, quote] = [0n, 0n];
  const filled = new Set([taker]);
  for (const made of reachedOrders(makers, order, limit, false)) {
    if (order.status !== 'Open') break;
    const fill = matchSpot(filling, order, market, made);
    if (fill.base !== 0n) filled.add(made.maker);
    base += fill.base;
    quote += fill.quote;
  }
  if (base > 0n !== quote > 0n) refuse('DefaultError', `${base} for ${quote}`);
  const after = [...filled].map((user) => [user, heldBy(user)] as const);
  for (const [user, holdings] of after) {
    const earlier = before.get(user) ?? holdings;
    checkMargin(user, markets, marginTypeAfter(earlier, holdings, market, markets));
  }
  return { base, quote };

  function heldBy(user: Held<'User'>): Holdings {
    return holdingsOf(user.value, market, markets.quote);
  }
}

/** Less is asked where the collateral has become better. Source: math/spot_swap.rs, select_margin_type_for_swap. */
function marginTypeAfter(
  before: Holdings,
  after: Holdings,
  market: SpotMarket,
  markets: Markets,
): MarginType {
  const worth = ({ base, quote }: Holdings): bigint =>
    contribution(base, market, markets) + contribution(quote, markets.quote, markets);
  return worth(after) > worth(before) ? 'Maintenance' : 'Fill';
}

function contribution(tokens: bigint, market: SpotMarket, markets: Markets): bigint {
  const { price } = markets.price(market.oracle);
  const strict = strictPrice(price, market.historicalOracleData.lastOraclePriceTwap5min, true);
  const weight =
    tokens >= 0n
      ? assetWeight(tokens, market, price, 'Initial')
      : liabilityWeight(magnitude(tokens), market, 'Initial');
  return (strictTokenValue(tokens, market, strict) * weight) / MARGIN;
}
