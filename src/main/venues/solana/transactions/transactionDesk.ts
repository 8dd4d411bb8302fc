import { AppError } from '../../../../shared/contract/appError.ts';
import type { TransactionJournal, TransactionRecord } from '../../../storage/transactionJournal.ts';
import { admitsAnother } from './attempt.ts';
import { Courier, type CourierParts } from './courier.ts';
import type { Intent, TransactionOutcome } from './intent.ts';
import { operationOf, type Operation } from './operation.ts';

export type TransactionDeskParts = CourierParts;

interface Flight {
  readonly kind: string;
  readonly words: string;
  readonly outcome: Promise<TransactionOutcome>;
}

/**
 * Carries intents to the chain, each of them once: tried, journalled, signed, journalled, sent, and followed until its
 * outcome is known and written down. Nothing is ever signed for an intent while something that was signed for it before may
 * still land, whatever dies in between.
 *
 * One for a cluster at a time: whatever is open in its journal it takes for its own.
 */
export class TransactionDesk {
  readonly #journal: TransactionJournal;
  readonly #courier: Courier;
  readonly #flights = new Map<string, Flight>();

  constructor(parts: TransactionDeskParts) {
    this.#journal = parts.journal;
    this.#courier = new Courier(parts);
  }

  /**
   * What becomes of an intent. The same id again gives the outcome that is known, or goes on following what is out: it acts
   * once. It takes as long as signing does, then up to 90 s. Throws INTERNAL for an id that is another intent's, and what
   * storage throws where the journal can't be read: then nothing was sent by this call.
   */
  carry(intent: Intent): Promise<TransactionOutcome> {
    return this.#shared(intent, () => this.#carried(intent, false));
  }

  /**
   * The same, where somebody has decided that it shall be tried once more: a new attempt is signed where every one before
   * is expired or failed. Otherwise it does what `carry` does.
   */
  carryAgain(intent: Intent): Promise<TransactionOutcome> {
    return this.#shared(intent, () => this.#carried(intent, true));
  }

  /**
   * Settles what the journal has as open, and waits for what is under way: at the start, after a reconnection, and at each
   * sync (R9.4). What was never signed is given up; what was is followed, and sent again while it can land.
   */
  async resume(): Promise<readonly Operation[]> {
    const open = this.#journal.open();
    await Promise.all(open.map((record) => this.#resumed(record)));
    return open.flatMap(({ intentId }) => this.find(intentId) ?? []);
  }

  /** What isn't settled, oldest first. */
  open(): readonly Operation[] {
    return this.#journal.open().map(operationOf);
  }

  find(id: string): Operation | undefined {
    const last = this.#journal.attempts(id).at(-1);
    return last === undefined ? undefined : operationOf(last);
  }

  /** The id of the intent that was signed under a signature; undefined for what others signed. */
  intentSigned(signature: string): string | undefined {
    return this.#journal.signed(signature)?.intentId;
  }

  /** One an attempt, newest first. */
  latest(limit: number): readonly Operation[] {
    return this.#journal.latest(limit).map(operationOf);
  }

  /** Signs and follows nothing from now on. What is out stays open in the journal, and whoever waits hears `unknown`. */
  close(): void {
    this.#courier.close();
  }

  #shared(intent: Intent, act: () => Promise<TransactionOutcome>): Promise<TransactionOutcome> {
    const flight = this.#flights.get(intent.id);
    if (flight === undefined) return this.#fly(intent.id, intent, act);
    return isSame(intent, flight) ? flight.outcome : Promise.reject(another(intent));
  }

  #fly(
    id: string,
    { kind, words }: Pick<Flight, 'kind' | 'words'>,
    act: () => Promise<TransactionOutcome>,
  ): Promise<TransactionOutcome> {
    const outcome = act().finally(() => this.#flights.delete(id));
    this.#flights.set(id, { kind, words, outcome });
    return outcome;
  }

  #resumed(record: TransactionRecord): Promise<TransactionOutcome> {
    const flight = this.#flights.get(record.intentId);
    return flight?.outcome ?? this.#fly(record.intentId, record, () => this.#courier.settled(record));
  }

  async #carried(intent: Intent, again: boolean): Promise<TransactionOutcome> {
    const attempts = this.#journal.attempts(intent.id);
    const last = attempts.at(-1);
    if (last === undefined) return await this.#courier.attempt(intent, 1);
    if (!isSame(intent, last)) throw another(intent);
    if (again && admitsAnother(attempts)) return await this.#courier.attempt(intent, last.attempt + 1);
    return await this.#courier.settled(last);
  }
}

const isSame = (intent: Intent, other: Pick<Flight, 'kind' | 'words'>): boolean =>
  intent.kind === other.kind && intent.words === other.words;

const another = ({ id, kind }: Intent): AppError =>
  new AppError('INTERNAL', `Another transaction has the id ${id} already.`, { id, kind });
