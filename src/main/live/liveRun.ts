import { AppError } from '../../shared/contract/appError.ts';
import { formatBase, formatUsd } from '../../shared/money/decimal.ts';
import { usd, type Price, type Usd } from '../../shared/money/quantity.ts';
import { perpOf } from '../domain/account.ts';
import type { Holdings } from '../domain/accountChange.ts';
import type { AssetAmount } from '../domain/accountEvent.ts';
import type { TradePlace } from '../domain/confirmation.ts';
import { HOUR_MS } from '../domain/funding.ts';
import { Engine, type Consent } from '../engine/engine.ts';
import type { LogEntry } from '../engine/eventLog.ts';
import { FRESH_MEMORY } from '../engine/memory.ts';
import type { PolicySettings } from '../engine/policy.ts';
import { Vault } from '../engine/vault.ts';
import type { Halt } from '../engine/view.ts';
import { FundingHistory } from '../market/fundingHistory.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { fromStateText, toStateText } from '../platform/stateText.ts';
import type { ConfirmationDesk } from '../risk/confirmation/confirmationDesk.ts';
import type { Question } from '../risk/confirmation/question.ts';
import type { ProposedTrade } from '../risk/trade.ts';
import { checkWithdrawal } from '../risk/withdrawal.ts';
import type { JournalEntry } from '../storage/journalRepository.ts';
import type { NetworkVenue } from '../venues/networkVenue.ts';
import { outcomeOf } from './leftOrder.ts';
import { requestOf, type LiveStorage } from './liveStorage.ts';
import { accept } from './reconciliation/acceptance.ts';
import { reconcile, type Reconciliation } from './reconciliation/reconcile.ts';

const PERP = 'SOL-PERP';

export interface LiveRunParts {
  readonly venue: NetworkVenue;
  readonly storage: LiveStorage;
  readonly settings: PolicySettings;
  readonly confirmations: ConfirmationDesk;
  readonly place: TradePlace;
  /** Time as the venue counts it. */
  readonly clock: Clock;
  readonly log: Logger;
  /** Told of every line of the event log once it is durable, in order. */
  readonly heard: (entries: readonly LogEntry[]) => void;
  /** Told that the user is to confirm a trade. */
  readonly asked: (question: Question) => void;
}

interface SavedRun {
  readonly venue: unknown;
  readonly vault: unknown;
  readonly engine: unknown;
}

/**
 * An engine on real money: the same engine that trades on paper, over a venue on a network. Whatever happened while nobody
 * watched is taken in first; what no transaction explains stops all trading until its owner has accepted it.
 */
export class LiveRun {
  readonly venue: NetworkVenue;
  readonly vault: Vault;
  readonly engine: Engine;
  readonly #parts: LiveRunParts;
  #unheard: LogEntry[] = [];
  #reconciliation: Reconciliation;
  #waiting: { readonly question: Question; readonly trade: ProposedTrade } | undefined;
  #step = 0;
  /** Orders of an earlier process whose outcome is not known yet: until then nothing is traded. */
  #left: readonly JournalEntry[] = [];

