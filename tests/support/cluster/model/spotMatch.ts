import type { Order, SpotPosition, User } from './accounts.ts';
import type { SpotMarket } from './marketAccounts.ts';
import { fillerMultiplier, matchFees } from './fees.ts';
import { clearIfFilled, countFill, emitMatch, type Filling } from './fill.ts';
import { lesser } from './integers.ts';
import type { Markets } from './markets.ts';
import { checkFillPrice, doCross, matchedFill, type MakerOrder } from './matching.ts';
import { takeOpen } from './openOrders.ts';
import { fillable, limitPrice, onStep } from './order.ts';
import type { Fill } from './perpMatch.ts';
import { changeBalance, changePosition, precisionOf, signedTokens } from './spotBalance.ts';
import {
  addFillerVolume,
  addMakerVolume,
  addTakerVolume,
  heldSpotPosition,
  quotePosition,
  wasActive,
} from './user.ts';
import { mostFillable } from './withdrawLimit.ts';

/** One taker and one maker of a spot market who meet. Source: controller/orders.rs. */

/** Tokens of what the order pays with that the user could still give. Source: get_max_fill_amounts. */
export function mostPayable(user: User, order: Order, market: SpotMarket, markets: Markets): bigint {
  if (order.direction === 'Long')
    return mostFillable(markets.quote, signedTokens(quotePosition(user), markets.quote));
  const held = signedTokens(heldSpotPosition(user, market.marketIndex), market);
  return onStep(mostFillable(market, held), market.orderStepSize);
}

/** What an order may be filled with: its rest, what it may reduce, what can be paid. Source: fulfill_spot_order_with_match. */
function matchable(
  user: User,
  order: Order,
  market: SpotMarket,
  markets: Markets,
  makerPrice: bigint,
): bigint {
  const held = signedTokens(heldSpotPosition(user, market.marketIndex), market);
  const left = onStep(fillable(order, held), market.orderStepSize);
  const most = mostPayable(user, order, market, markets);
  if (order.direction === 'Short') return lesser(left, most);
  return lesser(left, onStep((most * precisionOf(market)) / makerPrice, market.orderStepSize));
}

/** Source: fulfill_spot_order_with_match. */
export function matchSpot(
  filling: Filling,
  order: Order,
  market: SpotMarket,
  { maker, order: made }: MakerOrder,
): Fill {
  const { run, state, markets, taker, takerStats, filler } = filling;
  const nothing = { base: 0n, quote: 0n };
  if (made.status !== 'Open' || made.direction === order.direction) return nothing;
  const oraclePrice = markets.price(market.oracle).price;
  const takerPrice = limitPrice(order, run.slot, market.orderTickSize, oraclePrice);
  const makerPrice = limitPrice(made, run.slot, market.orderTickSize, oraclePrice);
  if (takerPrice === undefined || makerPrice === undefined) return nothing;
  if (!doCross(made.direction, makerPrice, takerPrice)) return nothing;
  const { base, quote } = matchedFill(
    matchable(maker.value, made, market, markets, makerPrice),
    matchable(taker.value, order, market, markets, makerPrice),
    makerPrice,
    market.decimals,
    made.direction,
  );
  if (base === 0n) return nothing;
  const price = { base, quote, precision: precisionOf(market) };
  checkFillPrice(price, order.direction, takerPrice, true);
  checkFillPrice(price, made.direction, makerPrice, false);
  const makerStats =
    maker.value.authority === taker.value.authority
      ? takerStats.value
      : filling.users.stats(maker.value.authority);
  const fees = matchFees(state, takerStats.value, makerStats, {
    kind: 'Spot',
    quote,
    slots: run.slot - order.slot,
    fillerMultiplier:
      filler === undefined ? 0n : fillerMultiplier(makerPrice, made.direction === 'Long', oraclePrice),
    feeAdjustment: market.feeAdjustment,
  });
  const takerPosition = heldSpotPosition(taker.value, market.marketIndex);
  const makerPosition = heldSpotPosition(maker.value, market.marketIndex);
  exchange(taker.value, takerPosition, order, market, markets, { base, quote, fee: fees.taker });
  countFill(order, base, quote);
  takeOpen(takerPosition, order.direction, base);
  addTakerVolume(takerStats.value, quote, run.now);
  takerStats.value.fees.totalFeePaid += fees.taker;
  exchange(maker.value, makerPosition, made, market, markets, { base, quote, fee: -fees.makerRebate });
  countFill(made, base, quote);
  takeOpen(makerPosition, made.direction, base);
  addMakerVolume(makerStats, quote, run.now);
  makerStats.fees.totalFeeRebate += fees.makerRebate;
  if (filler !== undefined) {
    if (fees.filler > 0n) {
      changeBalance(fees.filler, 'Deposit', markets.quote, quotePosition(filler.user.value));
      filler.user.value.cumulativeSpotFees += fees.filler;
    }
    wasActive(filler.user.value, run.slot);
    addFillerVolume(filler.stats.value, quote, run.now);
  }
  market.totalSpotFee += fees.market;
  changeBalance(fees.market, 'Deposit', markets.quote, market.spotFeePool);
  const fillRecordId = market.nextFillRecordId;
  market.nextFillRecordId += 1n;
  emitMatch(filling, {
    taker: { user: taker.address, order },
    maker: { user: maker.address, order: made },
    fillRecordId,
    base,
    quote,
    fees,
    oraclePrice,
  });
  clearIfFilled(taker, order, takerPosition);
  clearIfFilled(maker, made, makerPosition);
  return { base, quote };
}

/** Moves both assets of one side of a fill; `fee` is quote 1e6, negative for a rebate. */
function exchange(
  user: User,
  position: SpotPosition,
  { direction }: Order,
  market: SpotMarket,
  markets: Markets,
  { base, quote, fee }: { readonly base: bigint; readonly quote: bigint; readonly fee: bigint },
): void {
  const buys = direction === 'Long';
  changePosition(base, buys ? 'Deposit' : 'Borrow', market, position);
  changePosition(
    buys ? quote + fee : quote - fee,
    buys ? 'Borrow' : 'Deposit',
    markets.quote,
    quotePosition(user),
    {
      counted: quote,
    },
  );
  user.cumulativeSpotFees -= fee;
}
