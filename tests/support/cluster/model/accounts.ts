/** The program's accounts in the fields that the model knows, by the IDL's names and in the program's units. */

import type { PerpMarket, SpotMarket } from './marketAccounts.ts';

export type Direction = 'Long' | 'Short';
export type BalanceType = 'Deposit' | 'Borrow';
export type MarketKind = 'Spot' | 'Perp';
export type OrderType = 'Market' | 'Limit' | 'TriggerMarket' | 'TriggerLimit' | 'Oracle';
export type TriggerCondition = 'Above' | 'Below' | 'TriggeredAbove' | 'TriggeredBelow';

export interface Order {
  slot: bigint;
  price: bigint;
  baseAssetAmount: bigint;
  baseAssetAmountFilled: bigint;
  quoteAssetAmountFilled: bigint;
  triggerPrice: bigint;
  auctionStartPrice: bigint;
  auctionEndPrice: bigint;
  maxTs: bigint;
  oraclePriceOffset: number;
  orderId: number;
  marketIndex: number;
  status: 'Init' | 'Open' | 'Filled' | 'Canceled';
  orderType: OrderType;
  marketType: MarketKind;
  userOrderId: number;
  existingPositionDirection: Direction;
  direction: Direction;
  reduceOnly: boolean;
  postOnly: boolean;
  immediateOrCancel: boolean;
  triggerCondition: TriggerCondition;
  auctionDuration: number;
  postedSlotTail: number;
  bitFlags: number;
  padding: Uint8Array;
}

export interface SpotPosition {
  scaledBalance: bigint;
  openBids: bigint;
  openAsks: bigint;
  cumulativeDeposits: bigint;
  marketIndex: number;
  balanceType: BalanceType;
  openOrders: number;
  padding: Uint8Array;
}

export interface PerpPosition {
  lastCumulativeFundingRate: bigint;
  baseAssetAmount: bigint;
  quoteAssetAmount: bigint;
  quoteBreakEvenAmount: bigint;
  quoteEntryAmount: bigint;
  openBids: bigint;
  openAsks: bigint;
  settledPnl: bigint;
  lpShares: bigint;
  isolatedPositionScaledBalance: bigint;
  lastQuoteAssetAmountPerLp: bigint;
  padding: Uint8Array;
  maxMarginRatio: number;
  marketIndex: number;
  openOrders: number;
  positionFlag: number;
}

export interface User {
  authority: string;
  delegate: string;
  name: Uint8Array;
  readonly spotPositions: SpotPosition[];
  readonly perpPositions: PerpPosition[];
  readonly orders: Order[];
  totalDeposits: bigint;
  totalWithdraws: bigint;
  settledPerpPnl: bigint;
  cumulativeSpotFees: bigint;
  cumulativePerpFunding: bigint;
  liquidationMarginFreed: bigint;
  lastActiveSlot: bigint;
  nextOrderId: number;
  maxMarginRatio: number;
  nextLiquidationId: number;
  subAccountId: number;
  status: number;
  isMarginTradingEnabled: boolean;
  idle: boolean;
  openOrders: number;
  hasOpenOrder: boolean;
  openAuctions: number;
  hasOpenAuction: boolean;
}

export interface UserStats {
  authority: string;
  referrer: string;
  readonly fees: { totalFeePaid: bigint; totalFeeRebate: bigint };
  makerVolume30d: bigint;
  takerVolume30d: bigint;
  fillerVolume30d: bigint;
  lastMakerVolume30dTs: bigint;
  lastTakerVolume30dTs: bigint;
  lastFillerVolume30dTs: bigint;
  ifStakedQuoteAssetAmount: bigint;
  numberOfSubAccounts: number;
  numberOfSubAccountsCreated: number;
  referrerStatus: number;
}

export interface FeeTier {
  readonly feeNumerator: number;
  readonly feeDenominator: number;
  readonly makerRebateNumerator: number;
  readonly makerRebateDenominator: number;
}

export interface FeeStructure {
  readonly feeTiers: readonly FeeTier[];
  readonly fillerRewardStructure: {
    readonly rewardNumerator: number;
    readonly rewardDenominator: number;
    readonly timeBasedRewardLowerBound: bigint;
  };
  readonly flatFillerFee: bigint;
}

export interface OracleGuardRails {
  readonly priceDivergence: {
    readonly markOraclePercentDivergence: bigint;
    readonly oracleTwap5minPercentDivergence: bigint;
  };
  readonly validity: {
    readonly slotsBeforeStaleForAmm: bigint;
    readonly slotsBeforeStaleForMargin: bigint;
    readonly confidenceIntervalMaxSize: bigint;
    readonly tooVolatileRatio: bigint;
  };
}

export interface State {
  readonly signer: string;
  readonly perpFeeStructure: FeeStructure;
  readonly spotFeeStructure: FeeStructure;
  readonly oracleGuardRails: OracleGuardRails;
  numberOfAuthorities: bigint;
  numberOfSubAccounts: bigint;
  readonly liquidationMarginBufferRatio: number;
  readonly minPerpAuctionDuration: number;
  readonly defaultSpotAuctionDuration: number;
  readonly exchangeStatus: number;
  readonly liquidationDuration: number;
  readonly initialPctToLiquidate: number;
  readonly maxNumberOfSubAccounts: number;
  readonly maxInitializeUserFee: number;
}

export interface InsuranceFundStake {
  authority: string;
  ifShares: bigint;
  lastWithdrawRequestShares: bigint;
  ifBase: bigint;
  lastValidTs: bigint;
  lastWithdrawRequestValue: bigint;
  lastWithdrawRequestTs: bigint;
  costBasis: bigint;
  marketIndex: number;
}

/** The kinds of accounts and what each holds. */
export interface AccountKinds {
  readonly User: User;
  readonly UserStats: UserStats;
  readonly SpotMarket: SpotMarket;
  readonly PerpMarket: PerpMarket;
  readonly State: State;
  readonly InsuranceFundStake: InsuranceFundStake;
}
export type AccountKind = keyof AccountKinds;
