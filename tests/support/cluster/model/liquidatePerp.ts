import type { PerpPosition, State, User, UserStats } from './accounts.ts';
import type { PerpMarket } from './marketAccounts.ts';
import { freshValidity, updateAmm } from './ammUpdate.ts';
import { cancelOrders } from './cancelOrder.ts';
import { hasLeftTwap } from './fill.ts';
import { settleFunding } from './funding.ts';
import { saturating } from './integers.ts';
import { emitLiquidation, emitTaken, type Taken } from './liquidationRecord.ts';
import { planned, type Plan } from './liquidationSize.ts';
import {
  canExitLiquidation,
  liquidationTerms,
  marginOf,
  meets,
  meetsRequirement,
  shortage,
} from './margin.ts';
import type { Markets } from './markets.ts';
import { isValidFor } from './oracle.ts';
import { onStep } from './order.ts';
import { addFee, baseValue, changePosition, deltaOf, directionOf, opposite } from './perpPosition.ts';
import { PERCENT } from './precision.ts';
import { refuse } from './refusal.ts';
import type { Held, Run } from './run.ts';
import {
  addMakerVolume,
  addTakerVolume,
  checkNotBankrupt,
  enterBankruptcy,
  enterLiquidation,
  exitLiquidation,
  hasOpenOrder,
  heldPerpPosition,
  isBeingLiquidated,
  madePerpPosition,
} from './user.ts';

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

function checkLimit(position: PerpPosition, price: bigint, limit: bigint | null): void {
  if (limit === null) return;
  const isMet = position.baseAssetAmount >= 0n ? price <= limit : price >= limit;
  if (!isMet) refuse('LiquidationDoesntSatisfyLimitPrice', `${price} against ${limit}`);
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
