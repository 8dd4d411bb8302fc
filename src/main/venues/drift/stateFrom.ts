import type {
  OraclePriceData,
  PerpMarketAccount,
  PerpPosition,
  SpotMarketAccount,
  SpotPosition,
  UserAccount,
} from '@drift-labs/sdk';
import type {
  DriftOracle,
  DriftUser,
  PerpHolding,
  PerpMarketState,
  SpotHolding,
  SpotMarketState,
} from './driftState.ts';
import { orderFrom } from './orderFrom.ts';
import { big, variantOf } from './sdk.ts';

/** Bits of a user's status. Source: the program's `UserStatus`. */
const BEING_LIQUIDATED = 0b01;
const BANKRUPT = 0b10;
/** The bit of a position's flags. Source: the program's `PositionFlag`. */
const ISOLATED = 0b001;
const SIZE_ONE = 1_000_000_000n;
const NOBODY = '11111111111111111111111111111111';

export function userFrom(address: string, account: UserAccount): DriftUser {
  const delegate = account.delegate.toString();
  return {
    address,
    authority: account.authority.toString(),
    delegate: delegate === NOBODY ? null : delegate,
    subAccount: account.subAccountId,
    name: nameFrom(account.name),
    spot: account.spotPositions
      .map(spotFrom)
      .filter(({ scaled, openOrders }) => scaled !== 0n || openOrders > 0),
    perps: account.perpPositions.map(perpFrom).filter(isInUse),
    orders: account.orders.filter(({ status }) => variantOf(status) === 'open').map(orderFrom),
    isBeingLiquidated: (account.status & (BEING_LIQUIDATED | BANKRUPT)) !== 0,
    marginRatio: account.maxMarginRatio,
    nextOrderId: account.nextOrderId,
  };
}

const spotFrom = (held: SpotPosition): SpotHolding => ({
  market: held.marketIndex,
  kind: variantOf(held.balanceType) === 'deposit' ? 'deposit' : 'borrow',
  scaled: big(held.scaledBalance),
  openOrders: held.openOrders,
  openBids: big(held.openBids),
  openAsks: big(held.openAsks),
});

const perpFrom = (held: PerpPosition): PerpHolding => ({
  market: held.marketIndex,
  size: big(held.baseAssetAmount),
  quote: big(held.quoteAssetAmount),
  quoteEntry: big(held.quoteEntryAmount),
  lastFunding: big(held.lastCumulativeFundingRate),
  openOrders: held.openOrders,
  openBids: big(held.openBids),
  openAsks: big(held.openAsks),
  settledPnl: big(held.settledPnl),
  marginRatio: held.maxMarginRatio,
  lpShares: big(held.lpShares),
  isIsolated: (held.positionFlag & ISOLATED) !== 0,
  isolated: big(held.isolatedPositionScaledBalance),
});

const isInUse = ({ size, quote, openOrders, lpShares, isolated }: PerpHolding): boolean =>
  size !== 0n || quote !== 0n || openOrders > 0 || lpShares !== 0n || isolated !== 0n;

/** The SDK's IDL has it, and its type forgets it. */
type Adjusted = SpotMarketAccount & { readonly feeAdjustment: number };

export function spotMarketFrom(account: SpotMarketAccount, oracle: OraclePriceData): SpotMarketState {
  return {
    market: account.marketIndex,
    symbol: nameFrom(account.name),
    mint: account.mint.toString(),
    decimals: account.decimals,
    depositInterest: big(account.cumulativeDepositInterest),
    borrowInterest: big(account.cumulativeBorrowInterest),
    initialAssetWeight: BigInt(account.initialAssetWeight),
    maintenanceAssetWeight: BigInt(account.maintenanceAssetWeight),
    initialLiabilityWeight: BigInt(account.initialLiabilityWeight),
    maintenanceLiabilityWeight: BigInt(account.maintenanceLiabilityWeight),
    imf: BigInt(account.imfFactor),
    scaleInitialAssetWeightStart: big(account.scaleInitialAssetWeightStart),
    depositBalance: big(account.depositBalance),
    feeAdjustment: BigInt((account as Adjusted).feeAdjustment),
    orderStep: big(account.orderStepSize),
    orderTick: big(account.orderTickSize),
    minimumOrder: big(account.minOrderSize),
    oracle: oracleFrom(oracle),
    oracleTwap5m: big(account.historicalOracleData.lastOraclePriceTwap5Min),
    status: variantOf(account.status),
    paused: account.pausedOperations,
  };
}

export function perpMarketFrom(account: PerpMarketAccount, oracle: OraclePriceData): PerpMarketState {
  const { amm } = account;
  return {
    market: account.marketIndex,
    symbol: nameFrom(account.name),
    feeAdjustment: BigInt(account.feeAdjustment),
    orderStep: big(amm.orderStepSize),
    orderTick: big(amm.orderTickSize),
    minimumOrder: big(amm.minOrderSize),
    initialMargin: BigInt(account.marginRatioInitial),
    maintenanceMargin: BigInt(account.marginRatioMaintenance),
    imf: BigInt(account.imfFactor),
    pnlInitialAssetWeight: BigInt(account.unrealizedPnlInitialAssetWeight),
    pnlMaintenanceAssetWeight: BigInt(account.unrealizedPnlMaintenanceAssetWeight),
    pnlImf: BigInt(account.unrealizedPnlImfFactor),
    pnlMaxImbalance: big(account.unrealizedPnlMaxImbalance),
    netUserPnl: netUserPnlOf(account),
    cumulativeFundingLong: big(amm.cumulativeFundingRateLong),
    cumulativeFundingShort: big(amm.cumulativeFundingRateShort),
    lastFundingRate: big(amm.lastFundingRate),
    lastFundingAt: Number(amm.lastFundingRateTs.toString()),
    fundingPeriodS: Number(amm.fundingPeriod.toString()),
    // Programs older than that figure have the average of the hour itself.
    fundingOracle: big(amm.lastFundingOracleTwap) || big(amm.historicalOracleData.lastOraclePriceTwap),
    oracle: oracleFrom(oracle),
    status: variantOf(account.status),
    expiryPrice: big(account.expiryPrice),
    paused: account.pausedOperations,
  };
}

/** Dollars, 1e6, at the market's own last price of the oracle. Source: the program's `calculate_net_user_pnl`. */
function netUserPnlOf({ amm }: PerpMarketAccount): bigint {
  const size = big(amm.baseAssetAmountWithAmm) + big(amm.baseAssetAmountWithUnsettledLp);
  const worth = (size * big(amm.historicalOracleData.lastOraclePrice)) / SIZE_ONE;
  const cost =
    big(amm.quoteAssetAmount) + big(amm.quoteAssetAmountWithUnsettledLp) + big(amm.netUnsettledFundingPnl);
  return worth + cost;
}

export const oracleFrom = ({ price, slot, confidence }: OraclePriceData): DriftOracle => ({
  price: big(price),
  slot: big(slot),
  confidence: big(confidence),
});

/** Names are 32 bytes, padded with spaces. */
export const nameFrom = (bytes: readonly number[]): string =>
  Buffer.from(bytes).toString('utf8').replaceAll('\0', '').trim();
