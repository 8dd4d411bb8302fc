import fc from 'fast-check';
import { expect } from 'vitest';

import { formatPrice, parseBase, parseRate } from '../../../../src/shared/money/decimal.ts';
import { RATE_ONE, base, price, rate, type Price } from '../../../../src/shared/money/quantity.ts';
import type { OraclePrices } from '../../../../src/main/domain/account.ts';
import type { FillEvent } from '../../../../src/main/domain/accountEvent.ts';
import type { Side } from '../../../../src/main/domain/market.ts';
import {
  isFinal,
  type OrderReport,
  type OrderRequest,
  type PostOnly,
  type TimeInForce,
} from '../../../../src/main/domain/order.ts';
import { fromStateText, toStateText } from '../../../../src/main/platform/stateText.ts';
import { PaperBench } from './paperBench.ts';

const MARKETS = ['SOL', 'SOL-PERP', 'BTC-PERP'] as const;

export type OrderStep =
  | { readonly kind: 'beat'; readonly oracleBp: number; readonly basisBp: number }
  | { readonly kind: 'depth'; readonly market: string; readonly near: number; readonly far: number }
  | {
      readonly kind: 'order';
      readonly market: string;
      readonly side: Side;
      readonly lots: number;
      readonly beyondBp: number;
      readonly time: TimeInForce;
      readonly postOnly: PostOnly | undefined;
      readonly reduceOnly: boolean;
      /** Distance of a trigger from the oracle, in hundredths of a percent. */
      readonly triggerBp: number | undefined;
      readonly tolerance: boolean;
      readonly offset: boolean;
      readonly livesMs: number;
    }
  | { readonly kind: 'cancel'; readonly which: number }
  | {
      readonly kind: 'modify';
      readonly which: number;
      readonly percent: number | undefined;
      readonly moveBp: number | undefined;
    }
  | { readonly kind: 'cancelAll'; readonly market: string | undefined };

const market = fc.constantFrom(...MARKETS, 'SOL-PERP' as const);
const sometimes = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 3 });

