import { isVariant } from '@drift-labs/sdk';
import { Connection, Keypair } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { driftClient } from '../support/cluster/actors/driftActor.ts';
import { openMarkets } from '../support/cluster/driftMarkets.ts';
import { LocalCluster } from '../support/cluster/localCluster.ts';

describe('the markets of a cluster that runs a model', () => {
  let cluster: LocalCluster;
  beforeAll(async () => {
    cluster = await LocalCluster.start({ program: { execute: () => undefined } });
    cluster.setOracle('SOL', 142_500_000n);
    await openMarkets(cluster, { ammFills: false });
  });
  afterAll(() => cluster.close());

  it('are read by the unmodified SDK', async () => {
    const connection = new Connection(cluster.rpcUrl, 'confirmed');
    const client = driftClient(connection, Keypair.generate());
    try {
      expect(await client.subscribe()).toBe(true);

      const perp = client.getPerpMarketAccount(0);
      expect(perp).toMatchObject({
        marginRatioInitial: 1_000,
        marginRatioMaintenance: 500,
        pausedOperations: 2,
      });
      expect(perp && isVariant(perp.status, 'active')).toBe(true);
      expect(perp?.amm.orderStepSize.toString()).toBe('10000000');
      expect(client.getSpotMarketAccount(1)).toMatchObject({
        decimals: 9,
        initialAssetWeight: 8_000,
        maintenanceLiabilityWeight: 11_000,
      });
      expect(client.getOracleDataForPerpMarket(0).price.toString()).toBe('142500000');
      expect(client.getOracleDataForSpotMarket(0).price.toString()).toBe('1000000');
      expect(client.getStateAccount().perpFeeStructure.feeTiers[0]).toMatchObject({
        feeNumerator: 100,
        makerRebateNumerator: 20,
        feeDenominator: 100_000,
      });
      const vault = client.getQuoteSpotMarketAccount().insuranceFund.vault;
      expect((await connection.getTokenAccountBalance(vault)).value.uiAmount).toBe(100_000);
    } finally {
      await client.unsubscribe();
    }
  });
});
