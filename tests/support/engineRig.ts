import { parseBase, parseRate, parseUsd } from '../../src/shared/money/decimal.ts';
import type { Overrides } from '../../src/shared/settings/group.ts';
import { HOUR_MS, type FundingSample } from '../../src/main/domain/funding.ts';
import type { FundingUpdateData } from '../../src/shared/contract/fundingUpdate.ts';
import { fundingUpdate } from '../../src/main/engine/broadcast.ts';
import type { LogEntry } from '../../src/main/engine/eventLog.ts';
import { ManualClock } from '../../src/main/platform/clock.ts';
import type { LogLevel, Logger } from '../../src/main/platform/logger.ts';
import { Lane } from '../../src/main/simulation/lane.ts';
import { neverExiting, readSettings, type RunSettings } from '../../src/main/simulation/settings.ts';
import type {
  Checkpoint,
  EquityPoint,
  JournalOrder,
  JournalOutcome,
  LedgerTransaction,
  StoredEvent,
  VaultStore,
} from '../../src/main/storage/vaultStore.ts';
import { STEADY_START, SteadyFeed } from './steadyFeed.ts';

/** A row as it came in, under the name of the call that brought it. */
export type StoredRow =
  | { readonly kind: 'intend'; readonly row: JournalOrder }
  | { readonly kind: 'outcome'; readonly row: JournalOutcome }
  | { readonly kind: 'event'; readonly row: StoredEvent }
  | { readonly kind: 'ledger'; readonly row: LedgerTransaction }
  | { readonly kind: 'funding'; readonly row: { readonly market: string; readonly sample: FundingSample } }
  | { readonly kind: 'commit'; readonly row: Checkpoint };

/** Keeps what a vault writes, in the order in which it was written. */
export class MemoryStore implements VaultStore {
  readonly rows: StoredRow[] = [];
  readonly points: EquityPoint[] = [];
  /** Runs once an order is in the journal and before it is sent; what it throws, the journal throws. */
  beforeSending: (order: JournalOrder) => void = () => undefined;

  get pending(): boolean {
    return this.rows.length > 0 && this.rows.at(-1)?.kind !== 'commit';
  }

  get orders(): readonly JournalOrder[] {
    return this.rows.flatMap((one) => (one.kind === 'intend' ? [one.row] : []));
  }

  get outcomes(): readonly JournalOutcome[] {
    return this.rows.flatMap((one) => (one.kind === 'outcome' ? [one.row] : []));
  }

  get lines(): readonly string[] {
    return this.rows.flatMap((one) => (one.kind === 'event' ? [one.row.line] : []));
  }

  get transactions(): readonly LedgerTransaction[] {
    return this.rows.flatMap((one) => (one.kind === 'ledger' ? [one.row] : []));
  }

  intend(row: JournalOrder): void {
    this.rows.push({ kind: 'intend', row });
    this.beforeSending(row);
  }

  outcome(row: JournalOutcome): void {
    this.rows.push({ kind: 'outcome', row });
  }

  event(row: StoredEvent): void {
    this.rows.push({ kind: 'event', row });
  }

  ledger(row: LedgerTransaction): void {
    this.rows.push({ kind: 'ledger', row });
  }

  funding(market: string, sample: FundingSample): void {
    this.rows.push({ kind: 'funding', row: { market, sample } });
  }

  equity(row: EquityPoint): void {
    this.points.push(row);
  }

  commit(row: Checkpoint): void {
    this.rows.push({ kind: 'commit', row });
  }
}

export interface Logged {
  readonly level: LogLevel;
  readonly message: string;
  readonly context: Readonly<Record<string, unknown>>;
}

/** Remembers what it was told. */
export class RecordingLogger implements Logger {
  readonly level: LogLevel = 'debug';
  readonly entries: Logged[] = [];
  /** Levels that are not wanted. */
  readonly off = new Set<LogLevel>();

  error(message: string, context: Record<string, unknown> = {}): void {
    this.#keep('error', message, context);
  }

  warn(message: string, context: Record<string, unknown> = {}): void {
    this.#keep('warn', message, context);
  }

  info(message: string, context: Record<string, unknown> = {}): void {
    this.#keep('info', message, context);
  }

  debug(message: string, context: Record<string, unknown> = {}): void {
    this.#keep('debug', message, context);
  }

  isEnabled(level: LogLevel): boolean {
    return !this.off.has(level);
  }

  child(): RecordingLogger {
    return this;
  }

