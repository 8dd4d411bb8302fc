import type { AssetTier, ContractTier } from './marketAccounts.ts';

/** What the program allows the markets of each tier. Sources: state/perp_market.rs, state/spot_market.rs. */

interface ContractTerms {
  /** Of the confidence that the state's rails allow. */
  readonly confidence: bigint;
  /** A price counts into the twap with at most this part of it as distance. */
  readonly clamp: bigint;
  /** The least and the most distance of an auction's end, as parts of the oracle's twap. */
  readonly auctionEnd: readonly [least: bigint, most: bigint];
  /** The most by which mark and oracle count as apart for funding, as a part of the oracle's twap. */
  readonly fundingSpread: bigint;
  /** Of an auction, for every hundredth of the price. */
  readonly slotsPerPercent: bigint;
  /** An auction's start, as a part of the twap, where the twaps are too far apart in time. */
  readonly uncertainStart: bigint;
  /** How near the oracle has to be to its twap of five minutes, and how calm, to settle without a fresh one: parts of it. */
  readonly settleDivergence: bigint;
  readonly settleDeviation: bigint;
}

const CONTRACTS: Readonly<Record<ContractTier, ContractTerms>> = {
  A: {
    confidence: 1n,
    clamp: 10n,
    auctionEnd: [1_000n, 50n],
    fundingSpread: 33n,
    slotsPerPercent: 100n,
    uncertainStart: 500n,
    settleDivergence: 200n,
    settleDeviation: 50n,
  },
  B: {
    confidence: 1n,
    clamp: 5n,
    auctionEnd: [1_000n, 20n],
    fundingSpread: 33n,
    slotsPerPercent: 100n,
    uncertainStart: 500n,
    settleDivergence: 200n,
    settleDeviation: 50n,
  },
  C: {
    confidence: 2n,
    clamp: 2n,
    auctionEnd: [500n, 20n],
    fundingSpread: 20n,
    slotsPerPercent: 60n,
    uncertainStart: 100n,
    settleDivergence: 100n,
    settleDeviation: 20n,
  },
  Speculative: {
    confidence: 10n,
    clamp: 3n,
    auctionEnd: [100n, 10n],
    fundingSpread: 10n,
    slotsPerPercent: 60n,
    uncertainStart: 100n,
    settleDivergence: 40n,
    settleDeviation: 10n,
  },
  HighlySpeculative: {
    confidence: 50n,
    clamp: 3n,
    auctionEnd: [50n, 5n],
    fundingSpread: 10n,
    slotsPerPercent: 60n,
    uncertainStart: 100n,
    settleDivergence: 40n,
    settleDeviation: 10n,
  },
  Isolated: {
    confidence: 50n,
    clamp: 3n,
    auctionEnd: [50n, 5n],
    fundingSpread: 10n,
    slotsPerPercent: 60n,
    uncertainStart: 100n,
    settleDivergence: 40n,
    settleDeviation: 10n,
  },
};

export const contractTerms = (tier: ContractTier): ContractTerms => CONTRACTS[tier];
export const perpConfidenceMultiplier = (tier: ContractTier): bigint => CONTRACTS[tier].confidence;

const SPOT_CONFIDENCE: Readonly<Record<AssetTier, bigint>> = {
  Collateral: 1n,
  Protected: 1n,
  Cross: 5n,
  Isolated: 50n,
  Unlisted: 50n,
};
const SPOT_CLAMP: Readonly<Record<AssetTier, bigint>> = {
  Collateral: 10n,
  Protected: 10n,
  Cross: 5n,
  Isolated: 3n,
  Unlisted: 3n,
};

export const spotConfidenceMultiplier = (tier: AssetTier): bigint => SPOT_CONFIDENCE[tier];
export const spotClamp = (tier: AssetTier): bigint => SPOT_CLAMP[tier];
