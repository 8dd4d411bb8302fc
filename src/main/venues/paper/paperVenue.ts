import { AppError } from '../../../shared/contract/appError.ts';
import { shareOfUsd } from '../../../shared/money/arithmetic.ts';
import { base, usd, type Base, type Price, type Rate } from '../../../shared/money/quantity.ts';
import { toStep } from '../../../shared/money/rounding.ts';
import type { Account, CollateralWeights } from '../../domain/account.ts';
import { isSpot, type Holdings } from '../../domain/accountChange.ts';
import type { AccountEvent, AssetAmount, FillEvent } from '../../domain/accountEvent.ts';
import { quoteOf } from '../../domain/fill.ts';
import { initialTerms, oracleOf } from '../../domain/margin.ts';
import type { Market } from '../../domain/market.ts';
import type { OrderReport, OrderRequest } from '../../domain/order.ts';
import type { Feed, FundingPrint, Quote } from '../../market/feed.ts';
import type { PlaceReply, Preflight, QueryReply, Venue, VenueCapabilities, VenueSnapshot } from '../venue.ts';
import { FaultSwitches, type OrderFault } from './faults.ts';
import {
  ORACLE_MAX_AGE_MS,
  checkBalance,
  checkGrid,
  checkMargin,
  checkOracle,
  reducible,
} from './orderChecks.ts';
import { OrderReports, refused, traded, unfilled } from './orderReports.ts';
import { PaperAccount } from './paperAccount.ts';
import { PAPER_WEIGHTS, paperMarkets } from './paperMarkets.ts';
import type { PaperSettings } from './paperSettings.ts';
import { restingFills } from './restingFills.ts';
import { takerFill } from './takerFill.ts';

const TIMED_OUT: PlaceReply = { kind: 'noReply', cause: 'the order timed out' };

interface LateOrder {
  readonly order: OrderRequest;
  readonly at: number;
}

interface SavedVenue {
  readonly account: ReturnType<PaperAccount['save']>;
  readonly reports: ReturnType<OrderReports['save']>;
  readonly resting: readonly OrderRequest[];
  readonly late: readonly LateOrder[];
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
  readonly #account: PaperAccount;
  readonly #reports = new OrderReports();
  #now: number;
  #resting: readonly OrderRequest[] = [];
  #late: readonly LateOrder[] = [];
  #rates: FundingPrint[] = [];

  constructor(feed: Feed, settings: PaperSettings, start: Holdings) {
    this.#feed = feed;
    this.#settings = settings;
    this.markets = paperMarkets(settings, feed.markets);
    this.#account = new PaperAccount(settings, this.markets, () => feed.oracles(), start, feed.startMs);
    this.#now = feed.startMs;
  }

