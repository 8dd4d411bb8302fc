import type { EngineStatusData } from '../../../shared/contract/engineStatus.ts';
import { STATE_WORDS } from '../../../shared/words/stateWords.ts';

const READ_ONLY: Readonly<Record<NonNullable<EngineStatusData['readOnly']>, string>> = {
  monitoring:
    'It only watches: there is no key to trade with here. To trade, stop it and go live with a wallet.',
  syncFailed:
    'It could not sync the account. It tries again by itself, and goes on as soon as that succeeds. Positions stay.',
  differences:
    'Books and chain do not say the same. It goes on once you have accepted what differs, or it is gone.',
};

/** Where a live engine stands, why, and what happens next. */
export function standWords(
  { state, readOnly }: Pick<EngineStatusData, 'state' | 'readOnly'>,
  isLost: boolean,
): string {
  if (state === 'readOnly' && readOnly !== undefined) return READ_ONLY[readOnly];
  if (state === 'recovering' && isLost)
    return 'The venue can’t be reached. It is tried again every 10 s; then the account is synced before anything is traded.';
  return STATE_WORDS[state].meaning;
}
