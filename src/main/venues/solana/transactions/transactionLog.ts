import type { Logger } from '../../../platform/logger.ts';
import type { TransactionRecord } from '../../../storage/transactionJournal.ts';
import { detailsIn, detailsOf, type TransactionDetails } from './details.ts';
import type { Intent, TransactionOutcome } from './intent.ts';
import { Refused } from './refused.ts';

/** What became of transactions, in the log: every failure with the whole transaction (R3.10), and never a key. */
export class TransactionLog {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  refused(intent: Intent, record: TransactionRecord, error: unknown): void {
    this.#log.error('A transaction was refused; nothing was sent.', {
      ...about(record),
      ...detailsOf(intent),
      ...(error instanceof Refused ? { code: error.why.code, logs: error.logs } : {}),
      error,
    });
  }

  signed(record: TransactionRecord): void {
    this.#log.info('A transaction was signed.', { ...about(record), ...wireDetails(record) });
  }

  settled(record: TransactionRecord, outcome: TransactionOutcome): void {
    const context = { ...about(record), ...wireDetails(record) };
    switch (outcome.kind) {
      case 'landed': {
        const { slot, fee } = outcome.transaction;
        this.#log.info('A transaction landed.', {
          ...about(record),
          slot,
          feeLamports: fee,
          tipLamports: outcome.tip,
        });
        return;
      }
      case 'failed': {
        const { why, transaction } = outcome;
        const { slot, fee, logs, error } = transaction;
        this.#log.error('A transaction failed in its block, which undid it.', {
          ...context,
          code: why.code,
          why: why.message,
          slot,
          feeLamports: fee,
          logs,
          error,
        });
        return;
      }
      case 'expired':
        this.#log.warn('A transaction expired: it is in no block, and can no longer land.', context);
        return;
      case 'unknown':
        this.#log.error('It is not known what became of a transaction.', {
          ...context,
          cause: outcome.cause,
        });
        return;
      case 'refused':
        this.#log.warn('A transaction was never signed, and is given up.', { ...context, why: outcome.why });
    }
  }

  unwritten(record: TransactionRecord, what: string, error: unknown): void {
    this.#log.error('The journal of transactions could not be written.', {
      ...about(record),
      ...wireDetails(record),
      what,
      error,
    });
  }
}

const about = ({ intentId, attempt, kind, words, payer, signature }: TransactionRecord) => ({
  intent: intentId,
  attempt,
  kind,
  words,
  payer,
  ...(signature === null ? {} : { signature }),
});

const wireDetails = ({ wire }: TransactionRecord): TransactionDetails | object =>
  wire === null ? {} : detailsIn(wire);
