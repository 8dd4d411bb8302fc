import { shareOfUsd } from '../../../shared/money/arithmetic.ts';
import type { Base, Price } from '../../../shared/money/quantity.ts';
import type { CollateralWeights } from '../../domain/account.ts';
import { isSpot } from '../../domain/accountChange.ts';
import type { FillEvent } from '../../domain/accountEvent.ts';
import { quoteOf } from '../../domain/fill.ts';
import { oracleOf } from '../../domain/margin.ts';
import type { Market } from '../../domain/market.ts';
import type { RestingOrder } from '../../domain/openOrders.ts';
import type { OrderRequest } from '../../domain/order.ts';
import type { Feed } from '../../market/feed.ts';
import type { FeeTiers } from './feeTiers.ts';
import { filledBy, leftOf, type LiveOrder } from './liveOrder.ts';
import { checkBalance, checkMargin, checkReserve, reducible, type MarginRules } from './orderChecks.ts';
import type { PaperAccount } from './paperAccount.ts';

export interface ClearingParts {
  readonly feed: Pick<Feed, 'oracles'>;
  readonly market: (symbol: string) => Market;
  readonly weights: CollateralWeights;
  readonly account: PaperAccount;
  readonly tiers: FeeTiers;
  readonly now: () => number;
}

/** Between the books and the account: whether a fill can be borne, what it costs, and that it happened. */
export class Clearing {
  readonly #parts: ClearingParts;

  constructor(parts: ClearingParts) {
    this.#parts = parts;
  }

  fill(request: OrderRequest, size: Base, at: Price, liquidity: 'maker' | 'taker'): FillEvent {
    const { market: marketOf, feed, now } = this.#parts;
    const market = marketOf(request.market);
    const share = liquidity === 'taker' ? market.takerFee : market.makerFee;
    return {
      type: 'FILL',
      t: now(),
      orderId: request.clientOrderId,
      market: request.market,
      side: request.side,
      size,
      price: at,
      oracle: oracleOf(feed.oracles(), market.asset),
      fee: shareOfUsd(quoteOf(request.side, size, at), share, 'ceil'),
      liquidity,
    };
  }

  /** How much of it may fill now. Throws REDUCE_ONLY_WOULD_INCREASE where that is nothing. */
  fillable(request: OrderRequest, size: Base): Base {
    if (!request.reduceOnly) return size;
    const { account, market } = this.#parts;
    return reducible({ ...request, size }, account.holdings.account, market(request.market));
  }

  /** Throws what the account can't bear. @param others what our other orders may still do */
  check(event: FillEvent, others: readonly RestingOrder[]): void {
    const held = this.#parts.account.holdings.account;
    if (isSpot(event.market)) checkBalance(event, held);
    checkMargin(event, held, others, this.#rules());
  }

  /**
   * What may fill later is borne now: margin, or the balance for spot, with all other orders at their worst. An order
   * that waits for its trigger is not counted before it comes, as on Drift.
   */
  checkReserve(order: LiveOrder, others: readonly RestingOrder[]): void {
    const { request } = order;
    if (request.reduceOnly) return;
    const { account } = this.#parts.account.holdings;
    const size = leftOf(order);
    if (isSpot(request.market)) {
      const spot = others.filter(({ market }) => isSpot(market));
      checkBalance(this.fill(request, size, request.limitPrice, 'maker'), account, spot);
    }
    checkReserve({ ...request, size }, account, others, this.#rules());
  }

  /** It happened. */
  settle(order: LiveOrder, event: FillEvent): LiveOrder {
    this.#parts.account.apply(event);
    this.#parts.tiers.add(event.t, quoteOf(event.side, event.size, event.price));
    return filledBy(order, event);
  }

  #rules(): MarginRules {
    const { account, feed, weights } = this.#parts;
    return { oracles: feed.oracles(), initialRatioOf: account.initialRatio, weights };
  }
}
