import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { AppError } from '../../src/shared/contract/appError.ts';
import { formatBase, formatPrice, parseRate } from '../../src/shared/money/decimal.ts';
import {
  RATE_ONE,
  base,
  price,
  usd,
  type Base,
  type Price,
  type Rate,
} from '../../src/shared/money/quantity.ts';
import { magnitude, toStep } from '../../src/shared/money/rounding.ts';
import { afterEvent } from '../../src/main/domain/accountChange.ts';
import type { Market, Side } from '../../src/main/domain/market.ts';
import {
  isFinal,
  type OrderReport,
  type OrderRequest,
  type PostOnly,
  type TimeInForce,
} from '../../src/main/domain/order.ts';
import type { PlaceReply, Venue } from '../../src/main/venues/venue.ts';

/** A venue in a market that a test can move, with an account that can bear what the suite asks of it. */
export interface VenueRig {
  readonly venue: Venue;
  /** A perpetual in which nothing is held; its book shows at least 100 minimum orders on each side within 0.3 %. */
  readonly market: string;
  /** Unix ms, by the venue. */
  now(): number;
  /** Mark and oracle of the market are moved by a fraction, and the venue has taken it in when this resolves. */
  move(fraction: Rate): Promise<void>;
  /** So much time passes with the market where it is. */
  pass(ms: number): Promise<void>;
  /**
   * Switch: the next order is carried out, and the reply to it lost. Returns what makes the venue answer again. Left out
   * where that can't be brought about.
   */
  loseNextReply?(): () => void;
  /** What the account has free, so that the suite can ask for more. */
  readonly free: bigint;
  /** What the venue may keep for itself of each move of collateral, in its smallest unit; nothing where it is left out. */
  readonly rounding?: bigint;
  /** Ends what was started for it. */
  close?(): Promise<void>;
}

const TIMES: readonly TimeInForce[] = ['ioc', 'fok', 'gtc', 'gtd'];
const POST_ONLY: readonly PostOnly[] = ['reject', 'try', 'slide'];
const SIDES: readonly Side[] = ['buy', 'sell'];
const opposite = (side: Side): Side => (side === 'buy' ? 'sell' : 'buy');

/** What any venue must do, whatever it may do besides. What its capabilities leave out has to be refused, not ignored. */
export function describeVenue(name: string, makeRig: () => Promise<VenueRig>): void {
  describe(`${name}, as any venue`, () => {
    let suite: Suite;
    beforeEach(async () => {
      suite = new Suite(await makeRig());
      await suite.rig.venue.connect();
    });
    afterEach(async () => {
      await suite.rig.close?.();
    });

    describeAccount(() => suite);
    describeTaking(() => suite);
    describeResting(() => suite);
    describeChanging(() => suite);
    describeRefusals(() => suite);
    describeMarketData(() => suite);
  });
}

/** The rig with orders on its grid. */
class Suite {
  readonly rig: VenueRig;
  #orders = 0;

  constructor(rig: VenueRig) {
    this.rig = rig;
  }

  get venue(): Venue {
    return this.rig.venue;
  }

  get market(): Market {
    const market = this.venue.markets.get(this.rig.market);
    if (market === undefined) throw new Error(`${this.venue.name} has no market ${this.rig.market}`);
    return market;
  }

  get held(): bigint {
    const { perps } = this.venue.snapshot().account;
    return perps.find(({ market }) => market === this.rig.market)?.size ?? 0n;
  }

  /** So many of the smallest order. */
  size(minimums: number): Base {
    return base(toStep(this.market.minimum * BigInt(minimums), this.market.lot, 'ceil'));
  }

  /** The mark moved by a fraction against the side, on the tick: beyond the mark where it is positive. */
  limit(side: Side, fraction: string): Price {
    const { mark } = this.venue.quote(this.rig.market);
    const moved = (mark * parseRate(fraction)) / RATE_ONE;
    return price(toStep(side === 'buy' ? mark + moved : mark - moved, this.market.tick, 'nearest'));
  }

  order(side: Side, changed: Partial<OrderRequest> = {}): OrderRequest {
    this.#orders += 1;
    return {
      clientOrderId: `conformance-${this.#orders}`,
      market: this.rig.market,
      side,
      size: this.size(2),
      limitPrice: this.limit(side, '0.005'),
      timeInForce: 'ioc',
      reduceOnly: false,
      validUntil: this.rig.now() + 60_000,
      ...changed,
    };
  }

