import { AppError } from '../../../../shared/contract/appError.ts';
import type { ErrorCode } from '../../../../shared/contract/errorCodes.ts';
import { fromStateText, toStateText } from '../../../platform/stateText.ts';
import type { TransactionRecord } from '../../../storage/transactionJournal.ts';
import type { LandedTransaction } from '../chain.ts';
import type { Attempt, SignedTransaction } from './attempt.ts';
import type { Intent, TransactionOutcome } from './intent.ts';
import { tipIn } from './tipIn.ts';

type Standing = Omit<
  TransactionRecord,
  'intentId' | 'attempt' | 'kind' | 'words' | 'payer' | 'intendedT' | 'updatedT'
>;

const NOTHING = {
  signature: null,
  lastValidBlockHeight: null,
  wire: null,
  slot: null,
  fee: null,
  landed: null,
  code: null,
  reason: null,
} as const;

/** An attempt as it is begun. */
export const newRecord = (
  { id, kind, words }: Intent,
  attempt: number,
  payer: string,
  t: number,
): TransactionRecord => ({
  intentId: id,
  attempt,
  kind,
  words,
  payer,
  ...standingOf({ state: 'intended' }),
  intendedT: t,
  updatedT: t,
});

/** What the journal keeps of an attempt's state. */
export function standingOf(attempt: Attempt): Standing {
  const { state } = attempt;
  const why = 'why' in attempt ? { code: attempt.why.code, reason: attempt.why.message } : {};
  const cause = 'cause' in attempt ? { reason: attempt.cause } : {};
  const signed = 'signed' in attempt ? attempt.signed : {};
  const landed =
    'transaction' in attempt
      ? {
          slot: attempt.transaction.slot,
          fee: attempt.transaction.fee,
          landed: toStateText(attempt.transaction),
        }
      : {};
  return { ...NOTHING, state, ...signed, ...landed, ...why, ...cause };
}

/** The attempt that the journal has. Throws INTERNAL for a row that is none. */
export function attemptOf(record: TransactionRecord): Attempt {
  const { state, code, reason } = record;
  const why = (): { readonly code: ErrorCode; readonly message: string } => ({
    code: known(record, code) as ErrorCode,
    message: known(record, reason),
  });
  switch (state) {
    case 'intended':
      return { state };
    case 'refused':
      return { state, why: why() };
    case 'signed':
    case 'expired':
      return { state, signed: signedOf(record) };
    case 'unknown':
      return { state, signed: signedOf(record), cause: known(record, reason) };
    case 'landed':
      return { state, signed: signedOf(record), transaction: landedOf(record) };
    case 'failed':
      return { state, signed: signedOf(record), transaction: landedOf(record), why: why() };
  }
}

/** What is known of an attempt; undefined while it is under way. */
export function outcomeOf(attempt: Attempt): TransactionOutcome | undefined {
  switch (attempt.state) {
    case 'intended':
    case 'signed':
      return undefined;
    case 'refused':
      return { kind: 'refused', why: attempt.why };
    case 'unknown':
      return { kind: 'unknown', signature: attempt.signed.signature, cause: attempt.cause };
    case 'expired':
      return { kind: 'expired', signature: attempt.signed.signature };
    case 'landed': {
      const { transaction, signed } = attempt;
      const { slot } = transaction;
      return { kind: 'landed', signature: signed.signature, slot, transaction, tip: tipIn(signed.wire) };
    }
    case 'failed': {
      const { transaction, signed, why } = attempt;
      return { kind: 'failed', signature: signed.signature, why, transaction };
    }
  }
}

const signedOf = (record: TransactionRecord): SignedTransaction => ({
  signature: known(record, record.signature),
  lastValidBlockHeight: known(record, record.lastValidBlockHeight),
  wire: known(record, record.wire),
});

const landedOf = (record: TransactionRecord): LandedTransaction =>
  fromStateText(known(record, record.landed)) as LandedTransaction;

function known<Value>({ intentId, attempt, state }: TransactionRecord, value: Value | null): Value {
  if (value !== null) return value;
  const details = { intentId, attempt, state };
  throw new AppError('INTERNAL', `The journal lacks a part of attempt ${attempt} at ${intentId}.`, details);
}
