import type { ErrorCode } from '../../../shared/contract/errorCodes.ts';
import type { CheckName, CheckState } from '../../../shared/contract/liveCheck.ts';

/** What came of one look. */
export interface CheckResult {
  readonly state: CheckState;
  /** What was found, in a sentence. */
  readonly says: string;
  /** What to do about it; null where there is nothing to be done. */
  readonly todo: string | null;
  /** Why a start would be refused; null where it would not be for this. */
  readonly code: ErrorCode | null;
}

export interface LiveCheck extends CheckResult {
  readonly name: CheckName;
}

/** Something that was asked: what was answered, or why nothing was. */
export type Fact<T> =
  { readonly known: true; readonly value: T } | { readonly known: false; readonly why: string };

export const ok = (says: string): CheckResult => ({ state: 'ok', says, todo: null, code: null });

export const warning = (says: string, todo: string): CheckResult => ({
  state: 'warning',
  says,
  todo,
  code: null,
});

export const failed = (code: ErrorCode, says: string, todo: string): CheckResult => ({
  state: 'failed',
  says,
  todo,
  code,
});

/**
 * The result for what is known, or that it isn't.
 * @param code of what would be refused as long as it isn't known
 */
export function checkOf<T>(
  fact: Fact<T>,
  what: string,
  judge: (value: T) => CheckResult,
  code: ErrorCode = 'VENUE_UNAVAILABLE',
): CheckResult {
  if (fact.known) return judge(fact.value);
  return {
    state: 'unknown',
    says: `${what} could not be found out: ${fact.why}`,
    todo: 'Check again in a moment.',
    code,
  };
}