  /** An order that waits in the book, half a percent from the mark. */
  resting(side: Side, changed: Partial<OrderRequest> = {}): OrderRequest {
    return this.order(side, { timeInForce: 'gtc', limitPrice: this.limit(side, '-0.005'), ...changed });
  }

  async place(order: OrderRequest): Promise<OrderReport> {
    return reportIn(await this.venue.place(order));
  }

  async open(id: string): Promise<boolean> {
    await this.rig.pass(1);
    return this.venue.snapshot().openOrders.some(({ clientOrderId }) => clientOrderId === id);
  }

  /** The venue refuses it as something that it does not have, and nothing has come of it. */
  async expectUnsupported(order: OrderRequest): Promise<void> {
    expect(await this.place(order)).toMatchObject({
      status: 'rejected',
      filled: 0n,
      rejection: { code: 'NOT_SUPPORTED' },
    });
    expect(await this.open(order.clientOrderId)).toBe(false);
  }
}

function reportIn(reply: PlaceReply | { readonly kind: string }): OrderReport {
  if (!('report' in reply)) throw new Error(`no report: ${JSON.stringify(reply)}`);
  return reply.report;
}

const refusal = async (asked: Promise<unknown>): Promise<AppError> =>
  asked.then(
    () => {
      throw new Error('it was not refused');
    },
    (error: unknown) => error as AppError,
  );

function describeAccount(given: () => Suite): void {
  it('shows an account that its events explain to the last digit, each event once and in order', async () => {
    const suite = given();
    const { venue } = suite;
    venue.takeEvents();
    let { account, wallet } = venue.snapshot();
    await suite.place(suite.order('buy', { size: suite.size(10) }));
    await suite.rig.move(parseRate('0.01'));
    await suite.place(suite.order('sell', { size: suite.size(4) }));
    await suite.rig.pass(3_600_000);

    let last = 0;
    const events = venue.takeEvents();
    expect(events.filter(({ type }) => type === 'FILL').length).toBeGreaterThanOrEqual(2);
    for (const event of events) {
      expect(event.t).toBeGreaterThanOrEqual(last);
      last = event.t;
      ({ account, wallet } = afterEvent({ account, wallet }, event));
    }
    const now = venue.snapshot();
    expect({ account, wallet }).toEqual({ account: now.account, wallet: now.wallet });
    expect(venue.takeEvents()).toEqual([]);
  });

  it('takes a deposit of more than nothing, and withdraws what is free and no more', async () => {
    const { venue, rig } = given();
    for (const move of [venue.deposit.bind(venue), venue.withdraw.bind(venue)])
      for (const amount of [0n, -1n])
        expect(await refusal(move({ asset: 'USDC', amount: usd(amount) }))).toMatchObject({
          code: 'INVALID_SIZE',
        });
    await rig.pass(1);
    venue.takeEvents();
    const before = venue.snapshot().account.cash;
    const asked = refusal(venue.withdraw({ asset: 'USDC', amount: usd(rig.free + 1_000_000n) }));
    expect(['INSUFFICIENT_BALANCE', 'INSUFFICIENT_COLLATERAL']).toContain((await asked).code);
    expect(venue.snapshot().account.cash).toBe(before);

    await venue.withdraw({ asset: 'USDC', amount: usd(1_000_000n) });
    await venue.deposit({ asset: 'USDC', amount: usd(3_000_000n) });
    await rig.pass(1);
    const moved = { transfers: 0n, rounded: 0n };
    for (const event of venue.takeEvents()) {
      if (event.type === 'TRANSFER' && event.of !== 'wallet') moved.transfers += event.moved.amount;
      if (event.type === 'INTEREST') moved.rounded += event.paid.amount;
    }
    expect(moved.transfers).toBe(2_000_000n);
    expect(magnitude(moved.rounded)).toBeLessThanOrEqual(2n * (rig.rounding ?? 0n));
    expect(venue.snapshot().account.cash).toBe(before + moved.transfers + moved.rounded);
  });

  it('looks afresh for every trade, and at no market that it does not have', async () => {
    const { venue, rig } = given();
    const before = await venue.preflight(rig.market);
    await rig.move(parseRate('0.02'));
    const after = await venue.preflight(rig.market);

    expect(after.quote.mark).toBeGreaterThan(before.quote.mark);
    expect(after.quote).toEqual(venue.quote(rig.market));
    expect(after.latencyMs).toBeGreaterThanOrEqual(0);
    expect(await refusal(venue.preflight('NO-SUCH-MARKET'))).toMatchObject({ code: 'UNKNOWN_MARKET' });
    expect(() => venue.quote('NO-SUCH-MARKET')).toThrow(expect.objectContaining({ code: 'UNKNOWN_MARKET' }));
  });

  it('has the optional methods that its capabilities name, and no others', () => {
    const { venue } = given();
    const { modify, cancelAll, settlePnl, transfers } = venue.capabilities;
    expect(venue.modify !== undefined).toBe(modify !== 'none');
    expect(venue.cancelAll !== undefined).toBe(cancelAll);
    expect(venue.settlePnl !== undefined).toBe(settlePnl);
    expect(venue.transfer !== undefined).toBe(transfers);
  });
}

