import { AppError } from '../../../shared/contract/appError.ts';
import { base, usd, type Base, type Price, type Rate, type Usd } from '../../../shared/money/quantity.ts';
import type { CollateralWeights } from '../../domain/account.ts';
import type { Holdings } from '../../domain/accountChange.ts';
import type { AccountEvent, AssetAmount } from '../../domain/accountEvent.ts';
import type { Market, Side } from '../../domain/market.ts';
import type { OrderChange, OrderReport, OrderRequest } from '../../domain/order.ts';
import type { Feed, FundingPrint, Quote } from '../../market/feed.ts';
import type { VenueCapabilities } from '../capabilities.ts';
import type { MarketDataSource } from '../marketData.ts';
import type { ModifyReply, PlaceReply, Preflight, QueryReply, Venue, VenueSnapshot } from '../venue.ts';
import { Clearing } from './clearing.ts';
import { Exchange, type SavedExchange } from './exchange/exchange.ts';
import { FaultSwitches, type OrderFault } from './faults.ts';
import { FeeTiers } from './feeTiers.ts';
import { OrderBooks } from './orderBooks.ts';
import { ORACLE_MAX_AGE_MS } from './orderChecks.ts';
import { OrderReports, refused, unfilled } from './orderReports.ts';
import { PaperAccount } from './paperAccount.ts';
import { NO_MARKET_DATA, PAPER_CAPABILITIES } from './paperCapabilities.ts';
import { PAPER_WEIGHTS, paperMarkets } from './paperMarkets.ts';
import { PaperOrders, type SavedOrders } from './paperOrders.ts';
import type { PaperSettings } from './paperSettings.ts';
import { checkWithdrawal } from './withdrawal.ts';

const TIMED_OUT: PlaceReply = { kind: 'noReply', cause: 'the order timed out' };
const CONNECTION_LOST: PlaceReply = { kind: 'noReply', cause: 'the connection dropped' };

/** What the paper venue needs of a feed. */
export type PaperFeed = Pick<Feed, 'startMs' | 'markets' | 'quote' | 'oracles' | 'depth'>;

/** A trade in a book of the venue, ours among them. */
export interface PaperTrade {
  readonly market: string;
  /** The taker's. */
  readonly side: Side;
  readonly price: Price;
  readonly size: Base;
}

/** Others who trade at the venue; without them a book moves by the mark alone. */
export interface PaperCrowd {
  readonly seed: number;
  /** Told of every trade, in order. */
  readonly traded: (trade: PaperTrade) => void;
  /** What is made of those trades; left out, the venue serves no market data. */
  readonly marketData?: MarketDataSource;
}

interface LateOrder {
  readonly order: OrderRequest;
  readonly at: number;
}

interface SavedVenue {
  readonly account: ReturnType<PaperAccount['save']>;
  readonly reports: ReturnType<OrderReports['save']>;
  readonly orders: SavedOrders;
  readonly books: SavedExchange;
  readonly volumes: ReturnType<FeeTiers['save']>;
  readonly late: readonly LateOrder[];
  readonly faults: ReturnType<FaultSwitches['save']>;
}

/** A venue that was saved before it had books has none of these. */
const NOTHING_OPEN = { orders: { live: [], next: 1 }, books: {}, volumes: [] };

/**
 * A venue on paper, as strict as a real one: cross margin, fees by tier, books with queues, slippage, funding,
 * settlement, interest, gas and liquidation, on the prices of a feed. It moves when `advance` is called, and at no other
 * time.
 */
