/** Drift's accounts as the program makes them when its admin opens the markets of marketTerms.ts. */
import { encodeName } from '@drift-labs/sdk';
import { PublicKey } from '@solana/web3.js';

import { ADMIN } from './admin.ts';
import { big, driftAddress, driftAddressAndBump, emptyAccount, type Fields } from './driftAccounts.ts';
import {
  AMM_FILL,
  INSURANCE_STAKE,
  MAX_SUB_ACCOUNTS_HUNDREDS,
  type PerpTerms,
  type SpotTerms,
} from './marketTerms.ts';

const key = (address: string): PublicKey => new PublicKey(address);
/** Balances are kept in 1e9, cumulative interest in 1e10. */
const SCALED_PER_USDC = 1_000n;
const NO_INTEREST = 10_000_000_000n;
const THIRTEEN_DAYS = 1_123_200;

const feeTier = (taker: number, maker: number, referrer: number, referee: number): Fields => ({
  feeNumerator: taker,
  feeDenominator: 100_000,
  makerRebateNumerator: maker,
  makerRebateDenominator: 100_000,
  referrerRewardNumerator: referrer,
  referrerRewardDenominator: 100,
  refereeFeeNumerator: referee,
  refereeFeeDenominator: 100,
});

/** Ten tiers, of which the last have no fee. */
function feeStructure(tiers: readonly Fields[]): Fields {
  return {
    feeTiers: Array.from({ length: 10 }, (_, tier) => tiers[tier] ?? feeTier(0, 0, 0, 0)),
    fillerRewardStructure: {
      rewardNumerator: 10,
      rewardDenominator: 100,
      timeBasedRewardLowerBound: big(10_000),
    },
    referrerRewardEpochUpperBound: big(4_000_000_000),
    flatFillerFee: big(10_000),
  };
}

export function firstState(): Fields {
  const [signer, signerNonce] = driftAddressAndBump('drift_signer');
  return {
    ...emptyAccount('State'),
    admin: ADMIN.publicKey,
    signer: key(signer),
    signerNonce,
    perpFeeStructure: feeStructure([100, 90, 80, 70, 60, 50].map((taker) => feeTier(taker, 20, 15, 5))),
    spotFeeStructure: feeStructure([feeTier(100, 20, 0, 0)]),
    oracleGuardRails: {
      priceDivergence: {
        markOraclePercentDivergence: big(100_000),
        oracleTwap5MinPercentDivergence: big(500_000),
      },
      validity: {
        slotsBeforeStaleForAmm: big(10),
        slotsBeforeStaleForMargin: big(120),
        confidenceIntervalMaxSize: big(20_000),
        tooVolatileRatio: big(5),
      },
    },
    numberOfAuthorities: big(1),
    liquidationMarginBufferRatio: 200,
    numberOfMarkets: 1,
    numberOfSpotMarkets: 2,
    defaultMarketOrderTimeInForce: 60,
    maxNumberOfSubAccounts: MAX_SUB_ACCOUNTS_HUNDREDS,
  };
}

