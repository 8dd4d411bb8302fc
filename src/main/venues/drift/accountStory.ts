import { base, price, rate, usd, PRICE_ONE, RATE_ONE, type Price } from '../../../shared/money/quantity.ts';
import { divide, magnitude } from '../../../shared/money/rounding.ts';
import type { AccountEvent, AssetAmount } from '../../domain/accountEvent.ts';
import type { DriftState, PerpMarketState } from './driftState.ts';
import { pendingFunding } from './pendingFunding.ts';
import type {
  DepositRecord,
  FillRecord,
  FillSide,
  FundingPaymentRecord,
  OrderActionRecord,
  ProgramEvent,
  SettlementRecord,
  TransactionEvents,
} from './programEvent.ts';
import { tokensOf } from './scaledBalance.ts';
import { SpotPath, balanceIn, spotMarketOf } from './spotPath.ts';
import { QUOTE_MARKET, SOL_MARKET, priceFrom } from './units.ts';

const USDC_PRICE = price(PRICE_ONE);
const SECOND_MS = 1_000;
/** Dollars (1e6) over a size (1e9), as a price (1e9). */
const PRICE_PER_QUOTE = 1_000n * PRICE_ONE;
/** Dollars (1e6) as exact value (1e18). */
const VALUE_PER_QUOTE = 1_000_000_000_000n;

/** What of an account its story does not explain: which figure, what the story ends with, and what the chain says. */
export interface Unexplained {
  readonly what: string;
  readonly told: bigint;
  readonly chain: bigint;
}

export interface AccountStory {
  readonly events: readonly AccountEvent[];
  /** Empty where the events lead from one state to the other, to the last unit. */
  readonly unexplained: readonly Unexplained[];
}

interface PerpPath {
  size: bigint;
  quote: bigint;
  /** Funding that is not in the quote yet, and has been told. */
  told: bigint;
}

/** Our name for an order of the sub-account; undefined for one that was placed elsewhere. */
export type OrderNames = (orderId: number) => string | undefined;

/**
 * What happened to a sub-account and its wallet between two states of the chain, from what the program said in every
 * transaction in between. Each event is computed on its own by the program's arithmetic; that they lead to the second
 * state is checked, never assumed. What filled of an order that was placed elsewhere is no event: nobody here knows what
 * it was for, and whoever keeps books finds that they differ by it.
 */
export function tellStory(
  before: DriftState,
  transactions: readonly TransactionEvents[],
  after: DriftState,
  nameOf: OrderNames,
): AccountStory {
  const teller = new StoryTeller(before, nameOf);
  for (const transaction of transactions) teller.hear(transaction);
  return teller.end(after);
}

class StoryTeller {
  readonly #user: string;
  readonly #spot: ReadonlyMap<number, SpotPath>;
  readonly #perps = new Map<number, PerpPath>();
  readonly #markets: readonly PerpMarketState[];
  readonly #nameOf: OrderNames;
  readonly #events: AccountEvent[] = [];
  /** Markets whose interest the transaction that is being heard has said. */
  readonly #saidInterest = new Set<number>();
  #wallet: bigint;
  #t: number;
  #sol: Price;

