import { DriftClient, OracleSource, Wallet } from '@drift-labs/sdk';
import { Connection, PublicKey } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DriftActor } from '../support/cluster/actors/driftActor.ts';
import { ORACLES } from '../support/cluster/addresses.ts';
import { big } from '../support/cluster/driftAccounts.ts';
import { int } from './bigints.ts';
import { whySkipped } from './driftBinary.ts';
import { closeRealMarket, openRealMarket, type RealMarket } from './realMarket.ts';

describe.skipIf(whySkipped())('a client that listens to the real program over WebSocket', () => {
  let market: RealMarket;
  let trader: DriftActor;
  let listening: DriftClient;
  beforeAll(async () => {
    market = await openRealMarket();
    trader = await DriftActor.join(market.cluster, { usdc: 50_000_000n, depositUsdc: 100_000_000n });
    const connection = new Connection(market.cluster.rpcUrl, 'confirmed');
    listening = new DriftClient({
      connection,
      wallet: new Wallet(trader.keypair),
      accountSubscription: { type: 'websocket' },
      perpMarketIndexes: [0],
      spotMarketIndexes: [0, 1],
      oracleInfos: [
        { publicKey: PublicKey.default, source: OracleSource.QUOTE_ASSET },
        { publicKey: new PublicKey(ORACLES.SOL), source: OracleSource.PYTH },
      ],
    });
    await listening.subscribe();
  });
  afterAll(async () => {
    await listening.unsubscribe();
    await trader.leave();
    await closeRealMarket(market);
  });

  it("hears of its user's deposit without asking", async () => {
    const user = listening.getUser();
    expect(int(user.getTokenAmount(0))).toBe(100_000_000n);
    const heard = new Promise<void>((resolve) => {
      user.eventEmitter.once('userAccountUpdate', () => resolve());
    });

    await trader.client.deposit(big(50_000_000n), 0, trader.usdcAccount);

    await heard;
    expect(int(user.getTokenAmount(0))).toBe(150_000_000n);
  });

  it('hears of the price in the slot in which it is published', async () => {
    const oracle = new PublicKey(ORACLES.SOL);
    const heard = new Promise<bigint>((resolve) => {
      listening.eventEmitter.once('oraclePriceUpdate', (key, _, data) => {
        if (key.equals(oracle)) resolve(int(data.price));
      });
    });
    market.cluster.setOracle('SOL', 151_234_567n);

    expect(await heard).toBe(151_234_567n);
  });
});