/** `deposits` in the token's smallest unit; a price 1e6. */
export function firstSpotMarket(
  terms: SpotTerms,
  at: {
    readonly unixTime: number;
    readonly priceE6: bigint;
    readonly deposits: bigint;
    readonly staked: bigint;
  },
): Fields {
  const empty = emptyAccount('SpotMarket');
  const { marketIndex } = terms;
  const price = big(at.priceE6);
  const pool = { scaledBalance: big(0), padding: [0, 0, 0, 0, 0, 0] };
  return {
    ...empty,
    pubkey: key(driftAddress('spot_market', marketIndex)),
    oracle: terms.oracle === undefined ? PublicKey.default : key(terms.oracle),
    oracleSource: terms.oracle === undefined ? { quoteAsset: {} } : { pyth: {} },
    mint: key(terms.mint),
    vault: key(driftAddress('spot_market_vault', marketIndex)),
    name: encodeName(terms.name),
    marketIndex,
    decimals: terms.decimals,
    status: { active: {} },
    assetTier: { collateral: {} },
    ordersEnabled: terms.oracle !== undefined,
    historicalOracleData: {
      lastOraclePrice: price,
      lastOracleConf: big(terms.oracle === undefined ? 0n : at.priceE6 / 10_000n),
      lastOracleDelay: big(0),
      lastOraclePriceTwap: price,
      lastOraclePriceTwap5Min: price,
      lastOraclePriceTwapTs: big(0),
    },
    historicalIndexData: {
      lastIndexBidPrice: price,
      lastIndexAskPrice: price,
      lastIndexPriceTwap: price,
      lastIndexPriceTwap5Min: price,
      lastIndexPriceTwapTs: big(0),
    },
    revenuePool: { ...pool, marketIndex },
    spotFeePool: { ...pool, marketIndex: 0 },
    insuranceFund: {
      vault: key(driftAddress('insurance_fund_vault', marketIndex)),
      totalShares: big(at.staked),
      userShares: big(at.staked),
      sharesBase: big(0),
      unstakingPeriod: big(THIRTEEN_DAYS),
      lastRevenueSettleTs: big(0),
      revenueSettlePeriod: big(0),
      totalFactor: terms.ifTotalFactor,
      userFactor: terms.ifTotalFactor / 2,
    },
    depositBalance: big(at.deposits * SCALED_PER_USDC),
    cumulativeDepositInterest: big(NO_INTEREST),
    cumulativeBorrowInterest: big(NO_INTEREST),
    withdrawGuardThreshold: big(terms.withdrawGuardThreshold),
    lastInterestTs: big(at.unixTime),
    lastTwapTs: big(at.unixTime),
    orderStepSize: big(terms.orderStepSize),
    orderTickSize: big(terms.orderTickSize),
    minOrderSize: big(terms.orderStepSize),
    nextFillRecordId: big(1),
    nextDepositRecordId: big(1),
    initialAssetWeight: terms.initialAssetWeight,
    maintenanceAssetWeight: terms.maintenanceAssetWeight,
    initialLiabilityWeight: terms.initialLiabilityWeight,
    maintenanceLiabilityWeight: terms.maintenanceLiabilityWeight,
    imfFactor: terms.imfFactor,
    liquidatorFee: terms.liquidatorFee,
    ifLiquidationFee: terms.ifLiquidationFee,
    optimalUtilization: terms.optimalUtilization,
    optimalBorrowRate: terms.optimalBorrowRate,
    maxBorrowRate: terms.maxBorrowRate,
  };
}

/** How far the AMM may be traded from its centre, as a ratio of its reserves; 1e6. */
const CONCENTRATION = 1_414_200n;
/** The AMM's spread before its oracle was first seen valid, 1e6: measured. */
const FIRST_SPREAD = 1_000n;

