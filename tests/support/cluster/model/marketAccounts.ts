/** The program's markets in the fields that the model knows, by the IDL's names and in the program's units. */

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
