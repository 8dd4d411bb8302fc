import type { AppError } from '../../shared/contract/appError.ts';
import { formatValue } from '../../shared/money/decimal.ts';
import { value, type Price, type Value } from '../../shared/money/quantity.ts';
import type { AssetAmount } from '../domain/accountEvent.ts';
import { USDC_PRICE, equityWithWallet, revalue, totalPnl, worth } from '../domain/books.ts';
import { DAY_MS } from '../domain/funding.ts';
import { equityOf, oracleOf } from '../domain/margin.ts';
import type { Comparison } from '../engine/broadcast.ts';
import { MINUTE_MS, type Feed, type FundingPrint } from '../market/feed.ts';
import type { ManualClock } from '../platform/clock.ts';
import { fromStateText, toStateText } from '../platform/stateText.ts';
import type { VaultStore } from '../storage/vaultStore.ts';
import { Extremes } from './extremes.ts';
import { JustHolding } from './justHolding.ts';
import type { Lane, TransferAction } from './lane.ts';
import type { ScriptAction } from './script.ts';
import type { EventCounts } from './statistics.ts';

/** While anything stands unhedged the engine ticks every 5 s of its own time. */
const RESTLESS_MS = 5_000;
/** Steps that changed no ledger and no journal may wait so long for their checkpoint. */
const STEPS_A_BATCH = 1_440;

export interface PaperRunParts {
  readonly feed: Feed;
  readonly clock: ManualClock;
  readonly store: VaultStore;
  readonly main: Lane;
  /** The same market with an engine that enters at once and never leaves; left out where nobody compares. */
  readonly neverExiting: Lane | undefined;
  readonly counts: EventCounts;
  readonly script: readonly ScriptAction[];
  readonly steps: number;
  /** Steps without ledger or journal rows that may share a commit. */
  readonly batch?: number;
  /** How often the equity is kept for a curve, in milliseconds of the market. */
  readonly curveEveryMs?: number;
  /** Who trades on the same market, if anybody does. */
  readonly neighbour?: () => Neighbour | undefined;
  /** Carries out a script's `kill`, once and for all: a run that resumes must not die of it again. */
  readonly kill: (action: ScriptAction) => void;
}

/** Somebody who lives on the run's market by seconds, where the run lives by minutes; both are kept or lost together. */
export interface Neighbour {
  /** Told of funding that the market has paid, before anybody ticks. */
  paid(prints: readonly FundingPrint[]): void;
  /** On to a moment of the minute that the market stands in. */
  advanceTo(t: number): Promise<void>;
}

interface SavedRun {
  readonly step: number;
  readonly scriptDone: number;
  readonly equityStart: Value;
  readonly feed: unknown;
  readonly main: unknown;
  readonly neverExiting: unknown;
  readonly counts: unknown;
  readonly extremes: unknown;
  readonly holding: unknown;
  /** Left out while everything compares. */
  readonly incomparable?: true;
}

/**
 * A run of the engine on a simulated clock, in steps of one minute. Everything that a step does is kept together with
 * the checkpoint at its end, or not at all; a run that was killed goes on from its last checkpoint and does the same
 * steps again, to the same result.
 */
export class PaperRun {
  readonly parts: PaperRunParts;
  readonly extremes: Extremes;
  readonly holding: JustHolding;
  /** What the account began with, without the wallet's gas. */
  readonly #accountStart: Value;
  #equityStart: Value;
  /** Whether every transfer could be made for the engine that never leaves, too. */
  #comparable = true;
  #step = 0;
  #scriptDone = 0;

