import { ACCOUNT_SIZE } from '@solana/spl-token';

import { ADMIN } from './admin.ts';
import { DRIFT_PROGRAM, MINTS } from './addresses.ts';
import { TOKEN_PROGRAM, tokenAccount } from './chain/tokenAccount.ts';
import {
  driftAddress,
  driftAddressAndBump,
  encodeAccount,
  type DriftAccountName,
  type Fields,
} from './driftAccounts.ts';
import { firstPerpMarket, firstSpotMarket, firstStake, firstState, firstUserStats } from './firstAccounts.ts';
import type { LocalCluster } from './localCluster.ts';
import { INSURANCE_STAKE, type MarketOptions, SOL_PERP_TERMS, SOL_TERMS, USDC_TERMS } from './marketTerms.ts';

/** Puts the markets where the real program would have made them: for a cluster that runs a model of it. */
export function makeModelMarkets(cluster: LocalCluster, { ammFills }: MarketOptions): void {
  const unixTime = cluster.now();
  const { slot } = cluster;
  const priceE6 = cluster.oraclePrice('SOL');
  const admin = ADMIN.publicKey.toBytes();
  const { feePool } = SOL_PERP_TERMS;

  const put = (address: string, name: DriftAccountName, fields: Fields): void => {
    const data = encodeAccount(name, fields);
    cluster.setAccount(address, { owner: DRIFT_PROGRAM, lamports: cluster.rentFor(data.length), data });
  };
  put(driftAddress('drift_state'), 'State', firstState());
  put(
    driftAddress('spot_market', 0),
    'SpotMarket',
    firstSpotMarket(USDC_TERMS, {
      unixTime,
      priceE6: 1_000_000n,
      deposits: feePool,
      staked: INSURANCE_STAKE,
    }),
  );
  put(
    driftAddress('spot_market', 1),
    'SpotMarket',
    firstSpotMarket(SOL_TERMS, { unixTime, priceE6, deposits: 0n, staked: 0n }),
  );
  put(
    driftAddress('perp_market', 0),
    'PerpMarket',
    firstPerpMarket(SOL_PERP_TERMS, { unixTime, slot, priceE6, ammFills }),
  );
  put(driftAddress('user_stats', admin), 'UserStats', firstUserStats(unixTime));
  put(
    driftAddress('insurance_fund_stake', admin, USDC_TERMS.marketIndex),
    'InsuranceFundStake',
    firstStake(unixTime),
  );

  const [signer] = driftAddressAndBump('drift_signer');
  const vault = (name: string, marketIndex: number, mint: string, amount: bigint): void => {
    const rent = cluster.rentFor(ACCOUNT_SIZE);
    const data = tokenAccount(mint, signer, amount, mint === MINTS.SOL ? rent : undefined);
    cluster.setAccount(driftAddress(name, marketIndex), { owner: TOKEN_PROGRAM, lamports: rent, data });
  };
  vault('spot_market_vault', 0, MINTS.USDC, feePool);
  vault('insurance_fund_vault', 0, MINTS.USDC, INSURANCE_STAKE);
  vault('spot_market_vault', 1, MINTS.SOL, 0n);
  vault('insurance_fund_vault', 1, MINTS.SOL, 0n);
  cluster.airdrop(ADMIN.publicKey.toBase58(), 1_000_000_000_000n);
}
