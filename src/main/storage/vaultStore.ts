import type { Posting } from '../domain/ledger.ts';
import type { FundingSample } from '../domain/funding.ts';

/** An order that is about to be sent, as the journal keeps it. Decimal strings for money and sizes. */
export interface JournalOrder {
  readonly clientOrderId: string;
  readonly intentId: string;
  readonly t: number;
  readonly market: string;
  readonly side: 'buy' | 'sell';
  readonly size: string;
  readonly limitPrice: string;
  readonly reduceOnly: boolean;
  readonly validUntil: number;
  /** Why: enter, exit, correct … */
  readonly purpose: string;
}

/** Where a journalled order stands. `sent` until the venue has answered; `unknown` is open, never a rejection. */
export type JournalState =
  'sent' | 'unknown' | 'filled' | 'partiallyFilled' | 'rejected' | 'cancelled' | 'expired';

export interface JournalOutcome {
  readonly clientOrderId: string;
  readonly t: number;
  readonly state: JournalState;
  readonly filled: string;
  readonly quote: string;
  readonly fee: string;
  /** Error code of a rejection. */
  readonly code: string | null;
}

export interface StoredEvent {
  readonly seq: number;
  readonly t: number;
  readonly type: string;
  /** The whole line of the event log: canonical JSON without the newline. */
  readonly line: string;
}

/** One ledger transaction: postings that add up to zero for every asset. */
export interface LedgerTransaction {
  readonly seq: number;
  readonly t: number;
  readonly kind: string;
  readonly postings: readonly Posting[];
}

/** What a vault was worth at a moment, beside what the same capital would be worth otherwise. Dollars, exact. */
export interface EquityPoint {
  readonly t: number;
  readonly equity: string;
  readonly justHolding: string;
  /** Null where a transfer could not be made there as well, and the two no longer compare. */
  readonly neverLeaving: string | null;
}

/** Where a run stands: enough to go on as if it had never stopped. */
export interface Checkpoint {
  readonly step: number;
  readonly t: number;
  /** JSON of the whole state. */
  readonly state: string;
}

/**
 * What one vault writes. Rows are gathered and `commit` makes them durable together with the checkpoint, in one
 * transaction: a decision, its ledger entries, its journal outcome and the state that follows are kept or lost as one.
 * Only `intend` is durable by itself, before it returns: an order is in the journal before it is sent.
 */
export interface VaultStore {
  /**
   * Journals an order, durably, before it is sent. The same order again (a step that is replayed after a crash) is
   * let pass; another order under the same id throws INTERNAL.
   */
  intend(order: JournalOrder): void;
  outcome(outcome: JournalOutcome): void;
  event(event: StoredEvent): void;
  ledger(transaction: LedgerTransaction): void;
  funding(market: string, sample: FundingSample): void;
  /** Waits for the next commit, but asks for none: a curve may lose its last points. */
  equity(point: EquityPoint): void;
  /** Whether rows are waiting that must not be lost. */
  readonly pending: boolean;
  /** @param along what else is kept or lost with it: part of the same transaction */
  commit(checkpoint: Checkpoint, along?: () => void): void;
}

/** A vault that nobody will ask again: the comparison runs beside the real one. */
export class ForgetfulStore implements VaultStore {
  readonly pending = false;
  intend(): void {}
  outcome(): void {}
  event(): void {}
  ledger(): void {}
  funding(): void {}
  equity(): void {}
  commit(): void {}
}
