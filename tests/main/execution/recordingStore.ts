import type { JournalOrder, JournalOutcome, VaultStore } from '../../../src/main/storage/vaultStore.ts';

/** A journal in memory, every row in the order in which it was written. */
export class RecordingStore implements VaultStore {
  readonly pending = false;
  readonly rows: (
    ({ readonly row: 'intent' } & JournalOrder) | ({ readonly row: 'outcome' } & JournalOutcome)
  )[] = [];
  /** Set, `intend` fails with it, as a full disk would. */
  failure: Error | undefined;

  intend(order: JournalOrder): void {
    if (this.failure !== undefined) throw this.failure;
    this.rows.push({ row: 'intent', ...order });
  }

  outcome(outcome: JournalOutcome): void {
    this.rows.push({ row: 'outcome', ...outcome });
  }

  event(): void {}
  ledger(): void {}
  funding(): void {}
  equity(): void {}
  commit(): void {}

  /** What kind of rows there are, told as `intent t1-1`. */
  get told(): readonly string[] {
    return this.rows.map(({ row, clientOrderId }) => `${row} ${clientOrderId}`);
  }

  get outcomes(): readonly JournalOutcome[] {
    return this.rows.filter((one) => one.row === 'outcome').map(({ row: _row, ...outcome }) => outcome);
  }
}
