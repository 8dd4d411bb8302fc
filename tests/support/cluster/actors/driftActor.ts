import {
  BulkAccountLoader,
  DriftClient,
  OracleSource,
  Wallet,
  type User,
  type UserAccount,
} from '@drift-labs/sdk';
import { getAssociatedTokenAddressSync } from '@solana/spl-token';
import { Connection, Keypair, PublicKey } from '@solana/web3.js';

import { MINTS, ORACLES } from '../addresses.ts';
import { big } from '../driftAccounts.ts';
import type { LocalCluster } from '../localCluster.ts';

/** What an actor comes with. What is deposited is taken from it. */
export interface Means {
  /** Lamports in the wallet, beyond what is deposited. */
  readonly lamports?: bigint;
  /** USDC in the wallet beyond what is deposited, 1e6. */
  readonly usdc?: bigint;
  readonly depositUsdc?: bigint;
  readonly depositSol?: bigint;
}

/** Ample for the fees and the rent of a test. */
const PURSE = 10_000_000_000n;

/** A client of the cluster's markets. Nothing of it runs on its own: what it knows is what it has fetched. */
export function driftClient(connection: Connection, keypair: Keypair): DriftClient {
  return new DriftClient({
    connection,
    wallet: new Wallet(keypair),
    accountSubscription: {
      type: 'polling',
      accountLoader: new BulkAccountLoader(connection, 'confirmed', 0),
    },
    perpMarketIndexes: [0],
    spotMarketIndexes: [0, 1],
    oracleInfos: [
      { publicKey: PublicKey.default, source: OracleSource.QUOTE_ASSET },
      { publicKey: new PublicKey(ORACLES.SOL), source: OracleSource.PYTH },
    ],
    txVersion: 0,
  });
}

/** Somebody with a wallet and an account on Drift, who uses the SDK as it is. */
export class DriftActor {
  readonly cluster: LocalCluster;
  readonly keypair: Keypair;
  readonly connection: Connection;
  readonly client: DriftClient;

  private constructor(cluster: LocalCluster, keypair: Keypair) {
    this.cluster = cluster;
    this.keypair = keypair;
    this.connection = new Connection(cluster.rpcUrl, 'confirmed');
    this.client = driftClient(this.connection, keypair);
  }

  /** Gives a wallet its means, opens sub-account 0 and deposits. */
  static async join(
    cluster: LocalCluster,
    means: Means = {},
    keypair = Keypair.generate(),
  ): Promise<DriftActor> {
    const { lamports = PURSE, usdc = 0n, depositUsdc = 0n, depositSol = 0n } = means;
    const actor = new DriftActor(cluster, keypair);
    cluster.airdrop(actor.address, lamports + depositSol);
    cluster.mintUsdc(actor.address, usdc + depositUsdc);
    await actor.client.subscribe();
    await actor.client.initializeUserAccount();
    if (depositUsdc > 0n) await actor.client.deposit(big(depositUsdc), 0, actor.usdcAccount);
    if (depositSol > 0n) await actor.client.deposit(big(depositSol), 1, keypair.publicKey);
    await actor.refresh();
    return actor;
  }

  /**
   * Somebody whose account stands already. After a cluster has been put back, nobody is what they were: the SDK keeps
   * what it has read of a later slot.
   */
  static async rejoin(cluster: LocalCluster, keypair: Keypair): Promise<DriftActor> {
    const actor = new DriftActor(cluster, keypair);
    await actor.client.subscribe();
    return actor;
  }

  get address(): string {
    return this.keypair.publicKey.toBase58();
  }

  get usdcAccount(): PublicKey {
    return getAssociatedTokenAddressSync(new PublicKey(MINTS.USDC), this.keypair.publicKey);
  }

  /** Fetches everything anew. */
  async refresh(): Promise<void> {
    await this.client.fetchAccounts();
  }

  user(subAccountId = 0): User {
    return this.client.getUser(subAccountId);
  }

  /** Of sub-account 0, as of the last refresh. */
  get userKey(): PublicKey {
    return this.user().userAccountPublicKey;
  }

  /** Of sub-account 0, as of the last refresh. */
  get account(): UserAccount {
    return this.user().getUserAccount();
  }

  async leave(): Promise<void> {
    await this.client.unsubscribe();
  }
}