export class PaperVenue implements Venue {
  readonly name = 'paper';
  readonly capabilities: VenueCapabilities;
  readonly marketData?: MarketDataSource;
  readonly weights: CollateralWeights = PAPER_WEIGHTS;
  readonly faults = new FaultSwitches();
  readonly #feed: PaperFeed;
  readonly #settings: PaperSettings;
  readonly #account: PaperAccount;
  readonly #exchange: Exchange;
  readonly #orders: PaperOrders;
  readonly #tiers = new FeeTiers();
  readonly #reports = new OrderReports();
  #markets: ReadonlyMap<string, Market>;
  #takerFee: Rate;
  #now: number;
  #late: readonly LateOrder[] = [];
  #rates: FundingPrint[] = [];
  /** What has become of orders that nobody was waiting for, by id. */
  #unasked: ReadonlyMap<string, OrderReport> = new Map();

  constructor(feed: PaperFeed, settings: PaperSettings, start: Holdings, crowd?: PaperCrowd) {
    const { marketData } = crowd ?? {};
    if (marketData !== undefined) this.marketData = marketData;
    this.capabilities =
      marketData === undefined ? { ...PAPER_CAPABILITIES, marketData: NO_MARKET_DATA } : PAPER_CAPABILITIES;
    this.#feed = feed;
    this.#settings = settings;
    this.#takerFee = settings.takerFee;
    this.#markets = paperMarkets(settings, feed.markets);
    this.#account = new PaperAccount(settings, this.#markets, () => feed.oracles(), start, feed.startMs);
    this.#exchange = new Exchange(feed, this.#markets, crowd?.seed, feed.startMs);
    const shared = { feed, market: (symbol: string) => this.#market(symbol), now: () => this.#now };
    const account = this.#account;
    this.#orders = new PaperOrders({
      ...shared,
      account,
      clearing: new Clearing({ ...shared, weights: this.weights, account, tiers: this.#tiers }),
      books: new OrderBooks({ ...shared, exchange: this.#exchange }),
      changed: (report) => {
        this.#tell(report);
      },
      traded: (market, side, price, size) => {
        crowd?.traded({ market: market.symbol, side, price, size });
      },
    });
    this.#now = feed.startMs;
  }

  /** With the fees that hold now. */
  get markets(): ReadonlyMap<string, Market> {
    const fee = this.#tiers.takerFee(this.#now, this.#settings.takerFee);
    if (fee !== this.#takerFee) {
      this.#takerFee = fee;
      this.#markets = new Map(
        [...this.#markets].map(([symbol, market]) => [symbol, { ...market, takerFee: fee }]),
      );
    }
    return this.#markets;
  }

  /** What was traded in 30 days, which the taker's fee goes by. */
  get volume30d(): Usd {
    return this.#tiers.volume(this.#now);
  }

  /** The books that are open, as they can be seen. */
  get books(): Exchange['books'] {
    return this.#exchange.books;
  }

  /** There is nothing to connect to. */
  async connect(): Promise<void> {
    await Promise.resolve();
  }

  async disconnect(): Promise<void> {
    await Promise.resolve();
  }

  /** Moves to a moment: funding, interest, settlement, late orders, a beat of the books, liquidation, in this order. */
  advance(t: number, prints: readonly FundingPrint[]): void {
    this.#now = t;
    if (prints.length > 0) this.#rates.push(...prints);
    this.#reports.prune(t);
    this.#account.advance(t, prints);
    if (this.#late.length > 0) this.#fillLate();
    if (this.#exchange.isAlive || !this.#orders.isEmpty) this.#orders.beat(t);
    if (this.#account.liquidateIfDue()) this.#cancelAllUnasked();
  }

  snapshot(): VenueSnapshot {
    const { account, wallet } = this.#account.holdings;
    return {
      t: this.#now,
      account,
      wallet,
      oracles: this.#feed.oracles(),
      maintenance: this.#account.maintenance(),
      gas: this.#settings.gas,
      openOrders: this.#orders.open(),
    };
  }

  quote(market: string): Quote {
    return this.#feed.quote(market);
  }

  /** Maintenance margin of a market, as a fraction of notional. Throws UNKNOWN_MARKET. */
  maintenanceRatio(market: string): Rate {
    return this.#account.maintenanceRatio(market);
  }

  takeFundingRates(): readonly FundingPrint[] {
    if (this.#rates.length === 0) return this.#rates;
    const taken = this.#rates;
    this.#rates = [];
    return taken;
  }

  takeEvents(): readonly AccountEvent[] {
    return this.#account.takeEvents();
  }

  takeOrderReports(): readonly OrderReport[] {
    if (this.#unasked.size === 0) return [];
    const taken = [...this.#unasked.values()];
    this.#unasked = new Map();
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
    const known = this.#reports.find(order.clientOrderId);
    if (known !== undefined) return { kind: 'report', report: known };
    if (this.#now > order.validUntil) return { kind: 'report', report: unfilled(order, 'expired') };
    if (this.#late.some((late) => late.order.clientOrderId === order.clientOrderId)) return TIMED_OUT;
    const fault = this.faults.nextForOrder();
    switch (fault) {
      case 'timeout':
        return TIMED_OUT;
      case 'lateFill':
        this.#late = [...this.#late, { order, at: this.#now + this.#settings.lateFillMs }];
        return TIMED_OUT;
      case 'lostReply':
        this.#execute(order, fault);
        return CONNECTION_LOST;
      case 'reject':
        return { kind: 'report', report: this.#keep(order, refused(order, 'rejected', simulationFailed())) };
      case 'partialFill':
      case undefined:
        return { kind: 'report', report: this.#execute(order, fault) };
    }
  }

  async query(clientOrderId: string): Promise<QueryReply> {
    await Promise.resolve();
    const report = this.#reports.find(clientOrderId);
    return report === undefined ? { kind: 'absent' } : { kind: 'report', report };
  }

  async cancel(clientOrderId: string): Promise<PlaceReply> {
    await Promise.resolve();
    const order = this.#orders.find(clientOrderId);
    const ended = this.#orders.cancel(clientOrderId);
    if (order !== undefined && ended !== undefined)
      return { kind: 'report', report: this.#keep(order.request, ended) };
    return { kind: 'report', report: this.#known(clientOrderId) };
  }

  async cancelAll(market?: string): Promise<readonly OrderReport[]> {
    await Promise.resolve();
    if (market !== undefined) this.#market(market);
    const orders = this.#orders.open().filter((order) => market === undefined || order.market === market);
    return orders.flatMap((order) => {
      const ended = this.#orders.cancel(order.clientOrderId);
      return ended === undefined ? [] : [this.#keep(order, ended)];
    });
  }

  async modify(clientOrderId: string, change: OrderChange): Promise<ModifyReply> {
    await Promise.resolve();
    const order = this.#orders.find(clientOrderId);
    if (order === undefined) return { kind: 'report', report: this.#known(clientOrderId) };
    const fault = this.faults.nextForOrder();
    if (fault === 'timeout') return TIMED_OUT;
    try {
      if (fault === 'reject') throw simulationFailed();
      const report = this.#orders.modify(clientOrderId, change);
      if (report !== undefined) this.#keep(order.request, report);
      if (fault === 'lostReply' || fault === 'lateFill') return CONNECTION_LOST;
      return { kind: 'report', report: this.#known(clientOrderId) };
    } catch (error) {
      if (fault === 'lostReply' || fault === 'lateFill') return CONNECTION_LOST;
      if (!(error instanceof AppError)) throw error;
      return { kind: 'refused', why: { code: error.code, message: error.message } };
    }
  }

  async settlePnl(market: string): Promise<void> {
    await Promise.resolve();
    if (this.#market(market).kind !== 'perp')
      throw new AppError('UNKNOWN_MARKET', `${market} is no perpetual: there is no PnL to settle.`, {
        market,
      });
    this.#account.payGas();
    this.#account.settle(market);
  }

  async deposit(moved: AssetAmount): Promise<void> {
    await Promise.resolve();
    if (moved.amount <= 0n) throw new AppError('INVALID_SIZE', 'A deposit must be more than zero.');
    this.#account.payGas();
    this.#account.transfer(moved);
  }

  async withdraw(moved: AssetAmount): Promise<void> {
    await Promise.resolve();
    if (moved.amount <= 0n) throw new AppError('INVALID_SIZE', 'A withdrawal must be more than zero.');
    checkWithdrawal(moved, this.#account.holdings.account, this.#orders.reserving(), {
      oracles: this.#feed.oracles(),
      initialRatioOf: this.#account.initialRatio,
      weights: this.weights,
    });
    this.#account.payGas();
    this.#account.transfer(negated(moved));
  }

  save(): SavedVenue {
    return {
      account: this.#account.save(),
      reports: this.#reports.save(),
      orders: this.#orders.save(),
      books: this.#exchange.save(),
      volumes: this.#tiers.save(),
      late: this.#late,
      faults: this.faults.save(),
    };
  }

  /** Puts a saved venue back, as it was at `t`. */
  restore(state: unknown, t: number): void {
    const saved = { ...NOTHING_OPEN, ...(state as SavedVenue) };
    this.#now = t;
    this.#account.restore(saved.account, t);
    this.#reports.restore(saved.reports);
    this.#tiers.restore(saved.volumes);
    this.#exchange.restore(saved.books, this.#markets, t);
    this.#orders.restore(saved.orders);
    this.#unasked = new Map();
    this.#late = saved.late;
    this.faults.restore(saved.faults);
    this.#rates = [];
  }

  #market(symbol: string): Market {
    const market = this.markets.get(symbol);
    if (market !== undefined) return market;
    throw new AppError('UNKNOWN_MARKET', `The paper venue has no market ${symbol}.`, { market: symbol });
  }

  /** The answer to a request tells all that is to be told of the order. */
  #keep(order: OrderRequest, report: OrderReport): OrderReport {
    if (this.#unasked.has(report.clientOrderId))
      this.#unasked = new Map([...this.#unasked].filter(([id]) => id !== report.clientOrderId));
    return this.#reports.keep(report, order.validUntil, this.#now);
  }

  /** As it ended. Throws UNKNOWN_ORDER for one that never was. */
  #known(clientOrderId: string): OrderReport {
    const report = this.#reports.find(clientOrderId);
    if (report !== undefined) return report;
    throw new AppError('UNKNOWN_ORDER', `There is no order ${clientOrderId}.`, { clientOrderId });
  }

  #execute(order: OrderRequest, fault: OrderFault | undefined): OrderReport {
    try {
      return this.#keep(order, this.#orders.place(order, fault));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const status = error.code === 'NOT_FILLED' ? 'expired' : 'rejected';
      return this.#keep(order, refused(order, status, error));
    }
  }

  #tell(report: OrderReport): void {
    this.#reports.change(report, this.#now);
    this.#unasked = new Map([...this.#unasked, [report.clientOrderId, report]]);
  }

  #cancelAllUnasked(): void {
    for (const order of this.#orders.open()) {
      const ended = this.#orders.cancel(order.clientOrderId);
      if (ended !== undefined) this.#tell(ended);
    }
  }

  #fillLate(): void {
    const due = this.#late.filter(({ at }) => at <= this.#now);
    this.#late = this.#late.filter(({ at }) => at > this.#now);
    for (const { order } of due) {
      if (this.#now > order.validUntil) this.#keep(order, unfilled(order, 'expired'));
      else this.#execute(order, undefined);
    }
  }
}

const simulationFailed = (): AppError =>
  new AppError('SIMULATION_FAILED', 'The venue refused the order in simulation.');

function negated(moved: AssetAmount): AssetAmount {
  return moved.asset === 'SOL'
    ? { asset: 'SOL', amount: base(-moved.amount) }
    : { asset: 'USDC', amount: usd(-moved.amount) };
}
