import type { FundingSample } from '../domain/funding.ts';
import type {
  Checkpoint,
  EquityPoint,
  JournalOrder,
  JournalOutcome,
  LedgerTransaction,
  StoredEvent,
  VaultStore,
} from './vaultStore.ts';

/** Something that is kept or lost together with a vault. */
export interface Companion {
  /** Whether anything waits that must not be lost. */
  readonly pending: boolean;
  /** Writes what waits, as part of the transaction that is under way. */
  write(): void;
  /** That transaction is on disk. */
  written(): void;
}

/** A vault's store whose every commit takes a companion along: two accounts on one market are never a minute apart. */
export class JointStore implements VaultStore {
  readonly #inner: VaultStore;
  #companion: Companion | undefined;

  constructor(inner: VaultStore) {
    this.#inner = inner;
  }

  join(companion: Companion): void {
    this.#companion = companion;
  }

  get pending(): boolean {
    return this.#inner.pending || this.#companion?.pending === true;
  }

  intend(order: JournalOrder): void {
    this.#inner.intend(order);
  }

  outcome(outcome: JournalOutcome): void {
    this.#inner.outcome(outcome);
  }

  event(event: StoredEvent): void {
    this.#inner.event(event);
  }

  ledger(transaction: LedgerTransaction): void {
    this.#inner.ledger(transaction);
  }

  funding(market: string, sample: FundingSample): void {
    this.#inner.funding(market, sample);
  }

  equity(point: EquityPoint): void {
    this.#inner.equity(point);
  }

  commit(checkpoint: Checkpoint, along: () => void = () => undefined): void {
    this.#inner.commit(checkpoint, () => {
      along();
      this.#companion?.write();
    });
    this.#companion?.written();
  }
}