  constructor(parts: PaperRunParts) {
    this.parts = parts;
    const { main, feed } = parts;
    this.#accountStart = equityOf(main.start.account, feed.oracles());
    this.#equityStart = main.equity();
    this.extremes = new Extremes(this.#equityStart);
    this.holding = new JustHolding(this.#equityStart, oracleOf(feed.oracles(), 'SOL'));
  }

  get equityStart(): Value {
    return this.#equityStart;
  }

  /** Steps done. */
  get step(): number {
    return this.#step;
  }

  /** What the same capital would have made otherwise; null where nobody compares. Equity without the wallet's gas. */
  get comparison(): Comparison | null {
    const { main, neverExiting, feed } = this.parts;
    if (neverExiting === undefined) return null;
    const oracles = feed.oracles();
    const { parts, account } = revalue(neverExiting.vault.books, oracles);
    const justHolding = this.holding.pnl(this.#solPrice());
    return {
      justHolding,
      neverLeaving: this.#comparable ? totalPnl(parts) : null,
      justHoldingEquity: value(this.#accountStart + main.vault.books.transfers + justHolding),
      neverLeavingEquity: this.#comparable ? equityOf(account, oracles) : null,
    };
  }

  get finished(): boolean {
    return this.#step >= this.parts.steps;
  }

  /** The moment of the last step that was done, or the start. */
  get now(): number {
    return this.#timeOf(Math.max(0, this.#step - 1));
  }

  /** Writes the first line of the log, unless it is there: nothing may stand before it. */
  begin(): void {
    const { main, feed } = this.parts;
    if (!main.vault.isOpen) main.vault.open(this.now, feed.oracles());
  }

  /** One minute. Returns a promise only where something had to be sent, so that quiet minutes cost little. */
  advance(): Promise<void> | undefined {
    // A neighbour lives through the minute before the market leaves it.
    const leaving =
      this.#step === 0 ? undefined : this.parts.neighbour?.()?.advanceTo(this.now + MINUTE_MS - 1);
    return leaving === undefined ? this.#minute() : leaving.then(() => this.#minute());
  }

  #minute(): Promise<void> | undefined {
    const t = this.#timeOf(this.#step);
    this.#moveTo(t);
    this.begin();
    if (this.#step > 0 && t % DAY_MS === 0) this.parts.main.vault.valuation(t, this.parts.feed.oracles());
    if (this.#nextAction(t) !== undefined) return this.#eventful(t, undefined, undefined);
    const main = this.parts.main.engine.tick();
    const other = this.parts.neverExiting?.engine.tick();
    if (main !== undefined || other !== undefined || this.#restless()) return this.#eventful(t, main, other);
    return this.#conclude(t);
  }

  /** Capital in or out, for everyone who is compared. Returns why it was refused. */
  async transfer(action: TransferAction, moved: AssetAmount): Promise<AppError | undefined> {
    const { main, neverExiting } = this.parts;
    this.begin();
    const refusal = await main.transfer(action, moved);
    if (refusal !== undefined) return refusal;
    const sol = this.#solPrice();
    const amount = worth(moved, moved.asset === 'SOL' ? sol : USDC_PRICE);
    this.holding.transfer(action === 'deposit' ? amount : value(-amount), sol);
    if ((await neverExiting?.transfer(action, moved)) !== undefined) this.#comparable = false;
    return undefined;
  }

  /** Goes on from a checkpoint's state. */
  restore(text: string): void {
    const saved = fromStateText(text) as SavedRun;
    this.#step = saved.step;
    this.#scriptDone = saved.scriptDone;
    this.#equityStart = saved.equityStart;
    this.#comparable = saved.incomparable === undefined;
    const { feed, clock, main, neverExiting, counts } = this.parts;
    feed.restore(saved.feed);
    clock.set(this.now);
    main.restore(saved.main, this.now);
    neverExiting?.restore(saved.neverExiting, this.now);
    counts.restore(saved.counts);
    this.extremes.restore(saved.extremes);
    this.holding.restore(saved.holding);
  }

  /** Makes everything up to the last step durable. @param along what else is kept or lost with it */
  commit(along?: () => void): void {
    this.parts.store.commit({ step: this.#step, t: this.now, state: toStateText(this.#save()) }, along);
  }

  #timeOf(step: number): number {
    return this.parts.feed.startMs + step * MINUTE_MS;
  }

  #moveTo(t: number): void {
    const { feed, clock, main, neverExiting } = this.parts;
    clock.set(t);
    feed.seek(t);
    const prints = feed.takeFunding();
    this.parts.neighbour?.()?.paid(prints);
    main.advance(t, prints);
    neverExiting?.advance(t, prints);
  }

  /** A minute in which something happens: script actions, trades, and ticks every 5 s while anything is open. */
  async #eventful(
    t: number,
    main: Promise<void> | undefined,
    other: Promise<void> | undefined,
  ): Promise<void> {
    await main;
    await other;
    if (this.#nextAction(t) !== undefined) {
      await this.#act(t);
      await this.#tick();
    }
    for (let at = t + RESTLESS_MS; at < t + MINUTE_MS && this.#restless(); at += RESTLESS_MS) {
      await this.#between(at);
    }
    await this.#conclude(t);
  }

  /**
   * A moment between two minutes, for the lanes that are restless and for no other: what happens to one must not depend
   * on whether another runs beside it. Funding waits for the whole minute, when every lane takes it.
   */
  async #between(at: number): Promise<void> {
    const { feed, clock, main, neverExiting } = this.parts;
    clock.set(at);
    feed.seek(at);
    if (main.engine.restless) {
      main.advance(at, []);
      if (this.#nextAction(at) !== undefined) await this.#act(at);
      await main.engine.tick();
    }
    if (neverExiting?.engine.restless === true) {
      neverExiting.advance(at, []);
      await neverExiting.engine.tick();
    }
  }

  async #tick(): Promise<void> {
    await this.parts.main.engine.tick();
    await this.parts.neverExiting?.engine.tick();
  }

  #restless(): boolean {
    return this.parts.main.engine.restless || this.parts.neverExiting?.engine.restless === true;
  }

  #nextAction(t: number): ScriptAction | undefined {
    const next = this.parts.script[this.#scriptDone];
    return next !== undefined && this.parts.feed.startMs + next.at <= t ? next : undefined;
  }

  async #act(t: number): Promise<void> {
    for (let next = this.#nextAction(t); next !== undefined; next = this.#nextAction(t)) {
      this.#scriptDone += 1;
      await this.#carryOut(next);
    }
  }

  async #carryOut(action: ScriptAction): Promise<void> {
    const { main, kill } = this.parts;
    switch (action.action) {
      case 'fault':
        main.venue.faults.arm(action.fault, action.orders);
        break;
      case 'kill':
        kill(action);
        break;
      case 'deposit':
      case 'withdraw':
        await this.transfer(action.action, action.moved);
        break;
    }
  }

  #solPrice(): Price {
    return oracleOf(this.parts.feed.oracles(), 'SOL');
  }

