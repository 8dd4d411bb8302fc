import { AppError } from '../../../shared/contract/appError.ts';
import { formatBase, formatPrice } from '../../../shared/money/decimal.ts';
import { NO_BASE, NO_USD, base } from '../../../shared/money/quantity.ts';
import { isFinal, type OrderChange, type OrderReport, type OrderRequest } from '../../domain/order.ts';
import type { Market } from '../../domain/market.ts';
import type { TransactionDesk } from '../solana/transactions/transactionDesk.ts';
import type { ForeignOrder } from '../networkVenue.ts';
import type { ModifyReply, PlaceReply, QueryReply } from '../venue.ts';
import type { AccountSync } from './accountSync.ts';
import { holdingsOf } from './driftAccount.ts';
import { crossing } from './driftQuotes.ts';
import type { DriftState } from './driftState.ts';
import type { Makers } from './makers.ts';
import type { KnownOrder } from './orderBookkeeping.ts';
import { modifyInstruction, placeInstruction, type MarketIndex } from './orderInstructions.ts';
import { checkOrder } from './orderRules.ts';
import type { SharedClient } from './sharedClient.ts';
import type { Sent, TransactionSender } from './transactionSender.ts';
import { chainPrice, priceFrom } from './units.ts';

/** Before the program's number of an order that was placed elsewhere. */
const FOREIGN = 'drift-';
const FILLED_ALREADY = {
  code: 'INVALID_SIZE',
  message: 'So much of the order has filled already: cancel the rest instead.',
} as const;
/**
 * What an order may compute. One fill more than in its trial takes some 50,000 units, and it may find several. Measured:
 * 65,000 for an order that finds nobody.
 */
const TAKING_UNITS = 600_000n;
/** A question about an order is answered soon, whatever is still being followed. */
const QUERY_MS = 3_000;

export interface DriftOrdersParts {
  readonly client: SharedClient;
  readonly makers: Makers;
  readonly sync: AccountSync;
  readonly sender: TransactionSender;
  readonly desk: Pick<TransactionDesk, 'find'>;
  readonly subAccount: number;
  readonly nextId: () => string;
  /** Before the ids of orders in the journal of transactions, which is of all vaults. */
  readonly orderPrefix: string;
  /** Chain time, Unix ms. */
  readonly now: () => number;
  readonly markets: () => ReadonlyMap<string, Market>;
  /** Throws UNKNOWN_MARKET. */
  readonly indexOf: (market: string) => MarketIndex;
}

type Rejection = NonNullable<OrderReport['rejection']>;

/**
 * Orders on their way to the program and back. An order is one intent of the journal of transactions, under our own id:
 * it is signed once, and what became of it is read from its transaction and from the account.
 */
export class DriftOrders {
  readonly #parts: DriftOrdersParts;

  constructor(parts: DriftOrdersParts) {
    this.#parts = parts;
  }