export function firstPerpMarket(
  terms: PerpTerms,
  at: {
    readonly unixTime: number;
    readonly slot: number;
    readonly priceE6: bigint;
    readonly ammFills: boolean;
  },
): Fields {
  const empty = emptyAccount('PerpMarket');
  const price = big(at.priceE6);
  const now = big(at.unixTime);
  const { reserve } = terms;
  const half = (reserve * FIRST_SPREAD) / 2_000_000n;
  const invariant = reserve * reserve;
  return {
    ...empty,
    pubkey: key(driftAddress('perp_market', terms.marketIndex)),
    name: encodeName(terms.name),
    marketIndex: terms.marketIndex,
    status: { active: {} },
    contractTier: { a: {} },
    pausedOperations: at.ammFills ? 0 : AMM_FILL,
    marginRatioInitial: terms.marginRatioInitial,
    marginRatioMaintenance: terms.marginRatioMaintenance,
    imfFactor: terms.imfFactor,
    liquidatorFee: terms.liquidatorFee,
    ifLiquidationFee: terms.ifLiquidationFee,
    unrealizedPnlInitialAssetWeight: terms.unrealizedPnlInitialAssetWeight,
    unrealizedPnlMaintenanceAssetWeight: terms.unrealizedPnlMaintenanceAssetWeight,
    nextFillRecordId: big(1),
    nextFundingRateRecordId: big(1),
    nextCurveRecordId: big(1),
    insuranceClaim: {
      revenueWithdrawSinceLastSettle: big(0),
      maxRevenueWithdrawPerPeriod: big(terms.maxRevenueWithdrawPerPeriod),
      quoteMaxInsurance: big(terms.quoteMaxInsurance),
      quoteSettledInsurance: big(0),
      lastRevenueWithdrawTs: big(0),
    },
    amm: {
      ...(empty['amm'] as Fields),
      oracle: key(terms.oracle),
      oracleSource: { pyth: {} },
      historicalOracleData: {
        lastOraclePrice: price,
        lastOracleConf: big(0),
        lastOracleDelay: big(0),
        lastOraclePriceTwap: price,
        lastOraclePriceTwap5Min: price,
        lastOraclePriceTwapTs: now,
      },
      feePool: {
        scaledBalance: big(terms.feePool * SCALED_PER_USDC),
        marketIndex: 0,
        padding: [0, 0, 0, 0, 0, 0],
      },
      totalFeeMinusDistributions: big(terms.feePool),
      baseAssetReserve: big(reserve),
      quoteAssetReserve: big(reserve),
      terminalQuoteAssetReserve: big(reserve),
      sqrtK: big(reserve),
      pegMultiplier: price,
      concentrationCoef: big(CONCENTRATION),
      minBaseAssetReserve: big((reserve * 1_000_000n) / CONCENTRATION),
      maxBaseAssetReserve: big((reserve * CONCENTRATION) / 1_000_000n),
      askBaseAssetReserve: big(invariant / (reserve + half)),
      askQuoteAssetReserve: big(reserve + half),
      bidBaseAssetReserve: big(invariant / (reserve - half)),
      bidQuoteAssetReserve: big(reserve - half),
      longSpread: Number(FIRST_SPREAD),
      shortSpread: Number(FIRST_SPREAD),
      baseSpread: terms.baseSpread,
      maxSpread: terms.maxSpread,
      lastOracleNormalisedPrice: price,
      lastBidPriceTwap: price,
      lastAskPriceTwap: price,
      lastMarkPriceTwap: price,
      lastMarkPriceTwap5Min: price,
      lastMarkPriceTwapTs: now,
      lastFundingRateTs: now,
      lastTradeTs: now,
      lastUpdateSlot: big(at.slot),
      fundingPeriod: big(terms.fundingPeriodS),
      orderStepSize: big(terms.orderStepSize),
      orderTickSize: big(terms.orderTickSize),
      minOrderSize: big(terms.minOrderSize),
      maxFillReserveFraction: 100,
      maxSlippageRatio: 50,
      curveUpdateIntensity: terms.curveUpdateIntensity,
    },
  };
}

export function firstUserStats(unixTime: number): Fields {
  const now = big(unixTime);
  return {
    ...emptyAccount('UserStats'),
    authority: ADMIN.publicKey,
    lastMakerVolume30DTs: now,
    lastTakerVolume30DTs: now,
    lastFillerVolume30DTs: now,
    ifStakedQuoteAssetAmount: big(INSURANCE_STAKE),
  };
}

export function firstStake(unixTime: number): Fields {
  return {
    ...emptyAccount('InsuranceFundStake'),
    authority: ADMIN.publicKey,
    ifShares: big(INSURANCE_STAKE),
    lastValidTs: big(unixTime),
    costBasis: big(INSURANCE_STAKE),
  };
}