  /** What was said at a level, newest last. */
  at(level: LogLevel): readonly Logged[] {
    return this.entries.filter((one) => one.level === level);
  }

  /** What was said under a message, newest last. */
  named(message: string): readonly Logged[] {
    return this.entries.filter((one) => one.message === message);
  }

  #keep(level: LogLevel, message: string, context: Readonly<Record<string, unknown>>): void {
    this.entries.push({ level, message, context });
  }
}

export interface RigScript {
  readonly cash?: string;
  readonly spot?: string;
  readonly wallet?: string;
  /** Oracle of SOL at the start. */
  readonly oracle?: string;
  /** Funding an hour that was paid in the past, as a fraction, and for how many hours. */
  readonly pastHourly?: string;
  readonly pastHours?: number;
  /** What the venue trades; everything that it knows by default. */
  readonly markets?: readonly string[];
  readonly overrides?: Overrides;
  /** Whether the engine enters at once and never leaves. */
  readonly always?: boolean;
  /** Whether the vault is left unopened, for a run that opens it itself. */
  readonly unopened?: boolean;
}

/** One clip is large enough for every hedge of these tests, so that an entry is one pair of orders. */
export const ONE_CLIP: Overrides = { 'engine.unhedgedUsd': '100000' };
/** Funding an hour that pays for an entry many times over. */
export const GENEROUS = '0.0001';

/** A real lane (engine, vault, paper venue) on a steady market, with a store and a logger that remember. */
export class EngineRig {
  readonly feed: SteadyFeed;
  readonly clock: ManualClock;
  readonly store = new MemoryStore();
  readonly log = new RecordingLogger();
  readonly heard: LogEntry[] = [];
  readonly settings: RunSettings;
  readonly lane: Lane;

  constructor({
    cash = '10000',
    spot = '0',
    wallet = '0.1',
    oracle = '150',
    pastHourly = '0',
    pastHours = 72,
    markets,
    overrides = {},
    always = false,
    unopened = false,
  }: RigScript = {}) {
    this.feed = new SteadyFeed({
      prices: { SOL: oracle },
      ...(markets === undefined ? {} : { markets }),
      history: Array.from({ length: pastHours }, (_, i) => ({
        t: STEADY_START - (pastHours - 1 - i) * HOUR_MS,
        rate: parseRate(pastHourly),
        periodMs: HOUR_MS,
      })),
    });
    this.clock = new ManualClock(this.feed.startMs);
    const settings = readSettings(overrides);
    this.settings = always ? { ...settings, ...neverExiting(settings) } : settings;
    this.lane = new Lane({
      feed: this.feed,
      start: {
        account: { cash: parseUsd(cash), spot: parseBase(spot), perps: [] },
        wallet: parseBase(wallet),
      },
      settings: this.settings,
      paper: this.settings.paper,
      store: this.store,
      clock: this.clock,
      log: this.log,
      past: this.feed.history,
      heard: (entry) => this.heard.push(entry),
    });
    if (!unopened) this.lane.vault.open(this.feed.startMs, this.feed.oracles());
  }

  get engine(): Lane['engine'] {
    return this.lane.engine;
  }

  get venue(): Lane['venue'] {
    return this.lane.venue;
  }

  get vault(): Lane['vault'] {
    return this.lane.vault;
  }

  /** Moves the market, the venue and the vault to so many milliseconds after the start, and doesn't tick. */
  move(afterMs: number): void {
    const t = this.feed.startMs + afterMs;
    this.clock.set(t);
    this.feed.seek(t);
    this.lane.advance(t, this.feed.takeFunding());
  }

  /** Moves there and lets the engine tick. */
  async tick(afterMs: number): Promise<void> {
    this.move(afterMs);
    await this.engine.tick();
  }

  /** Everything that the screen shows now. */
  broadcast(lastAction: string | null = null): FundingUpdateData {
    return fundingUpdate({
      view: this.engine.view,
      memory: this.engine.memory,
      books: this.vault.books,
      settings: this.settings,
      venue: 'paper',
      mode: 'paper',
      subAccount: 0,
      lastAction,
      comparison: null,
      clock: null,
    });
  }

  /** Lines of the event log by type, newest last. */
  heardOf(type: string): readonly LogEntry[] {
    return this.heard.filter((entry) => entry.type === type);
  }

  /** Decisions of one action, newest last. */
  decisions(action: string): readonly LogEntry[] {
    return this.heardOf('DECISION').filter(({ data }) => data['action'] === action);
  }
}
