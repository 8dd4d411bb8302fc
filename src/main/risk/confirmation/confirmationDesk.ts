import { AppError } from '../../../shared/contract/appError.ts';
import { formatUsd } from '../../../shared/money/decimal.ts';
import type { Base, Price, Usd } from '../../../shared/money/quantity.ts';
import type { ConfirmationRecords, StandingConfirmation, TradePlace } from '../../domain/confirmation.ts';
import type { ApprovedTrade, ProposedTrade, Refusal } from '../trade.ts';
import type { ConfirmationBasis, ConfirmedTrade, UnconfirmedTrade } from './confirmedTrade.ts';
import { GOOD_FOR_MS, isOpen, whyNotAnswered, whyNotTaken, type Question } from './question.ts';
import { repairedBy } from './repair.ts';
import {
  DAY_MS,
  isInForce,
  leftOf,
  refuseStandingTerms,
  spentOf,
  whyNotCovered,
  type StandingTerms,
} from './standing.ts';
import { dollarWords, termsOf, termsWords, worthOf } from './terms.ts';

/** An answered question is remembered so long, to say what became of it. */
const REMEMBERED_MS = 3_600_000;

/** Where a trade is made, and what it is weighed by. */
export interface ConfirmationContext {
  readonly place: TradePlace;
  /** Mark by market, one for each leg. */
  readonly marks: ReadonlyMap<string, Price>;
  /** Unix ms of the wall: the confirmation is a person's, and so is its time. */
  readonly now: number;
  /** A trade worth more needs a confirmation: `risk.confirmAboveUsd`. */
  readonly limit: Usd;
}

/** A standing confirmation as it stands now. */
export interface StandingState {
  readonly standing: StandingConfirmation;
  /** Whether it holds: it neither ran out nor lies ahead. */
  readonly inForce: boolean;
  /** Of the last 24 hours. */
  readonly spent: Usd;
  readonly left: Usd;
}

/**
 * Where the user's yes is asked for, given, and used up (R6.10). Questions live in memory, and a restart forgets them: a
 * yes that nobody acted on must be given again. What was used is on the disk before the trade gets its proof, so a crash
 * in between leaves it used.
 */
export class ConfirmationDesk {
  readonly #records: ConfirmationRecords;
  readonly #newId: () => string;
  readonly #questions = new Map<string, Question>();

  /** @param newId ids that never come again, across restarts too */
  constructor(records: ConfirmationRecords, newId: () => string) {
    this.#records = records;
    this.#newId = newId;
  }

  /** Asks the user about a trade. Throws STALE_PRICE where it can't be weighed. */
  request(trade: ProposedTrade, { place, marks, now }: ConfirmationContext): Question {
    this.#forgetOld(now);
    const question: Question = {
      confirmationId: this.#newId(),
      terms: termsOf(trade, place),
      purpose: trade.purpose,
      because: trade.because,
      worth: worthOf(trade, marks),
      askedAt: now,
      expiresAt: now + GOOD_FOR_MS,
      answer: 'none',
    };
    this.#questions.set(question.confirmationId, question);
    return question;
  }

  /**
   * The user's yes; a second one changes nothing. Throws CONFIRMATION_UNKNOWN, CONFIRMATION_EXPIRED, CONFIRMATION_USED,
   * CONFIRMATION_DECLINED.
   */
  confirm(confirmationId: string, now: number): Question {
    return this.#answer(confirmationId, 'confirmed', now);
  }

  /** The user's no, final, also after a yes. Throws as {@link confirm} does. */
  decline(confirmationId: string, now: number): Question {
    return this.#answer(confirmationId, 'declined', now);
  }

  /**
   * Ends a question before its time, where it is not over yet: what was asked about is no longer what would be traded. A yes
   * to it is void; the user has not said no.
   * @returns whether it was ended by this
   */
  withdraw(confirmationId: string, now: number): boolean {
    const question = this.#questions.get(confirmationId);
    if (question === undefined || whyNotAnswered(question, now) !== undefined) return false;
    this.#questions.set(confirmationId, { ...question, answer: 'none', expiresAt: now });
    return true;
  }

