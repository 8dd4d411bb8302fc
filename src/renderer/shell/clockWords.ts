import type { FundingUpdateData } from '../../shared/contract/fundingUpdate.ts';

/** "3,600×", as on the buttons that choose it. */
export const speedWords = (speed: number): string => `${speed.toLocaleString('en-US')}×`;

/** How fast a paper market goes: "60×", "paused", "on to the next funding". Empty where time is the world's. */
export function clockWords(clock: FundingUpdateData['clock']): string {
  if (clock === null) return '';
  if (clock.rushing) return 'on to the next funding';
  return clock.paused ? 'paused' : speedWords(clock.speed);
}
