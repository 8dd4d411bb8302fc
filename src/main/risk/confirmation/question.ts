import type { Usd } from '../../../shared/money/quantity.ts';
import type { Purpose, Refusal } from '../trade.ts';
import { sameTerms, termsWords, type TradeTerms } from './terms.ts';

/** How long a confirmation is good for, from the moment that it is asked for (R6.10). */
export const GOOD_FOR_MS = 60_000;

/** What the user is asked, and what they have answered. */
export interface Question {
  readonly confirmationId: string;
  readonly terms: TradeTerms;
  readonly purpose: Purpose;
  /** Why the trade is proposed. */
  readonly because: string;
  /** All legs together, as when it was asked. */
  readonly worth: Usd;
  /** Unix ms. */
  readonly askedAt: number;
  /** Good before this moment, not at it. */
  readonly expiresAt: number;
  readonly answer: 'none' | 'confirmed' | 'declined' | 'used';
}

/** A clock that was set back says nothing about how much of the time is left, so it ends it too. */
export const isOver = ({ askedAt, expiresAt }: Question, now: number): boolean =>
  now >= expiresAt || now < askedAt;

/** Whether it still waits for its user. */
export const isOpen = (question: Question, now: number): boolean =>
  question.answer === 'none' && !isOver(question, now);

/** Why an answer can't be given, or given again; undefined where it can. */
export function whyNotAnswered(question: Question, now: number): Refusal | undefined {
  if (question.answer === 'used' || question.answer === 'declined') return settled(question, question.answer);
  return isOver(question, now) ? expired(question, now) : undefined;
}

/** Why a trade can't go through on this confirmation; undefined where it is confirmed for exactly that trade. */
export function whyNotTaken(question: Question, terms: TradeTerms, now: number): Refusal | undefined {
  const reason = whyNotAnswered(question, now);
  if (reason !== undefined) return reason;
  if (!sameTerms(question.terms, terms))
    return {
      code: 'CONFIRMATION_MISMATCH',
      message: `What was confirmed is another trade: ${termsWords(question.terms)}. Asked for now: ${termsWords(terms)}.`,
      numbers: { confirmationId: question.confirmationId },
    };
  if (question.answer === 'confirmed') return undefined;
  return {
    code: 'CONFIRMATION_REQUIRED',
    message: `${termsWords(terms)}: you have been asked about this trade, and have not answered yet.`,
    numbers: { confirmationId: question.confirmationId, expiresAt: question.expiresAt },
  };
}

function settled({ confirmationId, terms }: Question, answer: 'used' | 'declined'): Refusal {
  return answer === 'used'
    ? {
        code: 'CONFIRMATION_USED',
        message: `${termsWords(terms)}: this was confirmed for one trade, and that trade was made.`,
        numbers: { confirmationId },
      }
    : {
        code: 'CONFIRMATION_DECLINED',
        message: `${termsWords(terms)}: you have declined this trade.`,
        numbers: { confirmationId },
      };
}

const expired = ({ confirmationId, terms, askedAt, expiresAt }: Question, now: number): Refusal => ({
  code: 'CONFIRMATION_EXPIRED',
  message: `${termsWords(terms)}: a confirmation is good for ${GOOD_FOR_MS / 1_000} s from the question on, and that time is over.`,
  numbers: { confirmationId, askedAt, expiresAt, now },
});