  /** What waits for an answer, oldest first. */
  open(now: number): readonly Question[] {
    return [...this.#questions.values()].filter((question) => isOpen(question, now));
  }

  find(confirmationId: string): Question | undefined {
    return this.#questions.get(confirmationId);
  }

  /**
   * Lets a trade through, once, or says why not. What it needs is used up, durably, when this returns; an error of the
   * disk is thrown, and then nothing may be sent.
   * @param confirmationId the confirmation that the trade claims; without one, that which was given for exactly it
   * Throws STALE_PRICE where the trade can't be weighed, and the errors of storage.
   */
  take(
    approved: ApprovedTrade,
    context: ConfirmationContext,
    confirmationId?: string,
  ): ConfirmedTrade | UnconfirmedTrade {
    const { trade } = approved;
    const terms = termsOf(trade, context.place);
    const through = (basis: ConfirmationBasis): ConfirmedTrade =>
      ({ verdict: 'confirmed', approved, terms, basis }) as ConfirmedTrade;
    if (isExempt(trade)) return through({ kind: 'exempt' });
    const worth = worthOf(trade, context.marks);
    if (worth <= context.limit) return through({ kind: 'underLimit' });
    const basis =
      confirmationId === undefined
        ? this.#unasked(trade, worth, context)
        : this.#claimed(confirmationId, trade, context);
    if ('code' in basis) return { verdict: 'unconfirmed', approved, reason: basis };
    this.#use(trade, worth, basis, context);
    return through(basis);
  }

  /**
   * What has filled of a trade that was let through, leg by leg, once its outcome is final. A repair leaves the rest of its
   * gap to the next one, and what filled nothing takes nothing of a standing confirmation. Until this is said, and where
   * nobody says it, all of the trade counts as made. Throws INTERNAL where more has filled than was let through.
   */
  settle({ basis }: ConfirmedTrade, filled: readonly Base[]): void {
    const isNothing = filled.every((size) => size === 0n);
    if (basis.kind === 'repair' || (basis.kind === 'standing' && isNothing))
      this.#records.settle(basis.useId, filled);
  }

  /** Throws INVALID_PAYLOAD. What was used in the last 24 hours stays used under the new one. */
  grant(place: TradePlace, terms: StandingTerms, now: number): StandingState {
    refuseStandingTerms(terms, now);
    this.#records.grant({ id: this.#newId(), place, ...terms, grantedAt: now });
    const state = this.standing(place, now);
    if (state === undefined) throw new TypeError('a standing confirmation that was granted is not there');
    return state;
  }

  /** From now on nothing goes through on it. */
  revoke(place: TradePlace, now: number): void {
    this.#records.revoke(place, now);
  }

  /** The one that was granted for a place and not revoked; undefined where there is none. */
  standing(place: TradePlace, now: number): StandingState | undefined {
    const standing = this.#records.standing(place);
    if (standing === undefined) return undefined;
    const spent = spentOf(this.#records.usesAfter(place, now - DAY_MS));
    return { standing, inForce: isInForce(standing, now), spent, left: leftOf(standing, spent) };
  }

  #answer(confirmationId: string, answer: 'confirmed' | 'declined', now: number): Question {
    const question = this.#questions.get(confirmationId);
    const reason = question === undefined ? this.#missing(confirmationId) : whyNotAnswered(question, now);
    if (question === undefined || reason !== undefined)
      throw errorOf(reason ?? this.#missing(confirmationId));
    const answered = { ...question, answer };
    this.#questions.set(confirmationId, answered);
    return answered;
  }

  #claimed(
    confirmationId: string,
    trade: ProposedTrade,
    { place, now }: ConfirmationContext,
  ): ConfirmationBasis | Refusal {
    const question = this.#questions.get(confirmationId);
    if (question === undefined) return this.#missing(confirmationId);
    return whyNotTaken(question, termsOf(trade, place), now) ?? { kind: 'own', confirmationId };
  }

  /** What lets a trade through that claims no confirmation by name. */
  #unasked(
    trade: ProposedTrade,
    worth: Usd,
    { place, now, limit }: ConfirmationContext,
  ): ConfirmationBasis | Refusal {
    const terms = termsOf(trade, place);
    for (const question of this.#questions.values())
      if (whyNotTaken(question, terms, now) === undefined)
        return { kind: 'own', confirmationId: question.confirmationId };
    const uses = this.#records.usesAfter(place, now - DAY_MS);
    const repaired = repairedBy(trade, uses, (useId) => this.#records.repairsOf(useId));
    if (repaired !== undefined) return { kind: 'repair', of: repaired.id, useId: this.#newId() };
    const standing = this.#records.standing(place);
    // What a trader orders by hand a trader can confirm: standing confirmations are for the engine.
    if (standing === undefined || trade.purpose === 'manual')
      return {
        code: 'CONFIRMATION_REQUIRED',
        message: `${termsWords(terms)}: worth ${dollarWords(worth)}. Over ${dollarWords(limit)} a live trade needs your confirmation.`,
        numbers: { worth: formatUsd(worth), limit: formatUsd(limit) },
      };
    const reason = whyNotCovered(standing, spentOf(uses), worth, now);
    return reason ?? { kind: 'standing', standingId: standing.id, useId: this.#newId() };
  }

  #missing(confirmationId: string): Refusal {
    const numbers = { confirmationId };
    return this.#records.isUsed(confirmationId)
      ? {
          code: 'CONFIRMATION_USED',
          message: 'That confirmation was given for one trade, and that trade was made.',
          numbers,
        }
      : {
          code: 'CONFIRMATION_UNKNOWN',
          message: 'Nothing is asked under that confirmation. A restart forgets what was not used.',
          numbers,
        };
  }

  /** On the disk first: what can't be written down is not confirmed. */
  #use(
    trade: ProposedTrade,
    worth: Usd,
    basis: ConfirmationBasis,
    { place, now }: ConfirmationContext,
  ): void {
    const of = recordedUnder(basis);
    if (of === undefined) return;
    this.#records.use({
      ...of,
      id: 'useId' in basis ? basis.useId : this.#newId(),
      t: now,
      place,
      worth,
      legs: trade.legs.map(({ market, side, size }) => ({ market, side, size })),
    });
    const question = this.#questions.get(of.of);
    if (question !== undefined) this.#questions.set(of.of, { ...question, answer: 'used' });
  }

  #forgetOld(now: number): void {
    for (const { confirmationId, expiresAt } of this.#questions.values())
      if (now >= expiresAt + REMEMBERED_MS) this.#questions.delete(confirmationId);
  }
}

/** SOS and the health guard, and of those only what gets out. */
const isExempt = ({ purpose, effect }: ProposedTrade): boolean =>
  effect === 'reduces' && (purpose === 'flatten' || purpose === 'deleverage');

function recordedUnder(basis: ConfirmationBasis) {
  switch (basis.kind) {
    case 'own':
      return { basis: basis.kind, of: basis.confirmationId };
    case 'standing':
      return { basis: basis.kind, of: basis.standingId };
    case 'repair':
      return { basis: basis.kind, of: basis.of };
    case 'underLimit':
    case 'exempt':
      return undefined;
  }
}

const errorOf = ({ code, message, numbers }: Refusal): AppError => new AppError(code, message, numbers);
