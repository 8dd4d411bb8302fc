import type { Database } from 'better-sqlite3';

import type { FundingSample } from '../domain/funding.ts';
import { CheckpointRepository } from './checkpointRepository.ts';
import { durable } from './durable.ts';
import { EquityRepository } from './equityRepository.ts';
import { EventRepository } from './eventRepository.ts';
import { FundingRepository } from './fundingRepository.ts';
import { JournalRepository } from './journalRepository.ts';
import { LedgerRepository } from './ledgerRepository.ts';
import type {
  Checkpoint,
  EquityPoint,
  JournalOrder,
  JournalOutcome,
  LedgerTransaction,
  StoredEvent,
  VaultStore,
} from './vaultStore.ts';

interface FundingRow {
  readonly market: string;
  readonly sample: FundingSample;
}

/** A vault in the database. What it is told is checked and written at `commit`, all of it or none. */
export class SqliteVaultStore implements VaultStore {
  readonly #journal: JournalRepository;
  readonly #outcomes: JournalOutcome[] = [];
  readonly #events: StoredEvent[] = [];
  readonly #ledger: LedgerTransaction[] = [];
  readonly #funding: FundingRow[] = [];
  readonly #equity: EquityPoint[] = [];
  readonly #intend: (order: JournalOrder) => void;
  readonly #within: (checkpoint: Checkpoint) => void;
  readonly #write: (checkpoint: Checkpoint, along: () => void) => void;

  constructor(db: Database, vaultId: number) {
    this.#journal = new JournalRepository(db);
    const events = new EventRepository(db);
    const ledger = new LedgerRepository(db);
    const funding = new FundingRepository(db);
    const equity = new EquityRepository(db);
    const checkpoints = new CheckpointRepository(db);
    this.#intend = durable(db, (order: JournalOrder) => {
      this.#journal.intend(vaultId, order);
    });
    this.#within = (checkpoint) => {
      for (const outcome of this.#outcomes) this.#journal.settle(vaultId, outcome);
      for (const event of this.#events) events.insert(vaultId, event);
      for (const transaction of this.#ledger) ledger.insert(vaultId, transaction);
      for (const { market, sample } of this.#funding) funding.insert(vaultId, market, sample);
      for (const point of this.#equity) equity.insert(vaultId, point);
      checkpoints.save(vaultId, checkpoint);
    };
    this.#write = durable(db, (checkpoint: Checkpoint, along: () => void) => {
      along();
      this.#within(checkpoint);
    });
  }

  intend(order: JournalOrder): void {
    this.#intend(order);
  }

  outcome(outcome: JournalOutcome): void {
    this.#outcomes.push(outcome);
  }

  event(event: StoredEvent): void {
    this.#events.push(event);
  }

  ledger(transaction: LedgerTransaction): void {
    this.#ledger.push(transaction);
  }

  funding(market: string, sample: FundingSample): void {
    this.#funding.push({ market, sample });
  }

  equity(point: EquityPoint): void {
    this.#equity.push(point);
  }

  get pending(): boolean {
    return (
      this.#outcomes.length > 0 ||
      this.#events.length > 0 ||
      this.#ledger.length > 0 ||
      this.#funding.length > 0
    );
  }

  /**
   * Throws INTERNAL for an unbalanced ledger transaction, an amount beyond 64 bits, a number that is taken, or an
   * outcome that contradicts a final one; DATA_FOLDER_UNWRITABLE when the disk is full. What was gathered stays
   * gathered, so that no later commit can go past it.
   */
  commit(checkpoint: Checkpoint, along: () => void = () => undefined): void {
    this.#write(checkpoint, along);
    this.written();
  }

  /** The same as part of a transaction of the caller's: what was gathered stays until `written`. */
  writeWithin(checkpoint: Checkpoint): void {
    this.#within(checkpoint);
  }

  /** The caller's transaction is on disk: what was gathered for it is no longer needed. */
  written(): void {
    this.#outcomes.length = 0;
    this.#events.length = 0;
    this.#ledger.length = 0;
    this.#funding.length = 0;
    this.#equity.length = 0;
  }
}
