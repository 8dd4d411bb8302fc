import { isVariant, type MakerInfo, type Order, type UserAccount } from '@drift-labs/sdk';
import { PublicKey } from '@solana/web3.js';

import { ORACLES } from '../addresses.ts';
import { big, decodeAccount } from '../driftAccounts.ts';
import type { LocalCluster } from '../localCluster.ts';
import { DriftActor } from './driftActor.ts';

const HOUR_S = 3_600;

/** Does what nobody does on a chain of itself: funding, settling, triggering, filling, liquidating. */
export class Keeper {
  readonly actor: DriftActor;

  private constructor(actor: DriftActor) {
    this.actor = actor;
  }

  static async join(cluster: LocalCluster): Promise<Keeper> {
    return new Keeper(await DriftActor.join(cluster, { depositUsdc: 1_000_000_000_000n }));
  }

  /** The keeper of a cluster that has been put back to a snapshot. */
  static async rejoin(cluster: LocalCluster, { actor }: Keeper): Promise<Keeper> {
    return new Keeper(await DriftActor.rejoin(cluster, actor.keypair));
  }

  /** Lets time go by to each of the next full hours, and updates the funding rate there. */
  async passHours(hours: number): Promise<void> {
    const { cluster } = this.actor;
    for (let each = 0; each < hours; each++) {
      cluster.warp(HOUR_S - (cluster.now() % HOUR_S));
      await this.updateFunding();
    }
  }

  async updateFunding(): Promise<void> {
    await this.actor.client.updateFundingRate(0, new PublicKey(ORACLES.SOL));
    await this.actor.refresh();
  }

  /** Of the last hour, quote per base, 1e9. Longs pay when it is positive. */
  fundingRate(): bigint {
    const market = this.actor.client.getPerpMarketAccount(0);
    if (!market) throw new Error('SOL-PERP is not open');
    return BigInt(market.amm.lastFundingRate.toString());
  }

  /** Charges a user the funding that has come due. */
  async settleFunding(user: PublicKey): Promise<void> {
    await this.actor.client.settleFundingPayment(user);
  }

  async settlePnl(user: PublicKey): Promise<void> {
    await this.actor.client.settlePNL(user, this.accountOf(user), 0);
  }

  async trigger(user: PublicKey, orderId: number): Promise<void> {
    await this.actor.client.triggerOrder(user, this.accountOf(user), this.#order(user, orderId));
  }

  /** Fills a resting order against a maker's, where they cross. A triggered one runs an auction of 30 slots first. */
  async fill(user: PublicKey, orderId: number, maker: MakerInfo): Promise<void> {
    const order = this.#order(user, orderId);
    const { client } = this.actor;
    if (isVariant(order.marketType, 'perp'))
      await client.fillPerpOrder(user, this.accountOf(user), order, maker);
    else await client.fillSpotOrder(user, this.accountOf(user), order, undefined, maker);
  }

  /** Takes over so much of a user's perp position, 1e9, that has too little collateral. */
  async liquidatePerp(user: PublicKey, base: bigint): Promise<void> {
    await this.actor.client.liquidatePerp(user, this.accountOf(user), 0, big(base));
  }

  /** A user's account as it stands on the chain. */
  accountOf(user: PublicKey): UserAccount {
    const account = this.actor.cluster.account(user.toBase58());
    if (!account) throw new Error(`no user at ${user.toBase58()}`);
    return decodeAccount('User', account.data) as unknown as UserAccount;
  }

  #order(user: PublicKey, orderId: number): Order {
    const found = this.accountOf(user).orders.find((order) => order.orderId === orderId);
    if (!found) throw new Error(`no order ${orderId}`);
    return found;
  }

  leave(): Promise<void> {
    return this.actor.leave();
  }
}