export const orderStep: fc.Arbitrary<OrderStep> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('beat' as const),
      oracleBp: fc.integer({ min: -40, max: 40 }),
      basisBp: fc.integer({ min: -10, max: 10 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('order' as const),
      market,
      side: fc.constantFrom<Side>('buy', 'sell'),
      lots: fc.integer({ min: 10, max: 30_000 }),
      beyondBp: fc.integer({ min: -60, max: 60 }),
      time: fc.constantFrom<TimeInForce>('gtc', 'gtc', 'gtd', 'ioc', 'fok'),
      postOnly: sometimes(fc.constantFrom<PostOnly>('reject', 'try', 'slide')),
      reduceOnly: fc.integer({ min: 0, max: 3 }).map((one) => one === 0),
      triggerBp: fc.option(fc.integer({ min: -60, max: 60 }), { nil: undefined, freq: 4 }),
      tolerance: fc.boolean(),
      offset: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
      livesMs: fc.integer({ min: 1, max: 20_000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('depth' as const),
      market,
      near: fc.integer({ min: 0, max: 40_000 }),
      far: fc.integer({ min: 0, max: 400_000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('cancel' as const), which: fc.integer({ min: 0, max: 60 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('modify' as const),
      which: fc.integer({ min: 0, max: 60 }),
      percent: sometimes(fc.integer({ min: 1, max: 300 })),
      moveBp: sometimes(fc.integer({ min: -60, max: 60 })),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('cancelAll' as const),
      market: fc.option(market, { nil: undefined, freq: 9 }),
    }),
  },
);

/** A paper venue whose market and orders a random stream moves, and what must hold of every step. */
export class OrderWorld {
  readonly bench: PaperBench;
  readonly crowd: number | undefined;
  /** Every fill so far. */
  readonly fills: FillEvent[] = [];
  /** What was placed, as it was last changed. */
  readonly #requests = new Map<string, OrderRequest>();
  readonly #positions = new Map<string, bigint>();
  readonly #ends = new Map<string, OrderReport>();

  constructor(crowd: number | undefined) {
    this.crowd = crowd;
    this.bench = new PaperBench({ cash: '200000', spot: '1000', ...(crowd === undefined ? {} : { crowd }) });
    this.#positions.set('SOL', parseBase('1000'));
    for (const one of MARKETS) this.#setDepth(one, 3_000, 60_000);
    this.bench.beat();
  }

  async take(step: OrderStep, number: number): Promise<void> {
    const queues = this.#queues();
    const before = this.bench.feed.oracles();
    await this.#carryOut(step, number);
    this.#checkFills(before);
    this.#checkBooks();
    await this.#checkReports();
    for (const [id, { at, side, ahead }] of queues) {
      const now = this.#queues().get(id);
      if (now?.at !== at || step.kind === 'modify') continue;
      expect(now.ahead).toBeLessThanOrEqual(ahead);
      // Of the queues on the other side it may have taken what is before one of ours.
      if (step.kind === 'order' && step.side === side) expect(now.ahead).toBe(ahead);
    }
  }

  /** Another world that goes on from what this one would keep. */
  resumed(): OrderWorld {
    const saved = fromStateText(
      toStateText({ feed: this.bench.feed.save(), venue: this.bench.venue.save() }),
    ) as { readonly feed: unknown; readonly venue: unknown };
    const other = new OrderWorld(this.crowd);
    other.bench.restore(saved, this.bench.now);
    other.fills.push(...this.fills);
    for (const [id, request] of this.#requests) other.#requests.set(id, request);
    for (const [id, end] of this.#ends) other.#ends.set(id, end);
    other.#positions.clear();
    for (const [name, held] of this.#positions) other.#positions.set(name, held);
    return other;
  }

  /** Looks at everything that can be looked at. */
  async watch(): Promise<void> {
    this.bench.venue.snapshot();
    for (const book of this.bench.venue.books.values()) book.levels('buy', 100);
    for (const id of this.#requests.keys()) await this.bench.venue.query(id);
    for (const one of MARKETS) await this.bench.venue.preflight(one);
  }

  /** Markets in whose books nothing of ours is, and nothing of ours has happened since a number of fills. */
  quietMarkets(fillsBefore: number): readonly string[] {
    const orders = [...this.bench.venue.snapshot().openOrders, ...this.fills.slice(fillsBefore)];
    const used = new Set(orders.map((order) => order.market));
    return MARKETS.filter((one) => !used.has(one));
  }

  async #carryOut(step: OrderStep, number: number): Promise<void> {
    const { bench } = this;
    switch (step.kind) {
      case 'beat':
        for (const asset of ['SOL', 'BTC']) this.#move(asset, step.oracleBp, step.basisBp);
        bench.beat();
        return;
      case 'depth':
        this.#setDepth(step.market, step.near, step.far);
        bench.beat();
        return;
      case 'order':
        await this.#place(step, `order-${number}`);
        return;
      case 'cancel':
        await bench.venue.cancel(this.#idOf(step.which)).catch(() => undefined);
        return;
      case 'cancelAll':
        await bench.venue.cancelAll(step.market);
        return;
      case 'modify':
        await this.#modify(step);
    }
  }

  async #place(step: Extract<OrderStep, { kind: 'order' }>, id: string): Promise<void> {
    const { bench } = this;
    const { oracle, mark } = bench.feed.quote(step.market);
    const { triggerBp, postOnly } = step;
    const offset = step.offset && triggerBp === undefined;
    const limit = this.#onTick(step.market, beyond(offset ? oracle : mark, step.side, step.beyondBp));
    const trigger =
      triggerBp === undefined
        ? undefined
        : `${triggerBp > 0 ? 'above' : 'below'} ${formatPrice(this.#onTick(step.market, beyond(oracle, 'buy', triggerBp)))}`;
    const loose = triggerBp !== undefined && step.tolerance;
    const request: OrderRequest = {
      ...bench.order(step.market, step.side, '1', {
        id,
        time: step.time,
        limit: formatPrice(limit),
        reduceOnly: step.reduceOnly,
        ...(postOnly === undefined || loose ? {} : { postOnly }),
        ...(trigger === undefined ? {} : { trigger }),
        ...(loose ? { tolerance: '0.005' } : {}),
        ...(step.time === 'gtd' ? { expiresAt: bench.now + step.livesMs } : {}),
      }),
      ...(offset ? { oracleOffset: this.#onTick(step.market, price(limit - oracle)) } : {}),
      size: this.#sizeOf(step.market, step.lots),
    };
    this.#requests.set(id, request);
    const before = bench.untouched();
    const held = abs(this.#positions.get(step.market) ?? 0n);
    const whole = request.reduceOnly && held < request.size ? held : request.size;
    const report = await bench.send(request);
    if (report.rejection !== undefined) expect(bench.untouched()).toEqual(before);
    if (request.timeInForce === 'fok' && trigger === undefined) expect([0n, whole]).toContain(report.filled);
  }

  async #modify({ which, percent, moveBp }: Extract<OrderStep, { kind: 'modify' }>): Promise<void> {
    const { bench } = this;
    const id = this.#idOf(which);
    const open = bench.venue.snapshot().openOrders.find((order) => order.clientOrderId === id);
    if (open === undefined) return;
    const { lot } = bench.venue.markets.get(open.market) ?? { lot: 1n };
    const change = {
      ...(percent === undefined ? {} : { size: base(((open.size * BigInt(percent)) / 100n / lot) * lot) }),
      ...(moveBp === undefined || open.oracleOffset !== undefined
        ? {}
        : { limitPrice: this.#onTick(open.market, beyond(open.limitPrice, open.side, moveBp)) }),
    };
    const before = bench.untouched();
    const reply = await bench.venue.modify(id, change);
    if (reply.kind === 'refused') expect(bench.untouched()).toEqual(before);
    else this.#requests.set(id, { ...(this.#requests.get(id) ?? open), ...change });
  }

  /** @param before the oracles of the last beat: others trade before the marks of a beat move, and limits with them */
  #checkFills(before: OraclePrices): void {
    const { bench } = this;
    for (const event of bench.events()) {
      if (event.type !== 'FILL') continue;
      this.fills.push(event);
      const held = this.#positions.get(event.market) ?? 0n;
      const after = held + (event.side === 'buy' ? event.size : -event.size);
      this.#positions.set(event.market, after);
      if (event.orderId.startsWith('liquidation')) continue;
      const request = this.#requests.get(event.orderId);
      if (request === undefined) throw new Error(`${event.orderId} was never placed`);
      const { mark, oracle } = bench.feed.quote(event.market);
      const last = before[event.market.replace('-PERP', '')] ?? oracle;
      const limits = [limitNow(request, mark, oracle)];
      if (event.liquidity === 'maker') limits.push(limitNow(request, mark, last));
      const worst = limits.map((limit) => worseBy(event.side, event.price, limit));
      expect(Math.min(...worst.map(Number))).toBeLessThanOrEqual(0);
      if (request.postOnly !== undefined) expect(event.liquidity).toBe('maker');
      if (event.liquidity === 'taker') {
        expect(shareOf(event.side, event.price, mark)).toBeGreaterThanOrEqual(parseRate('0.001'));
        expect(shareOf(event.side, event.price, mark)).toBeLessThanOrEqual(parseRate('0.003'));
      }
      if (request.reduceOnly) {
        expect(abs(after)).toBeLessThan(abs(held));
        expect(after * held).toBeGreaterThanOrEqual(0n);
      }
    }
    bench.expectBooksToAgree();
  }

  #checkBooks(): void {
    for (const book of this.bench.venue.books.values()) {
      const [bid, ask] = [book.best('buy'), book.best('sell')];
      if (bid !== undefined && ask !== undefined) expect(bid).toBeLessThan(ask);
    }
  }

  async #checkReports(): Promise<void> {
    const { openOrders } = this.bench.venue.snapshot();
    expect(openOrders.length).toBeLessThanOrEqual(32);
    for (const [id, request] of this.#requests) {
      const report = await this.bench.report(id);
      const filled = this.fills
        .filter(({ orderId }) => orderId === id)
        .reduce((sum, { size }) => sum + size, 0n);
      expect(report.filled).toBe(filled);
      expect(filled).toBeLessThanOrEqual(request.size);
      if (report.status === 'filled') expect(filled).toBe(request.size);
      const open = openOrders.find(({ clientOrderId }) => clientOrderId === id);
      expect(open === undefined).toBe(isFinal(report.status));
      if (open !== undefined)
        expect({ filled, size: request.size }).toMatchObject({ filled: open.filled, size: open.size });
      const end = this.#ends.get(id);
      if (end !== undefined) expect(report).toEqual(end);
      else if (isFinal(report.status)) this.#ends.set(id, report);
    }
  }

  #queues(): ReadonlyMap<string, { readonly at: string; readonly side: Side; readonly ahead: bigint }> {
    return new Map(
      this.bench.venue
        .snapshot()
        .openOrders.flatMap(({ clientOrderId, side, limitPrice, ahead }) =>
          ahead === undefined ? [] : [[clientOrderId, { at: String(limitPrice), side, ahead }] as const],
        ),
    );
  }

  #move(asset: string, oracleBp: number, basisBp: number): void {
    const { feed } = this.bench;
    const oracle = beyond(feed.oracles()[asset] ?? price(0n), 'buy', oracleBp);
    feed.setOracle(asset, formatPrice(this.#onTick(`${asset}-PERP`, oracle)));
    feed.setMark(`${asset}-PERP`, formatPrice(this.#onTick(`${asset}-PERP`, beyond(oracle, 'buy', basisBp))));
  }

  #setDepth(name: string, near: number, far: number): void {
    const scale = name === 'BTC-PERP' ? 200 : 1;
    this.bench.feed.setDepth(name, [
      ['0.0005', (near / scale / 1_000).toFixed(3)],
      ['0.001', (near / scale / 500).toFixed(3)],
      ['0.003', (far / scale / 1_000).toFixed(3)],
      ['0.006', (far / scale / 500).toFixed(3)],
    ]);
  }

  #sizeOf(name: string, lots: number) {
    return name === 'BTC-PERP' ? base(BigInt(lots) * 100_000n + 1_000_000n) : base(BigInt(lots) * 1_000_000n);
  }

  #onTick(name: string, at: Price): Price {
    const tick = name === 'BTC-PERP' ? 100_000_000n : 1_000_000n;
    return price((at / tick) * tick);
  }

  #idOf(which: number): string {
    const ids = [...this.#requests.keys()];
    return ids[which % Math.max(1, ids.length)] ?? 'none';
  }
}

const abs = (one: bigint): bigint => (one < 0n ? -one : one);

const beyond = (from: Price, side: Side, bp: number): Price =>
  price(from + (from * BigInt(side === 'buy' ? bp : -bp)) / 10_000n);

/** How much worse for the trader a price is than another. */
const worseBy = (side: Side, at: bigint, than: bigint): bigint => (side === 'buy' ? at - than : than - at);

const shareOf = (side: Side, at: Price, mark: Price) => rate((worseBy(side, at, mark) * RATE_ONE) / mark);

/** The worst price that an order allows, rounded to nothing. */
function limitNow(request: OrderRequest, mark: Price, oracle: Price): bigint {
  const { side, tolerance, oracleOffset, limitPrice } = request;
  if (tolerance !== undefined) {
    const moved = (mark * tolerance) / RATE_ONE;
    return side === 'buy' ? mark + moved : mark - moved;
  }
  return oracleOffset === undefined ? limitPrice : oracle + oracleOffset;
}
