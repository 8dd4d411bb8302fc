import type { FundingUpdateData } from '../../shared/contract/fundingUpdate.ts';

/** How fast a paper market goes: "60×", "paused", "on to the next funding". Empty where time is the world's. */
export function clockWords(clock: FundingUpdateData['clock']): string {
  if (clock === null) return '';
  if (clock.rushing) return 'on to the next funding';
  return clock.paused ? 'paused' : `${clock.speed}×`;
}
