import { AppError } from '../../shared/contract/appError.ts';
import { formatBase, formatUsd } from '../../shared/money/decimal.ts';
import { usd, type Usd } from '../../shared/money/quantity.ts';
import { perpOf } from '../domain/account.ts';
import type { Holdings } from '../domain/accountChange.ts';
import { magnitude } from '../../shared/money/rounding.ts';
import type { AssetAmount } from '../domain/accountEvent.ts';
import type { TradePlace } from '../domain/confirmation.ts';
import { HOUR_MS } from '../domain/funding.ts';
import type { Note } from '../engine/decision.ts';
import { Engine } from '../engine/engine.ts';
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
import type { HealthAlert } from '../risk/healthAlerts.ts';
import { checkWithdrawal } from '../risk/withdrawal.ts';
import type { NetworkVenue } from '../venues/networkVenue.ts';
import { HealthWatch, noteOf } from './healthWatch.ts';
import { LeftOrders } from './leftOrders.ts';
import { LiveConsent } from './liveConsent.ts';
import { requestOf, type LiveStorage } from './liveStorage.ts';
import { accept } from './reconciliation/acceptance.ts';
import { compare } from './reconciliation/compare.ts';
import type { Reconciliation } from './reconciliation/reconcile.ts';

const PERP = 'SOL-PERP';
/** The only markets that may be held in the engine's sub-account. */
const OWN_MARKETS: ReadonlySet<string> = new Set([PERP]);

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
  /** Told once of each crossing of health (R2.4, R2.5), which is in the event log as well. */
  readonly alerted?: (alert: HealthAlert) => void;
  /** Told that a question is over before its time. */
  readonly lapsed?: (confirmationId: string) => void;
  /** Told that the run ends. */
  readonly closing?: () => void;
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
  readonly #consent: LiveConsent;
  readonly #left: LeftOrders;
  readonly #health: HealthWatch;
  #unheard: LogEntry[] = [];
  #alerts: HealthAlert[] = [];
  #reconciliation: Reconciliation;
  #step: number;
  /** When settling a closed position was refused last: it is tried again after an hour. */
  #settleRefused: number | undefined;

  private constructor(parts: LiveRunParts) {
    this.#parts = parts;
    const { venue, storage, settings, clock, log } = parts;
    const { store } = storage;
    const checkpoint = storage.checkpoint();
    this.venue = venue;
    const { t, account, wallet, oracles } = venue.snapshot();
    this.#consent = new LiveConsent({
      ...parts,
      risk: settings.risk,
      lapsed: (confirmationId) => parts.lapsed?.(confirmationId),
    });
    this.#left = new LeftOrders(storage.openOrders(), { venue, store, clock });
    this.#health = new HealthWatch(venue, settings.risk);
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
      beforeTrade: () => {
        this.#commit();
      },
      // Going live is for hedging what is there: whether to buy more is the policy's to say. It was brought in by its owner.
      fresh: { ...FRESH_MEMORY, target: 'hedged', transferredSol: account.spot },
      tradesBefore: storage.lastTrade(),
    });
    if (checkpoint !== undefined) {
      const saved = fromStateText(checkpoint.state) as SavedRun;
      this.vault.restore(saved.vault);
      this.engine.restore(saved.engine);
    }
    this.#step = checkpoint?.step ?? 0;
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
    if (checkpoint !== undefined) venue.restore((fromStateText(checkpoint.state) as SavedRun).venue);
    for (const entry of storage.openOrders()) venue.adopt(requestOf(entry));
    await venue.connect();
    const run = new LiveRun(parts);
    if (!run.vault.isOpen) run.vault.open(clock.now(), venue.snapshot().oracles);
    await run.#settleLeft();
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
    return this.#consent.question;
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
    try {
      await this.#settleLeft();
      if (this.#mayTrade) await this.engine.tick();
      this.#takeIn();
      if (this.#mayTrade) await this.#settleClosed();
    } finally {
      this.#takeIn();
      this.#commit();
    }
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
      this.#consent.lapse();
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

  /**
   * The user's yes to the trade that waits for it; it is made at once. Throws what the confirmation desk throws.
   * @returns whether all of it was filled
   */
  async confirm(confirmationId: string): Promise<boolean> {
    const trade = this.#consent.confirm(confirmationId);
    if (trade === undefined) return false;
    await this.venue.sync();
    this.#takeIn();
    try {
      this.#refuseDiffering();
      this.#refuseOvertaken(confirmationId);
      return await this.engine.carryOut(trade);
    } finally {
      this.#consent.answered();
      this.#takeIn();
      this.#commit();
    }
  }

  /** The user's no: the trade is not made, and its question is over. */
  decline(confirmationId: string): void {
    this.#consent.decline(confirmationId);
  }

  /** Takes differences into the books, where they are still those that the user has seen. Throws DIFFERENCES_CHANGED. */
  async accept(named: string): Promise<void> {
    const { clock } = this.#parts;
    await this.venue.sync();
    this.#takeIn();
    const { oracles, account, wallet } = this.venue.snapshot();
    const { adjustments, cancel } = accept(this.#reconciliation, named, oracles, clock.now());
    this.vault.sync(adjustments, { account, wallet });
    try {
      for (const { id } of cancel) await this.venue.cancelForeign(id);
    } finally {
      this.#takeIn();
      this.#commit();
    }
  }

  /** SOS, at once and whatever is under way: what is at work sees it before its next trade, and a yes given before is void. */
  haltAtOnce(halt: Halt): void {
    this.engine.setHalt(halt);
    this.#consent.lapse();
  }

  /** SOS and its release; durable when it returns. */
  setHalt(halt: Halt): void {
    const { storage, clock } = this.#parts;
    storage.setHalt(halt, clock.now());
    this.engine.setHalt(halt);
    this.#commit();
  }

  async close(): Promise<void> {
    this.#parts.closing?.();
    // Nobody would act on a yes any more.
    this.#consent.lapse();
    this.#commit();
    await this.venue.disconnect();
  }

  get #mayTrade(): boolean {
    return this.#left.areSettled && this.#reconciliation.kind === 'agrees';
  }

  /** Does something that the user has asked for. */
  async #acting(what: Readonly<Record<string, string>>, act: () => Promise<void>): Promise<void> {
    try {
      this.#refuseDiffering();
      await act();
    } catch (error) {
      if (error instanceof AppError) this.engine.note(refusalNote(error, what));
      throw error;
    } finally {
      this.#takeIn();
      this.#commit();
    }
  }

  /** What was asked may be no longer so by the time that the yes is acted on. Throws HALTED, TRADING_DISABLED. */
  #refuseOvertaken(confirmationId: string): void {
    if (this.engine.halt === 'halted' || this.question?.confirmationId !== confirmationId)
      throw new AppError('HALTED', 'SOS came before the trade: it was not made.');
    if (this.engine.memory.pending !== null)
      throw new AppError(
        'TRADING_DISABLED',
        'It is not known yet what became of an order. Nothing is traded until it is.',
      );
  }

  #refuseDiffering(): void {
    if (this.#reconciliation.kind === 'agrees') return;
    throw new AppError(
      'TRADING_DISABLED',
      'The chain shows what no transaction explains. Look at it, and accept it first.',
    );
  }

  /** What a closed position is still owed, or owes, goes into collateral where it is worth it (R4.10). */
  async #settleClosed(): Promise<void> {
    const { clock, settings } = this.#parts;
    const closed = this.vault.books.account.perps.find(
      ({ size, quote }) => size === 0n && magnitude(quote) > settings.engine.settleAbove,
    );
    const isEarly = this.#settleRefused !== undefined && clock.now() < this.#settleRefused + HOUR_MS;
    if (closed === undefined || isEarly || this.engine.halt === 'halted') return;
    try {
      await this.venue.settlePnl?.(closed.market);
      this.#settleRefused = undefined;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#settleRefused = clock.now();
      this.engine.note(refusalNote(error, { action: 'settle', market: closed.market }));
    }
  }

  /** What the venue has told goes into the books, which are then held against the account. */
  #takeIn(): void {
    this.engine.sync();
    this.#reconciliation = compare(this.vault.books, this.venue, OWN_MARKETS);
    const alerts = this.#health.look();
    for (const alert of alerts) this.engine.note(noteOf(alert));
    this.#alerts.push(...alerts);
  }

  async #settleLeft(): Promise<void> {
    if (this.#left.areSettled) return;
    const settled = await this.#left.settle(this.engine.memory.pending?.order.clientOrderId);
    // What they filled is in the books before the engine hears of it, as in a process that has lived on.
    this.engine.sync();
    for (const outcome of settled) this.engine.takeLeft(outcome);
  }

  /** Durable first, heard afterwards. */
  #commit(): void {
    const { storage, clock, heard, alerted } = this.#parts;
    const saved: SavedRun = {
      venue: this.venue.save(),
      vault: this.vault.save(),
      engine: this.engine.save(),
    };
    this.#step += 1;
    storage.store.commit({ step: this.#step, t: clock.now(), state: toStateText(saved) });
    const [entries, alerts] = [this.#unheard, this.#alerts];
    this.#unheard = [];
    this.#alerts = [];
    if (entries.length > 0) heard(entries);
    for (const alert of alerts) alerted?.(alert);
  }
}

const settledOf = ({ account }: Holdings, market: string): bigint =>
  perpOf(account, market)?.settledPnl ?? 0n;
/** What was refused, or what nobody knows yet: that is no refusal. */
const refusalNote = (
  { code, message }: AppError,
  numbers: Readonly<Record<string, string>>,
): Extract<Note, { type: 'BLOCKED' | 'ALERT' }> => ({
  type: code === 'OUTCOME_UNKNOWN' ? 'ALERT' : 'BLOCKED',
  code,
  because: message,
  numbers,
});

const amountOf = (moved: AssetAmount): { readonly asset: string; readonly amount: string } => ({
  asset: moved.asset,
  amount: moved.asset === 'SOL' ? formatBase(moved.amount) : formatUsd(moved.amount),
});
