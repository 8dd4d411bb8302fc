import {
  getOrderParams,
  isVariant,
  MarketType,
  OrderType,
  PositionDirection,
  type OrderParams,
} from '@drift-labs/sdk';

import { big } from '../driftAccounts.ts';
import type { LocalCluster } from '../localCluster.ts';
import { DriftActor } from './driftActor.ts';
import type { Keeper } from './keeper.ts';

const SIZE = 100_000_000n;
const TICK = 100n;
const IMMEDIATE_OR_CANCEL = 1;
const TEN_MINUTES_S = 600;
const FILLS_AN_HOUR = 5;

/**
 * Traders who pull the price of SOL-PERP away from the oracle, and its funding with it. Every ten minutes they trade
 * 0.1 SOL among themselves; nothing of theirs rests in between, so no other trade is filled by them.
 */
export class Crowd {
  readonly #maker: DriftActor;
  readonly #taker: DriftActor;
  readonly #keeper: Keeper;

  private constructor(maker: DriftActor, taker: DriftActor, keeper: Keeper) {
    this.#maker = maker;
    this.#taker = taker;
    this.#keeper = keeper;
  }

  static async join(cluster: LocalCluster, keeper: Keeper): Promise<Crowd> {
    const means = { depositUsdc: 1_000_000_000_000n };
    return new Crowd(await DriftActor.join(cluster, means), await DriftActor.join(cluster, means), keeper);
  }

  /**
   * Lets hours go by in which SOL-PERP trades at `premium` over the oracle, 1e6, or under it where that is negative, and
   * updates the funding at the end of each. Measured around $150: +$0.90 brings an hourly rate to $0.0080 a SOL within
   * three hours, −$0.90 to −$0.0055; at the oracle it is $0.00125.
   */
  async passHours(hours: number, premium: bigint): Promise<void> {
    const { cluster } = this.#maker;
    for (let hour = 0; hour < hours; hour++) {
      for (let fill = 0; fill < FILLS_AN_HOUR; fill++) {
        cluster.warp(TEN_MINUTES_S);
        await this.#trade(premium);
      }
      await this.#keeper.passHours(1);
    }
  }

  async #trade(premium: bigint): Promise<void> {
    const [maker, taker] = [this.#maker, this.#taker];
    const price = ((maker.cluster.oraclePrice('SOL') + premium) / TICK) * TICK;
    const takerBuys = premium > 0n;
    await maker.client.placePerpOrder(order(!takerBuys, price, 0));
    await maker.refresh();
    const resting = maker.account.orders.find(({ status }) => isVariant(status, 'open'));
    if (!resting) throw new Error('the crowd has no order to trade on');
    await taker.client.placeAndTakePerpOrder(order(takerBuys, price, IMMEDIATE_OR_CANCEL), {
      maker: maker.userKey,
      makerStats: maker.client.getUserStatsAccountPublicKey(),
      makerUserAccount: maker.account,
      order: resting,
    });
  }

  async leave(): Promise<void> {
    await this.#maker.leave();
    await this.#taker.leave();
  }
}

const order = (buys: boolean, price: bigint, bitFlags: number): OrderParams =>
  getOrderParams({
    orderType: OrderType.LIMIT,
    marketType: MarketType.PERP,
    marketIndex: 0,
    direction: buys ? PositionDirection.LONG : PositionDirection.SHORT,
    baseAssetAmount: big(SIZE),
    price: big(price),
    bitFlags,
  });
