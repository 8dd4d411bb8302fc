import {
  AdminClient,
  AssetTier,
  BulkAccountLoader,
  ContractTier,
  OracleSource,
  Wallet,
} from '@drift-labs/sdk';
import { getAssociatedTokenAddressSync, TOKEN_PROGRAM_ID } from '@solana/spl-token';
import {
  Connection,
  PublicKey,
  SystemProgram,
  SYSVAR_RENT_PUBKEY,
  type TransactionInstruction,
} from '@solana/web3.js';

import { MINTS } from './addresses.ts';
import { ADMIN } from './admin.ts';
import { big } from './driftAccounts.ts';
import type { LocalCluster } from './localCluster.ts';
import {
  AMM_FILL,
  INSURANCE_STAKE,
  MAX_SUB_ACCOUNTS_HUNDREDS,
  SOL_PERP_TERMS,
  SOL_TERMS,
  USDC_TERMS,
  type MarketOptions,
  type PerpTerms,
  type SpotTerms,
} from './marketTerms.ts';
import { submit } from './submit.ts';

/** By hand: the SDK's own sends at once, and opens a WebSocket to see it confirmed. */
async function initialize(admin: AdminClient): Promise<TransactionInstruction> {
  return admin.program.methods['initialize']!()
    .accounts({
      admin: ADMIN.publicKey,
      state: await admin.getStatePublicKey(),
      quoteAssetMint: new PublicKey(MINTS.USDC),
      driftSigner: admin.getSignerPublicKey(),
      rent: SYSVAR_RENT_PUBKEY,
      systemProgram: SystemProgram.programId,
      tokenProgram: TOKEN_PROGRAM_ID,
    })
    .instruction();
}

function initializeSpot(admin: AdminClient, terms: SpotTerms): Promise<TransactionInstruction> {
  return admin.getInitializeSpotMarketIx(
    new PublicKey(terms.mint),
    terms.optimalUtilization,
    terms.optimalBorrowRate,
    terms.maxBorrowRate,
    terms.oracle === undefined ? PublicKey.default : new PublicKey(terms.oracle),
    terms.oracle === undefined ? OracleSource.QUOTE_ASSET : OracleSource.PYTH,
    terms.initialAssetWeight,
    terms.maintenanceAssetWeight,
    terms.initialLiabilityWeight,
    terms.maintenanceLiabilityWeight,
    terms.imfFactor,
    terms.liquidatorFee,
    terms.ifLiquidationFee,
    true,
    AssetTier.COLLATERAL,
    big(0),
    big(terms.withdrawGuardThreshold),
    big(terms.orderTickSize),
    big(terms.orderStepSize),
    terms.ifTotalFactor,
    terms.name,
    terms.marketIndex,
  );
}

function initializePerp(
  admin: AdminClient,
  terms: PerpTerms,
  priceE6: bigint,
): Promise<TransactionInstruction[]> {
  return admin.getInitializePerpMarketIx(
    terms.marketIndex,
    new PublicKey(terms.oracle),
    big(terms.reserve),
    big(terms.reserve),
    big(terms.fundingPeriodS),
    big(priceE6),
    OracleSource.PYTH,
    ContractTier.A,
    terms.marginRatioInitial,
    terms.marginRatioMaintenance,
    terms.liquidatorFee,
    terms.ifLiquidationFee,
    terms.imfFactor,
    true,
    terms.baseSpread,
    terms.maxSpread,
    big(0),
    big(terms.maxRevenueWithdrawPerPeriod),
    big(terms.quoteMaxInsurance),
    big(terms.orderStepSize),
    big(terms.orderTickSize),
    big(terms.minOrderSize),
    big(1),
    terms.curveUpdateIntensity,
    0,
    terms.name,
  );
}

/** The admin's client: nothing of it runs on its own. */
export function adminOf(connection: Connection): AdminClient {
  return new AdminClient({
    connection,
    wallet: new Wallet(ADMIN),
    accountSubscription: {
      type: 'polling',
      accountLoader: new BulkAccountLoader(connection, 'confirmed', 0),
    },
    perpMarketIndexes: [0],
    spotMarketIndexes: [0, 1],
    oracleInfos: [
      { publicKey: PublicKey.default, source: OracleSource.QUOTE_ASSET },
      { publicKey: new PublicKey(SOL_TERMS.oracle ?? ''), source: OracleSource.PYTH },
    ],
    skipLoadUsers: true,
  });
}

/** Makes the markets on the real program, as its admin would. */
export async function makeRealMarkets(cluster: LocalCluster, { ammFills }: MarketOptions): Promise<void> {
  const connection = new Connection(cluster.rpcUrl, 'confirmed');
  const admin = adminOf(connection);
  const address = ADMIN.publicKey.toBase58();
  cluster.airdrop(address, 1_000_000_000_000n);
  cluster.mintUsdc(address, INSURANCE_STAKE + SOL_PERP_TERMS.feePool);
  const purse = getAssociatedTokenAddressSync(new PublicKey(MINTS.USDC), ADMIN.publicKey);

  await submit(connection, ADMIN, [
    await initialize(admin),
    await initializeSpot(admin, USDC_TERMS),
    await admin.getUpdateStateMaxNumberOfSubAccountsIx(MAX_SUB_ACCOUNTS_HUNDREDS),
    await admin.getUpdatePerpAuctionDurationIx(0),
    await admin.getUpdateSpotAuctionDurationIx(0),
  ]);
  await submit(connection, ADMIN, [await initializeSpot(admin, SOL_TERMS)]);
  const { unrealizedPnlInitialAssetWeight, unrealizedPnlMaintenanceAssetWeight } = SOL_PERP_TERMS;
  await submit(connection, ADMIN, [
    ...(await initializePerp(admin, SOL_PERP_TERMS, cluster.oraclePrice('SOL'))),
    await admin.getUpdatePerpMarketUnrealizedAssetWeightIx(
      0,
      unrealizedPnlInitialAssetWeight,
      unrealizedPnlMaintenanceAssetWeight,
    ),
    ...(ammFills ? [] : [await admin.getUpdatePerpMarketPausedOperationsIx(0, AMM_FILL)]),
  ]);

  await admin.subscribe();
  await submit(connection, ADMIN, [
    await admin.getDepositIntoPerpMarketFeePoolIx(0, big(SOL_PERP_TERMS.feePool), purse),
    await admin.getInitializeUserStatsIx(),
    await admin.getInitializeInsuranceFundStakeIx(0),
    await admin.getAddInsuranceFundStakeIx(0, big(INSURANCE_STAKE), purse),
  ]);
  await admin.unsubscribe();
}