  /** Moves to a moment: funding, interest, settlement, late and resting orders, liquidation, in this order. */
  advance(t: number, prints: readonly FundingPrint[]): void {
    this.#now = t;
    if (prints.length > 0) {
      this.#rates.push(...prints);
      this.#reports.prune(t);
    }
    this.#account.advance(t, prints);
    if (this.#late.length > 0) this.#fillLate();
    if (this.#resting.length > 0) this.#fillResting();
    this.#account.liquidateIfDue();
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
      openOrders: this.#resting,
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
        return { kind: 'noReply', cause: 'the connection dropped' };
      case 'reject': {
        const refusal = new AppError('SIMULATION_FAILED', 'The venue refused the order in simulation.');
        return { kind: 'report', report: this.#keep(order, refused(order, 'rejected', refusal)) };
      }
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
    const order = this.#resting.find((one) => one.clientOrderId === clientOrderId);
    if (order !== undefined) {
      this.#resting = this.#resting.filter((one) => one !== order);
      return { kind: 'report', report: this.#keep(order, unfilled(order, 'cancelled')) };
    }
    const report = this.#reports.find(clientOrderId);
    if (report !== undefined) return { kind: 'report', report };
    throw new AppError('UNKNOWN_ORDER', `There is no order ${clientOrderId}.`, { clientOrderId });
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
    this.#checkWithdrawal(moved);
    this.#account.payGas();
    this.#account.transfer(negated(moved));
  }

  save(): SavedVenue {
    return {
      account: this.#account.save(),
      reports: this.#reports.save(),
      resting: this.#resting,
      late: this.#late,
      faults: this.faults.save(),
    };
  }

  /** Puts a saved venue back, as it was at `t`. */
  restore(state: unknown, t: number): void {
    const saved = state as SavedVenue;
    this.#now = t;
    this.#account.restore(saved.account, t);
    this.#reports.restore(saved.reports);
    this.#resting = saved.resting;
    this.#late = saved.late;
    this.faults.restore(saved.faults);
    this.#rates = [];
  }

  #market(symbol: string): Market {
    const market = this.markets.get(symbol);
    if (market !== undefined) return market;
    throw new AppError('UNKNOWN_MARKET', `The paper venue has no market ${symbol}.`, { market: symbol });
  }

  #keep(order: OrderRequest, report: OrderReport): OrderReport {
    return this.#reports.keep(report, order.validUntil);
  }

  #execute(order: OrderRequest, fault: OrderFault | undefined): OrderReport {
    try {
      return this.#keep(order, this.#take(order, fault));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return this.#keep(order, refused(order, 'rejected', error));
    }
  }

  /**
   * Fills an order against the book as a taker; what the book does not bear is cancelled. One that can't take at all
   * rests, if it may. Throws a refusal.
   */
  #take(order: OrderRequest, fault: OrderFault | undefined): OrderReport {
    const market = this.#market(order.market);
    checkGrid(order, market);
    const { oracleTime, mark } = this.#feed.quote(order.market);
    checkOracle(oracleTime, this.#now, order.market, order.limitPrice);
    const wanted = order.reduceOnly ? reducible(order, this.#account.holdings.account, market) : order.size;
    const offered = fault === 'partialFill' ? halfOf(wanted, market) : wanted;
    const depth = this.#feed.depth(order.market);
    const fill = takerFill(order.side, offered, order.limitPrice, mark, depth, market);
    if (fill === undefined) {
      // What rests must be bearable when it fills, as far as can be told now.
      if (order.timeInForce === 'gtc')
        this.#checkFill(this.#fillEvent(order, wanted, order.limitPrice, 'maker'));
      this.#account.payGas();
      if (order.timeInForce === 'ioc') return unfilled(order, 'expired');
      this.#resting = [...this.#resting, order];
      return unfilled(order, 'open');
    }
    const event = this.#fillEvent(order, fill.size, fill.price, 'taker');
    this.#checkFill(event);
    this.#account.payGas();
    this.#account.apply(event);
    return traded(order, event);
  }

  #checkFill(event: FillEvent): void {
    const { account } = this.#account.holdings;
    if (isSpot(event.market)) checkBalance(event, account);
    checkMargin(
      event,
      account,
      this.#resting,
      this.#feed.oracles(),
      this.#account.initialRatio,
      this.weights,
    );
  }

  #fillEvent(order: OrderRequest, size: Base, at: Price, liquidity: 'maker' | 'taker'): FillEvent {
    const market = this.#market(order.market);
    const share = liquidity === 'taker' ? market.takerFee : market.makerFee;
    return {
      type: 'FILL',
      t: this.#now,
      orderId: order.clientOrderId,
      market: order.market,
      side: order.side,
      size,
      price: at,
      oracle: oracleOf(this.#feed.oracles(), market.asset),
      fee: shareOfUsd(quoteOf(order.side, size, at), share, 'ceil'),
      liquidity,
    };
  }

  #fillLate(): void {
    const due = this.#late.filter(({ at }) => at <= this.#now);
    this.#late = this.#late.filter(({ at }) => at > this.#now);
    for (const { order } of due) {
      if (this.#now > order.validUntil) this.#keep(order, unfilled(order, 'expired'));
      else this.#execute(order, undefined);
    }
  }

  #fillResting(): void {
    for (const order of this.#resting) {
      const { mark } = this.#feed.quote(order.market);
      if (!restingFills(order, mark, this.#feed.depth(order.market))) continue;
      this.#resting = this.#resting.filter((one) => one !== order);
      this.#make(order);
    }
  }

  /** Fills a resting order at its own limit; one that the account can't bear any more is cancelled. */
  #make(order: OrderRequest): void {
    try {
      const { account } = this.#account.holdings;
      const size = order.reduceOnly ? reducible(order, account, this.#market(order.market)) : order.size;
      const event = this.#fillEvent(order, size, order.limitPrice, 'maker');
      this.#checkFill(event);
      this.#account.apply(event);
      this.#keep(order, traded(order, event));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#keep(order, refused(order, 'cancelled', error));
    }
  }

  #checkWithdrawal(moved: AssetAmount): void {
    const { account } = this.#account.holdings;
    const details = { asset: moved.asset };
    if (moved.amount > (moved.asset === 'SOL' ? account.spot : account.cash)) {
      const message = `There is less ${moved.asset} in the sub-account than that.`;
      throw new AppError('INSUFFICIENT_BALANCE', message, details);
    }
    const after: Account =
      moved.asset === 'SOL'
        ? { ...account, spot: base(account.spot - moved.amount) }
        : { ...account, cash: usd(account.cash - moved.amount) };
    const terms = initialTerms(after, this.#feed.oracles(), this.#account.initialRatio, this.weights);
    if (terms.collateral < terms.requirement) {
      throw new AppError(
        'INSUFFICIENT_COLLATERAL',
        'What is left would not cover the initial margin.',
        details,
      );
    }
  }
}

/** Half of an order in whole lots, at least one. */
function halfOf(size: Base, market: Market): Base {
  const half = toStep(size / 2n, market.lot, 'floor');
  return base(half === 0n ? market.lot : half);
}

function negated(moved: AssetAmount): AssetAmount {
  return moved.asset === 'SOL'
    ? { asset: 'SOL', amount: base(-moved.amount) }
    : { asset: 'USDC', amount: usd(-moved.amount) };
}
