import type { Database } from 'better-sqlite3';
import type { FundingSample } from '../domain/funding.ts';
import { CheckpointRepository } from '../storage/checkpointRepository.ts';
import { ControlRepository } from '../storage/controlRepository.ts';
import { durable } from '../storage/durable.ts';
import { EngineRepository } from '../storage/engineRepository.ts';
import { EquityRepository } from '../storage/equityRepository.ts';
import { EventRepository, type EventFilter } from '../storage/eventRepository.ts';
import { FundingRepository } from '../storage/fundingRepository.ts';
import { LedgerRepository, type Balance } from '../storage/ledgerRepository.ts';
import { SqliteVaultStore } from '../storage/sqliteVaultStore.ts';
import { VaultRepository, type VaultName } from '../storage/vaultRepository.ts';
import type { Checkpoint, EquityPoint, LedgerTransaction } from '../storage/vaultStore.ts';
import type { Halt } from './view.ts';

/** What is kept of a vault: where it stands, its event log and ledger, what its engine is to do. One vault of one database. */
export class VaultRecords {
  readonly store: SqliteVaultStore;
  readonly vaultId: number;
  readonly #db: Database;

  /** @param now wall time, for first-made dates */
  constructor(db: Database, vault: VaultName, now: () => number) {
    this.#db = db;
    this.vaultId = new VaultRepository(db).findOrCreate(vault, now());
    this.store = new SqliteVaultStore(db, this.vaultId);
  }

  checkpoint(): Checkpoint | undefined {
    return new CheckpointRepository(this.#db).latest(this.vaultId);
  }

  /** Funding of a market that was seen, until `t`, oldest first. */
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
}
