import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { FundingSample } from '../domain/funding.ts';
import type { Halt } from '../engine/view.ts';
import { CheckpointRepository } from '../storage/checkpointRepository.ts';
import { ControlRepository } from '../storage/controlRepository.ts';
import { openDatabase } from '../storage/database.ts';
import { EventRepository } from '../storage/eventRepository.ts';
import { lockFolder, type FolderLock } from '../storage/folderLock.ts';
import { FundingRepository } from '../storage/fundingRepository.ts';
import { RunRepository } from '../storage/runRepository.ts';
import { ScriptMarkRepository } from '../storage/scriptMarkRepository.ts';
import { SqliteVaultStore } from '../storage/sqliteVaultStore.ts';
import { VaultRepository, type VaultName } from '../storage/vaultRepository.ts';
import type { Checkpoint, VaultStore } from '../storage/vaultStore.ts';
import { refuseMismatch, type RunConfig } from './runConfig.ts';

/** Keeps everything in memory: for benchmarks and tests of what is above the disk. */
export const IN_MEMORY = ':memory:';
export const DATABASE_FILE = 'phantom-arbiter.sqlite';
export const BACKUP_FOLDER = 'backups';

/** What one run keeps: its configuration, checkpoint, event log, controls. One vault of one database. */
export class RunStorage {
  readonly store: VaultStore;
  readonly #db: Database;
  readonly #lock: FolderLock | undefined;
  readonly #vaultId: number;
  readonly #now: () => number;

  /**
   * Takes the folder's lock and opens its database.
   * @param now wall time, for backups and first-made dates
   * Throws DATA_FOLDER_IN_USE, DATA_FOLDER_UNWRITABLE, DATABASE_CORRUPT, DATABASE_TOO_NEW.
   */
  constructor(dataDir: string, vault: VaultName, now: () => number) {
    this.#now = now;
    this.#lock = dataDir === IN_MEMORY ? undefined : lockFolder(dataDir);
    try {
      this.#db =
        dataDir === IN_MEMORY
          ? openDatabase(IN_MEMORY, { now: now() })
          : openDatabase(join(dataDir, DATABASE_FILE), { now: now(), backups: join(dataDir, BACKUP_FOLDER) });
      this.#vaultId = new VaultRepository(this.#db).findOrCreate(vault, now());
      this.store = new SqliteVaultStore(this.#db, this.#vaultId);
    } catch (error) {
      this.#lock?.release();
      throw error;
    }
  }

  /**
   * The configuration that is kept, which has to be the one asked for; that one is kept where there is none yet.
   * @param anyStart whether the run may have begun at another moment
   */
  configOr(asked: RunConfig, anyStart: boolean): RunConfig {
    const runs = new RunRepository(this.#db);
    const stored = runs.load(this.#vaultId);
    if (stored === undefined) {
      runs.save(this.#vaultId, JSON.stringify(asked), this.#now());
      return asked;
    }
    const kept = JSON.parse(stored.config) as RunConfig;
    refuseMismatch(kept, anyStart ? { ...asked, startMs: kept.startMs } : asked);
    return kept;
  }

  checkpoint(): Checkpoint | undefined {
    return new CheckpointRepository(this.#db).latest(this.#vaultId);
  }

  /** Funding of a market that the run has seen, until `t`, oldest first. */
  fundingUpTo(market: string, t: number): readonly FundingSample[] {
    return new FundingRepository(this.#db).upTo(this.#vaultId, market, t);
  }

  eventLines(): Iterable<string> {
    return new EventRepository(this.#db).lines(this.#vaultId);
  }

  halt(): Halt {
    const control = new ControlRepository(this.#db).load(this.#vaultId);
    if (control === undefined || !control.halted) return 'none';
    return control.flatten ? 'flattening' : 'halted';
  }

  /** Durable when it returns: an SOS outlives the process. */
  setHalt(halt: Halt, t: number): void {
    const control = { halted: halt !== 'none', flatten: halt === 'flattening', t };
    new ControlRepository(this.#db).save(this.#vaultId, control);
  }

  /** Whether a script's one-off action is still to be carried out; from now on it no longer is. */
  markOnce(action: number): boolean {
    const marks = new ScriptMarkRepository(this.#db);
    if (marks.has(this.#vaultId, action)) return false;
    marks.mark(this.#vaultId, action);
    return true;
  }

  close(): void {
    this.#db.close();
    this.#lock?.release();
  }
}