  private constructor(parts: LiveRunParts, saved: SavedRun | undefined) {
    this.#parts = parts;
    const { venue, storage, settings, clock, log } = parts;
    const { store } = storage;
    this.venue = venue;
    const { t, account, wallet, oracles } = venue.snapshot();
    this.vault = new Vault(store, { account, wallet }, oracles, (entry) => this.#unheard.push(entry), true);
    this.engine = new Engine({
      venue,
      vault: this.vault,
      store,
      clock,
      funding: new FundingHistory(settings.engine.averageHours * HOUR_MS, storage.fundingUpTo(PERP, t)),
      settings,
      log,
      consent: this.#consent,
      // Going live is for hedging what is there: whether to buy more is the policy's to say.
      fresh: { ...FRESH_MEMORY, target: 'hedged' },
      tradesBefore: storage.lastTrade(),
    });
    if (saved !== undefined) {
      this.vault.restore(saved.vault);
      this.engine.restore(saved.engine);
    }
    this.engine.restoreHalt(storage.halt());
    this.#reconciliation = { kind: 'agrees', holdings: this.vault.books };
  }

  /**
   * Connects, takes in what has happened since an earlier process ended, and settles what that one has left open. Throws
   * what the venue throws.
   */
  static async open(parts: LiveRunParts): Promise<LiveRun> {
    const { venue, storage, clock } = parts;
    const checkpoint = storage.checkpoint();
    const saved = checkpoint && (fromStateText(checkpoint.state) as SavedRun);
    if (saved !== undefined) venue.restore(saved.venue);
    const open = storage.openOrders();
    for (const entry of open) venue.adopt(requestOf(entry));
    await venue.connect();
    const run = new LiveRun(parts, saved);
    run.#step = checkpoint?.step ?? 0;
    if (!run.vault.isOpen) run.vault.open(clock.now(), venue.snapshot().oracles);
    run.#left = open;
    await run.#settleOrders();
    run.#takeIn();
    run.#commit();
    return run;
  }

  /** Whether books, journal and chain say the same. */
  get reconciliation(): Reconciliation {
    return this.#reconciliation;
  }

  /** The trade that the user is to confirm; undefined where there is none. */
  get question(): Question | undefined {
    return this.#waiting?.question;
  }

  /** Takes in what has happened. Throws VENUE_UNAVAILABLE: then nothing has changed. */
  async sync(): Promise<Reconciliation> {
    await this.venue.sync();
    this.#takeIn();
    this.#commit();
    return this.#reconciliation;
  }

  /** A sync, and what the engine makes of it. */
  async tick(): Promise<void> {
    await this.venue.sync();
    this.#takeIn();
    await this.work();
  }

  /** What the engine makes of the last sync. Nothing is traded while anything differs, or an order is left unsettled. */
  async work(): Promise<void> {
    const isSettled = await this.#settleOrders();
    if (isSettled && this.#reconciliation.kind === 'agrees') {
      try {
        await this.engine.tick();
      } finally {
        this.#takeIn();
      }
    }
    this.#commit();
  }

  /**
   * Capital in or out, by the rules. A refusal is written down as BLOCKED and thrown. Throws TRADING_DISABLED while
   * anything differs.
   */
  async transfer(action: 'deposit' | 'withdraw', moved: AssetAmount): Promise<void> {
    await this.#acting({ action, ...amountOf(moved) }, async () => {
      if (action === 'deposit') await this.venue.deposit(moved);
      else {
        await this.venue.sync();
        const { account, oracles } = this.venue.snapshot();
        const { markets, weights } = this.venue;
        checkWithdrawal(moved, { account, oracles, markets, weights }, this.#parts.settings.risk);
        await this.venue.withdraw(moved);
      }
    });
  }