  /** An order that an earlier process may have sent: what came of it is told under its name. */
  adopt(order: OrderRequest): void {
    const { desk, sync } = this.#parts;
    const operation = desk.find(this.#intentOf(order.clientOrderId));
    if (operation === undefined || sync.orders.find(order.clientOrderId) !== undefined) return;
    sync.orders.begin(order);
    if (operation.signature !== null) sync.orders.sentIn(operation.signature, order.clientOrderId);
  }

  async place(order: OrderRequest): Promise<PlaceReply> {
    const { sync, now } = this.#parts;
    const { clientOrderId } = order;
    const known = sync.orders.find(clientOrderId);
    if (known !== undefined && (known.orderId !== null || isFinal(known.status)))
      return this.#reported(clientOrderId);
    const begun = this.#parts.desk.find(this.#intentOf(clientOrderId));
    if (begun !== undefined) {
      // What is out is answered by its own outcome alone, whatever would be said to it now.
      if (known === undefined) sync.orders.begin(order);
      const { id, words } = begun;
      const sent = await this.#parts.sender.awaited({ id, kind: 'order', words, instructions: [] });
      return await this.#settled(clientOrderId, sent);
    }
    if (now() > order.validUntil) return { kind: 'report', report: nothingOf(order, 'expired') };
    const rejection = this.#whyNot(order);
    if (rejection !== undefined)
      return { kind: 'report', report: { ...nothingOf(order, 'rejected'), rejection } };
    sync.orders.begin(order);
    const instructions = await this.#instructions(order);
    if (!Array.isArray(instructions)) {
      sync.orders.ended(clientOrderId, 'rejected', instructions);
      return this.#reported(clientOrderId);
    }
    const { sender } = this.#parts;
    const sent = await sender.awaited({
      id: this.#intentOf(clientOrderId),
      kind: 'order',
      words: wordsOf(order),
      instructions,
      validUntil: order.validUntil,
      leastUnits: TAKING_UNITS,
    });
    return await this.#settled(clientOrderId, sent);
  }

  async query(clientOrderId: string): Promise<QueryReply> {
    const { desk, sync, sender } = this.#parts;
    const known = sync.orders.find(clientOrderId);
    if (known !== undefined && (known.orderId !== null || isFinal(known.status))) {
      await sync.sync();
      return this.#reported(clientOrderId);
    }
    const operation = desk.find(this.#intentOf(clientOrderId));
    if (operation === undefined) return { kind: 'absent' };
    const { id, kind, words } = operation;
    if (kind !== 'order') return { kind: 'absent' };
    const sent = await sender.awaited({ id, kind, words, instructions: [] }, QUERY_MS);
    return await this.#settled(clientOrderId, sent);
  }

  async cancel(clientOrderId: string): Promise<PlaceReply> {
    const { client, subAccount, nextId, sender, sync } = this.#parts;
    const { orderId, status, request } = this.#known(clientOrderId);
    if (isFinal(status) || orderId === null) return this.#reported(clientOrderId);
    const instruction = await client.drift.getCancelOrderIx(orderId, subAccount);
    const sent = await sender.awaited({
      id: nextId(),
      kind: 'cancel',
      words: `Cancel: ${wordsOf(request)}`,
      instructions: [instruction],
    });
    if (sent.kind === 'pending' || sent.kind === 'unknown' || sent.kind === 'expired') return noReply(sent);
    // It may have been filled or have ended before: the account says how it stands.
    await sync.sync(sent.kind === 'landed' ? sent.slot : 0);
    return this.#reported(clientOrderId);
  }

  async cancelAll(market?: string): Promise<readonly OrderReport[]> {
    const { client, subAccount, indexOf, sender, sync } = this.#parts;
    const { sdk, drift } = client;
    const index = market === undefined ? undefined : indexOf(market);
    const open = sync.openOrders.filter((order) => market === undefined || order.market === market);
    const type = index && (index.kind === 'perp' ? sdk.MarketType.PERP : sdk.MarketType.SPOT);
    const instruction = await drift.getCancelOrdersIx(type ?? null, index?.index ?? null, null, subAccount);
    await sender.act('cancel', `Cancel all orders${market === undefined ? '' : ` in ${market}`}.`, [
      instruction,
    ]);
    return open.flatMap(({ clientOrderId }) => sync.orders.report(clientOrderId) ?? []);
  }

  /** Orders in the sub-account that were not placed here. */
  foreign(): readonly ForeignOrder[] {
    const { sync } = this.#parts;
    const { state, orders } = sync;
    return orders.strangers(state.user).map(({ orderId, kind, market, side, size, filled, price }) => ({
      id: `${FOREIGN}${orderId}`,
      market: symbolOf(state, { kind, index: market }),
      side,
      size: base(size - filled),
      limitPrice: priceFrom(price),
    }));
  }

  async cancelForeign(id: string): Promise<void> {
    const { client, subAccount, sender, sync } = this.#parts;
    const found = sync.orders.strangers(sync.state.user).find(({ orderId }) => `${FOREIGN}${orderId}` === id);
    if (found === undefined) throw unknownOrder(id);
    const instruction = await client.drift.getCancelOrderIx(found.orderId, subAccount);
    await sender.act('cancel', `Cancel the order ${found.orderId}, which was placed elsewhere.`, [
      instruction,
    ]);
  }

  async modify(clientOrderId: string, change: OrderChange): Promise<ModifyReply> {
    const { client, subAccount, sender, nextId, sync } = this.#parts;
    const known = this.#known(clientOrderId);
    if (isFinal(known.status) || known.orderId === null) return this.#reported(clientOrderId);
    const changed = afterChange(known.request, change);
    const why = this.#whyNot(changed);
    if (why !== undefined) return { kind: 'refused', why };
    const { filled, request, orderId } = known;
    if (changed.size <= filled) return { kind: 'refused', why: FILLED_ALREADY };
    const instruction = await modifyInstruction(client, orderId, change, filled, request.side, subAccount);
    const id = nextId();
    sync.orders.expectChange(id, { clientOrderId, request: changed });
    const sent = await sender.awaited({
      id,
      kind: 'modify',
      words: `Change: ${wordsOf(request)}`,
      instructions: [instruction],
    });
    switch (sent.kind) {
      case 'landed':
        await sync.sync(sent.slot);
        return this.#reported(clientOrderId);
      case 'refused':
      case 'failed':
        sync.orders.dropChange(id);
        await sync.sync();
        return isFinal(this.#known(clientOrderId).status)
          ? this.#reported(clientOrderId)
          : { kind: 'refused', why: sent.why };
      case 'expired':
        sync.orders.dropChange(id);
        return noReply(sent);
      case 'pending':
      case 'unknown':
        return noReply(sent);
    }
  }

  readonly #intentOf = (clientOrderId: string): string => `${this.#parts.orderPrefix}${clientOrderId}`;

  /** A report is given only once the account shows what it says: who trades by the one must not see the other without. */
  async #settled(clientOrderId: string, sent: Sent): Promise<PlaceReply> {
    const { sync } = this.#parts;
    switch (sent.kind) {
      case 'landed':
        sync.orders.sentIn(sent.signature, clientOrderId);
        await sync.sync(sent.slot);
        this.#endUnplaced(clientOrderId);
        return this.#reported(clientOrderId);
      case 'failed':
      case 'refused':
        sync.orders.ended(clientOrderId, 'rejected', sent.why);
        return this.#reported(clientOrderId);
      case 'expired':
        sync.orders.ended(clientOrderId, 'expired');
        return this.#reported(clientOrderId);
      case 'pending':
      case 'unknown':
        return noReply(sent);
    }
  }

  /** It went through and placed nothing: what was to rest only, and would have taken, is left out in silence. */
  #endUnplaced(clientOrderId: string): void {
    const { sync } = this.#parts;
    if (sync.orders.find(clientOrderId)?.orderId === null) sync.orders.ended(clientOrderId, 'cancelled');
  }

  #reported(clientOrderId: string): { readonly kind: 'report'; readonly report: OrderReport } {
    const { orders } = this.#parts.sync;
    const report = orders.report(clientOrderId);
    if (report === undefined) throw unknownOrder(clientOrderId);
    orders.told(clientOrderId);
    return { kind: 'report', report };
  }