function describeTaking(given: () => Suite): void {
  it.each(SIDES)('takes at once and never over the limit (%s)', async (side) => {
    const suite = given();
    const order = suite.order(side, { size: suite.size(10) });
    const report = await suite.place(order);

    expect(report).toMatchObject({ status: 'filled', filled: order.size });
    expect(suite.held).toBe(side === 'buy' ? order.size : -order.size);
    for (const event of suite.venue.takeEvents()) {
      if (event.type !== 'FILL') continue;
      const worse = event.price - order.limitPrice;
      expect(side === 'buy' ? worse : -worse).toBeLessThanOrEqual(0n);
    }
  });

  it.each(TIMES)('knows whether it offers %s, and what it means', async (timeInForce) => {
    const suite = given();
    const expiresAt = suite.rig.now() + 60_000;
    const order = suite.resting('buy', { timeInForce, ...(timeInForce === 'gtd' ? { expiresAt } : {}) });
    if (!suite.venue.capabilities.timeInForce.has(timeInForce)) {
      await suite.expectUnsupported(order);
      return;
    }
    const report = await suite.place(order);
    const rests = timeInForce === 'gtc' || timeInForce === 'gtd';
    expect(report).toMatchObject({ status: rests ? 'open' : 'expired', filled: 0n });
    expect(await suite.open(order.clientOrderId)).toBe(rests);
    await suite.rig.pass(120_000);
    expect(await suite.open(order.clientOrderId)).toBe(timeInForce === 'gtc');
  });

  it('answers the same client order id with the first order, and executes it once', async () => {
    const suite = given();
    const order = suite.order('buy');
    const first = await suite.place(order);
    if (suite.venue.capabilities.idempotentOrders) {
      expect(await suite.place({ ...order, size: suite.size(7) })).toEqual(first);
      expect(suite.held).toBe(order.size);
    }
    expect(reportIn(await suite.venue.query(order.clientOrderId))).toEqual(first);
  });

  it('says of an order that it has never seen that it is absent', async () => {
    expect(await given().venue.query('never-sent')).toEqual({ kind: 'absent' });
  });

  it('leaves an outcome unknown when the reply is lost, and a query settles it', async () => {
    const suite = given();
    const order = suite.order('buy');
    if (suite.rig.loseNextReply === undefined) {
      expect(await suite.place(order)).toMatchObject({ status: 'filled' });
      return;
    }
    const answerAgain = suite.rig.loseNextReply();
    expect(await suite.venue.place(order)).toMatchObject({ kind: 'noReply' });
    answerAgain();

    expect(reportIn(await suite.venue.query(order.clientOrderId))).toMatchObject({
      status: 'filled',
      filled: order.size,
    });
    expect(suite.held).toBe(order.size);
  });

  it('does not accept an order after its time', async () => {
    const suite = given();
    const late = suite.order('buy', { validUntil: suite.rig.now() - 1 });
    expect(await suite.place(late)).toMatchObject({ status: 'expired', filled: 0n });
    expect(suite.held).toBe(0n);
  });
}

