import { AppError } from '../../shared/contract/appError.ts';
import { valueOf } from '../../shared/money/arithmetic.ts';
import { formatBase, formatPrice, formatUsd } from '../../shared/money/decimal.ts';
import {
  NO_BASE,
  NO_RATE,
  NO_VALUE,
  base,
  value,
  type Base,
  type Price,
  type Value,
} from '../../shared/money/quantity.ts';
import { larger, magnitude } from '../../shared/money/rounding.ts';
import type { AccountEvent } from '../domain/accountEvent.ts';
import { oracleOf } from '../domain/margin.ts';
import type { OrderRequest } from '../domain/order.ts';
import { Executor, type Execution, type OrderOutcome } from '../execution/executor.ts';
import { isOver } from '../execution/orderState.ts';
import type { FundingHistory } from '../market/fundingHistory.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { estimateNumbers, judge } from '../risk/gates.ts';
import type { ConfirmedTrade, UnconfirmedTrade } from '../risk/confirmation/confirmedTrade.ts';
import type { ApprovedTrade, ProposedTrade } from '../risk/trade.ts';
import type { VaultStore } from '../storage/vaultStore.ts';
import type { Preflight, Venue } from '../venues/venue.ts';
import { decide, type EngineEvent } from './decide.ts';
import type { Note } from './decision.ts';
import { EngineLog } from './engineLog.ts';
import { FRESH_MEMORY, type Memory } from './memory.ts';
import type { PolicySettings } from './policy.ts';
import type { Vault } from './vault.ts';
import { View, type Halt, type HedgeMarkets } from './view.ts';

/** A plan of many clips is carried out within one tick, but never without end. */
const TRADES_A_TICK = 10_000;
/** How often a naked leg is tried again within one tick. */
const RETRIES_A_TICK = 3;
/** How often a plan may change within one tick without a trade: two rules that disagree must not spin. */
const TURNS_A_TICK = 8;

const HALT_NOTES: Readonly<Record<Halt, Note>> = {
  halted: {
    type: 'ALERT',
    code: 'HALTED',
    because: 'SOS: the engine is halted until it is released.',
    numbers: {},
  },
  flattening: {
    type: 'ALERT',
    code: 'HALTED',
    because: 'SOS: both legs are closed, and the engine is halted.',
    numbers: {},
  },
  none: {
    type: 'DECISION',
    action: 'released',
    because: 'SOS is released: the engine goes on.',
    numbers: {},
  },
};

/** The consent that a trade of real money takes once it has passed the gates. */
export interface Consent {
  /** `asked`: its owner has been asked before and has not answered yet, which is no news. */
  ask(
    approved: ApprovedTrade,
    preflights: ReadonlyMap<string, Preflight>,
  ): ConfirmedTrade | UnconfirmedTrade | 'asked';
  /** Told what has filled of each leg, once all of that is final. */
  made(trade: ConfirmedTrade, filled: readonly Base[]): void;
}

export interface EngineParts {
  readonly venue: Venue;
  readonly vault: Vault;
  readonly store: VaultStore;
  readonly clock: Clock;
  readonly funding: FundingHistory;
  readonly settings: PolicySettings;
  readonly log: Logger;
  /** Left out on paper, where nothing is at stake. */
  readonly consent?: Consent;
  /** Makes durable what has led to a trade, the plan that it is part of too, before anything of it is sent. */
  readonly beforeTrade?: () => void;
  /** What an engine begins with that has no past. */
  readonly fresh?: Memory;
  /** Trades that the journal knows: their numbers are taken, whatever a checkpoint says. */
  readonly tradesBefore?: number;
}

/** How far two-leg trades have stood unhedged, at the worst; without the time that an outcome was unknown. */
export interface UnhedgedPeak {
  readonly usd: Value;
  readonly ms: number;
}

interface SavedEngine {
  readonly memory: Memory;
  readonly trades: number;
  readonly peak: UnhedgedPeak;
}

/**
 * The loop that carries decisions out: reads the venue, lets `decide` judge, sends what passes the gates, and tells
 * `decide` what came of it.
 */
