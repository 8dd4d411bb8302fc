import { NotADecimal, parseUsd } from '../../../shared/money/decimal.ts';
import type { PayloadOf } from '../../../shared/contract/commands.ts';
import { decimalProblem, tidied } from '../../components/decimalEntry.ts';

type StandingTerms = PayloadOf<'GRANT_STANDING_CONFIRMATION'>['standing'];

/** A standing confirmation as it is typed. */
export interface StandingTermsDraft {
  readonly perTrade: string;
  readonly perDay: string;
  /** How many days it holds. */
  readonly days: '1' | '7' | '30' | '90';
}

export const DAYS = [
  { value: '1', label: '1 day' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
] as const;

const DAY_MS = 86_400_000;

/** What is wrong with an amount of dollars, in words; null where nothing is. */
export function amountProblem(text: string): string | null {
  const problem = decimalProblem(text);
  if (problem !== null) return problem;
  try {
    return parseUsd(tidied(text)) > 0n ? null : 'Enter more than zero.';
  } catch (error) {
    if (error instanceof NotADecimal) return 'Use at most 6 decimals, and no zeros in front.';
    throw error;
  }
}

/** The same for what is allowed a day, which can't be less than what is allowed a trade. */
export function perDayProblem({ perTrade, perDay }: StandingTermsDraft): string | null {
  const problem = amountProblem(perDay);
  if (problem !== null || amountProblem(perTrade) !== null) return problem;
  return parseUsd(tidied(perDay)) < parseUsd(tidied(perTrade))
    ? 'Not less than a single trade may be worth.'
    : null;
}

/** What is granted, from now on; null while something of it is wrong. @param now Unix ms */
export function termsOf(draft: StandingTermsDraft, now: number): StandingTerms | null {
  if (amountProblem(draft.perTrade) !== null || perDayProblem(draft) !== null) return null;
  return {
    perTrade: tidied(draft.perTrade),
    perDay: tidied(draft.perDay),
    until: now + Number(draft.days) * DAY_MS,
  };
}
