import type { PerpMarket, PerpPosition, State, User, UserStats } from './accounts.ts';
import { freshValidity, updateAmm } from './ammUpdate.ts';
import { cancelOrders } from './cancelOrder.ts';
import { emitOrder, emitOrderAction, type OrderSide } from './events.ts';
import { hasLeftTwap } from './fill.ts';
import { settleFunding } from './funding.ts';
import { greater, lesser, magnitude, modulo, quotient, saturating } from './integers.ts';
import { zeroOf, type Fields } from './layout.ts';
import {
  canExitLiquidation,
  liquidationTerms,
  marginOf,
  meets,
  meetsRequirement,
  shortage,
  type Margin,
} from './margin.ts';
import type { Markets } from './markets.ts';
import { isValidFor } from './oracle.ts';
import { onStep } from './order.ts';
import {
  addFee,
  baseValue,
  changePosition,
  deltaOf,
  directionOf,
  opposite,
  worstCaseBase,
} from './perpPosition.ts';
import { BASE, BASE_TO_QUOTE, MARGIN, PERCENT, PRICE, QUOTE, U64_MAX } from './precision.ts';
import { refuse } from './refusal.ts';
import type { Held, Run } from './run.ts';
import {
  addMakerVolume,
  addTakerVolume,
  checkNotBankrupt,
  clearOrder,
  enterBankruptcy,
  enterLiquidation,
  exitLiquidation,
  hasOpenOrder,
  heldPerpPosition,
  isBankrupt,
  isBeingLiquidated,
  madePerpPosition,
  nextOrderId,
} from './user.ts';
import { perpMarginRatio } from './weights.ts';

/** A keeper takes over a position whose owner's margin is spent. Source: controller/liquidation.rs, math/liquidation.rs. */
export interface Liquidating {
  readonly run: Run;
  readonly state: State;
  readonly markets: Markets;
  readonly user: Held<'User'>;
  readonly userStats: UserStats;
  readonly liquidator: Held<'User'>;
  readonly liquidatorStats: UserStats;
}

const PAUSED_LIQUIDATION = 32;
/** Of percentages of a position, 1e4. */
const WHOLE = MARGIN;
/** Of fees, 1e6, to margin ratios, 1e4. */
const FEE_TO_RATIO = PERCENT / MARGIN;
/** Below which a shortage is made good at once, and a position taken over as a whole. */
const SMALL = 50n * QUOTE;

const onStepUp = (base: bigint, step: bigint): bigint => {
  const rest = modulo(base, step);
  return rest === 0n ? base : base + step - rest;
};