  /** Moves what the venue owes, or is owed, into collateral. @returns dollars that it moved */
  async settle(market: string): Promise<Usd> {
    const before = settledOf(this.vault.books, market);
    await this.#acting({ action: 'settle', market }, async () => {
      if (this.venue.settlePnl === undefined)
        throw new AppError('NOT_SUPPORTED', `${this.venue.name} settles nothing on demand.`);
      await this.venue.settlePnl(market);
    });
    return usd(settledOf(this.vault.books, market) - before);
  }

  /** The user's yes to the trade that waits for it; it is made at once. Throws what the confirmation desk throws. */
  async confirm(confirmationId: string): Promise<boolean> {
    const { confirmations, clock } = this.#parts;
    confirmations.confirm(confirmationId, clock.now());
    const waiting = this.#waiting;
    if (waiting?.question.confirmationId !== confirmationId) return false;
    await this.venue.sync();
    this.#takeIn();
    this.#refuseDiffering();
    const isDone = await this.engine.carryOut(waiting.trade);
    this.#waiting = undefined;
    this.#takeIn();
    this.#commit();
    return isDone;
  }

  /** The user's no: the trade is not made, and its question is over. */
  decline(confirmationId: string): void {
    const { confirmations, clock } = this.#parts;
    confirmations.decline(confirmationId, clock.now());
    if (this.#waiting?.question.confirmationId === confirmationId) this.#waiting = undefined;
  }

  /** Takes differences into the books, where they are still those that the user has seen. Throws DIFFERENCES_CHANGED. */
  async accept(named: string): Promise<void> {
    const { clock } = this.#parts;
    await this.venue.sync();
    this.#takeIn();
    const { oracles, account, wallet } = this.venue.snapshot();
    const { adjustments, cancel } = accept(this.#reconciliation, named, oracles, clock.now());
    for (const { id } of cancel) await this.venue.cancel(id);
    this.vault.sync(adjustments, { account, wallet });
    this.#takeIn();
    this.#commit();
  }

  /** SOS and its release; durable when it returns. */
  setHalt(halt: Halt): void {
    const { storage, clock } = this.#parts;
    storage.setHalt(halt, clock.now());
    this.engine.setHalt(halt);
    this.#commit();
  }

  async close(): Promise<void> {
    this.#commit();
    await this.venue.disconnect();
  }

  readonly #consent: Consent = (approved, preflights) => {
    const { confirmations, place, clock, settings, asked } = this.#parts;
    const marks = new Map<string, Price>([...preflights].map(([market, { quote }]) => [market, quote.mark]));
    const context = { place, marks, now: clock.now(), limit: settings.risk.confirmAbove };
    const waiting = this.#waiting;
    const isAnswered = waiting?.trade === approved.trade;
    const verdict = confirmations.take(
      approved,
      context,
      isAnswered ? waiting.question.confirmationId : undefined,
    );
    if (verdict.verdict === 'confirmed' || verdict.reason.code !== 'CONFIRMATION_REQUIRED') return verdict;
    if (waiting !== undefined && context.now < waiting.question.expiresAt) return 'asked';
    const question = confirmations.request(approved.trade, context);
    this.#waiting = { question, trade: approved.trade };
    asked(question);
    return verdict;
  };

  /** Does something that the user has asked for. */
  async #acting(what: Readonly<Record<string, string>>, act: () => Promise<void>): Promise<void> {
    try {
      this.#refuseDiffering();
      await act();
    } catch (error) {
      if (error instanceof AppError)
        this.engine.note({
          type: 'BLOCKED',
          code: error.code,
          because: error.message,
          numbers: what,
        });
      throw error;
    } finally {
      this.#takeIn();
      this.#commit();
    }
  }

  #refuseDiffering(): void {
    if (this.#reconciliation.kind === 'agrees') return;
    throw new AppError(
      'TRADING_DISABLED',
      'The chain shows what no transaction explains. Look at it, and accept it first.',
    );
  }

  /** What the venue has told goes into the books, which are then held against the account. */
  #takeIn(): void {
    this.engine.sync();
    const { account, wallet } = this.venue.snapshot();
    this.#reconciliation = reconcile(
      { ...this.vault.books, orders: [] },
      {
        account,
        wallet,
        orders: [],
        foreignMarkets: this.venue.foreign.map(({ what, market }) => ({
          market: `${what} ${market}`,
          size: 'something',
        })),
        foreignAssets: [],
      },
    );
  }

  /**
   * Orders that an earlier process has left without an outcome: the venue knows, or nothing of them ever left that process.
   * @returns whether all are settled
   */
  async #settleOrders(): Promise<boolean> {
    const { storage, clock } = this.#parts;
    const pending = this.engine.memory.pending?.order.clientOrderId;
    const left = this.#left.filter(({ order }) => order.clientOrderId !== pending);
    const unsettled: JournalEntry[] = [];
    for (const entry of left) {
      const outcome = outcomeOf(entry, await this.venue.query(entry.order.clientOrderId), clock.now());
      if (outcome === undefined) unsettled.push(entry);
      else storage.store.outcome(outcome);
    }
    this.#left = unsettled;
    return unsettled.length === 0;
  }

  /** Durable first, heard afterwards. */
  #commit(): void {
    const { storage, clock, heard } = this.#parts;
    const saved: SavedRun = {
      venue: this.venue.save(),
      vault: this.vault.save(),
      engine: this.engine.save(),
    };
    this.#step += 1;
    storage.store.commit({ step: this.#step, t: clock.now(), state: toStateText(saved) });
    const entries = this.#unheard;
    this.#unheard = [];
    if (entries.length > 0) heard(entries);
  }
}

const settledOf = ({ account }: Holdings, market: string): bigint =>
  perpOf(account, market)?.settledPnl ?? 0n;

const amountOf = (moved: AssetAmount): { readonly asset: string; readonly amount: string } => ({
  asset: moved.asset,
  amount: moved.asset === 'SOL' ? formatBase(moved.amount) : formatUsd(moved.amount),
});
