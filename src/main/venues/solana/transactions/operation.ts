import type { TransactionRecord, TransactionState } from '../../../storage/transactionJournal.ts';
import { attemptOf, outcomeOf } from './attemptRecord.ts';
import type { TransactionOutcome } from './intent.ts';

/** An intent as its last attempt stands, for a screen and for reconciliation. */
export interface Operation {
  readonly id: string;
  readonly kind: string;
  readonly words: string;
  readonly payer: string;
  /** How many times it was tried. */
  readonly attempts: number;
  readonly state: TransactionState;
  readonly signature: string | null;
  /** Null while it is under way. */
  readonly outcome: TransactionOutcome | null;
  /** Unix ms: of the last attempt. */
  readonly since: number;
  readonly updatedAt: number;
}

export function operationOf(record: TransactionRecord): Operation {
  const { intentId, kind, words, payer, attempt, state, signature, intendedT, updatedT } = record;
  return {
    id: intentId,
    kind,
    words,
    payer,
    attempts: attempt,
    state,
    signature,
    outcome: outcomeOf(attemptOf(record)) ?? null,
    since: intendedT,
    updatedAt: updatedT,
  };
}
