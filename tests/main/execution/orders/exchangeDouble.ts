import type { AccountEvent, FillEvent } from '../../../../src/main/domain/accountEvent.ts';
import { quoteOf } from '../../../../src/main/domain/fill.ts';
import type { MarginTerms } from '../../../../src/main/domain/margin.ts';
import type { Market } from '../../../../src/main/domain/market.ts';
import {
  isFinal,
  type OpenOrder,
  type OrderChange,
  type OrderReport,
  type OrderRequest,
} from '../../../../src/main/domain/order.ts';
import type { Quote } from '../../../../src/main/market/feed.ts';
import { PAPER_CAPABILITIES } from '../../../../src/main/venues/paper/paperCapabilities.ts';
import { PAPER_WEIGHTS } from '../../../../src/main/venues/paper/paperMarkets.ts';
import type {
  ModifyReply,
  PlaceReply,
  Preflight,
  QueryReply,
  Venue,
  VenueCapabilities,
  VenueSnapshot,
} from '../../../../src/main/venues/venue.ts';
import { AppError } from '../../../../src/shared/contract/appError.ts';
import { parseBase, parsePrice, parseRate, parseUsd } from '../../../../src/shared/money/decimal.ts';
import { NO_BASE, NO_USD, base, usd, type Base, type Price } from '../../../../src/shared/money/quantity.ts';

export const PERP: Market = {
  symbol: 'SOL-PERP',
  kind: 'perp',
  asset: 'SOL',
  tick: parsePrice('0.01'),
  lot: parseBase('0.01'),
  minimum: parseBase('0.1'),
  initialMargin: parseRate('0.1'),
  maintenanceMargin: parseRate('0.05'),
  takerFee: parseRate('0.001'),
  makerFee: parseRate('-0.0002'),
};

/**
 * What goes wrong with the next request: it never arrives; it arrives and is done, but the answer is lost; the client
 * throws; or the venue refuses it.
 */
export type Fault = 'lost' | 'lostReply' | 'throws' | 'refused';

interface Kept {
  readonly request: OrderRequest;
  readonly report: OrderReport;
}

/**
 * An exchange with no market of its own: an order rests until a test fills it, one that takes at once fills whole at its
 * limit, and a trigger is let loose when a test moves the oracle there.
 */
export class ExchangeDouble implements Venue {
  readonly name = 'double';
  readonly capabilities: VenueCapabilities;
  readonly markets = new Map([[PERP.symbol, PERP]]);
  readonly weights = PAPER_WEIGHTS;
  readonly faults: (Fault | undefined)[] = [];
  /** Everything that arrived, as `place m1`. */
  readonly arrived: string[] = [];
  readonly placed: OrderRequest[] = [];
  /** Called when a request is about to be sent, before anything else. */
  asked: (request: string) => Promise<void> | void = () => undefined;
  /** Called when a request has been carried out, before it is answered. */
  done: (request: string) => Promise<void> | void = () => undefined;
  /** How much of an order that takes at once is there for it; undefined: all of it. */
  offered: Base | undefined;
  /** What it refuses an order with. */
  refusal: NonNullable<OrderReport['rejection']> = {
    code: 'INVALID_PRICE',
    message: 'The venue does not like it.',
  };
  oracle = parsePrice('150');
  now: number;
  maintenance: MarginTerms = { requirement: 0n, collateral: 1n };
  readonly #orders = new Map<string, Kept>();
  #events: FillEvent[] = [];
  #unasked: OrderReport[] = [];

  constructor(now: number, capabilities: Partial<VenueCapabilities> = {}) {
    this.now = now;
    this.capabilities = { ...PAPER_CAPABILITIES, ...capabilities };
  }

  async connect(): Promise<void> {
    await Promise.resolve();
  }

  async disconnect(): Promise<void> {
    await Promise.resolve();
  }

