import type { ErrorCode } from '../../shared/contract/errorCodes.ts';
import { formatBase, formatPrice, formatUsd } from '../../shared/money/decimal.ts';
import { NO_BASE, NO_USD, base, type Base, type Usd } from '../../shared/money/quantity.ts';
import { smaller } from '../../shared/money/rounding.ts';
import type { OrderRequest } from '../domain/order.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { ApprovedTrade, Leg, Purpose } from '../risk/trade.ts';
import type { JournalState, VaultStore } from '../storage/vaultStore.ts';
import type { PlaceReply, QueryReply, Venue } from '../venues/venue.ts';
import { afterReport, isOver, whenAbsent } from './orderState.ts';

/** How long a venue may still accept an order after it was sent: the life of a recent blockhash. */
export const ORDER_LIFE_MS = 60_000;

/** An order and what became of it. */
export interface OrderOutcome {
  readonly order: OrderRequest;
  readonly purpose: Purpose;
  /** Whether it is a leg of two, so that what it fills has to be matched by the other. */
  readonly paired: boolean;
  readonly state: JournalState;
  readonly filled: Base;
  readonly quote: Usd;
  readonly fee: Usd;
  readonly rejection: { readonly code: ErrorCode; readonly message: string } | null;
}

/** A trade that was carried out, leg by leg. A leg that never went out is not in it. */
export interface Execution {
  readonly approved: ApprovedTrade;
  readonly outcomes: readonly OrderOutcome[];
}

/** The trade that a leg belongs to. */
interface Part {
  readonly purpose: Purpose;
  readonly tradeId: string;
  readonly paired: boolean;
}

/**
 * Carries out approved trades: each order is in the journal before it is sent, its outcome is written before anyone
 * hears of it, and no answer is never taken for a no.
 */
export class Executor {
  readonly #venue: Venue;
  readonly #store: VaultStore;
  readonly #clock: Clock;
  readonly #nextTradeId: () => string;
  readonly #log: Logger;

  constructor(venue: Venue, store: VaultStore, clock: Clock, nextTradeId: () => string, log: Logger) {
    this.#venue = venue;
    this.#store = store;
    this.#clock = clock;
    this.#nextTradeId = nextTradeId;
    this.#log = log;
  }

  /** Sends the legs one after the other; the second only as large as the first has filled. */
  async execute(approved: ApprovedTrade): Promise<Execution> {
    const { legs, purpose } = approved.trade;
    const [first, second] = legs;
    const tradeId = this.#nextTradeId();
    const outcome = await this.#send(
      first,
      first.size,
      { purpose, tradeId, paired: second !== undefined },
      1,
    );
    if (second === undefined || outcome.state === 'unknown' || outcome.filled === 0n) {
      return { approved, outcomes: [outcome] };
    }
    const size = base(smaller(second.size, outcome.filled));
    return {
      approved,
      outcomes: [outcome, await this.#send(second, size, { purpose, tradeId, paired: true }, 2)],
    };
  }

  /** Asks the venue what became of an order whose outcome is unknown. */
  async resolve(pending: OrderOutcome): Promise<OrderOutcome> {
    if (isOver(pending.state)) return pending;
    const reply = await this.#ask(pending.order.clientOrderId);
    const resolved = this.#read(pending, reply);
    if (isOver(resolved.state)) this.#write(resolved);
    return resolved;
  }

  async #send(
    leg: Leg,
    size: Base,
    { purpose, tradeId, paired }: Part,
    number: 1 | 2,
  ): Promise<OrderOutcome> {
    const t = this.#clock.now();
    const order: OrderRequest = {
      clientOrderId: `${tradeId}-${number}`,
      market: leg.market,
      side: leg.side,
      size,
      limitPrice: leg.limitPrice,
      timeInForce: 'ioc',
      reduceOnly: leg.reduceOnly,
      validUntil: t + ORDER_LIFE_MS,
    };
    this.#store.intend({
      clientOrderId: order.clientOrderId,
      intentId: tradeId,
      t,
      market: order.market,
      side: order.side,
      size: formatBase(size),
      limitPrice: formatPrice(leg.limitPrice),
      reduceOnly: leg.reduceOnly,
      validUntil: order.validUntil,
      purpose,
    });
    const sent: OrderOutcome = {
      order,
      purpose,
      paired,
      state: 'sent',
      filled: NO_BASE,
      quote: NO_USD,
      fee: NO_USD,
      rejection: null,
    };
    const outcome = this.#read(sent, await this.#place(order));
    this.#write(outcome);
    return outcome;
  }

  async #place(order: OrderRequest): Promise<PlaceReply> {
    try {
      return await this.#venue.place(order);
    } catch (error) {
      this.#log.error('the venue failed while an order was out', {
        error,
        clientOrderId: order.clientOrderId,
      });
      return { kind: 'noReply', cause: 'the venue failed' };
    }
  }

  async #ask(clientOrderId: string): Promise<QueryReply> {
    try {
      return await this.#venue.query(clientOrderId);
    } catch (error) {
      this.#log.error('the venue failed when asked about an order', { error, clientOrderId });
      return { kind: 'noReply', cause: 'the venue failed' };
    }
  }

  #read(before: OrderOutcome, reply: QueryReply): OrderOutcome {
    switch (reply.kind) {
      case 'noReply':
        return { ...before, state: 'unknown' };
      case 'absent':
        return { ...before, state: whenAbsent(before.state, this.#clock.now(), before.order.validUntil) };
      case 'report': {
        const { filled, quote, fee, rejection } = reply.report;
        const state = afterReport(before.state, reply.report);
        return { ...before, state, filled, quote, fee, rejection: rejection ?? null };
      }
    }
  }

  #write(outcome: OrderOutcome): void {
    this.#store.outcome({
      clientOrderId: outcome.order.clientOrderId,
      t: this.#clock.now(),
      state: outcome.state,
      filled: formatBase(outcome.filled),
      quote: formatUsd(outcome.quote),
      fee: formatUsd(outcome.fee),
      code: outcome.rejection?.code ?? null,
    });
  }
}
