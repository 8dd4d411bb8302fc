import type { Order, PerpPosition, UserStats } from './accounts.ts';
import type { PerpMarket } from './marketAccounts.ts';
import { fallbackPrice } from './amm.ts';
import { fillerMultiplier, matchFees } from './fees.ts';
import { clearIfFilled, countFill, emitMatch, reducedBy, type Filling } from './fill.ts';
import { greater } from './integers.ts';
import { updateMarkTwap } from './markTwap.ts';
import { checkFillPrice, doCross, matchedFill, type MakerOrder } from './matching.ts';
import { takeOpen } from './openOrders.ts';
import { fillable, limitPrice } from './order.ts';
import { addFee, addQuote, changePosition, deltaOf } from './perpPosition.ts';
import { BASE, DAY, HOUR, PERP_DECIMALS } from './precision.ts';
import { rollingSum } from './twap.ts';
import {
  addFillerVolume,
  addMakerVolume,
  addTakerVolume,
  heldPerpPosition,
  roomForPerpPosition,
  wasActive,
} from './user.ts';

/** One taker and one maker of a perp market who meet. Source: controller/orders.rs. */

/** Base 1e9 and quote 1e6. */
export interface Fill {
  readonly base: bigint;
  readonly quote: bigint;
}

/** Source: AMM::update_volume_24h. */
export function addVolume({ amm }: PerpMarket, isLong: boolean, quote: bigint, now: bigint): void {
  const passed = greater(1n, now - amm.lastTradeTs);
  amm.longIntensityVolume = rollingSum(amm.longIntensityVolume, isLong ? quote : 0n, passed, HOUR);
  amm.shortIntensityVolume = rollingSum(amm.shortIntensityVolume, isLong ? 0n : quote, passed, HOUR);
  amm.volume24h = rollingSum(amm.volume24h, quote, passed, DAY);
  amm.lastTradeTs = now;
}

/** Source: fulfill_perp_order_with_match. */
export function matchPerp(
  filling: Filling,
  order: Order,
  market: PerpMarket,
  { maker, order: made }: MakerOrder,
  limit: bigint | undefined,
): Fill {
  const { run, state, markets, taker, takerStats, filler } = filling;
  const { amm } = market;
  const nothing = { base: 0n, quote: 0n };
  if (made.status !== 'Open' || made.direction === order.direction) return nothing;
  const oraclePrice = markets.price(amm.oracle).price;
  const timeLeft = greater(order.maxTs - run.now, 0n);
  const takerPrice = limit ?? fallbackPrice(amm, order.direction, oraclePrice, timeLeft);
  const makerPrice = limitPrice(made, run.slot, amm.orderTickSize, oraclePrice) ?? 0n;
  const takerPosition = heldPerpPosition(taker.value, market.marketIndex);
  const makerPosition = heldPerpPosition(maker.value, market.marketIndex);
  if (!doCross(made.direction, makerPrice, takerPrice)) return nothing;
  const { base, quote } = matchedFill(
    fillable(made, makerPosition.baseAssetAmount),
    fillable(order, takerPosition.baseAssetAmount),
    makerPrice,
    PERP_DECIMALS,
    made.direction,
  );
  if (base === 0n) return nothing;
  updateMarkTwap(market, run.now, makerPrice, order.direction);
  const price = { base, quote, precision: BASE };
  checkFillPrice(price, order.direction, takerPrice, true);
  checkFillPrice(price, made.direction, makerPrice, false);
  const makerStats =
    maker.value.authority === taker.value.authority
      ? takerStats.value
      : filling.users.stats(maker.value.authority);
  const takerReduced = reducedBy(takerPosition, order, base);
  const makerReduced = reducedBy(makerPosition, made, base);
  changePosition(makerPosition, market, deltaOf(base, quote, made.direction));
  addMakerVolume(makerStats, quote, run.now);
  changePosition(takerPosition, market, deltaOf(base, quote, order.direction));
  addTakerVolume(takerStats.value, quote, run.now);
  const isRewarded =
    filler !== undefined && roomForPerpPosition(filler.user.value, market.marketIndex) !== undefined;
  const fees = matchFees(state, takerStats.value, makerStats, {
    kind: 'Perp',
    quote,
    slots: run.slot - order.slot,
    fillerMultiplier: isRewarded ? fillerMultiplier(makerPrice, made.direction === 'Long', oraclePrice) : 0n,
    feeAdjustment: market.feeAdjustment,
  });
  amm.totalFee += fees.market;
  amm.totalExchangeFee += fees.market;
  amm.totalFeeMinusDistributions += fees.market;
  amm.netRevenueSinceLastFunding += fees.market;
  chargeFees(
    market,
    { position: takerPosition, stats: takerStats.value },
    { position: makerPosition, stats: makerStats },
    fees,
  );
  if (filler !== undefined) {
    if (fees.filler > 0n) {
      const position = roomForPerpPosition(filler.user.value, market.marketIndex);
      if (position !== undefined) addQuote(position, market, fees.filler);
      addFillerVolume(filler.stats.value, quote, run.now);
    }
    wasActive(filler.user.value, run.slot);
  }
  countFill(order, base, quote);
  takeOpen(takerPosition, order.direction, base);
  countFill(made, base, quote);
  takeOpen(makerPosition, made.direction, base);
  const fillRecordId = market.nextFillRecordId;
  market.nextFillRecordId += 1n;
  emitMatch(filling, {
    taker: { user: taker.address, order, ...(takerReduced && { reduced: takerReduced }) },
    maker: { user: maker.address, order: made, ...(makerReduced && { reduced: makerReduced }) },
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

interface Charged {
  readonly position: PerpPosition;
  readonly stats: UserStats;
}

function chargeFees(
  market: PerpMarket,
  taker: Charged,
  maker: Charged,
  fees: { readonly taker: bigint; readonly makerRebate: bigint },
): void {
  addFee(taker.position, market, -fees.taker);
  taker.stats.fees.totalFeePaid += fees.taker;
  addFee(maker.position, market, fees.makerRebate);
  maker.stats.fees.totalFeeRebate += fees.makerRebate;
}