  snapshot(): VenueSnapshot {
    return {
      t: this.now,
      account: { cash: parseUsd('1000000'), spot: NO_BASE, perps: [] },
      wallet: parseBase('1'),
      oracles: { SOL: this.oracle },
      maintenance: this.maintenance,
      gas: NO_BASE,
      openOrders: [...this.#orders.values()].flatMap(({ request, report }): OpenOrder[] => {
        const { status, filled, quote, fee } = report;
        return status === 'open' || status === 'untriggered'
          ? [{ ...request, status, filled, quote, fee }]
          : [];
      }),
    };
  }

  quote(): Quote {
    return { oracle: this.oracle, oracleTime: this.now, mark: this.oracle };
  }

  takeFundingRates(): [] {
    return [];
  }

  takeEvents(): readonly AccountEvent[] {
    return this.takeFills();
  }

  takeFills(): readonly FillEvent[] {
    const taken = this.#events;
    this.#events = [];
    return taken;
  }

  takeOrderReports(): readonly OrderReport[] {
    const taken = this.#unasked;
    this.#unasked = [];
    return taken;
  }

  async preflight(): Promise<Preflight> {
    await Promise.resolve();
    const depth = [{ offset: parseRate('0.0005'), size: parseBase('1000') }];
    return { quote: this.quote(), depth, latencyMs: 10 };
  }

  place(order: OrderRequest): Promise<PlaceReply> {
    return this.#request(`place ${order.clientOrderId}`, (fault) => {
      const known = this.#orders.get(order.clientOrderId);
      if (known !== undefined) return { kind: 'report', report: known.report };
      this.placed.push(order);
      if (fault === 'refused') return this.#keep(order, 'rejected');
      this.#keep(order, order.trigger === undefined ? 'open' : 'untriggered');
      if (order.trigger === undefined) this.#take(order);
      return this.#report(order.clientOrderId);
    });
  }

  query(venueId: string): Promise<QueryReply> {
    return this.#request<QueryReply>(`query ${venueId}`, () =>
      this.#orders.has(venueId) ? this.#report(venueId) : { kind: 'absent' },
    );
  }

  cancel(venueId: string): Promise<PlaceReply> {
    return this.#request(`cancel ${venueId}`, (fault) => {
      const { request, report } = this.#get(venueId);
      if (fault === 'refused' || isFinal(report.status)) return this.#report(venueId);
      return this.#keep(request, report.filled > 0n ? 'partiallyFilled' : 'cancelled');
    });
  }

  modify(venueId: string, change: OrderChange): Promise<ModifyReply> {
    return this.#request<ModifyReply>(`modify ${venueId}`, (fault) => {
      const { request, report } = this.#get(venueId);
      if (fault === 'refused') {
        return { kind: 'refused', why: { code: 'PRICE_OUT_OF_BAND', message: 'Too far from the market.' } };
      }
      if (isFinal(report.status)) return this.#report(venueId);
      const { size, limitPrice, triggerPrice } = change;
      const trigger = request.trigger && { ...request.trigger, price: triggerPrice ?? request.trigger.price };
      this.#orders.set(venueId, {
        report,
        request: {
          ...request,
          size: size ?? request.size,
          limitPrice: limitPrice ?? request.limitPrice,
          ...(trigger === undefined ? {} : { trigger }),
        },
      });
      return this.#report(venueId);
    });
  }

  async deposit(): Promise<void> {
    await Promise.resolve();
  }

  async withdraw(): Promise<void> {
    await Promise.resolve();
  }

  /** Fills some of an order that rests, at its limit. */
  fill(venueId: string, size: string): void {
    this.fillLots(venueId, parseBase(size));
  }

  fillLots(venueId: string, size: Base): void {
    const { request } = this.#get(venueId);
    this.#trade(request, size, request.limitPrice, 'maker');
    this.#unasked.push(this.#get(venueId).report);
  }

  /** The venue ends an order by itself. */
  end(venueId: string, status: 'cancelled' | 'expired'): void {
    this.#keep(this.#get(venueId).request, status);
    this.#unasked.push(this.#get(venueId).report);
  }

  /** Moves the oracle, and lets loose what waits for that. */
  moveTo(oracle: string): void {
    this.oracle = parsePrice(oracle);
    for (const { request, report } of this.#orders.values()) {
      const { trigger, clientOrderId } = request;
      if (report.status !== 'untriggered' || trigger === undefined) continue;
      if (trigger.when === 'above' ? this.oracle < trigger.price : this.oracle > trigger.price) continue;
      this.#keep(request, 'open');
      this.#take(request);
      this.#unasked.push(this.#get(clientOrderId).report);
    }
  }

  /** Says a report again, or before its time. */
  say(report: OrderReport): void {
    this.#unasked.push(report);
  }

  reportOf(venueId: string): OrderReport {
    return this.#get(venueId).report;
  }

  #take(order: OrderRequest): void {
    if (order.timeInForce !== 'ioc' && order.timeInForce !== 'fok') return;
    const size = this.offered ?? order.size;
    if (size > 0n) this.#trade(order, size, order.limitPrice, 'taker');
    const { report } = this.#get(order.clientOrderId);
    if (!isFinal(report.status)) this.#keep(order, report.filled > 0n ? 'partiallyFilled' : 'expired');
  }

  #trade(order: OrderRequest, size: Base, at: Price, liquidity: 'maker' | 'taker'): void {
    const { clientOrderId: orderId, side, market } = order;
    const before = this.#get(orderId).report;
    const quote = quoteOf(side, size, at);
    const fee = usd(quote / (liquidity === 'taker' ? 1_000n : -5_000n));
    const filled = base(before.filled + size);
    this.#orders.set(orderId, {
      request: order,
      report: {
        ...before,
        filled,
        quote: usd(before.quote + quote),
        fee: usd(before.fee + fee),
        status: filled === order.size ? 'filled' : before.status,
      },
    });
    const traded = { market, side, size, price: at, oracle: this.oracle, fee, liquidity };
    this.#events.push({ type: 'FILL', t: this.now, orderId, ...traded });
  }

  #keep(request: OrderRequest, status: OrderReport['status']) {
    const { clientOrderId } = request;
    const before = this.#orders.get(clientOrderId)?.report;
    const report: OrderReport = {
      filled: NO_BASE,
      quote: NO_USD,
      fee: NO_USD,
      ...before,
      clientOrderId,
      status,
      ...(status === 'rejected' ? { rejection: this.refusal } : {}),
    };
    this.#orders.set(clientOrderId, { request, report });
    return { kind: 'report', report } as const;
  }

  #report(venueId: string) {
    return { kind: 'report', report: this.#get(venueId).report } as const;
  }

  #get(venueId: string): Kept {
    const found = this.#orders.get(venueId);
    if (found === undefined) throw new AppError('UNKNOWN_ORDER', `There is no order ${venueId}.`);
    return found;
  }

  async #request<Reply>(
    request: string,
    carryOut: (fault: Fault | undefined) => Reply,
  ): Promise<Reply | { readonly kind: 'noReply'; readonly cause: string }> {
    await Promise.resolve();
    await this.asked(request);
    const fault = this.faults.shift();
    if (fault === 'throws') throw new Error('the socket is closed');
    if (fault === 'lost') return { kind: 'noReply', cause: 'it timed out' };
    this.arrived.push(request);
    const reply = carryOut(fault);
    await this.done(request);
    return fault === 'lostReply' ? { kind: 'noReply', cause: 'it timed out' } : reply;
  }
}
