import { AppError } from '../../../shared/contract/appError.ts';
import { formatUsd } from '../../../shared/money/decimal.ts';
import { usd, type Usd } from '../../../shared/money/quantity.ts';
import { larger } from '../../../shared/money/rounding.ts';
import type { ConfirmationUse, StandingConfirmation } from '../../domain/confirmation.ts';
import type { Refusal } from '../trade.ts';
import { dollarWords } from './terms.ts';

/**
 * The day of a standing confirmation is any 24 hours, so that nothing is let through twice around a midnight: an amount
 * counts until 24 hours after it was used have passed, and one whose time lies ahead (the clock was set back) counts.
 */
export const DAY_MS = 86_400_000;
/** Nobody grants for ever. */
const LONGEST_MS = 366 * DAY_MS;

/** What a user grants. */
export interface StandingTerms {
  readonly perTrade: Usd;
  readonly perDay: Usd;
  /** Unix ms. */
  readonly until: number;
}

/** Throws INVALID_PAYLOAD, naming the field. */
export function refuseStandingTerms({ perTrade, perDay, until }: StandingTerms, now: number): void {
  if (perTrade <= 0n) throw invalid('perTrade', 'A standing confirmation has to allow something a trade.');
  if (perDay < perTrade)
    throw invalid('perDay', 'What is allowed a day cannot be less than what is allowed a trade.');
  if (until <= now) throw invalid('until', 'The date up to which it holds has passed.');
  if (until > now + LONGEST_MS) throw invalid('until', 'A standing confirmation holds a year at most.');
}

/** Whether it holds at a moment. A clock that stands before the granting is not to be trusted. */
export const isInForce = ({ grantedAt, until }: StandingConfirmation, now: number): boolean =>
  now >= grantedAt && now < until;

/**
 * What is spent of a day: every use under a standing confirmation of the place, an earlier one's too. Repairs are not
 * counted: their size is that of a leg which was counted and did not fill.
 * @param uses of the last 24 hours, and of times that lie ahead
 */
export function spentOf(uses: readonly ConfirmationUse[]): Usd {
  return usd(uses.filter(({ basis }) => basis === 'standing').reduce((sum, { worth }) => sum + worth, 0n));
}

/** What may still be used; never less than nothing. */
export const leftOf = ({ perDay }: StandingConfirmation, spent: Usd): Usd => usd(larger(perDay - spent, 0n));

/** Why a standing confirmation doesn't cover a trade; undefined where it does. */
export function whyNotCovered(
  standing: StandingConfirmation,
  spent: Usd,
  worth: Usd,
  now: number,
): Refusal | undefined {
  const numbers = {
    worth: formatUsd(worth),
    perTrade: formatUsd(standing.perTrade),
    perDay: formatUsd(standing.perDay),
    spent: formatUsd(spent),
    until: standing.until,
  };
  const refused = (message: string): Refusal => ({ code: 'CONFIRMATION_REQUIRED', message, numbers });
  if (!isInForce(standing, now)) return refused('Your standing confirmation has run out.');
  if (worth > standing.perTrade)
    return refused(
      `The trade is worth ${dollarWords(worth)}; your standing confirmation allows ${dollarWords(standing.perTrade)} a trade.`,
    );
  if (spent + worth > standing.perDay)
    return refused(
      `The trade is worth ${dollarWords(worth)}; of ${dollarWords(standing.perDay)} a day your standing confirmation has ${dollarWords(leftOf(standing, spent))} left.`,
    );
  return undefined;
}

const invalid = (field: string, message: string): AppError =>
  new AppError('INVALID_PAYLOAD', message, { field });