function describeResting(given: () => Suite): void {
  it('rests, fills at its own limit when the market has passed it, and tells so once', async () => {
    const suite = given();
    const order = suite.resting('buy');
    expect(await suite.place(order)).toMatchObject({ status: 'open', filled: 0n });
    expect(suite.venue.takeOrderReports()).toEqual([]);

    await suite.rig.move(parseRate('-0.02'));

    const told = suite.venue.takeOrderReports().filter((one) => one.clientOrderId === order.clientOrderId);
    expect(told.at(-1)).toMatchObject({ status: 'filled', filled: order.size });
    expect(reportIn(await suite.venue.query(order.clientOrderId))).toEqual(told.at(-1));
    expect(suite.venue.takeOrderReports()).toEqual([]);
    expect(suite.held).toBe(order.size);
    const fills = suite.venue.takeEvents().filter((event) => event.type === 'FILL');
    for (const fill of fills) expect(fill).toMatchObject({ price: order.limitPrice, liquidity: 'maker' });
    expect(fills.reduce((sum, fill) => sum + fill.size, 0n)).toBe(order.size);
  });

  it.each(POST_ONLY)('knows whether it offers post-only (%s), and never takes with it', async (postOnly) => {
    const suite = given();
    const order = suite.order('buy', { timeInForce: 'gtc', postOnly });
    if (!suite.venue.capabilities.postOnly.has(postOnly)) {
      await suite.expectUnsupported(order);
      return;
    }
    const report = await suite.place(order);
    expect(report).toMatchObject(
      {
        reject: { status: 'rejected', rejection: { code: 'POST_ONLY_WOULD_CROSS' } },
        try: { status: 'cancelled' },
        slide: { status: 'open' },
      }[postOnly],
    );
    expect(report.filled).toBe(0n);
    expect(suite.venue.takeEvents().filter(({ type }) => type === 'FILL')).toEqual([]);
  });

  it('knows whether it offers reduce-only, and never opens or turns a position with it', async () => {
    const suite = given();
    if (!suite.venue.capabilities.reduceOnly) {
      await suite.expectUnsupported(suite.order('sell', { reduceOnly: true }));
      return;
    }
    expect(await suite.place(suite.order('sell', { reduceOnly: true }))).toMatchObject({
      status: 'rejected',
      rejection: { code: 'REDUCE_ONLY_WOULD_INCREASE' },
    });
    await suite.place(suite.order('buy', { size: suite.size(3) }));
    const report = await suite.place(suite.order('sell', { size: suite.size(9), reduceOnly: true }));
    expect(report.filled).toBe(suite.size(3));
    expect(suite.held).toBe(0n);
  });

  it.each(SIDES)('knows whether it holds triggers, and lets one loose on the oracle (%s)', async (side) => {
    const suite = given();
    const at = suite.limit(side, '0.01');
    const order = suite.order(side, {
      trigger: { price: at, when: side === 'buy' ? 'above' : 'below' },
      tolerance: parseRate('0.005'),
      limitPrice: at,
    });
    if (!suite.venue.capabilities.triggers) {
      await suite.expectUnsupported(order);
      return;
    }
    expect(await suite.place(order)).toMatchObject({ status: 'untriggered', filled: 0n });
    await suite.rig.pass(5_000);
    expect(suite.held).toBe(0n);

    await suite.rig.move(parseRate(side === 'buy' ? '0.02' : '-0.02'));

    expect(suite.held).toBe(side === 'buy' ? order.size : -order.size);
    expect(suite.venue.takeOrderReports().at(-1)).toMatchObject({ status: 'filled' });
  });

  it('knows whether limits follow the oracle', async () => {
    const suite = given();
    const { oracle } = suite.venue.quote(suite.rig.market);
    const limitPrice = suite.limit('buy', '-0.005');
    const oracleOffset = price(toStep(limitPrice - oracle, suite.market.tick, 'floor'));
    const order = suite.resting('buy', { oracleOffset, limitPrice });
    if (!suite.venue.capabilities.oracleOffset) {
      await suite.expectUnsupported(order);
      return;
    }
    await suite.place(order);
    await suite.rig.move(parseRate('0.02'));
    const { oracle: moved } = suite.venue.quote(suite.rig.market);
    const open = suite.venue
      .snapshot()
      .openOrders.find(({ clientOrderId }) => clientOrderId === order.clientOrderId);
    expect(open?.limitPrice).toBe(toStep(moved + oracleOffset, suite.market.tick, 'floor'));
  });
}

