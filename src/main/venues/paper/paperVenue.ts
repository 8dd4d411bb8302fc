import { AppError } from '../../../shared/contract/appError.ts';
import { shareOfUsd, toUsd } from '../../../shared/money/arithmetic.ts';
import { base, usd, type Base, type Rate, type Usd } from '../../../shared/money/quantity.ts';
import { smaller, toStep } from '../../../shared/money/rounding.ts';
import type { Account, CollateralWeights } from '../../domain/account.ts';
import { afterEvent, isSpot, type Holdings } from '../../domain/accountChange.ts';
import type { AccountEvent, AssetAmount, FillEvent } from '../../domain/accountEvent.ts';
import { USDC_PRICE } from '../../domain/books.ts';
import { quoteOf } from '../../domain/fill.ts';
import { HOUR_MS, fundingPayment } from '../../domain/funding.ts';
import {
  initialTerms,
  liquidatable,
  maintenanceTerms,
  oracleOf,
  unsettledPnl,
  type MarginTerms,
} from '../../domain/margin.ts';
import type { Market } from '../../domain/market.ts';
import type { OrderReport, OrderRequest } from '../../domain/order.ts';
import type { Feed, FundingPrint, Quote } from '../../market/feed.ts';
import type { PlaceReply, Preflight, QueryReply, Venue, VenueCapabilities, VenueSnapshot } from '../venue.ts';
import { Accrual } from './accrual.ts';
import { FaultSwitches, type OrderFault } from './faults.ts';
import { liquidate } from './liquidation.ts';
import {
  ORACLE_MAX_AGE_MS,
  checkBalance,
  checkGrid,
  checkMargin,
  checkOracle,
  reducible,
  restingNotional,
} from './orderChecks.ts';
import { PAPER_WEIGHTS, paperMarkets } from './paperMarkets.ts';
import type { PaperSettings } from './paperSettings.ts';
import { restingFill } from './restingFill.ts';
import { takerFill } from './takerFill.ts';

/** Final reports that are kept, so that an order sent again soon is answered and not done twice. */
const REPORTS_KEPT = 32;

interface LateOrder {
  readonly order: OrderRequest;
  readonly at: number;
}

interface SavedVenue {
  readonly holdings: Holdings;
  readonly reports: readonly OrderReport[];
  readonly resting: readonly OrderRequest[];
  readonly late: readonly LateOrder[];
  readonly carries: Readonly<Record<string, bigint>>;
  readonly accrual: ReturnType<Accrual['save']>;
  readonly paidAt: number;
  readonly faults: ReturnType<FaultSwitches['save']>;
}

/**
 * A venue on paper, as strict as a real one: cross margin, fees, slippage, funding, settlement, interest, gas and
 * liquidation, on the prices of a feed. It moves when `advance` is called, and at no other time.
 */
export class PaperVenue implements Venue {
  readonly name = 'paper';
  readonly capabilities: VenueCapabilities = { idempotentOrders: true };
  readonly markets: ReadonlyMap<string, Market>;
  readonly weights: CollateralWeights = PAPER_WEIGHTS;
  readonly faults = new FaultSwitches();
  readonly #feed: Feed;
  readonly #settings: PaperSettings;
  readonly #accrual: Accrual;
  #now: number;
  #holdings: Holdings;
  #reports: readonly OrderReport[] = [];
  #resting: readonly OrderRequest[] = [];
  #late: readonly LateOrder[] = [];
  #carries: Readonly<Record<string, bigint>> = {};
  /** The hour up to which interest has been paid. */
  #paidAt: number;
  #events: AccountEvent[] = [];
  #rates: FundingPrint[] = [];

  constructor(feed: Feed, settings: PaperSettings, start: Holdings) {
    this.#feed = feed;
    this.#settings = settings;
    this.markets = paperMarkets(settings, feed.markets);
    this.#holdings = start;
    this.#now = feed.startMs;
    this.#accrual = new Accrual(settings, feed.startMs);
    this.#paidAt = Math.floor(feed.startMs / HOUR_MS);
  }

