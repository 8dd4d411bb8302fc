import type { StandingTermsDraft } from './standingEntry.ts';

export type Purpose = 'trading' | 'monitoring';
export type StepName = 'wallet' | 'account' | 'checks' | 'limits' | 'live';

const STEPS: Readonly<Record<Purpose, readonly StepName[]>> = {
  trading: ['wallet', 'account', 'checks', 'limits', 'live'],
  monitoring: ['wallet', 'account', 'checks'],
};

export const STEP_TITLES: Readonly<Record<StepName, string>> = {
  wallet: 'Wallet',
  account: 'Sub-account',
  checks: 'Checks',
  limits: 'Limits',
  live: 'Go live',
};

/** What was chosen on the way so far. Nothing of it is told to the program before the last step. */
export interface GoLiveDraft {
  readonly purpose: Purpose;
  /** Whose account is watched: one of the wallets, or another address. Null before one was chosen. */
  readonly watched: string | null;
  readonly subAccount: number | null;
  /** What the sub-account holds in the engine's markets is given to it. */
  readonly handOver: boolean;
  readonly grants: boolean;
  readonly standing: StandingTermsDraft;
}

export const FIRST_DRAFT: GoLiveDraft = {
  purpose: 'trading',
  watched: null,
  subAccount: null,
  handOver: false,
  grants: false,
  standing: { perTrade: '', perDay: '', days: '7' },
};

/** The steps of one way, in their order: only watching needs no limits and no typed word. */
export const stepsOf = (purpose: Purpose): readonly StepName[] => STEPS[purpose];

/** The step before, or after; undefined where there is none. */
export function stepBeside(purpose: Purpose, step: StepName, by: 1 | -1): StepName | undefined {
  const steps = stepsOf(purpose);
  return steps[steps.indexOf(step) + by];
}

/** A change of the draft. What depended on what has changed is asked anew. */
export function changed(draft: GoLiveDraft, change: Partial<GoLiveDraft>): GoLiveDraft {
  const next = { ...draft, ...change };
  const isAnotherOwner = next.purpose !== draft.purpose || next.watched !== draft.watched;
  if (isAnotherOwner) return { ...next, subAccount: null, handOver: false };
  return next.subAccount === draft.subAccount ? next : { ...next, handOver: change.handOver ?? false };
}
