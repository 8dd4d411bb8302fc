import type { Clock } from '../../../platform/clock.ts';
import type { Logger } from '../../../platform/logger.ts';
import type { Schedule } from '../../../platform/schedule.ts';
import type { TransactionJournal, TransactionRecord } from '../../../storage/transactionJournal.ts';
import type { Chain } from '../chain.ts';
import { after, isOver, type AttemptEvent, type SignedTransaction } from './attempt.ts';
import { attemptOf, newRecord, outcomeOf, standingOf } from './attemptRecord.ts';
import type { Bundles } from './bundles.ts';
import type { Web3 } from './draft.ts';
import { whyOf, type Explain } from './explain.ts';
import type { Intent, TransactionOutcome } from './intent.ts';
import { operationOf, type Operation } from './operation.ts';
import { prepare } from './prepare.ts';
import { Pursuit, type LetOut, type PursuitEnd } from './pursuit.ts';
import { notSent, refusalOf } from './refused.ts';
import type { SendingSettings } from './sendingSettings.ts';
import { signDraft, type Sign } from './sign.ts';
import { TransactionLog } from './transactionLog.ts';

export interface CourierParts {
  readonly chain: Chain;
  readonly web3: Web3;
  /** Address of the wallet that pays, and whose key `sign` signs with. */
  readonly payer: string;
  readonly sign: Sign;
  /** Of the cluster that `chain` leads to. */
  readonly journal: TransactionJournal;
  readonly explain: Explain;
  readonly settings: () => SendingSettings;
  /** A way to block builders, where there is one (R4.5). */
  readonly bundles?: Bundles;
  readonly clock: Clock;
  readonly schedule: Schedule;
  /** In [0, 1). */
  readonly uniform: () => number;
  readonly log: Logger;
  /** Told once an outcome is `unknown`, so that the user is alerted (R9.4). */
  readonly alert: (operation: Operation, cause: string) => void;
}

const CLOSING = 'The program closed before it was known.';

/** Takes single attempts from their intent to a known outcome, and writes down each step before the next. */
export class Courier {
  readonly #parts: CourierParts;
  readonly #log: TransactionLog;
  readonly #pursuits = new Set<Pursuit>();
  #isClosed = false;

  constructor(parts: CourierParts) {
    this.#parts = parts;
    this.#log = new TransactionLog(parts.log);
  }

  /**
   * The outcome of an attempt that nobody is working on: followed where it may be out, given up where it was never signed.
   */
  async settled(record: TransactionRecord): Promise<TransactionOutcome> {
    const attempt = attemptOf(record);
    if (attempt.state === 'intended') {
      // It was cut off before its signature was written down, and nothing is sent before that.
      const why = notSent('The program ended before it was signed. Nothing was sent.').why;
      return this.#settle(record, { kind: 'refused', why });
    }
    if (!isOver(attempt) && 'signed' in attempt)
      return await this.#pursued(record, attempt.signed, { isFresh: false, bundles: undefined });
    return outcomeOf(attempt) ?? unknown(record, CLOSING);
  }

  /** A new attempt. Every one before it has to be over and without effect. */
  async attempt(intent: Intent, attempt: number): Promise<TransactionOutcome> {
    const { payer, clock, journal, bundles } = this.#parts;
    const record = newRecord(intent, attempt, payer, clock.now());
    let isBegun = false;
    let signed: SignedTransaction;
    let written: TransactionRecord;
    let hasTip: boolean;
    try {
      this.#refuseLate(intent);
      const draft = await prepare(intent, bundles !== undefined, this.#parts);
      this.#refuseLate(intent);
      journal.begin(record);
      isBegun = true;
      const answer = await signDraft(draft, this.#parts);
      // What was signed and isn't written down yet can be dropped: nobody else has it.
      this.#refuseLate(intent);
      ({ signed } = answer);
      hasTip = answer.draft.tip !== null;
      written = this.#step(record, { kind: 'signed', signed });
    } catch (error) {
      return await this.#refused(intent, record, isBegun, error);
    }
    this.#log.signed(written);
    return await this.#pursued(written, signed, { isFresh: true, bundles: hasTip ? bundles : undefined });
  }

  /** Signs and follows nothing from now on. Whoever waits for what is out hears `unknown`. */
  close(): void {
    this.#isClosed = true;
    for (const pursuit of this.#pursuits) pursuit.close();
  }

  #refuseLate({ validUntil }: Intent): void {
    if (this.#isClosed) throw notSent('The program is closing. Nothing was sent.');
    if (validUntil !== undefined && this.#parts.clock.now() > validUntil)
      throw notSent('It came too late to be signed. Nothing was sent.');
  }

  async #refused(
    intent: Intent,
    record: TransactionRecord,
    isBegun: boolean,
    error: unknown,
  ): Promise<TransactionOutcome> {
    const why = refusalOf(error);
    this.#log.refused(intent, record, error);
    try {
      if (isBegun) this.#step(record, { kind: 'refused', why });
      else this.#parts.journal.begin({ ...record, ...standingOf({ state: 'refused', why }) });
    } catch (unwritten) {
      this.#log.unwritten(record, 'refused', unwritten);
      // A disk that says no may have written all the same: what the journal has with a signature will be sent by the next
      // process, so it is no refusal. Otherwise it is as true without: what is only begun is given up at the next sync.
      const written = this.#parts.journal.attempts(record.intentId).at(-1);
      if (written?.attempt === record.attempt && written.signature !== null)
        return await this.settled(written);
    }
    return { kind: 'refused', why };
  }

  async #pursued(
    record: TransactionRecord,
    signed: SignedTransaction,
    letOut: LetOut,
  ): Promise<TransactionOutcome> {
    if (this.#isClosed) return unknown(record, CLOSING);
    const pursuit = new Pursuit(signed, letOut, this.#parts);
    this.#pursuits.add(pursuit);
    const end = await pursuit.end;
    this.#pursuits.delete(pursuit);
    return end.kind === 'closed' ? unknown(record, CLOSING) : this.#settle(record, this.#eventOf(end));
  }

  #eventOf(end: Exclude<PursuitEnd, { kind: 'closed' }>): AttemptEvent {
    if (end.kind !== 'shown') return end;
    const { transaction } = end;
    const { error, logs } = transaction;
    const why = error === null ? null : whyOf(error, logs, this.#parts.explain);
    return { kind: 'shown', transaction, why };
  }

  /** Written down before anybody is told. What can't be written is as good as not known. */
  #settle(record: TransactionRecord, event: AttemptEvent): TransactionOutcome {
    let settled = record;
    let outcome: TransactionOutcome;
    try {
      settled = this.#step(record, event);
      outcome = outcomeOf(attemptOf(settled)) ?? unknown(record, CLOSING);
    } catch (error) {
      this.#log.unwritten(record, event.kind, error);
      if (event.kind === 'refused') return { kind: 'refused', why: event.why };
      outcome = unknown(record, 'What became of it could not be written down.');
    }
    this.#log.settled(settled, outcome);
    if (outcome.kind === 'unknown') this.#parts.alert(operationOf(settled), outcome.cause);
    return outcome;
  }

  #step(record: TransactionRecord, event: AttemptEvent): TransactionRecord {
    const standing = standingOf(after(attemptOf(record), event));
    const next = { ...record, ...standing, updatedT: this.#parts.clock.now() };
    this.#parts.journal.update(next);
    return next;
  }
}

const unknown = ({ signature }: TransactionRecord, cause: string): TransactionOutcome => ({
  kind: 'unknown',
  signature: signature ?? '',
  cause,
});
