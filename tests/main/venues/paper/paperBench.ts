import { expect } from 'vitest';

import { parseBase, parsePrice, parseRate, parseUsd } from '../../../../src/shared/money/decimal.ts';
import type { ErrorCode } from '../../../../src/shared/contract/errorCodes.ts';
import { readGroup, type Overrides } from '../../../../src/shared/settings/group.ts';
import type { Account, OraclePrices, PerpPosition } from '../../../../src/main/domain/account.ts';
import type { AccountEvent, AssetAmount } from '../../../../src/main/domain/accountEvent.ts';
import { openBooks, record, revalue, type Books } from '../../../../src/main/domain/books.ts';
import { HOUR_MS } from '../../../../src/main/domain/funding.ts';
import type { Side } from '../../../../src/main/domain/market.ts';
import type {
  OpenOrder,
  OrderReport,
  OrderRequest,
  PostOnly,
  TimeInForce,
} from '../../../../src/main/domain/order.ts';
import { PAPER_SETTINGS, type PaperSettings } from '../../../../src/main/venues/paper/paperSettings.ts';
import { BEAT_MS } from '../../../../src/main/venues/paper/exchange/exchange.ts';
import { PaperVenue, type PaperTrade } from '../../../../src/main/venues/paper/paperVenue.ts';
import { CandleShelf } from '../../../../src/main/simulation/manual/candleShelf.ts';
import { PaperMarketData } from '../../../../src/main/simulation/manual/paperMarketData.ts';
import { openDatabase } from '../../../../src/main/storage/database.ts';
import { holdingsOf, type AccountText } from '../../../support/accounts.ts';
import { SteadyFeed } from '../../../support/steadyFeed.ts';
import { ZERO, baseOf, priceOf, sum, usdOf, type Fraction } from '../../../support/fraction.ts';

/** The paper venue's settings; changed ones by their last word: `{ takerFeePct: '0' }`. */
export function paperSettings(changed: Overrides = {}): PaperSettings {
  const overrides = Object.fromEntries(
    Object.entries(changed).map(([name, text]) => [`paper.${name}`, text]),
  );
  return readGroup(PAPER_SETTINGS, overrides);
}

/** Settings under which a trade costs nothing but its slippage, and balances earn nothing. */
export const FREE: Overrides = {
  takerFeePct: '0',
  makerFeePct: '0',
  gasSol: '0',
  solDepositApr: '0',
  usdcDepositApr: '0',
  usdcBorrowApr: '0',
};

export interface BenchOptions extends AccountText {
  readonly wallet?: string;
  readonly settings?: Overrides;
  readonly feed?: SteadyFeed;
  /** With this seed others trade in the books too. */
  readonly crowd?: number;
  /** Whether market data is made of what trades there. */
  readonly served?: boolean;
}

/** An order as a test writes it. Without a limit it takes whatever the venue gives. */
export interface OrderText {
  readonly id?: string;
  readonly limit?: string;
  readonly gtc?: boolean;
  readonly time?: TimeInForce;
  readonly reduceOnly?: boolean;
  readonly validUntil?: number;
  readonly postOnly?: PostOnly;
  /** Oracle at or above, or at or below, a price: `above 105`. */
  readonly trigger?: string;
  /** As a fraction. */
  readonly tolerance?: string;
  readonly offset?: string;
  readonly expiresAt?: number;
}

/** A real paper venue on a feed that the test moves, and books that take in what the venue tells. */
export class PaperBench {
  readonly feed: SteadyFeed;
  readonly venue: PaperVenue;
  readonly settings: PaperSettings;
  readonly data: PaperMarketData | undefined;
  /** What traded in the books, in order. */
  readonly trades: PaperTrade[] = [];
  #opening: Fraction;
  #books: Books;
  #orders = 0;
  #t: number;

