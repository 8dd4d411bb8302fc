import { Connection, type Keypair } from '@solana/web3.js';

import { driftClient } from '../cluster/actors/driftActor.ts';
import type { LocalCluster } from '../cluster/localCluster.ts';

/** What a wallet and its sub-account hold, as the SDK decodes the chain: to the last unit. */
export interface SdkHoldings {
  /** 1e6. */
  readonly cash: bigint;
  /** 1e9. */
  readonly spot: bigint;
  /** Signed, 1e9. */
  readonly size: bigint;
  /** What SOL-PERP is owed before its price, with the funding that is not in it yet: 1e6. */
  readonly quote: bigint;
  readonly lamports: bigint;
}

/** What the SDK works out, after its own rounding. */
export interface SdkFigures {
  /** Whole percent. */
  readonly health: number;
  /** 1e4. */
  readonly leverage: bigint;
  /** 1e6. */
  readonly initial: bigint;
  readonly maintenance: bigint;
  /** By the maintenance weights, 1e6. */
  readonly collateral: bigint;
  /** 1e6; undefined where there is none. */
  readonly liquidation: bigint | undefined;
}

/** A second look at an account: through the SDK, unmodified, over a connection of its own. */
export class SdkAccount {
  readonly #cluster: LocalCluster;
  readonly #wallet: Keypair;
  readonly #client: ReturnType<typeof driftClient>;

  private constructor(cluster: LocalCluster, wallet: Keypair) {
    this.#cluster = cluster;
    this.#wallet = wallet;
    this.#client = driftClient(new Connection(cluster.rpcUrl, 'confirmed'), wallet);
  }

  static async watch(cluster: LocalCluster, wallet: Keypair): Promise<SdkAccount> {
    const account = new SdkAccount(cluster, wallet);
    await account.#client.subscribe();
    return account;
  }

  /** Everything as it is on the chain now. */
  async holdings(): Promise<SdkHoldings> {
    await this.#client.fetchAccounts();
    const user = this.#client.getUser();
    const held = user.getPerpPosition(0);
    return {
      cash: int(user.getTokenAmount(0)),
      spot: int(user.getTokenAmount(1)),
      size: held === undefined ? 0n : int(held.baseAssetAmount),
      quote: held === undefined ? 0n : int(held.quoteAssetAmount) + int(user.getUnrealizedFundingPNL()),
      lamports: this.#cluster.account(this.#wallet.publicKey.toBase58())?.lamports ?? 0n,
    };
  }

  async figures(): Promise<SdkFigures> {
    await this.#client.fetchAccounts();
    const user = this.#client.getUser();
    const liquidation = int(user.liquidationPrice(0));
    return {
      // None of these is told a market: the SDK takes index 0 for no index.
      health: user.getHealth(),
      leverage: int(user.getLeverage()),
      initial: int(user.getInitialMarginRequirement()),
      maintenance: int(user.getMaintenanceMarginRequirement()),
      collateral: int(user.getTotalCollateral('Maintenance')),
      liquidation: liquidation < 0n ? undefined : liquidation,
    };
  }

  async leave(): Promise<void> {
    await this.#client.unsubscribe();
  }
}

const int = (number: { toString(): string }): bigint => BigInt(number.toString());
