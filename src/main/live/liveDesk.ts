import { AppError } from '../../shared/contract/appError.ts';
import type {
  EngineEventMessage,
  EngineStatusData,
  Interruption,
} from '../../shared/contract/engineStatus.ts';
import { errorReplyOf } from '../../shared/contract/errorReply.ts';
import type { FundingUpdateData } from '../../shared/contract/fundingUpdate.ts';
import type { Usd } from '../../shared/money/quantity.ts';
import type { AssetAmount } from '../domain/accountEvent.ts';
import { fundingUpdate } from '../engine/broadcast.ts';
import type { LogEntry } from '../engine/eventLog.ts';
import type { PolicySettings } from '../engine/policy.ts';
import { isFlat } from '../engine/flat.ts';
import type { Halt } from '../engine/view.ts';
import type { Logger } from '../platform/logger.ts';
import type { Cancel, Schedule } from '../platform/schedule.ts';
import type { ConfirmationDesk, StandingState } from '../risk/confirmation/confirmationDesk.ts';
import type { Question } from '../risk/confirmation/question.ts';
import type { HealthAlert } from '../risk/healthAlerts.ts';
import type { StandingTerms } from '../risk/confirmation/standing.ts';
import type { TradePlace } from '../domain/confirmation.ts';
import { tradePlaceOf, type LivePlace } from './livePlace.ts';
import type { TransactionJournal } from '../storage/transactionJournal.ts';
import type { LiveRun } from './liveRun.ts';
import type { LiveStorage } from './liveStorage.ts';
import type { Reconciliation } from './reconciliation/reconcile.ts';
import { stepLive } from './sync/liveMachine.ts';
import {
  STOPPED,
  mayTrade,
  wakeAt,
  type Failure,
  type LiveEffect,
  type LiveEvent,
  type LiveState,
} from './sync/liveState.ts';
import { confirmationViewOf, standingViewOf } from './views/confirmationView.ts';
import { healthAlertViewOf } from './views/healthAlertView.ts';
import { engineStateOf, liveNewsOf } from './views/liveNews.ts';

/** While anything stands unhedged, or an outcome is unknown, the account is looked at so often. */
const RESTLESS_MS = 5_000;
/** SOS answers within 15 s; what isn't closed by then goes on being closed. */
const FLATTEN_WITHIN_MS = 12_000;

/** Whoever shows the desk. */
export interface LiveListener {
  /** Figures may have changed. */
  changed(): void;
  /** The state of the engine has changed, or something is to be told. */
  said(event?: EngineEventMessage): void;
  /** What was written to the event log; it is durable by now. */
  logged(entries: readonly LogEntry[]): void;
}

/** What a run is opened with, beside what the desk itself does. */
export interface LiveOpener {
  open(session: LiveSession, ears: LiveEars): Promise<LiveRun>;
}

/** What a run tells of itself while it is open. */
export interface LiveEars {
  /** Lines of the event log, durable by then. */
  readonly heard: (entries: readonly LogEntry[]) => void;
  /** The user is to confirm a trade. */
  readonly asked: (question: Question) => void;
  /** A question is over before its time. */
  readonly lapsed: (confirmationId: string) => void;
  /** Health has crossed a mark (R2.4, R2.5). */
  readonly alerted: (alert: HealthAlert) => void;
  /** Something of the account may have changed on the chain: a hint to look, and no more. */
  readonly touched: () => void;
}

/** What was gone live with. */
export interface LiveSession {
  readonly place: LivePlace;
  readonly purpose: 'trading' | 'monitoring';
  readonly storage: LiveStorage;
  readonly journal: TransactionJournal;
}

export interface LiveDeskParts {
  readonly opener: LiveOpener;
  readonly confirmations: () => ConfirmationDesk;
  readonly settings: () => PolicySettings;
  /** How often a live account is read when nothing tells of a change. */
  readonly pollMs: () => number;
  readonly schedule: Schedule;
  /** Wall time, Unix ms. */
  readonly now: () => number;
  readonly explain: (error: unknown) => AppError;
  readonly log: () => Logger;
  readonly listener: LiveListener;
}

