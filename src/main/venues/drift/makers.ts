import type { Connection } from '@solana/web3.js';
import type { MakerInfo, Order, UserAccount } from '@drift-labs/sdk';
import type { Clock } from '../../platform/clock.ts';
import { DRIFT_PROGRAM } from './addresses.ts';
import { QUOTE_MARKET, SOL_MARKET } from './units.ts';
import { big, variantOf, type DriftSdk } from './sdk.ts';
import { orderFrom } from './orderFrom.ts';
import type { DriftOrder } from './driftState.ts';

/** Nothing that rests is worth more than so long a look at all accounts with orders. */
const FRESH_MS = 2_000;
/** Makers that fit into one transaction beside everything else in it. */
export const MOST_MAKERS = 4;

/** An order of somebody else that rests. */
export interface RestingQuote {
  readonly order: DriftOrder;
  /** 1e6: its limit as of now. */
  readonly price: bigint;
  readonly left: bigint;
  readonly maker: string;
}

export interface MakersParts {
  readonly sdk: DriftSdk;
  readonly connection: Connection;
  readonly clock: Clock;
  /** Ours: nobody trades with themselves. */
  readonly owner: string;
  /** Perpetual markets that were read: a maker's account is only understood with all of its markets. */
  readonly perpMarkets: ReadonlySet<number>;
}

/** Who makes a price: every account with resting orders, read together and seldom. */
export class Makers {
  readonly #parts: MakersParts;
  #accounts: ReadonlyMap<string, UserAccount> = new Map();
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(parts: MakersParts) {
    this.#parts = parts;
  }

  /** Reads them, unless they were just read. Throws what the connection throws. */
  async refresh(maxAgeMs = FRESH_MS): Promise<void> {
    const age = this.#parts.clock.now() - this.#readAt;
    // A clock that was set back says nothing of how old they are.
    if (age >= 0 && age < maxAgeMs) return;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  /**
   * What rests on a side of a market, best first.
   * @param oracle 1e6: orders may follow it
   */
  resting(
    kind: DriftOrder['kind'],
    market: number,
    side: DriftOrder['side'],
    { oracle, unixS }: { readonly oracle: bigint; readonly unixS: number },
  ): readonly RestingQuote[] {
    const quotes = [...this.#accounts].flatMap(([maker, account]) =>
      account.orders
        .filter((order) => isResting(order))
        .map(orderFrom)
        .filter((order) => order.kind === kind && order.market === market && order.side === side)
        .filter(({ expiresAt }) => expiresAt === 0n || expiresAt > BigInt(unixS))
        .map((order) => ({
          order,
          price: order.oracleOffset === 0n ? order.price : oracle + order.oracleOffset,
          left: order.size - order.filled,
          maker,
        })),
    );
    const better = side === 'sell' ? 1 : -1;
    return quotes
      .filter(({ left, price }) => left > 0n && price > 0n)
      .toSorted((a, b) => better * compare(a.price, b.price) || compare(a.order.slot, b.order.slot));
  }

  /** What a transaction needs of the makers that it is to trade with. */
  infoFor(quotes: readonly RestingQuote[]): MakerInfo[] {
    const { sdk } = this.#parts;
    const infos = new Map<string, MakerInfo>();
    for (const { maker, order } of quotes) {
      const account = this.#accounts.get(maker);
      if (account === undefined || infos.has(maker) || infos.size >= MOST_MAKERS) continue;
      const own = account.orders.find(({ orderId }) => orderId === order.orderId);
      infos.set(maker, {
        maker: new sdk.PublicKey(maker),
        makerStats: sdk.getUserStatsAccountPublicKey(new sdk.PublicKey(DRIFT_PROGRAM), account.authority),
        makerUserAccount: account,
        ...(own === undefined ? {} : { order: own }),
      });
    }
    return [...infos.values()];
  }

  async #read(): Promise<void> {
    const { sdk, connection, clock, owner } = this.#parts;
    const at = clock.now();
    const found = await connection.getProgramAccounts(new sdk.PublicKey(DRIFT_PROGRAM), {
      commitment: 'confirmed',
      filters: [sdk.getUserFilter(), sdk.getUserWithOrderFilter()],
    });
    this.#accounts = new Map(
      found
        .map(({ pubkey, account }) => [pubkey.toString(), sdk.decodeUser(account.data)] as const)
        .filter(([, user]) => user.authority.toString() !== owner && this.#isUnderstood(user)),
    );
    this.#readAt = at;
  }

  #isUnderstood({ perpPositions, spotPositions }: UserAccount): boolean {
    const { perpMarkets } = this.#parts;
    return (
      perpPositions.every(
        (held) =>
          perpMarkets.has(held.marketIndex) ||
          (held.openOrders === 0 && big(held.baseAssetAmount) === 0n && big(held.quoteAssetAmount) === 0n),
      ) &&
      spotPositions.every(
        (held) =>
          held.marketIndex === QUOTE_MARKET ||
          held.marketIndex === SOL_MARKET ||
          (held.openOrders === 0 && big(held.scaledBalance) === 0n),
      )
    );
  }
}

/** Stands at a price of its own, whatever the market does: no auction, no trigger. */
const isResting = (order: Order): boolean =>
  variantOf(order.status) === 'open' &&
  variantOf(order.orderType) === 'limit' &&
  (order.postOnly || order.auctionDuration === 0);

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
