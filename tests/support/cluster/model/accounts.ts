/** The program's accounts in the fields that the model knows, by the IDL's names and in the program's units. */

export type Direction = 'Long' | 'Short';
export type BalanceType = 'Deposit' | 'Borrow';
export type MarketKind = 'Spot' | 'Perp';
export type OrderType = 'Market' | 'Limit' | 'TriggerMarket' | 'TriggerLimit' | 'Oracle';
export type TriggerCondition = 'Above' | 'Below' | 'TriggeredAbove' | 'TriggeredBelow';
export type MarketStatus =
  | 'Initialized'
  | 'Active'
  | 'FundingPaused'
  | 'AmmPaused'
  | 'FillPaused'
  | 'WithdrawPaused'
  | 'ReduceOnly'
  | 'Settlement'
  | 'Delisted';
export type ContractTier = 'A' | 'B' | 'C' | 'Speculative' | 'HighlySpeculative' | 'Isolated';
export type AssetTier = 'Collateral' | 'Protected' | 'Cross' | 'Isolated' | 'Unlisted';

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

/** Always a deposit. */
export interface PoolBalance {
  scaledBalance: bigint;
  readonly marketIndex: number;
}

export interface HistoricalOracleData {
  lastOraclePrice: bigint;
  lastOracleConf: bigint;
  lastOracleDelay: bigint;
  lastOraclePriceTwap: bigint;
  lastOraclePriceTwap5min: bigint;
  lastOraclePriceTwapTs: bigint;
}

export interface InsuranceFund {
  readonly vault: string;
  totalShares: bigint;
  userShares: bigint;
  sharesBase: bigint;
  readonly unstakingPeriod: bigint;
  lastRevenueSettleTs: bigint;
  readonly revenueSettlePeriod: bigint;
  readonly totalFactor: number;
  readonly userFactor: number;
}

export interface SpotMarket {
  readonly oracle: string;
  readonly mint: string;
  readonly vault: string;
  readonly historicalOracleData: HistoricalOracleData;
  readonly revenuePool: PoolBalance;
  readonly spotFeePool: PoolBalance;
  readonly insuranceFund: InsuranceFund;
  totalSpotFee: bigint;
  depositBalance: bigint;
  borrowBalance: bigint;
  cumulativeDepositInterest: bigint;
  cumulativeBorrowInterest: bigint;
  readonly withdrawGuardThreshold: bigint;
  readonly maxTokenDeposits: bigint;
  depositTokenTwap: bigint;
  borrowTokenTwap: bigint;
  utilizationTwap: bigint;
  lastInterestTs: bigint;
  lastTwapTs: bigint;
  readonly orderStepSize: bigint;
  readonly orderTickSize: bigint;
  readonly minOrderSize: bigint;
  nextFillRecordId: bigint;
  nextDepositRecordId: bigint;
  readonly initialAssetWeight: number;
  readonly maintenanceAssetWeight: number;
  readonly initialLiabilityWeight: number;
  readonly maintenanceLiabilityWeight: number;
  readonly imfFactor: number;
  readonly optimalUtilization: number;
  readonly optimalBorrowRate: number;
  readonly maxBorrowRate: number;
  readonly decimals: number;
  readonly marketIndex: number;
  readonly ordersEnabled: boolean;
  readonly status: MarketStatus;
  readonly assetTier: AssetTier;
  readonly pausedOperations: number;
  readonly ifPausedOperations: number;
  readonly feeAdjustment: number;
  readonly scaleInitialAssetWeightStart: bigint;
}

export interface Amm {
  readonly oracle: string;
  readonly historicalOracleData: HistoricalOracleData;
  readonly feePool: PoolBalance;
  readonly baseAssetReserve: bigint;
  readonly quoteAssetReserve: bigint;
  readonly concentrationCoef: bigint;
  minBaseAssetReserve: bigint;
  maxBaseAssetReserve: bigint;
  readonly sqrtK: bigint;
  pegMultiplier: bigint;
  baseAssetAmountLong: bigint;
  baseAssetAmountShort: bigint;
  readonly baseAssetAmountWithAmm: bigint;
  readonly baseAssetAmountWithUnsettledLp: bigint;
  readonly maxOpenInterest: bigint;
  quoteAssetAmount: bigint;
  quoteEntryAmountLong: bigint;
  quoteEntryAmountShort: bigint;
  quoteBreakEvenAmountLong: bigint;
  quoteBreakEvenAmountShort: bigint;
  lastFundingRate: bigint;
  lastFundingRateLong: bigint;
  lastFundingRateShort: bigint;
  last24hAvgFundingRate: bigint;
  totalFee: bigint;
  totalExchangeFee: bigint;
  totalFeeMinusDistributions: bigint;
  totalFeeWithdrawn: bigint;
  totalLiquidationFee: bigint;
  cumulativeFundingRateLong: bigint;
  cumulativeFundingRateShort: bigint;
  readonly totalSocialLoss: bigint;
  askBaseAssetReserve: bigint;
  askQuoteAssetReserve: bigint;
  bidBaseAssetReserve: bigint;
  bidQuoteAssetReserve: bigint;
  lastOracleNormalisedPrice: bigint;
  lastOracleReservePriceSpreadPct: bigint;
  lastBidPriceTwap: bigint;
  lastAskPriceTwap: bigint;
  lastMarkPriceTwap: bigint;
  lastMarkPriceTwap5min: bigint;
  lastUpdateSlot: bigint;
  lastOracleConfPct: bigint;
  netRevenueSinceLastFunding: bigint;
  lastFundingRateTs: bigint;
  readonly fundingPeriod: bigint;
  readonly orderStepSize: bigint;
  readonly orderTickSize: bigint;
  readonly minOrderSize: bigint;
  volume24h: bigint;
  longIntensityVolume: bigint;
  shortIntensityVolume: bigint;
  lastTradeTs: bigint;
  markStd: bigint;
  oracleStd: bigint;
  lastMarkPriceTwapTs: bigint;
  readonly baseSpread: number;
  readonly maxSpread: number;
  longSpread: number;
  shortSpread: number;
  readonly maxFillReserveFraction: number;
  readonly curveUpdateIntensity: number;
  lastOracleValid: boolean;
  netUnsettledFundingPnl: bigint;
  readonly quoteAssetAmountWithUnsettledLp: bigint;
  referencePriceOffset: number;
}

export interface PerpMarket {
  readonly amm: Amm;
  readonly pnlPool: PoolBalance;
  readonly insuranceClaim: {
    revenueWithdrawSinceLastSettle: bigint;
    readonly maxRevenueWithdrawPerPeriod: bigint;
    readonly quoteMaxInsurance: bigint;
    readonly quoteSettledInsurance: bigint;
    lastRevenueWithdrawTs: bigint;
  };
  readonly unrealizedPnlMaxImbalance: bigint;
  readonly expiryTs: bigint;
  nextFillRecordId: bigint;
  nextFundingRateRecordId: bigint;
  readonly imfFactor: number;
  readonly unrealizedPnlImfFactor: number;
  readonly liquidatorFee: number;
  readonly ifLiquidationFee: number;
  readonly marginRatioInitial: number;
  readonly marginRatioMaintenance: number;
  readonly unrealizedPnlInitialAssetWeight: number;
  readonly unrealizedPnlMaintenanceAssetWeight: number;
  numberOfUsersWithBase: number;
  numberOfUsers: number;
  readonly marketIndex: number;
  readonly status: MarketStatus;
  readonly contractTier: ContractTier;
  readonly pausedOperations: number;
  readonly quoteSpotMarketIndex: number;
  readonly feeAdjustment: number;
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
