import { getUserStatsAccountPublicKey, isVariant, type Order, type UserAccount } from '@drift-labs/sdk';
import { PublicKey } from '@solana/web3.js';

import { DRIFT_PROGRAM } from './cluster/addresses.ts';
import type { Keeper } from './cluster/actors/keeper.ts';
import type { MarketMaker, QuotedMarket } from './cluster/actors/marketMaker.ts';
import type { LocalCluster } from './cluster/localCluster.ts';

/** A triggered order runs an auction of 30 slots before anybody's price will do. */
const AUCTION_SLOTS = 40;
/** A limit order is taken away from so long after its end. */
const GRACE_S = 15;
/** An order that is let loose is filled afterwards. */
const ROUNDS = 3;

/** Does to somebody's orders what keepers do on a chain that has them: lets loose, fills and takes away what is due. */
export class OrderKeeper {
  readonly #keeper: Keeper;
  readonly #maker: MarketMaker;

  constructor(keeper: Keeper, maker: MarketMaker) {
    this.#keeper = keeper;
    this.#maker = maker;
  }

  /** @param user address of the sub-account */
  async keep(user: PublicKey): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const due = this.#open(user).filter((order) => this.#isDue(order));
      if (due.length === 0) return;
      for (const order of due) await this.#act(user, order);
    }
  }

  get #cluster(): LocalCluster {
    return this.#keeper.actor.cluster;
  }

  #open(user: PublicKey): readonly Order[] {
    return this.#keeper.accountOf(user).orders.filter(({ status }) => isVariant(status, 'open'));
  }

  #isDue(order: Order): boolean {
    return this.#hasEnded(order) || this.#canLoosen(order) || this.#crosses(order);
  }

  async #act(user: PublicKey, order: Order): Promise<void> {
    const { maker, keeper } = { maker: this.#maker, keeper: this.#keeper };
    const [market, side] = opposite(order);
    if (this.#canLoosen(order)) {
      await keeper.trigger(user, order.orderId);
      this.#cluster.advance(AUCTION_SLOTS);
      return;
    }
    const quote = await maker.maker(market, side);
    if (this.#hasEnded(order) || !isMaker(order) || quote.order === undefined) {
      await keeper.fill(user, order.orderId, quote);
      return;
    }
    // What has rested there before trades at its own price, and the newcomer pays.
    const account: UserAccount = keeper.accountOf(user);
    await keeper.fill(quote.maker, quote.order.orderId, {
      maker: user,
      makerStats: getUserStatsAccountPublicKey(new PublicKey(DRIFT_PROGRAM), account.authority),
      makerUserAccount: account,
      order,
    });
  }

  #hasEnded({ maxTs }: Order): boolean {
    const end = Number(maxTs.toString());
    return end > 0 && this.#cluster.now() > end + GRACE_S;
  }

  #canLoosen({ orderType, triggerCondition, triggerPrice }: Order): boolean {
    if (!isTrigger(orderType)) return false;
    const oracle = this.#cluster.oraclePrice('SOL');
    const at = BigInt(triggerPrice.toString());
    if (isVariant(triggerCondition, 'above')) return oracle > at;
    return isVariant(triggerCondition, 'below') && oracle < at;
  }

  #crosses(order: Order): boolean {
    const { orderType, triggerCondition, price, oraclePriceOffset } = order;
    if (isTrigger(orderType) && !isLoose(triggerCondition)) return false;
    const [market, side] = opposite(order);
    const quoted = BigInt(this.#maker.resting(market, side).price.toString());
    const offset = BigInt(oraclePriceOffset);
    const limit = offset === 0n ? BigInt(price.toString()) : this.#cluster.oraclePrice('SOL') + offset;
    if (limit === 0n) return true;
    return side === 'ask' ? limit >= quoted : limit <= quoted;
  }
}

const isTrigger = (type: object): boolean =>
  isVariant(type, 'triggerMarket') || isVariant(type, 'triggerLimit');

const isLoose = (condition: object): boolean =>
  isVariant(condition, 'triggeredAbove') || isVariant(condition, 'triggeredBelow');

/**
 * Rests at its own price; of those that were triggered, what the oracle had not yet reached then.
 * Source: the program's `Order::is_resting_limit_order`.
 */
function isMaker({ orderType, direction, triggerPrice, price }: Order): boolean {
  if (isVariant(orderType, 'limit')) return true;
  if (!isVariant(orderType, 'triggerLimit')) return false;
  return isVariant(direction, 'long') ? triggerPrice.gte(price) : triggerPrice.lte(price);
}

const opposite = ({ marketType, direction }: Order): [QuotedMarket, 'bid' | 'ask'] => [
  isVariant(marketType, 'perp') ? 'SOL-PERP' : 'SOL',
  isVariant(direction, 'long') ? 'ask' : 'bid',
];
