import type { ConfirmationView, StandingView } from '../../../shared/contract/confirmation.ts';
import { formatBase, formatPrice, formatUsd } from '../../../shared/money/decimal.ts';
import type { StandingState } from '../../risk/confirmation/confirmationDesk.ts';
import type { Question } from '../../risk/confirmation/question.ts';

/** A question as its user reads it. */
export function confirmationViewOf(question: Question): ConfirmationView {
  const { confirmationId, terms, purpose, because, worth, askedAt, expiresAt, answer } = question;
  return {
    confirmationId,
    place: { ...terms.place },
    purpose,
    because,
    legs: terms.legs.map(({ market, side, size, limitPrice, reduceOnly }) => ({
      market,
      side,
      size: formatBase(size),
      limitPrice: formatPrice(limitPrice),
      reduceOnly,
    })),
    worth: formatUsd(worth),
    askedAt,
    expiresAt,
    answer,
  };
}

export function standingViewOf({ standing, inForce, spent, left }: StandingState): StandingView {
  const { place, perTrade, perDay, grantedAt, until } = standing;
  return {
    place: { ...place },
    perTrade: formatUsd(perTrade),
    perDay: formatUsd(perDay),
    grantedAt,
    until,
    inForce,
    spent: formatUsd(spent),
    left: formatUsd(left),
  };
}