  constructor({
    wallet = '1',
    settings = {},
    feed = new SteadyFeed(),
    crowd,
    served = false,
    ...account
  }: BenchOptions = {}) {
    const start = holdingsOf(account, wallet);
    this.feed = feed;
    this.settings = paperSettings(settings);
    const traded = (trade: PaperTrade): void => {
      this.trades.push(trade);
      this.data?.traded(trade);
    };
    if (served) {
      const shelf = new CandleShelf(openDatabase(':memory:', { now: 0 }));
      const now = (): number => this.#t;
      this.data = new PaperMarketData({ venue: () => this.venue, shelf, now, funding: () => [] });
    }
    const marketData = this.data === undefined ? {} : { marketData: this.data };
    const others = crowd === undefined ? undefined : { seed: crowd, traded, ...marketData };
    this.venue = new PaperVenue(feed, this.settings, start, others);
    this.#books = openBooks(start, feed.oracles());
    this.#opening = equityByHand(start.account, feed.oracles()).plus(this.#gasWorth());
    this.#t = feed.startMs;
  }

  get now(): number {
    return this.#t;
  }

  get account(): Account {
    return this.venue.snapshot().account;
  }

  /** Feed and venue move on, and what fell due is paid. */
  pass(ms: number): void {
    this.#t += ms;
    this.feed.seek(this.#t);
    this.venue.advance(this.#t, this.feed.takeFunding());
    this.data?.advance(this.#t);
  }

  /** A beat of the books. */
  beat(): void {
    this.pass(BEAT_MS);
  }

  /** Goes on from what another has kept. */
  restore(saved: { readonly feed: unknown; readonly venue: unknown }, t: number): void {
    this.#t = t;
    this.feed.restore(saved.feed);
    this.venue.restore(saved.venue, t);
    this.#resumeBooks();
  }

  passHours(hours: number): void {
    for (let hour = 0; hour < hours; hour += 1) this.pass(HOUR_MS);
  }

  /** An hour passes and a payment falls due at its end. */
  passFunded(market: string, fraction: string, at?: string): void {
    this.feed.seek(this.#t + HOUR_MS);
    this.feed.fund(market, fraction, at);
    this.pass(HOUR_MS);
  }

  /** SOL's price moves, and the venue sees it at once. */
  solMovesTo(dollars: string): void {
    this.feed.setOracle('SOL', dollars);
    this.pass(0);
  }

  order(market: string, side: Side, size: string, given: OrderText = {}): OrderRequest {
    this.#orders += 1;
    const { gtc, time, postOnly, trigger, tolerance, offset, expiresAt } = given;
    const [when, at] = trigger?.split(' ') ?? [];
    return {
      clientOrderId: given.id ?? `order-${this.#orders}`,
      market,
      side,
      size: parseBase(size),
      limitPrice: given.limit === undefined ? anyPriceFor(side) : parsePrice(given.limit),
      timeInForce: time ?? (gtc === true ? 'gtc' : 'ioc'),
      reduceOnly: given.reduceOnly === true,
      validUntil: given.validUntil ?? this.#t + HOUR_MS,
      ...(postOnly === undefined ? {} : { postOnly }),
      ...(at === undefined
        ? {}
        : { trigger: { price: parsePrice(at), when: when === 'above' ? 'above' : 'below' } }),
      ...(tolerance === undefined ? {} : { tolerance: parseRate(tolerance) }),
      ...(offset === undefined ? {} : { oracleOffset: parsePrice(offset) }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    };
  }

  /** Sends an order that the venue answers. */
  async send(order: OrderRequest): Promise<OrderReport> {
    const reply = await this.venue.place(order);
    if (reply.kind !== 'report') throw new Error(`no reply: ${reply.cause}`);
    return reply.report;
  }

  buy(market: string, size: string, given?: OrderText): Promise<OrderReport> {
    return this.send(this.order(market, 'buy', size, given));
  }

  sell(market: string, size: string, given?: OrderText): Promise<OrderReport> {
    return this.send(this.order(market, 'sell', size, given));
  }

  /** What the venue says of an order. */
  async report(id: string): Promise<OrderReport> {
    const reply = await this.venue.query(id);
    if (reply.kind !== 'report') throw new Error(`${id} is ${reply.kind}`);
    return reply.report;
  }

  /** An order that is open. */
  openOrder(id: string): OpenOrder {
    const found = this.venue.snapshot().openOrders.find(({ clientOrderId }) => clientOrderId === id);
    if (found === undefined) throw new Error(`${id} is not open`);
    return found;
  }

  /** What an order that was refused must leave as it was: all but the answer itself. */
  untouched(): unknown {
    const { account, orders, books, volumes } = this.venue.save();
    return { account, orders, books, volumes, wallet: this.venue.snapshot().wallet };
  }

  position(market = 'SOL-PERP'): PerpPosition {
    const found = this.account.perps.find((held) => held.market === market);
    if (found === undefined) throw new Error(`no position in ${market}`);
    return found;
  }

  /** Signed size in a market, in smallest units. */
  held(market: string): bigint {
    return this.account.perps.find((held) => held.market === market)?.size ?? 0n;
  }

  /** Cash + spot + what is unsettled, in whole dollars. */
  equity(): Fraction {
    return equityByHand(this.account, this.feed.oracles());
  }

  /** Takes the venue's events into the books. */
  events(): readonly AccountEvent[] {
    const events = this.venue.takeEvents();
    for (const event of events) this.#books = record(this.#books, event);
    return events;
  }

  /**
   * The books that follow from the venue's events say what the venue says, and the change of equity is the five parts
   * and the transfers to the last digit.
   */
  expectBooksToAgree(): void {
    this.events();
    const { account, wallet } = this.venue.snapshot();
    expect({ account: this.#books.account, wallet: this.#books.wallet }).toEqual({ account, wallet });
    this.#books = revalue(this.#books, this.feed.oracles());
    const { parts, transfers } = this.#books;
    const { price, slippage, fees, funding, interest } = parts;
    const explained = price + slippage + fees + funding + interest + transfers;
    const change = this.equity().plus(this.#gasWorth()).minus(this.#opening);
    expect(change.times(WHOLE).floor()).toBe(explained);
    expect(change.times(WHOLE).ceil()).toBe(explained);
  }

  #resumeBooks(): void {
    const { account, wallet } = this.venue.snapshot();
    this.#books = openBooks({ account, wallet }, this.feed.oracles());
    this.#opening = equityByHand(account, this.feed.oracles()).plus(this.#gasWorth());
  }

  #gasWorth(): Fraction {
    const { wallet } = this.venue.snapshot();
    return baseOf(wallet).times(priceOf(this.feed.oracles().SOL ?? 0n));
  }
}

const WHOLE = usdOf(10n ** 24n);

const anyPriceFor = (side: Side): ReturnType<typeof parsePrice> =>
  side === 'buy' ? parsePrice('1000000') : parsePrice('0.1');

/** The definition of equity, in whole dollars. */
export function equityByHand({ cash, spot, perps }: Account, oracles: OraclePrices): Fraction {
  const at = (asset: string): Fraction => priceOf(oracles[asset] ?? 0n);
  const unsettled = perps.map(({ asset, size, quote }) => baseOf(size).times(at(asset)).plus(usdOf(quote)));
  return usdOf(cash)
    .plus(spot === 0n ? ZERO : baseOf(spot).times(at('SOL')))
    .plus(sum(unsettled));
}

export const usdc = (dollars: string): AssetAmount => ({ asset: 'USDC', amount: parseUsd(dollars) });
export const sol = (size: string): AssetAmount => ({ asset: 'SOL', amount: parseBase(size) });

/** That a promise is refused with a code; what it was refused with is given back. */
export async function refusalOf(asked: Promise<unknown>): Promise<{ readonly code: ErrorCode }> {
  return asked.then(
    () => {
      throw new Error('it was not refused');
    },
    (error: unknown) => error as { readonly code: ErrorCode },
  );
}
