import { AppError } from '../../../shared/contract/appError.ts';
import { RATE_ONE, base, rate, type Base } from '../../../shared/money/quantity.ts';
import { divide } from '../../../shared/money/rounding.ts';
import type { CollateralWeights } from '../../domain/account.ts';
import type { AccountEvent, AssetAmount } from '../../domain/accountEvent.ts';
import type { FundingSample } from '../../domain/funding.ts';
import type { AssetLiquidation } from '../../domain/liquidation.ts';
import type { Market } from '../../domain/market.ts';
import type { OrderChange, OrderReport, OrderRequest } from '../../domain/order.ts';
import type { Quote } from '../../market/feed.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Schedule } from '../../platform/schedule.ts';
import type { Chain } from '../solana/chain.ts';
import type { TransactionDesk } from '../solana/transactions/transactionDesk.ts';
import type { ForeignHolding, ForeignOrder, NetworkVenue } from '../networkVenue.ts';
import type { MarketDataSource } from '../marketData.ts';
import type { ModifyReply, PlaceReply, Preflight, QueryReply, VenueSnapshot } from '../venue.ts';
import { AccountSync } from './accountSync.ts';
import type { Unexplained } from './accountStory.ts';
import { foreignHoldings, holdingsOf } from './driftAccount.ts';
import { oraclesOf } from './driftOracles.ts';
import { DRIFT_CAPABILITIES } from './driftCapabilities.ts';
import { DriftCapital } from './driftCapital.ts';
import { driftLiquidations } from './driftLiquidation.ts';
import { marginOf, termsOf } from './driftMargin.ts';
import { marketsOf, weightsOf } from './driftMarkets.ts';
import { DriftOrders } from './driftOrders.ts';
import { lookAt, type DriftLook } from './driftQuotes.ts';
import type { DriftState, PerpMarketState } from './driftState.ts';
import { pausedOperations } from './exchangeStatus.ts';
import { History } from './history.ts';
import { readInsuranceFunds, type InsuranceFund } from './insuranceFund.ts';
import { isolatedPositions, type IsolatedPosition } from './isolatedPositions.ts';
import { Makers } from './makers.ts';
import { DriftMarketData } from './marketData.ts';
import type { MarketIndex } from './orderInstructions.ts';
import { atOracle } from './restingLimit.ts';
import type { SharedClient } from './sharedClient.ts';
import { spotMarketOf } from './spotPath.ts';
import { TransactionSender } from './transactionSender.ts';
import { QUOTE_MARKET, SOL_MARKET } from './units.ts';

/** What a transaction is expected to cost: a signature, and as much again for priority. */
const GAS = base(10_000n);
const SECOND_MS = 1_000;

export interface DriftVenueParts {
  readonly chain: Chain;
  /** The shared client of the network, for the wallet that signs. */
  readonly open: () => Promise<SharedClient>;
  readonly desk: TransactionDesk;
  readonly subAccount: number;
  readonly network: 'main' | 'test';
  readonly clock: Clock;
  /** Milliseconds of a clock that never jumps. */
  readonly elapsed: () => number;
  readonly schedule: Schedule;
  readonly nextId: () => string;
  readonly gasReserve: () => Base;
  /** Before the ids of orders in the journal of transactions, which is of all vaults. */
  readonly orderPrefix: string;
}

interface SavedVenue {
  readonly account: unknown;
  /** By market, when the funding rate that was told last was paid: Unix s. */
  readonly fundingSeen: readonly (readonly [number, number])[];
}

/** Everything that there is once the venue is connected. */
interface Connected {
  readonly client: SharedClient;
  readonly makers: Makers;
  readonly sync: AccountSync;
  readonly orders: DriftOrders;
  readonly capital: DriftCapital;
  readonly marketData: DriftMarketData;
}

/** Drift, seen as one sub-account: what it shows is of one slot of the chain, and changes with {@link sync} alone. */
export class DriftVenue implements NetworkVenue {
  readonly name = 'drift';
  readonly network: 'main' | 'test';
  readonly capabilities = DRIFT_CAPABILITIES;
  readonly #parts: DriftVenueParts;
  #connected: Connected | undefined;
  #saved: SavedVenue | undefined;
  readonly #adopted: OrderRequest[] = [];
  readonly #looks = new Map<string, DriftLook>();
  #fundingSeen: ReadonlyMap<number, number> = new Map();
  #rates: (FundingSample & { readonly market: string })[] = [];

  constructor(parts: DriftVenueParts) {
    this.#parts = parts;
    this.network = parts.network;
  }