function describeChanging(given: () => Suite): void {
  it('cancels an order once, and answers the second time as it ended', async () => {
    const suite = given();
    const order = suite.resting('sell');
    await suite.place(order);

    const first = reportIn(await suite.venue.cancel(order.clientOrderId));
    expect(first).toMatchObject({ status: 'cancelled', filled: 0n });
    expect(reportIn(await suite.venue.cancel(order.clientOrderId))).toEqual(first);
    expect(await suite.open(order.clientOrderId)).toBe(false);
  });

  it('answers the cancel of a filled order as it ended, and knows no order that never was', async () => {
    const suite = given();
    const order = suite.order('buy');
    const filled = await suite.place(order);

    expect(reportIn(await suite.venue.cancel(order.clientOrderId))).toEqual(filled);
    expect(await refusal(suite.venue.cancel('never-sent'))).toMatchObject({ code: 'UNKNOWN_ORDER' });
  });

  it('changes an order in its place, or not at all', async () => {
    const suite = given();
    const { venue } = suite;
    const order = suite.resting('buy', { size: suite.size(6) });
    await suite.place(order);
    if (venue.modify === undefined) {
      expect(venue.capabilities.modify).toBe('none');
      return;
    }
    const limitPrice = price(order.limitPrice - suite.market.tick);
    const size = suite.size(4);
    expect(reportIn(await venue.modify(order.clientOrderId, { size, limitPrice }))).toMatchObject({
      status: 'open',
    });
    const open = () => venue.snapshot().openOrders.find((one) => one.clientOrderId === order.clientOrderId);
    expect(open()).toMatchObject({ size, limitPrice });

    const refused = await venue.modify(order.clientOrderId, { limitPrice: price(limitPrice + 1n) });
    expect(refused).toMatchObject({ kind: 'refused', why: { code: 'INVALID_PRICE' } });
    expect(open()).toMatchObject({ size, limitPrice });
    expect(await refusal(venue.modify('never-sent', { size }))).toMatchObject({ code: 'UNKNOWN_ORDER' });
    const ended = reportIn(await venue.cancel(order.clientOrderId));
    expect(reportIn(await venue.modify(order.clientOrderId, { size }))).toEqual(ended);
  });

  it('cancels all at once where it says so', async () => {
    const suite = given();
    const orders = [suite.resting('buy'), suite.resting('sell')];
    for (const order of orders) await suite.place(order);
    if (suite.venue.cancelAll === undefined) {
      expect(suite.venue.capabilities.cancelAll).toBe(false);
      return;
    }
    const reports = await suite.venue.cancelAll(suite.rig.market);
    expect(reports.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    expect(await suite.venue.cancelAll()).toEqual([]);
    for (const { clientOrderId } of orders) expect(await suite.open(clientOrderId)).toBe(false);
  });

  it('keeps no more orders open than it says', async () => {
    const suite = given();
    const most = Math.min(suite.venue.capabilities.openOrders, 200);
    for (let i = 0; i < most; i += 1)
      expect(await suite.place(suite.resting('buy', { size: suite.size(1) }))).toMatchObject({
        status: 'open',
      });
    if (most < suite.venue.capabilities.openOrders) return;
    expect(await suite.place(suite.resting('buy', { size: suite.size(1) }))).toMatchObject({
      status: 'rejected',
      rejection: { code: 'TOO_MANY_ORDERS' },
    });
  });
}

function describeRefusals(given: () => Suite): void {
  it.each([
    ['a size off the lot', (suite: Suite) => ({ size: base(suite.size(2) + 1n) }), 'INVALID_SIZE'],
    ['no size', () => ({ size: base(0n) }), 'INVALID_SIZE'],
    ['a negative size', (suite: Suite) => ({ size: base(-suite.size(1)) }), 'INVALID_SIZE'],
    [
      'a price off the tick',
      (suite: Suite) => ({ limitPrice: price(suite.limit('buy', '0.001') + 1n) }),
      'INVALID_PRICE',
    ],
    ['no price', () => ({ limitPrice: price(0n) }), 'INVALID_PRICE'],
  ] as const)('refuses %s, and names the nearest that is valid', async (_, changed, code) => {
    const suite = given();
    const report = await suite.place(suite.order('buy', changed(suite)));
    expect(report).toMatchObject({ status: 'rejected', filled: 0n, rejection: { code } });

    const nearest = /is ([\d.]+)\.$/.exec(report.rejection?.message ?? '')?.[1] ?? '';
    const { size, limitPrice } = suite.order('buy', changed(suite));
    const near =
      code === 'INVALID_SIZE'
        ? formatBase(size <= 0n ? suite.market.minimum : base(toStep(size, suite.market.lot, 'nearest')))
        : formatPrice(
            limitPrice <= 0n ? suite.market.tick : price(toStep(limitPrice, suite.market.tick, 'nearest')),
          );
    expect(nearest).toBe(near);
    expect(suite.held).toBe(0n);
  });

  it('refuses an order in a market that it does not have', async () => {
    const suite = given();
    expect(await suite.place(suite.order('buy', { market: 'NO-SUCH-MARKET' }))).toMatchObject({
      status: 'rejected',
      rejection: { code: 'UNKNOWN_MARKET' },
    });
  });

  it.each(SIDES)('refuses what the account cannot bear, and changes nothing (%s)', async (side) => {
    const suite = given();
    const { mark } = suite.venue.quote(suite.rig.market);
    const wanted = (suite.rig.free * 1_000_000_000_000n * 1_000n) / mark;
    const size = base(toStep(wanted, suite.market.lot, 'floor'));
    const before = suite.venue.snapshot().account;
    const report = await suite.place(suite.resting(side, { size }));

    expect(report.status).toBe('rejected');
    expect(['LEVERAGE_EXCEEDED', 'INSUFFICIENT_COLLATERAL', 'INSUFFICIENT_BALANCE']).toContain(
      report.rejection?.code,
    );
    expect(isFinal(report.status)).toBe(true);
    expect(suite.venue.snapshot().account).toEqual(before);
    expect(suite.venue.snapshot().openOrders).toEqual([]);
    expect(await suite.place(suite.order(opposite(side)))).toMatchObject({ status: 'filled' });
  });
}

function describeMarketData(given: () => Suite): void {
  it('serves a book that is not crossed, and whose sequence rises', async () => {
    const { venue, rig } = given();
    const { marketData, capabilities } = venue;
    if (marketData === undefined) {
      expect(venue).not.toHaveProperty('marketData.book');
      return;
    }
    const { bookDepth, sequenced } = capabilities.marketData;
    const first = await marketData.book(rig.market, 10);
    await rig.move(parseRate('0.001'));
    const next = await marketData.book(rig.market, 10);
    for (const { bids, asks } of [first, next]) {
      expect(bids.length).toBeLessThanOrEqual(Math.max(1, Math.min(10, bookDepth)));
      expect(bids).toEqual(bids.toSorted((a, b) => Number(b.price - a.price)));
      expect(asks).toEqual(asks.toSorted((a, b) => Number(a.price - b.price)));
      const [bid, ask] = [bids[0]?.price ?? 0n, asks[0]?.price ?? 0n];
      expect(bids.length === 0 || asks.length === 0 || bid < ask).toBe(true);
    }
    if (sequenced) expect(next.sequence).toBeGreaterThan(first.sequence);
    expect(await refusal(marketData.book('NO-SUCH-MARKET', 10))).toMatchObject({ code: 'UNKNOWN_MARKET' });
  });

  it('serves trades newest first, candles and funding oldest first, or says that it does not', async () => {
    const { venue, rig } = given();
    const { marketData, capabilities } = venue;
    if (marketData === undefined) {
      expect(venue).not.toHaveProperty('marketData.trades');
      return;
    }
    const span = { from: rig.now() - 86_400_000, to: rig.now() + 1 };
    const { trades, candles, funding } = capabilities.marketData;
    const asked = marketData.trades(rig.market, 50);
    if (trades) {
      const ids = (await asked).map(({ id }) => id);
      expect(ids).toEqual(ids.toSorted((a, b) => b - a));
      const bought = await given().place(given().order('buy'));
      const [newest] = await marketData.trades(rig.market, 1);
      expect(newest).toMatchObject({ side: 'buy' });
      expect(newest?.id).toBeGreaterThan(ids[0] ?? -1);
      expect(newest?.size).toBeLessThanOrEqual(bought.filled);
    } else expect(await refusal(asked)).toMatchObject({ code: 'NOT_SUPPORTED' });
    const minutes = marketData.candles(rig.market, '1m', span, 50);
    if (candles.has('1m')) {
      const times = (await minutes).map(({ t }) => t);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    } else expect(await refusal(minutes)).toMatchObject({ code: 'NOT_SUPPORTED' });
    const paid = marketData.fundingHistory(rig.market, span, 50);
    if (funding === 'none') expect(await refusal(paid)).toMatchObject({ code: 'NOT_SUPPORTED' });
    else {
      const times = (await paid).map(({ t }) => t);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
  });
}