/** A live engine at work: connected, read again and again, traded with only while its account is known. */
export class LiveDesk {
  readonly #parts: LiveDeskParts;
  #state: LiveState = STOPPED;
  #session: LiveSession | undefined;
  #run: LiveRun | undefined;
  #startedAt: number | null = null;
  /** The run is at work: looks that fall due meanwhile are made afterwards. */
  #isAtWork = false;
  /** Something has told of a change since the last look began. */
  #isTouched = false;
  #turn: Promise<unknown> = Promise.resolve();
  #wake: Cancel = () => undefined;

  constructor(parts: LiveDeskParts) {
    this.#parts = parts;
  }

  /** What was gone live with; undefined where nobody has since the program began. */
  get session(): LiveSession | undefined {
    return this.#session;
  }

  /** The run as it stands; undefined while it is not connected. */
  get run(): LiveRun | undefined {
    return this.#run;
  }

  get isUp(): boolean {
    const { kind } = this.#state.standing;
    return kind !== 'stopped' && kind !== 'error';
  }

  get isTrading(): boolean {
    return this.isUp && this.#session?.purpose === 'trading';
  }

  get latencyMs(): number | null {
    return this.#run?.engine.latencyMs ?? null;
  }

  /** Begins a session that its user has gone live with, or goes on with one that an earlier process had. */
  begin(session: LiveSession): void {
    if (this.isUp) throw new AppError('ENGINE_ALREADY_RUNNING', 'The engine is already running.');
    this.#session = session;
    this.#startedAt = this.#parts.now();
    if (session.purpose === 'trading') session.storage.setRunning(true, this.#startedAt);
    this.#dispatch({ type: 'start', monitoring: session.purpose === 'monitoring' });
  }

  /** Stops gracefully: what is under way ends first. Throws ENGINE_NOT_RUNNING. */
  async stop(): Promise<void> {
    if (!this.isUp && this.#state.standing.kind !== 'error')
      throw new AppError('ENGINE_NOT_RUNNING', 'The engine is not running.');
    if (this.#session?.purpose === 'trading') this.#session.storage.setRunning(false, this.#parts.now());
    this.#dispatch({ type: 'stop' });
    this.#startedAt = null;
    await this.#turn;
  }

  /** Ends the loop; everything is durable when it resolves, and a restart goes on. */
  async close(): Promise<void> {
    this.#wake();
    this.#dispatch({ type: 'stop' });
    await this.#turn;
  }

  status(event?: EngineEventMessage): Omit<EngineStatusData, 'uptimeMs'> {
    const { standing } = this.#state;
    const session = this.#session;
    return {
      engine: 'funding',
      venue: 'drift',
      subAccount: session?.place.subAccount ?? 0,
      state: this.#stateWord(),
      mode: 'live',
      startedAt: this.#startedAt,
      latencyMs: this.latencyMs,
      ...(standing.kind === 'error'
        ? { error: errorReplyOf(new AppError(standing.failure.code, standing.failure.message)) }
        : {}),
      ...(standing.kind === 'readOnly' ? { readOnly: standing.reason } : {}),
      ...(event === undefined ? {} : { event }),
    };
  }

  /** Null while it is not connected. */
  funding(lastAction: string | null): FundingUpdateData | null {
    const run = this.#run;
    if (run === undefined) return null;
    return fundingUpdate({
      view: run.engine.view,
      memory: run.engine.memory,
      books: run.vault.books,
      settings: this.#parts.settings(),
      venue: run.venue.name,
      mode: 'live',
      subAccount: this.#session?.place.subAccount ?? 0,
      lastAction,
      comparison: null,
      clock: null,
    });
  }

  /** Reads the account again, now. Throws ENGINE_NOT_RUNNING, and why it could not be read. */
  sync(): Promise<Reconciliation> {
    return this.#acting(async (run) => {
      const found = await run.sync();
      // The standing follows by a look of the machine's own.
      this.#dispatch({ type: 'syncAsked' });
      return found;
    });
  }

  transfer(action: 'deposit' | 'withdraw', moved: AssetAmount): Promise<void> {
    return this.#trading((run) => run.transfer(action, moved));
  }

  /** Moves what the venue owes, or is owed, into collateral. @returns dollars that it moved */
  settle(market: string): Promise<Usd> {
    return this.#trading((run) => run.settle(market));
  }

  /** The user's yes; the trade is made at once. */
  async confirm(confirmationId: string): Promise<Question> {
    await this.#trading((run) => run.confirm(confirmationId));
    return this.#settled(confirmationId);
  }

  async decline(confirmationId: string): Promise<Question> {
    await this.#acting((run) => {
      run.decline(confirmationId);
    });
    return this.#settled(confirmationId);
  }

  /** Takes differences into the books. Throws DIFFERENCES_CHANGED, SUBACCOUNT_NOT_OWN. */
  accept(name: string): Promise<void> {
    return this.#acting(async (run) => {
      await run.accept(name);
      this.#dispatch({ type: 'syncAsked' });
    });
  }

  grant(terms: StandingTerms): StandingState {
    const state = this.#parts.confirmations().grant(this.#place(), terms, this.#parts.now());
    this.#tell({ kind: 'standingConfirmation', standing: standingViewOf(state) });
    return state;
  }

  revoke(): void {
    this.#parts.confirmations().revoke(this.#place(), this.#parts.now());
    this.#tell({ kind: 'standingConfirmation', standing: null });
  }

  standing(): StandingState | undefined {
    return this.#session && this.#parts.confirmations().standing(this.#place(), this.#parts.now());
  }

  /**
   * SOS: durable at once, whatever is under way; with `flatten` both legs are closed as soon as the account is known. An SOS
   * that closes is not taken back by one that doesn't.
   * @returns whether nothing is held any more; null where that was not asked for, undefined where nobody is live
   */
  async sos(flatten: boolean): Promise<boolean | null | undefined> {
    const session = this.#session;
    // Where nothing is signed there is nothing to stop.
    if (session?.purpose !== 'trading') return undefined;
    const halt: Halt = flatten || session.storage.halt() === 'flattening' ? 'flattening' : 'halted';
    session.storage.setHalt(halt, this.#parts.now());
    this.#parts.listener.said();
    if (this.#run === undefined) return flatten ? false : null;
    // What the engine is at sees it before its next trade, and not only once it is done.
    this.#run.haltAtOnce(halt);
    const late = Promise.withResolvers<boolean>();
    const cancel = this.#parts.schedule.after(FLATTEN_WITHIN_MS, () => {
      late.resolve(false);
    });
    // Its turn may come after another SOS, or after a release: what is on disk by then holds.
    const done = this.#acting(async (run) => {
      run.setHalt(session.storage.halt());
      if (flatten) await run.tick();
      return isFlat(run.engine);
    }).catch((error: unknown) => {
      // It is halted all the same; what is left open is closed as soon as the account can be read.
      this.#parts.explain(error);
      return false;
    });
    try {
      const flat = await Promise.race([done, late.promise]);
      return flatten ? flat : null;
    } finally {
      cancel();
    }
  }

  async releaseSos(): Promise<void> {
    const session = this.#session;
    session?.storage.setHalt('none', this.#parts.now());
    if (session !== undefined && this.#run !== undefined)
      await this.#acting((run) => {
        run.setHalt(session.storage.halt());
      });
    this.#parts.listener.said();
  }

  /** Nobody is live any more. Only ever once it is stopped. */
  leave(): void {
    this.#session = undefined;
  }

  /** The computer slept, or its clock jumped. */
  interrupted({ cause, from }: Pick<Interruption, 'cause' | 'from'>): void {
    this.#dispatch({ type: 'interrupted', cause, from });
  }

  /** Something tells that the account has changed. A look that is under way is finished first, and then another one made. */
  nudge(): void {
    if (this.#isAtWork || this.#state.task.kind === 'syncing') this.#isTouched = true;
    else this.#dispatch({ type: 'syncAsked' });
  }

  /** What it was opened with has changed, its settings or its nodes: it is opened anew, and goes on. */
  reopen(): void {
    const session = this.#session;
    if (session === undefined || !this.isUp) return;
    this.#dispatch({ type: 'stop' });
    this.#dispatch({ type: 'start', monitoring: session.purpose === 'monitoring' });
  }

  /** Does something with the run while nothing else is done with it. */
  #acting<T>(act: (run: LiveRun) => T | Promise<T>): Promise<T> {
    return this.#alone(async () => {
      const run = this.#run;
      if (run === undefined) throw new AppError('ENGINE_NOT_RUNNING', 'The live engine is not connected.');
      this.#isAtWork = true;
      this.#wake();
      try {
        return await act(run);
      } finally {
        this.#isAtWork = false;
        this.#lookAgain();
        this.#parts.listener.changed();
      }
    });
  }

  /** The same, where it may move money. Throws RECOVERING, TRADING_DISABLED, WALLET_WATCH_ONLY. */
  #trading<T>(act: (run: LiveRun) => T | Promise<T>): Promise<T> {
    return this.#acting((run) => {
      const { standing } = this.#state;
      if (standing.kind === 'recovering')
        throw new AppError(
          'RECOVERING',
          'The account is being read. Try again in a moment.',
          {},
          { retryable: true },
        );
      if (standing.kind === 'readOnly' && standing.reason === 'monitoring')
        throw new AppError('WALLET_WATCH_ONLY', 'This account is only watched: nothing is signed for it.');
      if (standing.kind !== 'running')
        throw new AppError('TRADING_DISABLED', 'Nothing is traded until the account is in sync.');
      return act(run);
    });
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work, work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  #dispatch(event: LiveEvent): void {
    const before = this.#state;
    const { state, effects } = stepLive(before, event, this.#parts.now());
    this.#state = state;
    for (const effect of effects) this.#carryOut(effect);
    if (state.standing !== before.standing) this.#parts.listener.said();
    this.#setAlarm();
  }

  #carryOut(effect: LiveEffect): void {
    switch (effect.do) {
      case 'connect':
        void this.#alone(() => this.#connect(effect.attempt));
        break;
      case 'sync':
        void this.#alone(() => this.#sync(effect.attempt));
        break;
      case 'disconnect':
        void this.#alone(() => this.#disconnect());
        break;
      case 'tell': {
        const news = liveNewsOf(effect.note, this.#parts.now(), this.#run?.reconciliation);
        if (news !== undefined) this.#tell(news);
        break;
      }
    }
  }

  async #connect(attempt: number): Promise<void> {
    const session = this.#session;
    if (session === undefined || attempt !== this.#state.attempt) return;
    try {
      await this.#disconnect();
      this.#run = await this.#parts.opener.open(session, this.#ears);
      // An SOS may have come while it was opened.
      this.#run.setHalt(session.storage.halt());
      this.#dispatch({ type: 'connected', attempt });
    } catch (error) {
      this.#dispatch({ type: 'connectFailed', attempt, failure: this.#failure(error) });
    }
    this.#parts.listener.changed();
  }

  async #sync(attempt: number): Promise<void> {
    const run = this.#run;
    if (run === undefined || attempt !== this.#state.attempt) return;
    this.#isTouched = false;
    try {
      const found = await run.sync();
      this.#dispatch({ type: 'synced', attempt, differences: found.kind === 'agrees' ? null : found.name });
    } catch (error) {
      this.#dispatch({ type: 'syncFailed', attempt, failure: this.#failure(error) });
    }
    if (mayTrade(this.#state)) await this.#work(run);
    this.#lookAgain();
    this.#parts.listener.changed();
  }

  /** Another look at once, where a change was told of meanwhile; else when it is due. */
  #lookAgain(): void {
    if (this.#isTouched && this.#state.task.kind === 'syncAt') this.#dispatch({ type: 'syncAsked' });
    else this.#setAlarm();
  }

  /** A venue that fails is read again; anything else stops the engine, for it can't be trusted with what it does next. */
  async #work(run: LiveRun): Promise<void> {
    this.#isAtWork = true;
    this.#wake();
    try {
      await run.work();
    } catch (error) {
      const { retryable } = this.#parts.explain(error);
      this.#dispatch(retryable ? { type: 'syncAsked' } : { type: 'critical', failure: this.#failure(error) });
    } finally {
      this.#isAtWork = false;
    }
  }

  async #disconnect(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    try {
      await run?.close();
    } catch (error) {
      this.#parts.explain(error);
    }
  }

  /** The next look: when the machine wants it, when the poll is due, or soon while anything stands open. */
  #setAlarm(): void {
    this.#wake();
    const due = wakeAt(this.#state);
    if (due === null || this.#isAtWork) return;
    const { now, schedule, pollMs } = this.#parts;
    const wait = Math.max(0, due - now());
    const isIdle = this.#state.task.kind === 'syncAt' && this.#state.task.failed === 0;
    const sooner = this.#run?.engine.restless === true ? RESTLESS_MS : pollMs();
    this.#wake =
      isIdle && sooner < wait
        ? schedule.after(sooner, () => {
            this.#dispatch({ type: 'syncAsked' });
          })
        : schedule.after(wait, () => {
            this.#dispatch({ type: 'wake' });
          });
  }

  readonly #ears: LiveEars = {
    heard: (entries) => {
      this.#parts.listener.logged(entries);
    },
    asked: (question) => {
      this.#ask(question);
    },
    alerted: (alert) => {
      this.#tell({ kind: 'health', alert: healthAlertViewOf(alert) });
    },
    lapsed: (confirmationId) => {
      this.#tell({ kind: 'confirmationSettled', confirmationId, answer: 'expired' });
    },
    touched: () => {
      this.nudge();
    },
  };

  #ask(question: Question): void {
    this.#tell({ kind: 'confirmationAsked', confirmation: confirmationViewOf(question) });
    this.#parts.schedule.after(Math.max(0, question.expiresAt - this.#parts.now()), () => {
      const found = this.#parts.confirmations().find(question.confirmationId);
      if (found?.answer === 'none')
        this.#tell({
          kind: 'confirmationSettled',
          confirmationId: question.confirmationId,
          answer: 'expired',
        });
    });
  }

  #settled(confirmationId: string): Question {
    const question = this.#parts.confirmations().find(confirmationId);
    if (question === undefined)
      throw new AppError('CONFIRMATION_UNKNOWN', 'Nothing is asked under that confirmation.', {
        confirmationId,
      });
    if (question.answer !== 'none')
      this.#tell({ kind: 'confirmationSettled', confirmationId, answer: question.answer });
    return question;
  }

  #tell(event: EngineEventMessage): void {
    this.#parts.listener.said(event);
  }

  #failure(error: unknown): Failure {
    const { code, message } = this.#parts.explain(error);
    return { code, message };
  }

  #place(): TradePlace {
    if (this.#session === undefined) throw new AppError('ENGINE_NOT_RUNNING', 'No engine is live.');
    return tradePlaceOf(this.#session.place);
  }

  /** SOS outranks what the engine is doing, and an error outranks SOS. */
  #stateWord(): EngineStatusData['state'] {
    const state = engineStateOf(this.#state.standing);
    const engine = this.#run?.engine;
    if (engine !== undefined && state !== 'error' && engine.halt !== 'none') return 'halted';
    const isWaiting = engine !== undefined && engine.memory.pending !== null;
    return state === 'running' && isWaiting ? 'waiting' : state;
  }
}