export function liquidatePerp(
  liquidating: Liquidating,
  marketIndex: number,
  mostBase: bigint,
  limit: bigint | null,
): void {
  const { run, state, markets, user, liquidator } = liquidating;
  checkNotBankrupt(user.value);
  checkNotBankrupt(liquidator.value);
  const market = markets.perp(marketIndex);
  if ((market.pausedOperations & PAUSED_LIQUIDATION) !== 0)
    refuse('InvalidLiquidation', `perp market ${marketIndex}`);
  settleFunding(run, user, market);
  settleFunding(run, liquidator, market);
  const terms = liquidationTerms(state.liquidationMarginBufferRatio, marketIndex);
  const margin = marginOf(user.value, markets, terms);
  if (!isBeingLiquidated(user.value)) {
    if (meetsRequirement(margin)) refuse('SufficientCollateral', user.address);
  } else if (canExitLiquidation(margin)) return exitLiquidation(user.value);
  const position = heldPerpPosition(user.value, marketIndex);
  const taken = madePerpPosition(liquidator.value, marketIndex);
  const liquidationId = enterLiquidation(user.value, run.slot);
  if (position.baseAssetAmount === 0n && !hasOpenOrder(position))
    refuse('PositionDoesntHaveOpenPositionOrOrders', `perp market ${marketIndex}`);
  const canceller = { run, markets, user };
  const reason = { explanation: 'Liquidation', filler: liquidator.address } as const;
  const canceledOrderIds = cancelOrders(canceller, () => true, reason);
  wasActiveUnlessLiquidated(user.value);
  const oracle = markets.price(market.amm.oracle);
  updateAmm(run, market, oracle, state);
  if (!isValidFor('Liquidate', freshValidity(market, oracle, state)))
    refuse('InvalidOracle', 'for a liquidation');
  const record = {
    liquidating,
    margin,
    liquidationId,
    canceledOrderIds,
    marketIndex,
    oraclePrice: oracle.price,
  };
  let freed = 0n;
  let current = margin;
  if (canceledOrderIds.length > 0) {
    current = marginOf(user.value, markets, terms);
    freed = saturating(shortage(margin), shortage(current));
    user.value.liquidationMarginFreed += freed;
    if (canExitLiquidation(current)) {
      emitLiquidation({ ...record, freed });
      return exitLiquidation(user.value);
    }
  }
  if (position.baseAssetAmount === 0n) return run.log('User has no base asset amount');
  const most = onStep(mostBase, market.amm.orderStepSize);
  if (most === 0n) refuse('InvalidBaseAssetAmountForLiquidatePerp', `${mostBase}`);
  if (hasLeftTwap(oracle.price, market.amm.historicalOracleData.lastOraclePriceTwap5min, state))
    refuse('PriceBandsBreached', `${oracle.price}`);
  const plan = planned(liquidating, market, position, current, most);
  if (plan === undefined) return run.log('max_base_asset_amount_allowed_to_be_transferred == 0');
  checkLimit(position, oracle.price, limit);
  const result = takeOver(liquidating, market, position, taken, { ...plan, price: oracle.price });
  const freedByPosition = saturating(
    shortage(current),
    shortage(marginOf(user.value, markets, liquidationTerms(state.liquidationMarginBufferRatio))),
  );
  freed += freedByPosition;
  user.value.liquidationMarginFreed += freedByPosition;
  if (plan.base >= plan.baseToCover) exitLiquidation(user.value);
  else if (hasNothingLeft(user.value)) enterBankruptcy(user.value);
  if (!meets(liquidator.value, markets, { type: 'Initial' }))
    refuse('InsufficientCollateral', liquidator.address);
  const orders = emitTaken(liquidating, market, result, limit, oracle.price);
  emitLiquidation({
    ...record,
    freed,
    taken: {
      ...orders,
      baseAssetAmount: result.direction === 'Long' ? plan.base : -plan.base,
      quoteAssetAmount: result.direction === 'Long' ? -result.value : result.value,
      liquidatorFee: result.fee,
      ifFee: result.insuranceFee,
    },
  });
}

/** An account in liquidation isn't idle, but its last active slot stays. */
function wasActiveUnlessLiquidated(user: User): void {
  user.idle = false;
}

interface Plan {
  readonly base: bigint;
  readonly baseToCover: bigint;
  /** 1e6 of the value, for the insurance fund. */
  readonly insuranceRate: bigint;
}

/** How much is taken over; undefined where nothing may be yet. */
function planned(
  { run, state, markets, user }: Liquidating,
  market: PerpMarket,
  position: PerpPosition,
  margin: Margin,
  most: bigint,
): Plan | undefined {
  const held = magnitude(position.baseAssetAmount);
  const { price } = markets.price(market.amm.oracle);
  const quote = markets.spot(market.quoteSpotMarketIndex);
  const quotePrice = markets.price(quote.oracle).price;
  const missing = shortage(margin);
  const ratio =
    perpMarginRatio(magnitude(worstCaseBase(position)), market, 'Maintenance') +
    BigInt(state.liquidationMarginBufferRatio);
  const tracked = margin.requirement === 0n ? 0n : (missing * margin.trackedRequirement) / margin.requirement;
  const rates = { ratio: ratio * FEE_TO_RATIO, fee: BigInt(market.liquidatorFee), price, quotePrice };
  const insuranceRate = insuranceRateOf(tracked, held, rates, BigInt(market.ifLiquidationFee));
  const step = market.amm.orderStepSize;
  const baseToCover = onStepUp(baseToCoverShortage(missing, rates, insuranceRate), step);
  const allowed = (baseToCover * partAllowed(user.value, missing, run.slot, state)) / WHOLE;
  if (allowed === 0n) return undefined;
  const least = baseValue(held, price) > SMALL ? 0n : held;
  const base = onStepUp(lesser(lesser(held, most), greater(allowed, least)), step);
  return { base, baseToCover, insuranceRate };
}

