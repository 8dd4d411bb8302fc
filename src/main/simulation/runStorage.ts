import type { Database } from 'better-sqlite3';
import { VaultRecords } from '../engine/vaultRecords.ts';
import { CandleRepository } from '../storage/candleRepository.ts';
import { CheckpointRepository } from '../storage/checkpointRepository.ts';
import { durable } from '../storage/durable.ts';
import { EngineRepository } from '../storage/engineRepository.ts';
import { RunRepository } from '../storage/runRepository.ts';
import { SettingsRepository, type StoredSettings } from '../storage/settingsRepository.ts';
import { ScriptMarkRepository } from '../storage/scriptMarkRepository.ts';
import { VaultRepository, type VaultName } from '../storage/vaultRepository.ts';
import { PAPER_CANDLES } from './manual/candleShelf.ts';
import { refuseMismatch, type RunConfig } from './runConfig.ts';

/** Whether anything of a vault's run is kept. */
export function isKept(db: Database, vault: VaultName): boolean {
  const vaultId = new VaultRepository(db).find(vault);
  return vaultId !== undefined && new CheckpointRepository(db).latest(vaultId) !== undefined;
}

/** What one run keeps beside what every vault does: its configuration, and how far its script is. */
export class RunStorage extends VaultRecords {
  readonly #db: Database;
  readonly #now: () => number;

  /** @param now wall time, for first-made dates */
  constructor(db: Database, vault: VaultName, now: () => number) {
    super(db, vault, now);
    this.#db = db;
    this.#now = now;
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
