/** The markets of the test cluster: what mainnet's were like, in Drift's own units. */
import { MINTS, ORACLES } from './addresses.ts';

/** Weights 1e4; rates, utilization, fees and IMF 1e6; amounts in the token's smallest unit; tick in 1e6. */
export interface SpotTerms {
  readonly marketIndex: number;
  readonly name: string;
  readonly mint: string;
  readonly decimals: number;
  /** Undefined for the quote asset, which is worth 1. */
  readonly oracle: string | undefined;
  readonly optimalUtilization: number;
  readonly optimalBorrowRate: number;
  readonly maxBorrowRate: number;
  readonly initialAssetWeight: number;
  readonly maintenanceAssetWeight: number;
  readonly initialLiabilityWeight: number;
  readonly maintenanceLiabilityWeight: number;
  readonly imfFactor: number;
  readonly liquidatorFee: number;
  readonly ifLiquidationFee: number;
  readonly ifTotalFactor: number;
  /** Deposits up to which withdrawals aren't slowed down. */
  readonly withdrawGuardThreshold: bigint;
  readonly orderTickSize: bigint;
  readonly orderStepSize: bigint;
}

/** Margin ratios and weights 1e4; spreads, fees and IMF 1e6; base 1e9; quote 1e6. */
export interface PerpTerms {
  readonly marketIndex: number;
  readonly name: string;
  readonly oracle: string;
  /** Of the AMM on either side, in base. */
  readonly reserve: bigint;
  readonly fundingPeriodS: number;
  readonly marginRatioInitial: number;
  readonly marginRatioMaintenance: number;
  readonly liquidatorFee: number;
  readonly ifLiquidationFee: number;
  readonly imfFactor: number;
  readonly baseSpread: number;
  readonly maxSpread: number;
  readonly curveUpdateIntensity: number;
  readonly orderStepSize: bigint;
  readonly orderTickSize: bigint;
  readonly minOrderSize: bigint;
  readonly unrealizedPnlInitialAssetWeight: number;
  readonly unrealizedPnlMaintenanceAssetWeight: number;
  readonly quoteMaxInsurance: bigint;
  readonly maxRevenueWithdrawPerPeriod: bigint;
  /** What the AMM may spend, and winners be paid from, before losers have settled. */
  readonly feePool: bigint;
}

export const USDC_TERMS: SpotTerms = {
  marketIndex: 0,
  name: 'USDC',
  mint: MINTS.USDC,
  decimals: 6,
  oracle: undefined,
  optimalUtilization: 800_000,
  optimalBorrowRate: 120_000,
  maxBorrowRate: 1_000_000,
  initialAssetWeight: 10_000,
  maintenanceAssetWeight: 10_000,
  initialLiabilityWeight: 10_000,
  maintenanceLiabilityWeight: 10_000,
  imfFactor: 0,
  liquidatorFee: 0,
  ifLiquidationFee: 0,
  ifTotalFactor: 100_000,
  withdrawGuardThreshold: 100_000_000_000_000n,
  orderTickSize: 100n,
  orderStepSize: 1_000_000n,
};

export const SOL_TERMS: SpotTerms = {
  marketIndex: 1,
  name: 'SOL',
  mint: MINTS.SOL,
  decimals: 9,
  oracle: ORACLES.SOL,
  optimalUtilization: 800_000,
  optimalBorrowRate: 50_000,
  maxBorrowRate: 1_000_000,
  initialAssetWeight: 8_000,
  maintenanceAssetWeight: 9_000,
  initialLiabilityWeight: 12_000,
  maintenanceLiabilityWeight: 11_000,
  imfFactor: 3_000,
  liquidatorFee: 20_000,
  ifLiquidationFee: 10_000,
  ifTotalFactor: 100_000,
  withdrawGuardThreshold: 1_000_000_000_000_000n,
  orderTickSize: 100n,
  orderStepSize: 10_000_000n,
};

export const SOL_PERP_TERMS: PerpTerms = {
  marketIndex: 0,
  name: 'SOL-PERP',
  oracle: ORACLES.SOL,
  reserve: 2_000_000_000_000_000n,
  fundingPeriodS: 3_600,
  marginRatioInitial: 1_000,
  marginRatioMaintenance: 500,
  liquidatorFee: 10_000,
  ifLiquidationFee: 5_000,
  imfFactor: 190,
  baseSpread: 200,
  maxSpread: 50_000,
  curveUpdateIntensity: 100,
  orderStepSize: 10_000_000n,
  orderTickSize: 100n,
  minOrderSize: 10_000_000n,
  unrealizedPnlInitialAssetWeight: 10_000,
  unrealizedPnlMaintenanceAssetWeight: 10_000,
  quoteMaxInsurance: 1_000_000_000_000n,
  maxRevenueWithdrawPerPeriod: 100_000_000_000n,
  feePool: 1_000_000_000_000n,
};

/** Staked into the insurance fund of USDC by the cluster's admin. */
export const INSURANCE_STAKE = 100_000_000_000n;
/** The program counts in hundreds above five. */
export const MAX_SUB_ACCOUNTS_HUNDREDS = 30;

export interface MarketOptions {
  /** Whether the AMM of SOL-PERP fills orders. Without it, makers alone do: prices are what a test has quoted. */
  readonly ammFills: boolean;
}
/** The operation of a perp market that is paused then. */
export const AMM_FILL = 2;