interface Rates {
  /** 1e6. */
  readonly ratio: bigint;
  readonly fee: bigint;
  readonly price: bigint;
  readonly quotePrice: bigint;
}

/** Source: calculate_perp_if_fee. */
function insuranceRateOf(missing: bigint, held: bigint, rates: Rates, most: bigint): bigint {
  if (rates.ratio <= rates.fee) return 0n;
  const price = (rates.price * rates.quotePrice) / PRICE;
  const perUnit = quotient(((missing * BASE) / held) * PRICE, price);
  return lesser(most, (saturating(rates.ratio - rates.fee, perUnit) * 19n) / 20n);
}

/** Source: calculate_base_asset_amount_to_cover_margin_shortage. */
function baseToCoverShortage(
  missing: bigint,
  { ratio, fee, price, quotePrice }: Rates,
  insuranceRate: bigint,
): bigint {
  if (ratio <= fee) return U64_MAX;
  const freedPerBase =
    (((price * quotePrice) / PRICE) * (ratio - fee)) / PERCENT - (price * insuranceRate) / PERCENT;
  return quotient(missing * PRICE * BASE_TO_QUOTE, freedPerBase);
}

/** Of a position, 1e4: the longer the liquidation lasts, the more. Source: calculate_max_pct_to_liquidate. */
function partAllowed(user: User, missing: bigint, slot: bigint, state: State): bigint {
  if (missing < SMALL) return WHOLE;
  const duration = BigInt(state.liquidationDuration);
  const byTime = duration === 0n ? WHOLE : ((slot - user.lastActiveSlot) * WHOLE) / duration;
  const part = lesser(byTime + BigInt(state.initialPctToLiquidate), WHOLE);
  const mostFreed = ((missing + user.liquidationMarginFreed) * part) / WHOLE;
  return (saturating(mostFreed, user.liquidationMarginFreed) * WHOLE) / missing;
}

function checkLimit(position: PerpPosition, price: bigint, limit: bigint | null): void {
  if (limit === null) return;
  const isMet = position.baseAssetAmount >= 0n ? price <= limit : price >= limit;
  if (!isMet) refuse('LiquidationDoesntSatisfyLimitPrice', `${price} against ${limit}`);
}

interface Taken {
  readonly base: bigint;
  readonly value: bigint;
  readonly fee: bigint;
  readonly insuranceFee: bigint;
  /** That closes the user's position. */
  readonly direction: ReturnType<typeof directionOf>;
  readonly liquidatorHeld: ReturnType<typeof directionOf>;
}

function takeOver(
  { run, userStats, liquidatorStats }: Liquidating,
  market: PerpMarket,
  position: PerpPosition,
  taken: PerpPosition,
  { base, insuranceRate, price }: Plan & { readonly price: bigint },
): Taken {
  const value = baseValue(base, price);
  const fee = (value * BigInt(market.liquidatorFee)) / PERCENT;
  const insuranceFee = (value * insuranceRate) / PERCENT;
  addTakerVolume(userStats, value, run.now);
  addMakerVolume(liquidatorStats, value, run.now);
  const held = directionOf(position.baseAssetAmount);
  const direction = opposite(held);
  const liquidatorHeld = directionOf(taken.baseAssetAmount);
  changePosition(position, market, deltaOf(base, value, direction));
  addFee(position, market, -fee);
  addFee(position, market, -insuranceFee);
  changePosition(taken, market, deltaOf(base, value, held));
  addFee(taken, market, fee);
  market.amm.totalLiquidationFee += insuranceFee;
  return { base, value, fee, insuranceFee, direction, liquidatorHeld };
}

/** Liabilities, but nothing to pay them with. Source: math/bankruptcy.rs. */
function hasNothingLeft(user: User): boolean {
  const hasAsset =
    user.spotPositions.some(
      ({ scaledBalance, balanceType }) => scaledBalance > 0n && balanceType === 'Deposit',
    ) ||
    user.perpPositions.some(
      (position) =>
        position.baseAssetAmount !== 0n || position.quoteAssetAmount > 0n || hasOpenOrder(position),
    );
  const hasLiability =
    user.spotPositions.some(
      ({ scaledBalance, balanceType }) => scaledBalance > 0n && balanceType === 'Borrow',
    ) || user.perpPositions.some(({ quoteAssetAmount }) => quoteAssetAmount < 0n);
  return !hasAsset && hasLiability;
}