  /** Moves to a moment: funding, interest, settlement, late and resting orders, liquidation, in this order. */
  advance(t: number, prints: readonly FundingPrint[]): void {
    this.#now = t;
    for (const print of prints) this.#payFunding(print);
    const hour = Math.floor(t / HOUR_MS);
    if (hour > this.#paidAt) this.#closeHours(hour);
    if (this.#late.length > 0) this.#fillLate();
    if (this.#resting.length > 0) this.#fillResting();
    this.#liquidateIfDue();
  }

  snapshot(): VenueSnapshot {
    return {
      t: this.#now,
      account: this.#holdings.account,
      wallet: this.#holdings.wallet,
      oracles: this.#feed.oracles(),
      gas: this.#settings.gas,
      openOrders: this.#resting,
    };
  }

  quote(market: string): Quote {
    return this.#feed.quote(market);
  }

  takeFundingRates(): readonly FundingPrint[] {
    if (this.#rates.length === 0) return this.#rates;
    const taken = this.#rates;
    this.#rates = [];
    return taken;
  }

  takeEvents(): readonly AccountEvent[] {
    if (this.#events.length === 0) return this.#events;
    const taken = this.#events;
    this.#events = [];
    return taken;
  }

  async preflight(market: string): Promise<Preflight> {
    await Promise.resolve();
    const quote = this.quote(market);
    return {
      quote: this.faults.takeStaleOracle()
        ? { ...quote, oracleTime: quote.oracleTime - ORACLE_MAX_AGE_MS - 1 }
        : quote,
      depth: this.#feed.depth(market),
      latencyMs: this.#settings.latencyMs,
    };
  }

  async place(order: OrderRequest): Promise<PlaceReply> {
    await Promise.resolve();
    const known = this.#known(order.clientOrderId);
    if (known !== undefined) return { kind: 'report', report: known };
    const fault = this.faults.nextForOrder();
    switch (fault) {
      case 'timeout':
        return { kind: 'noReply', cause: 'the order timed out' };
      case 'lateFill':
        this.#late = [...this.#late, { order, at: this.#now + this.#settings.lateFillMs }];
        return { kind: 'noReply', cause: 'the order timed out' };
      case 'lostReply':
        this.#execute(order, fault);
        return { kind: 'noReply', cause: 'the connection dropped' };
      case 'reject':
        return { kind: 'report', report: this.#keep(rejected(order, simulated())) };
      case 'partialFill':
      case undefined:
        return { kind: 'report', report: this.#execute(order, fault) };
    }
  }

  async query(clientOrderId: string): Promise<QueryReply> {
    await Promise.resolve();
    const report = this.#known(clientOrderId);
    return report === undefined ? { kind: 'absent' } : { kind: 'report', report };
  }

  async cancel(clientOrderId: string): Promise<PlaceReply> {
    await Promise.resolve();
    const report = this.#known(clientOrderId);
    if (report === undefined)
      throw new AppError('UNKNOWN_ORDER', `There is no order ${clientOrderId}.`, { clientOrderId });
    if (report.status !== 'open') return { kind: 'report', report };
    this.#resting = this.#resting.filter((order) => order.clientOrderId !== clientOrderId);
    return { kind: 'report', report: this.#keep({ ...report, status: 'cancelled' }) };
  }

  async deposit(moved: AssetAmount): Promise<void> {
    await Promise.resolve();
    if (moved.amount <= 0n) throw new AppError('INVALID_SIZE', 'A deposit must be more than zero.', {});
    this.#payGas();
    this.#transfer(moved);
  }

  async withdraw(moved: AssetAmount): Promise<void> {
    await Promise.resolve();
    if (moved.amount <= 0n) throw new AppError('INVALID_SIZE', 'A withdrawal must be more than zero.', {});
    const { account } = this.#holdings;
    const balance = moved.asset === 'SOL' ? account.spot : account.cash;
    if (moved.amount > balance) {
      throw new AppError(
        'INSUFFICIENT_BALANCE',
        `There is less ${moved.asset} in the sub-account than that.`,
        { asset: moved.asset },
      );
    }
    const after: Account =
      moved.asset === 'SOL'
        ? { ...account, spot: base(account.spot - moved.amount) }
        : { ...account, cash: usd(account.cash - moved.amount) };
    const terms = initialTerms(after, this.#feed.oracles(), this.#initialRatio, this.weights);
    if (terms.requirement > 0n && terms.collateral < terms.requirement) {
      throw new AppError('INSUFFICIENT_COLLATERAL', 'What is left would not cover the initial margin.', {
        asset: moved.asset,
      });
    }
    this.#payGas();
    this.#transfer(negated(moved));
  }

  save(): SavedVenue {
    return {
      holdings: this.#holdings,
      reports: this.#reports,
      resting: this.#resting,
      late: this.#late,
      carries: this.#carries,
      accrual: this.#accrual.save(),
      paidAt: this.#paidAt,
      faults: this.faults.save(),
    };
  }

  /** Puts a saved venue back, as it was at `t`. */
  restore(state: unknown, t: number): void {
    const saved = state as SavedVenue;
    this.#now = t;
    this.#holdings = saved.holdings;
    this.#reports = saved.reports;
    this.#resting = saved.resting;
    this.#late = saved.late;
    this.#carries = saved.carries;
    this.#accrual.restore(saved.accrual);
    this.#paidAt = saved.paidAt;
    this.faults.restore(saved.faults);
    this.#events = [];
    this.#rates = [];
  }

  /** What stands against what right now, by the maintenance margin. */
  maintenance(): MarginTerms {
    return maintenanceTerms(
      this.#holdings.account,
      this.#feed.oracles(),
      this.maintenanceRatio,
      this.weights,
    );
  }

  /** Maintenance margin of a market, as a fraction of notional. Throws UNKNOWN_MARKET. */
  readonly maintenanceRatio = (market: string): Rate => this.#market(market).maintenanceMargin;

  readonly #initialRatio = (market: string): Rate => this.#market(market).initialMargin;

  #market(symbol: string): Market {
    const market = this.markets.get(symbol);
    if (market === undefined)
      throw new AppError('UNKNOWN_MARKET', `The paper venue has no market ${symbol}.`, { market: symbol });
    return market;
  }

  #known(clientOrderId: string): OrderReport | undefined {
    return this.#reports.find((report) => report.clientOrderId === clientOrderId);
  }

  #keep(report: OrderReport): OrderReport {
    const others = this.#reports.filter(({ clientOrderId }) => clientOrderId !== report.clientOrderId);
    const surplus = Math.max(0, others.filter(({ status }) => status !== 'open').length - REPORTS_KEPT + 1);
    let dropped = 0;
    const kept = others.filter(({ status }) => status === 'open' || (dropped += 1) > surplus);
    this.#reports = [...kept, report];
    return report;
  }

  #apply(event: AccountEvent): void {
    this.#accrual.upTo(this.#now, this.#holdings.account);
    this.#holdings = afterEvent(this.#holdings, event);
    this.#events.push(event);
  }

  #execute(order: OrderRequest, fault: OrderFault | undefined): OrderReport {
    try {
      const market = this.#market(order.market);
      checkGrid(order, market);
      const quote = this.#feed.quote(order.market);
      checkOracle(quote.oracleTime, this.#now, order.market, order.limitPrice);
      const wanted = order.reduceOnly ? reducible(order, this.#holdings.account) : order.size;
      const offered = fault === 'partialFill' ? halfOf(wanted, market) : wanted;
      const fill = takerFill(
        order.side,
        offered,
        order.limitPrice,
        quote.mark,
        this.#feed.depth(order.market),
        market,
      );
      if (fill === undefined) {
        if (order.timeInForce === 'gtc') return this.#rest(order);
        this.#payGas();
        return this.#keep({ ...nothing(order), status: 'expired' });
      }
      const event = this.#fillEvent(order, fill.size, fill.price, 'taker');
      this.#check(event);
      this.#payGas();
      this.#apply(event);
      const report = reportOf(order, event, fill.size < order.size ? 'partiallyFilled' : 'filled');
      return this.#keep(report);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return this.#keep(rejected(order, error));
    }
  }

  #check(event: FillEvent): void {
    const { account } = this.#holdings;
    if (isSpot(event.market)) {
      checkBalance(event, account);
      return;
    }
    checkMargin(
      event,
      account,
      restingNotional(this.#resting),
      this.#feed.oracles(),
      this.#initialRatio,
      this.weights,
    );
  }

  #rest(order: OrderRequest): OrderReport {
    this.#payGas();
    this.#resting = [...this.#resting, order];
    return this.#keep({ ...nothing(order), status: 'open' });
  }

  #fillEvent(
    order: OrderRequest,
    size: Base,
    at: FillEvent['price'],
    liquidity: 'maker' | 'taker',
  ): FillEvent {
    const market = this.#market(order.market);
    const notional = quoteOf(order.side, size, at);
    return {
      type: 'FILL',
      t: this.#now,
      orderId: order.clientOrderId,
      market: order.market,
      side: order.side,
      size,
      price: at,
      oracle: oracleOf(this.#feed.oracles(), market.asset),
      fee: shareOfUsd(notional, liquidity === 'taker' ? market.takerFee : market.makerFee, 'ceil'),
      liquidity,
    };
  }

  #fillLate(): void {
    const due = this.#late.filter(({ at }) => at <= this.#now);
    this.#late = this.#late.filter(({ at }) => at > this.#now);
    for (const { order } of due) this.#execute(order, undefined);
  }

  #fillResting(): void {
    for (const order of this.#resting) {
      const fill = restingFill(order, this.#feed.quote(order.market).mark, this.#feed.depth(order.market));
      if (fill === undefined) continue;
      this.#resting = this.#resting.filter((one) => one !== order);
      try {
        const size = order.reduceOnly ? smallerBase(fill, reducible(order, this.#holdings.account)) : fill;
        const event = this.#fillEvent(order, size, order.limitPrice, 'maker');
        this.#check(event);
        this.#apply(event);
        this.#keep(reportOf(order, event, size < order.size ? 'partiallyFilled' : 'filled'));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        this.#keep({
          ...nothing(order),
          status: 'cancelled',
          rejection: { code: error.code, message: error.message },
        });
      }
    }
  }

  #payFunding(print: FundingPrint): void {
    this.#rates.push(print);
    const held = this.#holdings.account.perps.find(({ market }) => market === print.market);
    if (held === undefined || held.size === 0n) return;
    const { amount, carry } = fundingPayment(
      held.size,
      print.price,
      print.rate,
      this.#carries[print.market] ?? 0n,
    );
    this.#carries = { ...this.#carries, [print.market]: carry };
    const { market, price, rate } = print;
    this.#apply({ type: 'FUNDING', t: this.#now, market, size: held.size, price, rate, amount });
  }

  #closeHours(hour: number): void {
    this.#accrual.upTo(this.#now, this.#holdings.account);
    const oracle = this.#feed.oracles();
    for (const paid of this.#accrual.pay()) {
      const worth = paid.asset === 'SOL' ? oracleOf(oracle, 'SOL') : USDC_PRICE;
      this.#apply({ type: 'INTEREST', t: this.#now, paid, oracle: worth });
    }
    const every = this.#settings.settlementHours;
    if (Math.floor(hour / every) > Math.floor(this.#paidAt / every)) this.#settle();
    this.#paidAt = hour;
  }

  #settle(): void {
    for (const held of this.#holdings.account.perps) {
      const oracle = oracleOf(this.#feed.oracles(), held.asset);
      const amount: Usd = toUsd(unsettledPnl(held, oracle), 'floor');
      if (amount !== 0n)
        this.#apply({ type: 'SETTLEMENT', t: this.#now, market: held.market, amount, oracle });
    }
  }

  #liquidateIfDue(): void {
    if (!liquidatable(this.maintenance())) return;
    for (const event of liquidate({
      t: this.#now,
      holdings: this.#holdings,
      oracles: this.#feed.oracles(),
      maintenanceRatioOf: this.maintenanceRatio,
      weights: this.weights,
      markets: this.markets,
      penalty: this.#settings.liquidationPenalty,
    })) {
      this.#apply(event);
    }
  }

  #transfer(moved: AssetAmount): void {
    const oracle = moved.asset === 'SOL' ? oracleOf(this.#feed.oracles(), 'SOL') : USDC_PRICE;
    this.#apply({ type: 'TRANSFER', t: this.#now, moved, oracle });
  }

  #payGas(): void {
    const { gas } = this.#settings;
    if (this.#holdings.wallet < gas)
      throw new AppError('INSUFFICIENT_GAS', 'The wallet has too little SOL for a transaction.', {});
    if (gas === 0n) return;
    const oracle = oracleOf(this.#feed.oracles(), 'SOL');
    this.#apply({ type: 'COST', t: this.#now, kind: 'gas', paid: { asset: 'SOL', amount: gas }, oracle });
  }
}

const smallerBase = (a: Base, b: Base): Base => base(smaller(a, b));

const simulated = (): AppError =>
  new AppError('SIMULATION_FAILED', 'The venue refused the order in simulation.', {});

/** Half of an order in whole lots, at least one. */
function halfOf(size: Base, market: Market): Base {
  const half = toStep(size / 2n, market.lot, 'floor');
  return base(half === 0n ? market.lot : half);
}

function nothing(order: OrderRequest): Omit<OrderReport, 'status'> {
  return { clientOrderId: order.clientOrderId, filled: base(0n), quote: usd(0n), fee: usd(0n) };
}

function rejected(order: OrderRequest, { code, message }: AppError): OrderReport {
  return { ...nothing(order), status: 'rejected', rejection: { code, message } };
}

function reportOf(order: OrderRequest, fill: FillEvent, status: OrderReport['status']): OrderReport {
  return {
    clientOrderId: order.clientOrderId,
    status,
    filled: fill.size,
    quote: quoteOf(fill.side, fill.size, fill.price),
    fee: fill.fee,
  };
}

function negated(moved: AssetAmount): AssetAmount {
  return moved.asset === 'SOL'
    ? { asset: 'SOL', amount: base(-moved.amount) }
    : { asset: 'USDC', amount: usd(-moved.amount) };
}
