import type { TransactionInstruction } from '@solana/web3.js';
import { AppError } from '../../../shared/contract/appError.ts';
import type { Schedule } from '../../platform/schedule.ts';
import type { Intent, IntentKind, TransactionOutcome } from '../solana/transactions/intent.ts';
import type { TransactionDesk } from '../solana/transactions/transactionDesk.ts';
import type { AccountSync } from './accountSync.ts';

/** Confirmation is awaited so long; what takes longer goes on being followed, and is asked after. */
const AWAITED_MS = 30_000;

export interface TransactionSenderParts {
  readonly desk: Pick<TransactionDesk, 'carry' | 'find'>;
  readonly sync: AccountSync;
  readonly schedule: Schedule;
  readonly nextId: () => string;
}

/** What became of a request as far as it is known now. `pending`: it is still being followed. */
export type Sent = TransactionOutcome | { readonly kind: 'pending' };

/** Sends what isn't an order's own placing, and waits until the account shows it. */
export class TransactionSender {
  readonly #parts: TransactionSenderParts;

  constructor(parts: TransactionSenderParts) {
    this.#parts = parts;
  }

  /** Waits no longer than a confirmation may take. */
  async awaited(intent: Intent, waitMs = AWAITED_MS): Promise<Sent> {
    const { desk, schedule } = this.#parts;
    const late = Promise.withResolvers<Sent>();
    const cancel = schedule.after(waitMs, () => {
      late.resolve({ kind: 'pending' });
    });
    try {
      return await Promise.race([desk.carry(intent), late.promise]);
    } finally {
      cancel();
    }
  }

  /** It has happened whether or not the account can be read right now: then a later sync shows it. */
  async #shown(slot: number): Promise<void> {
    try {
      await this.#parts.sync.sync(slot);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'VENUE_UNAVAILABLE') throw error;
    }
  }

  /**
   * Does something that either happens or doesn't. Throws what the venue said against it; CONFIRMATION_TIMEOUT and
   * OUTCOME_UNKNOWN where nobody knows, which is no no: it is settled by a later sync.
   */
  async act(
    kind: IntentKind,
    words: string,
    instructions: readonly TransactionInstruction[],
    id = this.#parts.nextId(),
  ): Promise<Extract<TransactionOutcome, { kind: 'landed' }>> {
    const sent = await this.awaited({ id, kind, words, instructions });
    switch (sent.kind) {
      case 'landed':
        await this.#shown(sent.slot);
        return sent;
      case 'refused':
      case 'failed':
        throw new AppError(sent.why.code, sent.why.message, { operationId: id });
      case 'expired':
        throw new AppError(
          'CONFIRMATION_TIMEOUT',
          'The transaction was not taken into a block in time, and no longer can be. Nothing has happened.',
          { operationId: id },
          { retryable: true },
        );
      case 'pending':
      case 'unknown':
        throw new AppError(
          'OUTCOME_UNKNOWN',
          'It is not known yet whether the transaction went through. It is followed, and nothing is sent twice.',
          { operationId: id },
        );
    }
  }
}