/** The program tells of the take-over as of two orders that met. */
function emitTaken(
  { run, user, liquidator }: Liquidating,
  market: PerpMarket,
  taken: Taken,
  limit: bigint | null,
  oraclePrice: bigint,
): { readonly userOrderId: number; readonly liquidatorOrderId: number; readonly fillRecordId: bigint } {
  const userOrderId = nextOrderId(user.value);
  const liquidatorOrderId = nextOrderId(liquidator.value);
  const fillRecordId = market.nextFillRecordId;
  market.nextFillRecordId += 1n;
  const held = opposite(taken.direction);
  const blank = {
    ...blankOrder(),
    slot: run.slot,
    baseAssetAmount: taken.base,
    marketIndex: market.marketIndex,
    status: 'Open',
  } as const;
  const userOrder = {
    ...blank,
    orderId: userOrderId,
    orderType: 'Market',
    direction: taken.direction,
    existingPositionDirection: held,
  } as const;
  const liquidatorOrder = {
    ...blank,
    orderId: liquidatorOrderId,
    price: limit ?? 0n,
    orderType: limit === null ? 'Market' : 'Limit',
    direction: held,
    existingPositionDirection: taken.liquidatorHeld,
  } as const;
  emitOrder(run, user.address, userOrder);
  emitOrder(run, liquidator.address, liquidatorOrder);
  const filled = { baseAssetAmountFilled: taken.base, quoteAssetAmountFilled: taken.value };
  const side = (address: string, order: OrderSide['order']): OrderSide => ({
    user: address,
    order: { ...order, ...filled },
  });
  emitOrderAction(run, {
    action: 'Fill',
    explanation: 'Liquidation',
    marketIndex: market.marketIndex,
    marketType: 'Perp',
    fillRecordId,
    base: taken.base,
    quote: taken.value,
    takerFee: taken.fee + taken.insuranceFee,
    makerFee: -taken.fee,
    taker: side(user.address, userOrder),
    maker: side(liquidator.address, liquidatorOrder),
    oraclePrice,
  });
  return { userOrderId, liquidatorOrderId, fillRecordId };
}

function blankOrder(): User['orders'][number] {
  const [order] = (zeroOf('User') as unknown as User).orders;
  if (order === undefined) throw new Error('the IDL gives users no orders');
  clearOrder(order);
  return order;
}

interface LiquidationFields {
  readonly liquidating: Liquidating;
  readonly margin: Margin;
  readonly liquidationId: number;
  readonly canceledOrderIds: readonly number[];
  readonly marketIndex: number;
  readonly oraclePrice: bigint;
  readonly freed: bigint;
  readonly taken?: Fields;
}

function emitLiquidation(fields: LiquidationFields): void {
  const { run, user, liquidator } = fields.liquidating;
  run.emit('LiquidationRecord', {
    ts: run.now,
    liquidationType: 'LiquidatePerp',
    user: user.address,
    liquidator: liquidator.address,
    marginRequirement: fields.margin.requirement,
    totalCollateral: fields.margin.collateral,
    marginFreed: fields.freed,
    liquidationId: fields.liquidationId,
    bankrupt: isBankrupt(user.value),
    canceledOrderIds: fields.canceledOrderIds,
    liquidatePerp: {
      ...zeroOf('LiquidatePerpRecord'),
      marketIndex: fields.marketIndex,
      oraclePrice: fields.oraclePrice,
      ...fields.taken,
    },
    liquidateSpot: zeroOf('LiquidateSpotRecord'),
    liquidateBorrowForPerpPnl: zeroOf('LiquidateBorrowForPerpPnlRecord'),
    liquidatePerpPnlForDeposit: zeroOf('LiquidatePerpPnlForDepositRecord'),
    perpBankruptcy: zeroOf('PerpBankruptcyRecord'),
    spotBankruptcy: zeroOf('SpotBankruptcyRecord'),
    bitFlags: 0,
  });
}
