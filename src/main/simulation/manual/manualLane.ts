import type { Database } from 'better-sqlite3';
import type { Rate } from '../../../shared/money/quantity.ts';
import type { Holdings } from '../../domain/accountChange.ts';
import { DAY_MS, HOUR_MS, aprPct, type FundingSample } from '../../domain/funding.ts';
import type { OrderPlan } from '../../domain/orderPlan.ts';
import type { Note } from '../../engine/decision.ts';
import type { PolicySettings } from '../../engine/policy.ts';
import { EngineLog } from '../../engine/engineLog.ts';
import type { LogEntry } from '../../engine/eventLog.ts';
import { Vault } from '../../engine/vault.ts';
import { OrderDesk } from '../../execution/orders/orderDesk.ts';
import { OrderStore, type OrderFill } from '../../execution/orders/orderStore.ts';
import type { TraderOrder } from '../../execution/orders/traderOrder.ts';
import type { Feed, FundingPrint } from '../../market/feed.ts';
import { FundingHistory } from '../../market/fundingHistory.ts';
import { ManualClock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { fromStateText, toStateText } from '../../platform/stateText.ts';
import type { OrderPreview } from '../../risk/orderPreview.ts';
import type { Companion } from '../../storage/jointStore.ts';
import type { SqliteVaultStore } from '../../storage/sqliteVaultStore.ts';
import type { Checkpoint } from '../../storage/vaultStore.ts';
import { BEAT_MS } from '../../venues/paper/exchange/exchange.ts';
import type { PaperSettings } from '../../venues/paper/paperSettings.ts';
import { PaperVenue } from '../../venues/paper/paperVenue.ts';
import { blockedNote } from './blockedNote.ts';
import { CandleShelf } from './candleShelf.ts';
import { ManualFeed } from './manualFeed.ts';
import { previewByHand } from './manualGates.ts';
import { PaperMarketData, type SavedMarketData } from './paperMarketData.ts';

/** Orders and fills that may wait to be told: far more than happen between two looks. */
const NEWS_KEPT = 5_000;
/** Payments that are read back at the start. */
const FUNDING_KEPT = 24;
/** The market that a feed knows the past funding of. */
const FUNDED = 'SOL-PERP';

/** The sub-account that is traded by hand. The engine's is 0, and nothing else may be held there. */
export const MANUAL_SUB_ACCOUNT = 1;

export interface ManualLaneParts {
  readonly db: Database;
  readonly feed: Feed;
  /** The moment that the run stands at. */
  readonly now: number;
  readonly seed: number;
  readonly start: Holdings;
  readonly settings: PolicySettings;
  readonly paper: PaperSettings;
  readonly vaultId: number;
  readonly store: SqliteVaultStore;
  /** Funding of SOL-PERP that was paid before this lane began, oldest first. */
  readonly past: readonly FundingSample[];
  /** Funding that this lane has kept, within a span, both ends in it; the newest `limit`, oldest first. */
  readonly fundingPage: (market: string, from: number, to: number, limit: number) => readonly FundingSample[];
  readonly log: Logger;
}

interface SavedLane {
  readonly t: number;
  readonly since: number;
  readonly venue: unknown;
  readonly vault: unknown;
  readonly desk: unknown;
  readonly data: SavedMarketData;
  /** Funding that the run has seen paid, and this lane not yet. */
  readonly due: readonly FundingPrint[];
  /** When a refusal was last noted, by what was refused. */
  readonly said: Readonly<Record<string, number>>;
}

/** Orders as they are now, and new fills. */
export interface ManualNews {
  readonly orders: readonly TraderOrder[];
  readonly fills: readonly OrderFill[];
}

/**
 * What is traded by hand on paper: a sub-account of its own beside the engine's, on the same market, with others who
 * trade in its books. It lives by beats of two seconds, at moments that are the same whoever watches.
 */
export class ManualLane implements Companion {
  readonly venue: PaperVenue;
  readonly vault: Vault;
  readonly desk: OrderDesk;
  readonly orders: OrderStore;
  readonly data: PaperMarketData;
  readonly start: Holdings;
  readonly settings: PolicySettings;
  readonly #parts: ManualLaneParts;
  readonly #feed: ManualFeed;
  readonly #clock: ManualClock;
  readonly #shelf: CandleShelf;
  readonly #funding = new Map<string, FundingHistory>();
  #due: readonly FundingPrint[] = [];
  #since: number;
  #events = 0;
  #told: ManualNews = { orders: [], fills: [] };
  #news: { orders: TraderOrder[]; fills: OrderFill[] } = { orders: [], fills: [] };
  #reconciled: Promise<void> | undefined;
  readonly #engineLog: EngineLog;
  #saidAt = new Map<string, number>();
  /** Not told yet. */
  readonly #notes: LogEntry[] = [];

  constructor(parts: ManualLaneParts) {
    const { db, feed, now, seed, start, settings, paper, store, vaultId, log } = parts;
    this.#parts = parts;
    this.#since = now;
    this.start = start;
    this.settings = settings;
    this.#feed = new ManualFeed(feed, now);
    this.#clock = new ManualClock(now);
    this.#shelf = new CandleShelf(db);
    this.data = new PaperMarketData({
      venue: () => this.venue,
      shelf: this.#shelf,
      now: () => this.now,
      funding: (market, { from, to }, limit) => parts.fundingPage(market, from, to - 1, limit),
    });
    this.venue = new PaperVenue(this.#feed, paper, start, {
      seed,
      marketData: this.data,
      traded: (trade) => {
        this.data.traded(trade);
      },
    });
    this.vault = new Vault(store, start, feed.oracles(), (entry) => {
      this.#events += 1;
      if (entry.type === 'BLOCKED' || entry.type === 'ALERT') this.#notes.push(entry);
    });
    this.#engineLog = new EngineLog(log);
    for (const sample of parts.past.slice(-FUNDING_KEPT)) this.#historyOf(FUNDED).add(sample);
    this.orders = new OrderStore(db, vaultId);
    this.desk = new OrderDesk({
      venue: this.venue,
      store: this.orders,
      clock: this.#clock,
      log,
      approve: async (plan) => this.#said((await this.preview(plan)).verdict),
      exitTolerance: settings.risk.slippageTolerance,
    });
  }

  /**
   * What an order would do now, and what the gates say to it.
   * @param besides an order at the venue that this is to take the place of
   */
  preview(plan: OrderPlan, besides?: string): Promise<OrderPreview> {
    const { venue, settings, fundingHourly } = this;
    return previewByHand(
      plan,
      { venue, settings: settings.risk, now: () => this.now, fundingHourly },
      besides,
    );
  }

  /** The moment of the last beat, or of the beginning. */
  get now(): number {
    return this.#clock.now();
  }

  /** When it began. */
  get since(): number {
    return this.#since;
  }

  /** Whether no perpetual position is open. */
  get isFlat(): boolean {
    return this.venue.snapshot().account.perps.every(({ size }) => size === 0n);
  }

  /** Writes the vault's first line, unless it is there. */
  begin(): void {
    if (!this.vault.isOpen) this.vault.open(this.now, this.#feed.oracles());
  }

  /** Funding that the market has paid; it reaches the account with the next beat. */
  paid(prints: readonly FundingPrint[]): void {
    if (prints.length > 0) this.#due = [...this.#due, ...prints];
  }

  /** To be waited for before anything trades: what was on its way when the program ended is asked after. */
  ready(): Promise<void> {
    this.begin();
    this.#reconciled ??= this.desk.reconcile();
    return this.#reconciled;
  }

  /** Beat by beat up to a moment of the minute that the run stands in. */
  async advanceTo(t: number): Promise<void> {
    if (t < this.now - (this.now % BEAT_MS) + BEAT_MS) return;
    await this.ready();
    for (let at = this.now - (this.now % BEAT_MS) + BEAT_MS; at <= t; at += BEAT_MS) {
      const work = this.#beat(at);
      if (work !== undefined) await work;
    }
  }

  note(note: Note): void {
    this.begin();
    this.vault.note(this.now, note);
    this.#engineLog.note(note, this.now);
  }

  /** What was blocked or is to be known, and is on the disk by now. */
  takeNotes(): readonly LogEntry[] {
    return this.#notes.length === 0 || this.pending ? [] : this.#notes.splice(0);
  }

  /** Takes in what the venue has done since it was last asked. */
  sync(): void {
    for (const { market, ...sample } of this.venue.takeFundingRates()) {
      this.#historyOf(market).add(sample);
      this.#parts.store.funding(market, sample);
    }
    const events = this.venue.takeEvents();
    if (events.length === 0) return;
    this.vault.sync(events, this.venue.snapshot());
    const fills = events.filter((event) => event.type === 'FILL');
    for (const fill of fills) this.#engineLog.fill(fill);
    this.desk.heard(fills);
  }

  /** Takes in what became of orders that nobody was waiting for, and does what they ask for. */
  async followUp(): Promise<void> {
    this.sync();
    await this.desk.tick(this);
    this.sync();
  }

  /** Funding of a market now, a fraction an hour; undefined before the first payment. */
  readonly fundingHourly = (market: string): Rate | undefined => this.#funding.get(market)?.current;

  /** The same in percent a year. */
  readonly fundingApr = (market: string): number | undefined => {
    const hourly = this.fundingHourly(market);
    return hourly === undefined ? undefined : aprPct(hourly);
  };

  get pending(): boolean {
    return this.#parts.store.pending || this.orders.pending;
  }

  write(): void {
    this.#parts.store.writeWithin({ step: this.#events, t: this.now, state: toStateText(this.#save()) });
    this.orders.write();
    this.#told = { orders: this.orders.gathered, fills: this.orders.gatheredFills };
    this.#shelf.write(this.now);
  }

  written(): void {
    // Where nobody asks for news, as on a terminal, only the latest are kept.
    this.#news.orders = [...this.#news.orders, ...this.#told.orders].slice(-NEWS_KEPT);
    this.#news.fills = [...this.#news.fills, ...this.#told.fills].slice(-NEWS_KEPT);
    this.#told = { orders: [], fills: [] };
    this.#parts.store.written();
    this.orders.written();
    this.#shelf.written();
  }

  /** Orders and fills that have become durable since the last call, oldest first. */
  takeNews(): ManualNews {
    const news = this.#news;
    this.#news = { orders: [], fills: [] };
    return news;
  }

  /** Goes on from a checkpoint; the run stands where it stood then. */
  restore({ step, state }: Checkpoint): void {
    const saved = fromStateText(state) as SavedLane;
    this.#events = step;
    this.#clock.set(saved.t);
    this.#since = saved.since;
    this.#feed.moveTo(saved.t);
    this.venue.restore(saved.venue, saved.t);
    this.vault.restore(saved.vault);
    this.data.restore(saved.data);
    this.#due = saved.due;
    this.#saidAt = new Map(Object.entries(saved.said));
    for (const { symbol, kind } of this.venue.markets.values()) {
      if (kind !== 'perp') continue;
      for (const sample of this.#parts.fundingPage(symbol, 0, saved.t, FUNDING_KEPT))
        this.#historyOf(symbol).add(sample);
    }
    this.desk.restore(saved.desk);
  }

  #beat(t: number): Promise<void> | undefined {
    this.#clock.set(t);
    this.#feed.moveTo(t);
    const prints = this.#due.filter((print) => print.t <= t);
    if (prints.length > 0) this.#due = this.#due.filter((print) => print.t > t);
    this.venue.advance(t, prints);
    this.sync();
    if (t % DAY_MS === 0) this.vault.valuation(t, this.#feed.oracles());
    this.data.advance(t);
    const work = this.desk.tick(this);
    return work?.then(() => {
      this.sync();
    });
  }

  /** What the gates say to an order that nobody asks about at this moment; a refusal that lasts is noted once an hour. */
  #said(verdict: OrderPreview['verdict']): OrderPreview['verdict'] {
    if (verdict.verdict === 'approved') return verdict;
    const note = blockedNote(verdict);
    const { market, side } = verdict.trade.legs[0];
    const what = [verdict.reasons[0].code, market, side].join(' ');
    const before = this.#saidAt.get(what);
    if (before === undefined || this.now - before >= HOUR_MS) {
      this.#saidAt.set(what, this.now);
      this.note(note);
    }
    return verdict;
  }

  #historyOf(market: string): FundingHistory {
    const known = this.#funding.get(market);
    if (known !== undefined) return known;
    const history = new FundingHistory(DAY_MS);
    this.#funding.set(market, history);
    return history;
  }

  #save(): SavedLane {
    return {
      t: this.now,
      since: this.#since,
      venue: this.venue.save(),
      vault: this.vault.save(),
      desk: this.desk.save(),
      data: this.data.save(),
      due: this.#due,
      said: Object.fromEntries(this.#saidAt),
    };
  }
}
