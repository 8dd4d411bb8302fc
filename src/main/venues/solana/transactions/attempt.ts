import { AppError } from '../../../../shared/contract/appError.ts';
import type { TransactionState } from '../../../storage/transactionJournal.ts';
import type { LandedTransaction } from '../chain.ts';
import type { Why } from './intent.ts';

/** A transaction as it was signed. */
export interface SignedTransaction {
  /** Base58. */
  readonly signature: string;
  readonly lastValidBlockHeight: number;
  readonly wire: Uint8Array;
}

interface InBlock {
  readonly signed: SignedTransaction;
  readonly transaction: LandedTransaction;
}

/** Where one attempt at an intent stands; `TransactionState` says what each state means. */
export type Attempt =
  | { readonly state: 'intended' }
  | { readonly state: 'refused'; readonly why: Why }
  | { readonly state: 'signed'; readonly signed: SignedTransaction }
  | { readonly state: 'unknown'; readonly signed: SignedTransaction; readonly cause: string }
  | ({ readonly state: 'landed' } & InBlock)
  | ({ readonly state: 'failed'; readonly why: Why } & InBlock)
  | { readonly state: 'expired'; readonly signed: SignedTransaction };

export type AttemptEvent =
  /** It goes no further: nothing of it has left this program. */
  | { readonly kind: 'refused'; readonly why: Why }
  | { readonly kind: 'signed'; readonly signed: SignedTransaction }
  /** The chain says that it is in a block, and has shown it there. `why`: what its program said where it undid it. */
  | { readonly kind: 'shown'; readonly transaction: LandedTransaction; readonly why: Why | null }
  /** No node knows it; each was asked after the finalized block height had been seen at `finalizedHeight`. */
  | { readonly kind: 'absent'; readonly finalizedHeight: number }
  /** Nobody could tell in time. */
  | { readonly kind: 'gaveUp'; readonly cause: string };

const OPEN: ReadonlySet<TransactionState> = new Set(['intended', 'signed', 'unknown']);
/** Nothing that was signed can land any more, and nothing has. */
const WITHOUT_EFFECT: ReadonlySet<TransactionState> = new Set(['expired', 'failed']);

/** Whether an attempt is over: no later word changes it. */
export const isOver = ({ state }: { readonly state: TransactionState }): boolean => !OPEN.has(state);

/**
 * Whether another attempt may be begun: only once none of those before can have an effect any more. One that was refused
 * ends its intent, too: what the venue or the signer refuses is not tried again behind its owner's back (R9.2).
 */
export const admitsAnother = (attempts: readonly { readonly state: TransactionState }[]): boolean =>
  attempts.every(({ state }) => WITHOUT_EFFECT.has(state));

/**
 * An attempt after an event. One that is over stays as it is. Throws INTERNAL for what may never be: signing twice, taking
 * back what was signed, and a chain that contradicts what it has shown before.
 */
export function after(attempt: Attempt, event: AttemptEvent): Attempt {
  switch (event.kind) {
    case 'signed':
      if (attempt.state !== 'intended') throw contradiction(attempt, event);
      return { state: 'signed', signed: event.signed };
    case 'refused':
      if (attempt.state !== 'intended') throw contradiction(attempt, event);
      return { state: 'refused', why: event.why };
    case 'shown':
      return afterShown(attempt, event);
    case 'absent':
      return afterAbsent(attempt, event);
    case 'gaveUp':
      if (!('signed' in attempt)) throw contradiction(attempt, event);
      return isOver(attempt) ? attempt : { state: 'unknown', signed: attempt.signed, cause: event.cause };
  }
}

function afterShown(attempt: Attempt, event: Extract<AttemptEvent, { kind: 'shown' }>): Attempt {
  const { transaction, why } = event;
  const state = why === null ? 'landed' : 'failed';
  if (!('signed' in attempt) || attempt.signed.signature !== transaction.signature)
    throw contradiction(attempt, event);
  if (isOver(attempt)) {
    if (attempt.state === state) return attempt;
    throw contradiction(attempt, event);
  }
  const { signed } = attempt;
  return why === null
    ? { state: 'landed', signed, transaction }
    : { state: 'failed', signed, transaction, why };
}

/**
 * Expired takes both halves. The height has to be finalized, because below it no fork is left in which a block could still
 * take the transaction in: past a height that is only confirmed, an earlier block with it may come back. And it has to be
 * absent when asked after that, because until then it may have landed since the last look.
 */
function afterAbsent(attempt: Attempt, event: Extract<AttemptEvent, { kind: 'absent' }>): Attempt {
  if (!('signed' in attempt)) throw contradiction(attempt, event);
  const { signed } = attempt;
  if (isOver(attempt) || event.finalizedHeight <= signed.lastValidBlockHeight) return attempt;
  return { state: 'expired', signed };
}

const contradiction = ({ state }: Attempt, { kind }: AttemptEvent): AppError =>
  new AppError('INTERNAL', `A transaction that is ${state} can not become ${kind}.`, { state, event: kind });