  #known(clientOrderId: string): KnownOrder {
    const known = this.#parts.sync.orders.find(clientOrderId);
    if (known === undefined) throw unknownOrder(clientOrderId);
    return known;
  }

  /** Nothing is signed before this has succeeded: where it fails, nothing was sent. */
  async #instructions(order: OrderRequest) {
    const { client, makers, sync, subAccount, indexOf } = this.#parts;
    try {
      await makers.refresh();
      const market = indexOf(order.market);
      const limit = chainPrice(order.limitPrice, order.side === 'buy' ? 'floor' : 'ceil');
      const others = crossing(makers, sync.state, market, order.side, limit);
      return [await placeInstruction(client, makers, order, market, others, subAccount)];
    } catch (error) {
      const message = 'The orders of others could not be read. Nothing was sent.';
      return error instanceof AppError
        ? { code: error.code, message: error.message }
        : ({ code: 'VENUE_UNAVAILABLE', message } satisfies Rejection);
    }
  }

  #whyNot(order: OrderRequest): Rejection | undefined {
    const { markets, sync } = this.#parts;
    const market = markets().get(order.market);
    if (market === undefined)
      return { code: 'UNKNOWN_MARKET', message: `Drift has no market ${order.market}.` };
    try {
      checkOrder(order, market, holdingsOf(sync.state).account);
      return undefined;
    } catch (error) {
      if (error instanceof AppError) return { code: error.code, message: error.message };
      throw error;
    }
  }
}

function afterChange(request: OrderRequest, change: OrderChange): OrderRequest {
  const { size, limitPrice, triggerPrice, oracleOffset } = change;
  return {
    ...request,
    ...(size === undefined ? {} : { size }),
    ...(limitPrice === undefined ? {} : { limitPrice }),
    ...(oracleOffset === undefined ? {} : { oracleOffset }),
    ...(triggerPrice === undefined || request.trigger === undefined
      ? {}
      : { trigger: { ...request.trigger, price: triggerPrice } }),
  };
}

/** What a market is called; its number where it is none of ours. */
function symbolOf({ spot, perps }: DriftState, { kind, index }: MarketIndex): string {
  const known = (kind === 'spot' ? spot : perps).find(({ market }) => market === index);
  return known?.symbol ?? (kind === 'spot' ? `token ${index}` : `perpetual ${index}`);
}

const nothingOf = (order: OrderRequest, status: 'expired' | 'rejected'): OrderReport => ({
  clientOrderId: order.clientOrderId,
  status,
  filled: NO_BASE,
  quote: NO_USD,
  fee: NO_USD,
});

const wordsOf = ({ side, size, market, limitPrice, reduceOnly }: OrderRequest): string =>
  `${side === 'buy' ? 'Buy' : 'Sell'} ${formatBase(size)} ${market} at ${formatPrice(limitPrice)} or better${reduceOnly ? ', to reduce only' : ''}.`;

const noReply = (sent: Sent): { readonly kind: 'noReply'; readonly cause: string } => ({
  kind: 'noReply',
  cause: sent.kind === 'unknown' ? sent.cause : 'the transaction is not confirmed yet',
});

const unknownOrder = (clientOrderId: string): AppError =>
  new AppError('UNKNOWN_ORDER', `There is no order ${clientOrderId}.`, { clientOrderId });