  /** A neighbour comes up to the minute before it is kept: what is on disk of both is of one moment. */
  #conclude(t: number): Promise<void> | undefined {
    const arriving = this.parts.neighbour?.()?.advanceTo(t);
    if (arriving === undefined) {
      this.#close(t);
      return undefined;
    }
    return arriving.then(() => {
      this.#close(t);
    });
  }

  #close(t: number): void {
    const { main, store, batch = STEPS_A_BATCH, curveEveryMs } = this.parts;
    this.#step += 1;
    if (curveEveryMs !== undefined && (t % curveEveryMs === 0 || this.#step === 1)) this.#draw(t);
    const { view, memory } = main.engine;
    this.extremes.see(
      view,
      memory,
      equityWithWallet(main.vault.books, view.oracles),
      main.vault.books.transfers,
    );
    if (store.pending || this.#step % batch === 0 || this.finished) {
      store.commit({ step: this.#step, t, state: toStateText(this.#save()) });
    }
  }

  /** One point of the curves. */
  #draw(t: number): void {
    const { main, store, feed } = this.parts;
    const compared = this.comparison;
    if (compared === null) return;
    store.equity({
      t,
      equity: formatValue(equityOf(main.vault.books.account, feed.oracles())),
      justHolding: formatValue(compared.justHoldingEquity),
      neverLeaving: compared.neverLeavingEquity && formatValue(compared.neverLeavingEquity),
    });
  }

  #save(): SavedRun {
    const { feed, main, neverExiting, counts } = this.parts;
    return {
      step: this.#step,
      scriptDone: this.#scriptDone,
      equityStart: this.#equityStart,
      feed: feed.save(),
      main: main.save(),
      neverExiting: neverExiting?.save(),
      counts: counts.save(),
      extremes: this.extremes.peaks,
      holding: this.holding.save(),
      ...(this.#comparable ? {} : { incomparable: true }),
    };
  }
}
