import type { Database } from 'better-sqlite3';
import type { FundingSample } from '../domain/funding.ts';
import type { Halt } from '../engine/view.ts';
import { CandleRepository } from '../storage/candleRepository.ts';
import { CheckpointRepository } from '../storage/checkpointRepository.ts';
import { ControlRepository } from '../storage/controlRepository.ts';
import { durable } from '../storage/durable.ts';
import { EngineRepository } from '../storage/engineRepository.ts';
import { EquityRepository } from '../storage/equityRepository.ts';
import { EventRepository, type EventFilter } from '../storage/eventRepository.ts';
import { FundingRepository } from '../storage/fundingRepository.ts';
import { LedgerRepository, type Balance } from '../storage/ledgerRepository.ts';
import { RunRepository } from '../storage/runRepository.ts';
import { SettingsRepository, type StoredSettings } from '../storage/settingsRepository.ts';
import { ScriptMarkRepository } from '../storage/scriptMarkRepository.ts';
import { SqliteVaultStore } from '../storage/sqliteVaultStore.ts';
import { VaultRepository, type VaultName } from '../storage/vaultRepository.ts';
import type { Checkpoint, EquityPoint, LedgerTransaction } from '../storage/vaultStore.ts';
import { PAPER_CANDLES } from './manual/candleShelf.ts';
import { refuseMismatch, type RunConfig } from './runConfig.ts';

/** Whether anything of a vault's run is kept. */
export function isKept(db: Database, vault: VaultName): boolean {
  const vaultId = new VaultRepository(db).find(vault);
  return vaultId !== undefined && new CheckpointRepository(db).latest(vaultId) !== undefined;
}

/** What one run keeps: its configuration, checkpoint, event log, controls. One vault of one database. */
export class RunStorage {
  readonly store: SqliteVaultStore;
  readonly vaultId: number;
  readonly #db: Database;
  readonly #now: () => number;

  /** @param now wall time, for first-made dates */
  constructor(db: Database, vault: VaultName, now: () => number) {
    this.#db = db;
    this.#now = now;
    this.vaultId = new VaultRepository(db).findOrCreate(vault, now());
    this.store = new SqliteVaultStore(db, this.vaultId);
  }

  /**
   * The configuration that is kept, which has to be the one asked for; that one is kept where there is none yet.
   * @param anyStart whether the run may have begun at another moment
   */
  configOr(asked: RunConfig, anyStart: boolean): RunConfig {
    const runs = new RunRepository(this.#db);
    const stored = runs.load(this.vaultId);
    if (stored === undefined) {
      runs.save(this.vaultId, JSON.stringify(asked), this.#now());
      return asked;
    }
    const kept = JSON.parse(stored.config) as RunConfig;
    refuseMismatch(kept, anyStart ? { ...asked, startMs: kept.startMs } : asked);
    return kept;
  }

  /** The configuration that is kept; undefined before the first run. */
  config(): RunConfig | undefined {
    const stored = new RunRepository(this.#db).load(this.vaultId);
    return stored === undefined ? undefined : (JSON.parse(stored.config) as RunConfig);
  }

  /** Other settings, and the configuration that follows from them. Part of a transaction: not durable by itself. */
  putSettings(settings: StoredSettings, config: RunConfig): void {
    const t = this.#now();
    new SettingsRepository(this.#db).put(settings, t);
    new RunRepository(this.#db).put(this.vaultId, JSON.stringify(config), t);
  }

  /** The same, durable when it returns. */
  changeSettings(settings: StoredSettings, config: RunConfig): void {
    durable(this.#db, () => {
      this.putSettings(settings, config);
    })();
  }

  /** Durable when it returns: the run goes on with other settings from its last checkpoint. */
  amend(config: RunConfig): void {
    new RunRepository(this.#db).save(this.vaultId, JSON.stringify(config), this.#now());
  }

  checkpoint(): Checkpoint | undefined {
    return new CheckpointRepository(this.#db).latest(this.vaultId);
  }

  /** Funding of a market that the run has seen, until `t`, oldest first. */
  fundingUpTo(market: string, t: number): readonly FundingSample[] {
    return new FundingRepository(this.#db).upTo(this.vaultId, market, t);
  }

  eventLines(): Iterable<string> {
    return new EventRepository(this.#db).lines(this.vaultId);
  }

  /** The latest funding of a market within a span of time, oldest first. */
  latestFunding(market: string, from: number, to: number, limit: number): readonly FundingSample[] {
    return new FundingRepository(this.#db).latest(this.vaultId, market, from, to, limit);
  }

  halt(): Halt {
    const control = new ControlRepository(this.#db).load(this.vaultId);
    if (control === undefined || !control.halted) return 'none';
    return control.flatten ? 'flattening' : 'halted';
  }

  /** An SOS outlives the process. Part of a transaction: not durable by itself. */
  putHalt(halt: Halt, t: number): void {
    const control = { halted: halt !== 'none', flatten: halt === 'flattening', t };
    new ControlRepository(this.#db).put(this.vaultId, control);
  }

  /** The same, durable when it returns. */
  setHalt(halt: Halt, t: number): void {
    durable(this.#db, () => {
      this.putHalt(halt, t);
    })();
  }

  /** Whether the engine is to run; undefined where it was never started. */
  running(): boolean | undefined {
    return new EngineRepository(this.#db).load(this.vaultId);
  }

  /** Durable when it returns: a restart goes by it. */
  setRunning(running: boolean, t: number): void {
    new EngineRepository(this.#db).save(this.vaultId, running, t);
  }

  /** Lines of the event log that fit. */
  eventPage(filter: EventFilter, limit: number): readonly string[] {
    return new EventRepository(this.#db).page(this.vaultId, filter, limit);
  }

  /** The newest transactions before a number, newest first. */
  ledgerPage(before: number | undefined, limit: number): readonly LedgerTransaction[] {
    return new LedgerRepository(this.#db).page(this.vaultId, before, limit);
  }

  balances(): readonly Balance[] {
    return new LedgerRepository(this.#db).balances(this.vaultId);
  }

  /** Points of the curve after a moment, oldest first, at most so many. */
  equityPage(after: number, limit: number): readonly EquityPoint[] {
    return new EquityRepository(this.#db).page(this.vaultId, after, limit);
  }

  equityCurve(from: number, to: number, points: number): readonly EquityPoint[] {
    return new EquityRepository(this.#db).curve(this.vaultId, from, to, points);
  }

  /**
   * Takes everything away that the vault has, and those that live on its market, and keeps another configuration, its
   * engine standing still: all of it or nothing. Only ever after a backup.
   */
  begin(config: RunConfig, others: readonly VaultName[] = []): void {
    const t = this.#now();
    const vaults = new VaultRepository(this.#db);
    durable(this.#db, () => {
      vaults.empty(this.vaultId);
      for (const other of others) {
        const id = vaults.find(other);
        if (id !== undefined) vaults.empty(id);
      }
      new CandleRepository(this.#db).empty(PAPER_CANDLES);
      new RunRepository(this.#db).put(this.vaultId, JSON.stringify(config), t);
      new EngineRepository(this.#db).put(this.vaultId, false, t);
    })();
  }

  /** Whether a script's one-off action is still to be carried out; from now on it no longer is. */
  markOnce(action: number): boolean {
    const marks = new ScriptMarkRepository(this.#db);
    if (marks.has(this.vaultId, action)) return false;
    marks.mark(this.vaultId, action);
    return true;
  }
}