  get markets(): ReadonlyMap<string, Market> {
    return marketsOf(this.#state);
  }

  get weights(): CollateralWeights {
    return weightsOf(this.#state);
  }

  /** Whose sub-account it is, and everything that the chain says of it. */
  get state(): DriftState {
    return this.#state;
  }

  get marketData(): MarketDataSource {
    return this.#all.marketData;
  }

  /** What no sync so far could explain. */
  get unexplained(): readonly Unexplained[] {
    return this.#all.sync.unexplained;
  }

  get foreign(): readonly ForeignHolding[] {
    return foreignHoldings(this.#state);
  }

  get foreignOrders(): readonly ForeignOrder[] {
    return this.#all.orders.foreign();
  }

  cancelForeign(id: string): Promise<void> {
    return this.#looking(this.#all.orders.cancelForeign(id));
  }

  liquidations(): readonly AssetLiquidation[] {
    return driftLiquidations(this.#state);
  }

  /** Positions with collateral of their own: not traded here, and not counted with the rest. */
  get isolated(): readonly IsolatedPosition[] {
    return isolatedPositions(this.#state);
  }

  /** What the exchange has paused of itself, in words; empty while it runs. */
  get paused(): readonly string[] {
    return pausedOperations(this.#state);
  }

  /** The insurance funds as they are now, and what of them is ours. Throws VENUE_UNAVAILABLE. */
  insuranceFunds(): Promise<readonly InsuranceFund[]> {
    return readInsuranceFunds(this.#all.client, this.#parts.chain);
  }

  /** What the wallet could deposit. */
  available(): ReturnType<DriftCapital['available']> {
    return this.#all.capital.available();
  }

  restore(saved: unknown): void {
    this.#saved = saved as SavedVenue;
    this.#fundingSeen = new Map(this.#saved.fundingSeen);
  }

  adopt(order: OrderRequest): void {
    this.#adopted.push(order);
  }

  async connect(): Promise<void> {
    const { open, subAccount, desk } = this.#parts;
    const client = await open();
    await client.watch(subAccount);
    await this.#watchWallet(client);
    // What an earlier process sent is settled before anything is read as if it were all.
    await desk.resume();
    this.#connected = await this.#assemble(client, this.#saved?.account);
    for (const order of this.#adopted) this.#connected.orders.adopt(order);
    await this.sync();
  }

  /** The client is the network's, and stays. */
  async disconnect(): Promise<void> {
    this.#parts.desk.close();
    this.#connected?.marketData.close();
    this.#connected = undefined;
    await Promise.resolve();
  }

  /** Takes in what has happened. Throws VENUE_UNAVAILABLE: then everything is as it was. */
  async sync(): Promise<void> {
    const { sync, makers } = this.#all;
    await Promise.all([sync.sync(), makers.refresh()]);
    this.#lookAround();
  }

  snapshot(): VenueSnapshot {
    const state = this.#state;
    const { account, wallet } = holdingsOf(state);
    const oracles = oraclesOf(state);
    const { markets } = this;
    return {
      t: state.t,
      account,
      wallet,
      oracles,
      maintenance: termsOf(marginOf(state, 'maintenance')),
      gas: GAS,
      openOrders: this.#all.sync.openOrders.map((order) =>
        atOracle(order, oracles, markets.get(order.market)),
      ),
    };
  }

  quote(market: string): Quote {
    this.#indexOf(market);
    const look = this.#looks.get(market);
    if (look === undefined) throw new AppError('VENUE_UNAVAILABLE', `There is no price of ${market} yet.`);
    return look.quote;
  }

  takeFundingRates(): readonly (FundingSample & { readonly market: string })[] {
    const taken = this.#rates;
    this.#rates = [];
    return taken;
  }

  takeEvents(): readonly AccountEvent[] {
    return this.#all.sync.takeEvents();
  }

  takeOrderReports(): readonly OrderReport[] {
    return this.#all.sync.orders.takeChanged();
  }

  async preflight(market: string): Promise<Preflight> {
    this.#indexOf(market);
    const { elapsed } = this.#parts;
    const from = elapsed();
    const { client, makers } = this.#all;
    await Promise.all([client.refresh(), makers.refresh(0)]);
    const latencyMs = elapsed() - from;
    const state = client.state(this.#parts.subAccount);
    const { quote, depth } = this.#look(market, state);
    return { quote, depth, latencyMs };
  }

  place(order: OrderRequest): Promise<PlaceReply> {
    return this.#looking(this.#all.orders.place(order));
  }

  query(clientOrderId: string): Promise<QueryReply> {
    return this.#looking(this.#all.orders.query(clientOrderId));
  }

  cancel(clientOrderId: string): Promise<PlaceReply> {
    return this.#looking(this.#all.orders.cancel(clientOrderId));
  }

  cancelAll(market?: string): Promise<readonly OrderReport[]> {
    return this.#looking(this.#all.orders.cancelAll(market));
  }

  modify(clientOrderId: string, change: OrderChange): Promise<ModifyReply> {
    return this.#looking(this.#all.orders.modify(clientOrderId, change));
  }

  settlePnl(market: string): Promise<void> {
    return this.#looking(this.#all.capital.settle(market, this.#indexOf(market)));
  }

  transfer(moved: AssetAmount, toSubAccount: number): Promise<void> {
    return this.#looking(this.#all.capital.transfer(moved, toSubAccount));
  }

  deposit(moved: AssetAmount): Promise<void> {
    return this.#looking(this.#all.capital.deposit(moved));
  }

  withdraw(moved: AssetAmount): Promise<void> {
    return this.#looking(this.#all.capital.withdraw(moved));
  }

  /** Everything needed to go on from here in another process. */
  save(): SavedVenue {
    return { account: this.#all.sync.save(), fundingSeen: [...this.#fundingSeen] };
  }

  async #looking<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } finally {
      // What has ended meanwhile has nothing to look at, and what became of the work stands.
      if (this.#connected !== undefined) this.#lookAround();
    }
  }

  async #assemble(client: SharedClient, saved: unknown): Promise<Connected> {
    const { chain, desk, subAccount, clock, schedule, nextId, gasReserve, orderPrefix } = this.#parts;
    const history = new History(chain, client.drift.program.coder.events, client.signer);
    const intentSigned = (signature: string): string | undefined => desk.intentSigned(signature);
    const orderSigned = (signature: string): string | undefined => {
      const intent = intentSigned(signature);
      return intent?.startsWith(orderPrefix) === true ? intent.slice(orderPrefix.length) : undefined;
    };
    const parts = { client, history, subAccount, intentSigned, orderSigned };
    const sync = saved === undefined ? await AccountSync.begin(parts) : AccountSync.resume(parts, saved);
    const makers = new Makers({
      sdk: client.sdk,
      connection: client.connection,
      clock,
      owner: client.owner,
      perpMarkets: new Set(client.perpMarkets),
    });
    const sender = new TransactionSender({ desk, sync, schedule, nextId });
    const usdcAccount = await usdcAccountOf(client);
    const orders = new DriftOrders({
      client,
      makers,
      sync,
      sender,
      desk,
      subAccount,
      nextId,
      orderPrefix,
      now: () => clock.now(),
      markets: () => this.markets,
      indexOf: (market) => this.#indexOf(market),
    });
    const capital = new DriftCapital({ client, sync, sender, subAccount, usdcAccount, gasReserve });
    const marketData = new DriftMarketData({
      chain,
      client,
      makers,
      schedule,
      state: () => client.state(subAccount),
      indexOf: (market) => this.#indexOf(market),
    });
    return { client, makers, sync, orders, capital, marketData };
  }

  async #watchWallet(client: SharedClient): Promise<void> {
    client.loader.add(await usdcAccountOf(client));
  }

  #lookAround(): void {
    const { state } = this.#all.sync;
    for (const market of this.markets.keys()) this.#look(market, state);
    for (const market of state.perps) this.#noteFunding(market);
    this.#fundingSeen = new Map(state.perps.map(({ market, lastFundingAt }) => [market, lastFundingAt]));
  }

  #look(market: string, state: DriftState): DriftLook {
    const { client, makers } = this.#all;
    const look = lookAt(client, makers, state, this.#indexOf(market));
    this.#looks.set(market, look);
    return look;
  }

  /** An hour's rate that is newer than what was seen before. */
  #noteFunding({
    market,
    symbol,
    lastFundingAt,
    lastFundingRate,
    fundingOracle,
    fundingPeriodS,
  }: PerpMarketState): void {
    const seen = this.#fundingSeen.get(market);
    if (lastFundingAt === 0 || fundingOracle <= 0n || seen === lastFundingAt) return;
    this.#rates.push({
      market: symbol,
      t: lastFundingAt * SECOND_MS,
      // Dollars (1e9) for one of the asset over its price (1e6).
      rate: rate(divide(lastFundingRate * RATE_ONE, fundingOracle * 1_000n, 'nearest')),
      periodMs: fundingPeriodS * SECOND_MS,
    });
  }

  #indexOf(symbol: string): MarketIndex {
    const { spot, perps } = this.#state;
    if (symbol === spotMarketOf(spot, SOL_MARKET).symbol) return { kind: 'spot', index: SOL_MARKET };
    const perp = perps.find((one) => one.symbol === symbol);
    if (perp !== undefined) return { kind: 'perp', index: perp.market };
    throw new AppError('UNKNOWN_MARKET', `Drift has no market ${symbol}.`, { market: symbol });
  }

  get #state(): DriftState {
    return this.#all.sync.state;
  }

  get #all(): Connected {
    if (this.#connected === undefined) throw new AppError('VENUE_UNAVAILABLE', 'Drift is not connected.');
    return this.#connected;
  }
}

const usdcAccountOf = async ({ drift }: SharedClient): Promise<string> =>
  (await drift.getAssociatedTokenAccount(QUOTE_MARKET, false)).toString();