  constructor(before: DriftState, nameOf: OrderNames) {
    this.#user = before.user.address;
    this.#markets = before.perps;
    this.#nameOf = nameOf;
    this.#wallet = before.wallet;
    this.#t = before.t;
    this.#sol = priceFrom(spotMarketOf(before.spot, SOL_MARKET).oracle.price);
    this.#spot = new Map(
      [QUOTE_MARKET, SOL_MARKET].map((market) => [
        market,
        new SpotPath(market, balanceIn(before.user.spot, market), spotMarketOf(before.spot, market)),
      ]),
    );
    for (const held of before.user.perps) {
      const market = before.perps.find((one) => one.market === held.market);
      if (market === undefined) continue;
      const { size, quote } = held;
      this.#perps.set(held.market, { size, quote, told: pendingFunding(held, market) });
    }
  }

  hear({ ts, events, walletChange, fee }: TransactionEvents): void {
    this.#t = Math.max(this.#t, ts * SECOND_MS);
    this.#saidInterest.clear();
    for (const event of events) this.#hearOne(event);
    this.#payGas(fee);
    this.#moveWallet(walletChange + fee);
  }

  /** Brings interest and funding up to a state, and compares. */
  end(after: DriftState): AccountStory {
    this.#t = Math.max(this.#t, after.t);
    this.#sol = priceFrom(spotMarketOf(after.spot, SOL_MARKET).oracle.price);
    for (const path of this.#spot.values()) {
      const { depositInterest, borrowInterest } = spotMarketOf(after.spot, path.market);
      this.#interest(path.market, path.accrue(depositInterest, borrowInterest));
    }
    const unexplained = [...this.#compareSpot(after), ...this.#comparePerps(after)];
    if (this.#wallet !== after.wallet)
      unexplained.push({ what: 'SOL of the wallet', told: this.#wallet, chain: after.wallet });
    return { events: this.#events, unexplained };
  }

  #hearOne(event: ProgramEvent): void {
    switch (event.type) {
      case 'interest':
        this.#accrue(event.market, event.depositInterest, event.borrowInterest);
        break;
      case 'deposit':
        if (event.user === this.#user) this.#deposit(event);
        break;
      case 'fundingPayment':
        if (event.user === this.#user) this.#fundingPayment(event);
        break;
      case 'fill':
        if (event.taker?.user === this.#user) this.#fill(event, event.taker, 'taker');
        if (event.maker?.user === this.#user) this.#fill(event, event.maker, 'maker');
        break;
      case 'orderAction':
        if (event.user === this.#user && event.reward > 0n) this.#keeper(event);
        break;
      case 'settlement':
        if (event.user === this.#user) this.#settle(event);
        break;
      case 'order':
      case 'liquidation':
      case 'fundingRate':
        break;
    }
  }

  #accrue(market: number, depositInterest: bigint, borrowInterest: bigint): void {
    const path = this.#spot.get(market);
    if (path === undefined) return;
    this.#saidInterest.add(market);
    this.#interest(market, path.accrue(depositInterest, borrowInterest));
  }

  /** @returns what the scaling of the balance has rounded */
  #move(market: number, tokens: bigint, isLeaving = false): bigint {
    return this.#spot.get(market)?.move(tokens, this.#saidInterest.has(market), isLeaving) ?? 0n;
  }

  #deposit(record: DepositRecord): void {
    if (!this.#spot.has(record.market)) return;
    this.#accrue(record.market, record.depositInterest, record.borrowInterest);
    const oracle = record.market === SOL_MARKET ? priceFrom(record.oracle) : USDC_PRICE;
    if (record.market === SOL_MARKET) this.#sol = oracle;
    // To another sub-account as well: the program rounds that as it rounds a withdrawal.
    const rounded = this.#move(record.market, record.tokens, record.tokens < 0n);
    this.#events.push({
      type: 'TRANSFER',
      t: this.#t,
      moved: amountIn(record.market, record.tokens),
      oracle,
    });
    this.#interest(record.market, rounded);
  }

  /** What of it has not been told yet: the hours since the last state. */
  #fundingPayment({ market, payment, size }: FundingPaymentRecord): void {
    const path = this.#pathOf(market);
    const untold = payment - path.told;
    path.quote += payment;
    path.told = 0n;
    this.#funding(this.#marketOf(market), size, untold);
  }

  #fill(record: FillRecord, side: FillSide, liquidity: 'taker' | 'maker'): void {
    const { isLiquidation } = record;
    const isPerp = record.kind === 'perp';
    const symbol = isPerp ? this.#marketOf(record.market)?.symbol : spotSymbolOf(record.market);
    if (symbol === undefined) return;
    const orderId = isLiquidation ? 'liquidation' : this.#nameOf(side.orderId);
    if (orderId !== undefined)
      this.#events.push({
        type: 'FILL',
        t: this.#t,
        orderId,
        market: symbol,
        side: side.side,
        size: base(record.size),
        price: price(divide(record.quote * PRICE_PER_QUOTE, record.size, 'nearest')),
        quote: usd(record.quote),
        oracle: priceFrom(record.oracle),
        fee: usd(isLiquidation ? 0n : side.fee),
        ...(isPerp ? { feeFrom: 'position' as const } : {}),
        liquidity,
      });
    const way = side.side === 'buy' ? 1n : -1n;
    if (isPerp) {
      const path = this.#pathOf(record.market);
      this.#takeBackFunding(record.market, path);
      path.size += way * record.size;
      path.quote += -way * record.quote - side.fee;
      if (isLiquidation) this.#penalty(symbol, side.fee);
      return;
    }
    this.#sol = priceFrom(record.oracle);
    this.#interest(SOL_MARKET, this.#move(SOL_MARKET, way * record.size));
    const dollars = -way * record.quote - side.fee;
    this.#interest(QUOTE_MARKET, this.#move(QUOTE_MARKET, dollars));
  }

  #keeper({ kind, market, reward }: OrderActionRecord): void {
    const paid: AssetAmount = { asset: 'USDC', amount: usd(reward) };
    const cost = { type: 'COST', t: this.#t, kind: 'keeper', paid, oracle: USDC_PRICE } as const;
    if (kind === 'spot') {
      this.#events.push(cost);
      this.#interest(QUOTE_MARKET, this.#move(QUOTE_MARKET, -reward));
      return;
    }
    const symbol = this.#marketOf(market)?.symbol;
    this.#pathOf(market).quote -= reward;
    if (symbol !== undefined) this.#events.push({ ...cost, market: symbol });
  }

  /**
   * The program settles funding before it fills, and says so where there was any: what has been told and is not settled
   * by now has come to nothing since, because the market's rate went back to where it was.
   */
  #takeBackFunding(market: number, path: PerpPath): void {
    this.#funding(this.#marketOf(market), path.size, -path.told);
    path.told = 0n;
  }

  #penalty(market: string, amount: bigint): void {
    const paid: AssetAmount = { asset: 'USDC', amount: usd(amount) };
    this.#events.push({
      type: 'COST',
      t: this.#t,
      kind: 'liquidation',
      paid,
      oracle: USDC_PRICE,
      market,
    });
  }

  #settle({ market, pnl, oracle }: SettlementRecord): void {
    const symbol = this.#marketOf(market)?.symbol;
    this.#pathOf(market).quote -= pnl;
    const rounded = this.#move(QUOTE_MARKET, pnl);
    if (symbol === undefined || pnl === 0n) return;
    this.#events.push({
      type: 'SETTLEMENT',
      t: this.#t,
      market: symbol,
      amount: usd(pnl),
      oracle: priceFrom(oracle),
    });
    this.#interest(QUOTE_MARKET, rounded);
  }

  #payGas(fee: bigint): void {
    if (fee === 0n) return;
    this.#wallet -= fee;
    const paid: AssetAmount = { asset: 'SOL', amount: base(fee) };
    this.#events.push({ type: 'COST', t: this.#t, kind: 'gas', paid, oracle: this.#sol });
  }

  #moveWallet(lamports: bigint): void {
    if (lamports === 0n) return;
    this.#wallet += lamports;
    const moved: AssetAmount = { asset: 'SOL', amount: base(lamports) };
    this.#events.push({ type: 'TRANSFER', t: this.#t, moved, oracle: this.#sol, of: 'wallet' });
  }

  /** Interest, or what the scaling of a balance has rounded. */
  #interest(market: number, tokens: bigint): void {
    if (tokens === 0n) return;
    const oracle = market === SOL_MARKET ? this.#sol : USDC_PRICE;
    this.#events.push({ type: 'INTEREST', t: this.#t, paid: amountIn(market, tokens), oracle });
  }

  #funding(market: PerpMarketState | undefined, size: bigint, amount: bigint): void {
    if (market === undefined || amount === 0n || size === 0n) return;
    const at = priceFrom(market.fundingOracle > 0n ? market.fundingOracle : market.oracle.price);
    this.#events.push({
      type: 'FUNDING',
      t: this.#t,
      market: market.symbol,
      size: base(size),
      price: at,
      // What was paid as a fraction of the position: −amount / (size × price).
      rate: rate(divide(-amount * VALUE_PER_QUOTE * RATE_ONE, size * at, 'nearest')),
      amount: usd(amount),
    });
  }

  /**
   * Others' transactions make interest grow, too, and the program says so in theirs alone: where one of them came in the
   * same second before one of ours, what ours moved was scaled by an interest that is not known, only its bounds are.
   */
  #compareSpot(after: DriftState): Unexplained[] {
    return [...this.#spot.values()].flatMap(({ market, balance, slack }) => {
      const interest = spotMarketOf(after.spot, market);
      const told = tokensOf(balance, interest);
      const chain = tokensOf(balanceIn(after.user.spot, market), interest);
      const what = market === SOL_MARKET ? 'SOL of the sub-account' : 'USDC of the sub-account';
      if (magnitude(chain - told) > slack) return [{ what, told, chain }];
      this.#interest(market, chain - told);
      return [];
    });
  }

  #comparePerps(after: DriftState): Unexplained[] {
    const markets = new Set([...this.#perps.keys(), ...after.user.perps.map(({ market }) => market)]);
    return [...markets].flatMap((index) => {
      const path = this.#pathOf(index);
      const held = after.user.perps.find(({ market }) => market === index);
      const market = after.perps.find((one) => one.market === index);
      if (market === undefined) return [];
      if (held !== undefined) {
        const pending = pendingFunding(held, market);
        this.#funding(market, held.size, pending - path.told);
      }
      const differing = [
        { what: `the size of ${market.symbol}`, told: path.size, chain: held?.size ?? 0n },
        { what: `what ${market.symbol} is owed`, told: path.quote, chain: held?.quote ?? 0n },
      ];
      return differing.filter(({ told, chain }) => told !== chain);
    });
  }

  #pathOf(market: number): PerpPath {
    const known = this.#perps.get(market);
    if (known !== undefined) return known;
    const path: PerpPath = { size: 0n, quote: 0n, told: 0n };
    this.#perps.set(market, path);
    return path;
  }

  #marketOf(market: number): PerpMarketState | undefined {
    return this.#markets.find((one) => one.market === market);
  }
}

const spotSymbolOf = (market: number): string | undefined => (market === SOL_MARKET ? 'SOL' : undefined);

const amountIn = (market: number, tokens: bigint): AssetAmount =>
  market === SOL_MARKET ? { asset: 'SOL', amount: base(tokens) } : { asset: 'USDC', amount: usd(tokens) };
