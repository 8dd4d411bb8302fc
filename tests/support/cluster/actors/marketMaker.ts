import {
  getOrderParams,
  isVariant,
  MarketType,
  OrderType,
  PositionDirection,
  PostOnlyParams,
  type MakerInfo,
  type Order,
  type OrderParams,
} from '@drift-labs/sdk';

import { big } from '../driftAccounts.ts';
import type { LocalCluster } from '../localCluster.ts';
import { DriftActor } from './driftActor.ts';

export type QuotedMarket = 'SOL' | 'SOL-PERP';
export type Side = 'bid' | 'ask';

/** A bid and an ask, each so far from the oracle. */
export interface Quote {
  readonly market: QuotedMarket;
  /** 1e6; below the oracle. */
  readonly bidOffset: bigint;
  /** 1e6; above the oracle. Negative ones quote through it. */
  readonly askOffset: bigint;
  /** 1e9. */
  readonly size: bigint;
}

/** Prices are whole ticks of this, 1e6. */
const TICK = 100n;
const MARKETS: Readonly<
  Record<QuotedMarket, { readonly marketType: MarketType; readonly marketIndex: number }>
> = {
  SOL: { marketType: MarketType.SPOT, marketIndex: 1 },
  'SOL-PERP': { marketType: MarketType.PERP, marketIndex: 0 },
};

/** Rests orders on both sides of the oracle, from an account of its own, with far more than a test can take. */
export class MarketMaker {
  readonly actor: DriftActor;
  #quotes: readonly Quote[] = [];

  private constructor(actor: DriftActor) {
    this.actor = actor;
  }

  static async join(cluster: LocalCluster): Promise<MarketMaker> {
    const means = { depositUsdc: 10_000_000_000_000n, depositSol: 50_000_000_000_000n };
    return new MarketMaker(await DriftActor.join(cluster, means));
  }

  /** The maker of a cluster that has been put back to a snapshot, with what it had resting then. */
  static async rejoin(cluster: LocalCluster, { actor }: MarketMaker): Promise<MarketMaker> {
    return new MarketMaker(await DriftActor.rejoin(cluster, actor.keypair));
  }

  /** Takes back every order and quotes these instead. */
  async quote(quotes: readonly Quote[]): Promise<void> {
    this.#quotes = quotes;
    await this.requote();
  }

  /** Quotes the same around where the oracle is now, with full sizes. */
  async requote(): Promise<void> {
    const { client, cluster } = this.actor;
    const oracle = cluster.oraclePrice('SOL');
    const orders = this.#quotes.flatMap(({ market, bidOffset, askOffset, size }) => [
      order(market, 'bid', oracle - bidOffset, size),
      order(market, 'ask', oracle + askOffset, size),
    ]);
    await client.cancelAndPlaceOrders({}, orders);
    await this.actor.refresh();
  }

  /** The order that rests there, as of the last quote; throws where none does. */
  resting(market: QuotedMarket, side: Side): Order {
    const type = market === 'SOL' ? 'spot' : 'perp';
    const direction = side === 'bid' ? 'long' : 'short';
    const found = this.actor.account.orders.find(
      ({ status, marketType, direction: way }) =>
        isVariant(status, 'open') && isVariant(marketType, type) && isVariant(way, direction),
    );
    if (!found) throw new Error(`no ${side} rests on ${market}`);
    return found;
  }

  /** What a taker names to be filled by that order. */
  async maker(market: QuotedMarket, side: Side): Promise<MakerInfo> {
    await this.actor.refresh();
    const { client, userKey, account } = this.actor;
    return {
      maker: userKey,
      makerStats: client.getUserStatsAccountPublicKey(),
      makerUserAccount: account,
      order: this.resting(market, side),
    };
  }

  leave(): Promise<void> {
    return this.actor.leave();
  }
}

function order(market: QuotedMarket, side: Side, price: bigint, size: bigint): OrderParams {
  // A bid down to its tick, an ask up to it.
  const ticks = side === 'bid' ? price / TICK : (price + TICK - 1n) / TICK;
  return getOrderParams({
    ...MARKETS[market],
    orderType: OrderType.LIMIT,
    direction: side === 'bid' ? PositionDirection.LONG : PositionDirection.SHORT,
    baseAssetAmount: big(size),
    price: big(ticks * TICK),
    // Resting is enough to make. Post-only would be refused where it crosses the AMM, even a paused one.
    postOnly: PostOnlyParams.NONE,
  });
}