export class Engine {
  readonly #parts: EngineParts;
  readonly #executor: Executor;
  readonly #log: EngineLog;
  readonly #markets: HedgeMarkets;
  #memory: Memory;
  #halt: Halt = 'none';
  #trades: number;
  #peak: UnhedgedPeak = { usd: value(0n), ms: 0 };
  #view: View | undefined;
  #latencyMs: number | null = null;

  constructor(parts: EngineParts) {
    this.#parts = parts;
    const { venue, store, clock, log, fresh = FRESH_MEMORY, tradesBefore = 0 } = parts;
    this.#memory = fresh;
    this.#trades = tradesBefore;
    this.#log = new EngineLog(log);
    this.#executor = new Executor(venue, store, clock, () => this.#nextTradeId(), log);
    this.#markets = {
      spot: marketOf(venue, 'SOL'),
      perp: marketOf(venue, 'SOL-PERP'),
      weights: venue.weights,
    };
  }

  get memory(): Memory {
    return this.#memory;
  }

  get unhedgedPeak(): UnhedgedPeak {
    return this.#peak;
  }

  /** How long the venue took to answer last; null before it was asked. */
  get latencyMs(): number | null {
    return this.#latencyMs;
  }

  get halt(): Halt {
    return this.#halt;
  }

  /** What was last seen of the market and the account. */
  get view(): View {
    this.#view ??= this.#look();
    return this.#view;
  }

  /** While anything stands unhedged, or an outcome is unknown, the engine ticks every 5 s of its own time. */
  get restless(): boolean {
    return this.#memory.gap !== null || this.#memory.pending !== null;
  }

  /** SOS as it was kept: a restart does not release it. */
  restoreHalt(halt: Halt): void {
    this.#halt = halt;
  }

  /** SOS and its release. From the next tick on nothing trades but what closes. */
  setHalt(halt: Halt): void {
    if (halt === this.#halt) return;
    this.#halt = halt;
    this.#view = undefined;
    this.note(HALT_NOTES[halt]);
  }

  /** One tick. Returns a promise only when something has to be sent or asked, so that idle ticks cost nothing. */
  tick(): Promise<void> | undefined {
    this.sync();
    const view = this.#look();
    this.#view = view;
    this.#log.state(view, this.#memory);
    const { gap, pending } = this.#memory;
    if (view.halt !== 'none' && view.openOrders.length > 0) return this.#cancelAll(view.openOrders);
    if (pending !== null) return this.#resolve();
    if (gap !== null)
      this.#notePeak(valueOf(base(magnitude(gap.size)), view.spotQuote.oracle), view.now - gap.since);
    const memory = this.#memory;
    const trade = this.#judge({ type: 'tick', view });
    if (trade !== null) return this.#work(trade);
    return this.#memory.plan === memory.plan ? undefined : this.#work(null);
  }

  /**
   * Carries out a trade that was proposed before, now that its owner has confirmed it: the gates look at it afresh.
   * @returns whether all of it was filled
   */
  async carryOut(trade: ProposedTrade): Promise<boolean> {
    this.sync();
    const result = await this.#carryOut(trade);
    await this.#work(null);
    return result === 'filled';
  }

  /** Takes in what became of an order that an earlier process has left, and that is known for good. */
  takeLeft(outcome: OrderOutcome): void {
    this.#judge({ type: 'resolved', outcome });
  }

  /** Takes in what the venue has done since it was last asked. */
  sync(): void {
    const { venue, vault, store, funding } = this.#parts;
    for (const sample of venue.takeFundingRates()) {
      if (sample.market !== this.#markets.perp.symbol) continue;
      funding.add(sample);
      store.funding(sample.market, { t: sample.t, rate: sample.rate, periodMs: sample.periodMs });
    }
    const events = venue.takeEvents();
    if (events.length === 0) return;
    vault.sync(events, venue.snapshot());
    for (const event of events) this.#notice(event);
    this.#view = undefined;
    if (events.some(({ type }) => type !== 'INTEREST' && type !== 'FUNDING')) this.#log.account(this.view);
  }

  /** Writes a note that did not come from `decide`: an action of the user that the rules refused. */
  note(note: Note): void {
    this.#parts.vault.note(this.#parts.clock.now(), note);
    this.#log.note(note, this.#parts.clock.now());
  }

  save(): SavedEngine {
    return { memory: this.#memory, trades: this.#trades, peak: this.#peak };
  }

  restore(state: unknown): void {
    const saved = state as SavedEngine;
    this.#memory = saved.memory;
    this.#trades = Math.max(this.#trades, saved.trades);
    this.#peak = saved.peak;
    this.#view = undefined;
  }

  /**
   * Carries a plan out, trade after trade, until one does not go through or there is nothing more to do. A naked leg is
   * worth a few more tries at once: its time is bounded.
   */
  async #work(first: ProposedTrade | null): Promise<void> {
    let trade = first;
    let failed = 0;
    let turns = 0;
    for (let done = 0; done < TRADES_A_TICK; done += 1) {
      if (trade !== null) {
        const result = await this.#carryOut(trade);
        if (result !== 'filled') failed += 1;
        if (result === 'refused' || (result === 'incomplete' && !this.#mayRetry(failed))) return;
      }
      const { plan, gap } = this.#memory;
      const next = this.#judge({ type: 'tick', view: this.view });
      if (next === null && this.#memory.plan === plan && this.#memory.gap === gap) return;
      turns = next === null ? turns + 1 : 0;
      if (turns > TURNS_A_TICK) return;
      trade = next;
    }
  }

  #mayRetry(failed: number): boolean {
    return this.#memory.gap !== null && this.#memory.pending === null && failed <= RETRIES_A_TICK;
  }

  async #carryOut(trade: ProposedTrade): Promise<'filled' | 'incomplete' | 'refused'> {
    const { venue, clock, settings } = this.#parts;
    const halt = this.#halt;
    const preflights = await this.#preflights(trade);
    // An SOS came while the markets were looked at: what is to be done now is decided anew.
    if (preflights === undefined || this.#halt !== halt) return 'refused';
    const { account, wallet, oracles, gas, openOrders, fundingHourly } = this.view;
    const verdict = judge(
      trade,
      {
        now: clock.now(),
        account,
        wallet,
        oracles,
        gas,
        openOrders,
        markets: venue.markets,
        weights: venue.weights,
        preflights,
        fundingHourly: fundingHourly ?? NO_RATE,
      },
      settings.risk,
    );
    this.#log.profitability(trade, verdict.estimate);
    if (verdict.verdict === 'refused') {
      this.#judge({ type: 'refused', refused: verdict });
      return 'refused';
    }
    const { consent } = this.#parts;
    const agreed = consent?.ask(verdict, preflights);
    if (agreed === 'asked') return 'refused';
    if (agreed?.verdict === 'unconfirmed') {
      const { estimate } = verdict;
      this.#judge({
        type: 'refused',
        refused: { verdict: 'refused', trade, estimate, reasons: [agreed.reason] },
      });
      return 'refused';
    }
    this.note({
      type: 'DECISION',
      action: 'trade',
      because: trade.because,
      numbers: { purpose: trade.purpose, ...legNumbers(trade), ...estimateNumbers(verdict.estimate) },
    });
    this.sync();
    this.#parts.beforeTrade?.();
    const execution = await this.#executor.execute(verdict);
    if (agreed !== undefined && execution.outcomes.every(({ state }) => isOver(state)))
      consent?.made(agreed, filledOf(execution));
    this.sync();
    this.#notePeak(momentaryGap(execution, oracleOf(oracles, 'SOL')), 0);
    this.#judge({ type: 'executed', execution });
    const whole = execution.outcomes.every(({ state }) => state === 'filled');
    return whole && execution.outcomes.length === trade.legs.length ? 'filled' : 'incomplete';
  }

  /** A fresh look at each leg's market; undefined, and said, where the venue gives none: nothing is traded blind. */
  async #preflights({ legs, purpose }: ProposedTrade): Promise<ReadonlyMap<string, Preflight> | undefined> {
    const { venue } = this.#parts;
    try {
      const looks = new Map(
        await Promise.all(legs.map(async ({ market }) => [market, await venue.preflight(market)] as const)),
      );
      this.#latencyMs = Math.max(...[...looks.values()].map(({ latencyMs }) => latencyMs));
      return looks;
    } catch (error) {
      this.#log.venueFailed('the venue gave no fresh prices', error, { purpose });
      const because = 'The venue gives no fresh prices: nothing is traded until it does.';
      this.note({ type: 'BLOCKED', code: 'VENUE_UNAVAILABLE', because, numbers: { purpose } });
      return undefined;
    }
  }

  /** SOS cancels what rests in the book; a cancel passes no gate. */
  async #cancelAll(orders: readonly OrderRequest[]): Promise<void> {
    await Promise.all(orders.map(({ clientOrderId }) => this.#parts.venue.cancel(clientOrderId)));
    this.sync();
  }

  async #resolve(): Promise<void> {
    const { pending } = this.#memory;
    if (pending === null) return;
    const outcome = await this.#executor.resolve(pending);
    this.sync();
    this.#judge({ type: 'resolved', outcome });
    if (this.#memory.pending === null) await this.#work(null);
  }

  #judge(event: EngineEvent): ProposedTrade | null {
    const { settings, clock } = this.#parts;
    const { memory, notes, trade } = decide(this.#memory, event, settings, clock.now());
    this.#memory = memory;
    for (const note of notes) this.note(note);
    return trade;
  }

  #look(): View {
    const { venue, funding } = this.#parts;
    const { t, account, wallet, oracles, maintenance, gas, openOrders } = venue.snapshot();
    return new View({
      now: t,
      account,
      wallet,
      oracles,
      gas,
      spotQuote: venue.quote(this.#markets.spot.symbol),
      perpQuote: venue.quote(this.#markets.perp.symbol),
      fundingHourly: funding.current,
      fundingAverage: funding.average,
      markets: this.#markets,
      halt: this.#halt,
      openOrders,
      terms: maintenance,
    });
  }

  #notice(event: AccountEvent): void {
    // The wallet's own SOL is for gas, and never what is hedged.
    if (event.type === 'TRANSFER' && event.moved.asset === 'SOL' && event.of !== 'wallet') {
      this.#judge({ type: 'transferred', sol: event.moved.amount });
    }
    if (event.type === 'COST' && event.kind === 'liquidation') {
      this.note({
        type: 'ALERT',
        code: 'HEALTH_TOO_LOW',
        because: 'The venue has liquidated a position.',
        numbers: {
          penalty: event.paid.asset === 'USDC' ? formatUsd(event.paid.amount) : formatBase(event.paid.amount),
        },
      });
      this.#judge({ type: 'liquidated' });
    }
    if (event.type === 'FILL') this.#log.fill(event);
  }

  #notePeak(worth: bigint, ms: number): void {
    const { usd, ms: longest } = this.#peak;
    if (worth <= usd && ms <= longest) return;
    this.#peak = { usd: value(larger(usd, worth)), ms: Math.max(longest, ms) };
  }

  #nextTradeId(): string {
    this.#trades += 1;
    return `t${this.#trades}`;
  }
}

/** What has filled of each leg; nothing of one that never went out. */
const filledOf = ({ approved, outcomes }: Execution): readonly Base[] =>
  approved.trade.legs.map((_, i) => outcomes[i]?.filled ?? NO_BASE);

/** What the first leg of a pair was worth at the oracle, in the moment before the second was sent. */
function momentaryGap({ approved, outcomes }: Execution, oracle: Price): Value {
  const [first] = outcomes;
  return approved.trade.legs.length === 2 && first !== undefined ? valueOf(first.filled, oracle) : NO_VALUE;
}

function legNumbers({ legs }: ProposedTrade): Record<string, string> {
  return Object.fromEntries(
    legs.flatMap(({ market, side, size, limitPrice }, i): [string, string][] => [
      [`market${i + 1}`, market],
      [`side${i + 1}`, side],
      [`size${i + 1}`, formatBase(size)],
      [`limit${i + 1}`, formatPrice(limitPrice)],
    ]),
  );
}

function marketOf(venue: Venue, symbol: string) {
  const market = venue.markets.get(symbol);
  if (market === undefined)
    throw new AppError('UNKNOWN_MARKET', `${venue.name} has no market ${symbol}.`, { market: symbol });
  return market;
}
