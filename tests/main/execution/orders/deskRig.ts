import type { Database } from 'better-sqlite3';

import type { OrderRequest } from '../../../../src/main/domain/order.ts';
import type { OrderPlan } from '../../../../src/main/domain/orderPlan.ts';
import { OrderDesk, type Placed, type SavedDesk } from '../../../../src/main/execution/orders/orderDesk.ts';
import { OrderStore } from '../../../../src/main/execution/orders/orderStore.ts';
import { orderViewOf } from '../../../../src/main/execution/orders/orderViews.ts';
import { ManualClock } from '../../../../src/main/platform/clock.ts';
import { silentLogger } from '../../../../src/main/platform/logger.ts';
import { judge } from '../../../../src/main/risk/gates.ts';
import { RISK_SETTINGS } from '../../../../src/main/risk/riskSettings.ts';
import type { ApprovedTrade, RefusedTrade } from '../../../../src/main/risk/trade.ts';
import { VaultRepository } from '../../../../src/main/storage/vaultRepository.ts';
import type { VenueCapabilities } from '../../../../src/main/venues/venue.ts';
import { AppError } from '../../../../src/shared/contract/appError.ts';
import type { OrderView } from '../../../../src/shared/contract/orders.ts';
import { parseBase, parsePrice, parseRate } from '../../../../src/shared/money/decimal.ts';
import { readGroup } from '../../../../src/shared/settings/group.ts';
import { NOW, opened } from '../../storage/fixtures/scratch.ts';
import { VAULT } from '../../storage/fixtures/steps.ts';
import { ExchangeDouble, PERP } from './exchangeDouble.ts';

export { NOW };

/** A limit order to buy 10 at 149 that rests, with what a test cares about. */
export const planOf = (of: Partial<OrderPlan> = {}): OrderPlan => ({
  market: PERP,
  side: 'buy',
  size: parseBase('10'),
  type: 'limit',
  limitPrice: parsePrice('149'),
  timeInForce: 'gtc',
  reduceOnly: false,
  ...of,
});

/** A desk on an exchange of a test's own, with a database. */
export class DeskRig {
  readonly db: Database;
  readonly vaultId: number;
  clock = new ManualClock(NOW);
  venue: ExchangeDouble;
  readonly said: string[] = [];
  /** What the gates say to the next orders that the desk asks about; without it they are asked. */
  verdict: ((plan: OrderPlan) => Promise<ApprovedTrade | RefusedTrade>) | undefined;
  fundingApr: number | undefined;
  store: OrderStore;
  desk: OrderDesk;

  constructor(capabilities: Partial<VenueCapabilities> = {}) {
    this.db = opened();
    this.vaultId = new VaultRepository(this.db).findOrCreate(VAULT, NOW);
    this.venue = new ExchangeDouble(NOW, capabilities);
    this.store = new OrderStore(this.db, this.vaultId);
    this.desk = this.#desk();
  }

  /** The program is killed: what was not written is gone, and it starts again from what is on disk. */
  async restart(saved?: SavedDesk): Promise<void> {
    this.store = new OrderStore(this.db, this.vaultId);
    this.venue.asked = () => undefined;
    this.venue.done = () => undefined;
    this.desk = this.#desk();
    this.desk.restore(saved ?? { next: 1 });
    await this.desk.reconcile();
  }

  /**
   * The program is killed, and its venue, which lives within it, stands where it stood at `t` with the orders that were
   * there. What became durable since is still on disk.
   */
  async rollBack(t: number, there: readonly OrderRequest[], saved?: SavedDesk): Promise<void> {
    this.clock = new ManualClock(t);
    this.venue = new ExchangeDouble(t, this.venue.capabilities);
    for (const request of there) await this.venue.place(request);
    await this.restart(saved);
  }

  /** Everything that was gathered becomes durable. */
  commit(): void {
    this.db.transaction(() => {
      this.store.write();
    })();
    this.store.written();
  }

  async place(plan: OrderPlan): Promise<OrderView> {
    const { order } = await this.placed(plan);
    return orderViewOf(order);
  }

  async placed(plan: OrderPlan): Promise<Placed> {
    const approved = await this.approve(plan);
    if (approved.verdict === 'refused') throw new Error('the gates refused it');
    return this.desk.place(approved, plan, parsePrice('150'));
  }

  /** Time goes by, and the desk hears what has happened. */
  async tick(ms = 1_000): Promise<void> {
    this.clock.set(this.clock.now() + ms);
    this.venue.now = this.clock.now();
    this.desk.heard(this.venue.takeFills());
    await this.desk.tick({ fundingApr: () => this.fundingApr });
  }

  view(id: string): OrderView {
    return orderViewOf(this.desk.find(id));
  }

  state(id: string): string {
    return this.view(id).state;
  }

  async approve({
    market,
    side,
    size,
    limitPrice,
    reduceOnly,
  }: OrderPlan): Promise<ApprovedTrade | RefusedTrade> {
    const { account, wallet, gas, oracles } = this.venue.snapshot();
    return judge(
      {
        purpose: 'manual',
        effect: reduceOnly ? 'reduces' : 'opens',
        legs: [{ market: market.symbol, side, size, limitPrice, reduceOnly }],
        because: 'A test wants it.',
      },
      {
        now: this.venue.now,
        account,
        wallet,
        gas,
        openOrders: [],
        oracles,
        markets: this.venue.markets,
        weights: this.venue.weights,
        preflights: new Map([[market.symbol, await this.venue.preflight()]]),
        fundingHourly: parseRate('0.00001'),
      },
      { ...readGroup(RISK_SETTINGS, {}), profitGate: 'none' },
    );
  }

  #desk(): OrderDesk {
    return new OrderDesk({
      venue: this.venue,
      store: this.store,
      clock: this.clock,
      log: { ...silentLogger, error: (message) => void this.said.push(message) },
      approve: (plan) => (this.verdict ?? ((asked) => this.approve(asked)))(plan),
      exitTolerance: parseRate('0.005'),
    });
  }
}

/** The AppError that a promise is rejected with. */
export async function refusalOf(work: Promise<unknown>): Promise<AppError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}
