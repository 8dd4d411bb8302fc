import type { EngineState } from '../../../shared/contract/engineStatus.ts';

const STILL: ReadonlySet<EngineState> = new Set(['stopped', 'error']);

/** What keeps orders from being placed or from filling, whatever they are; null where nothing does. */
export function stillWords(state: EngineState | undefined, isPaused: boolean): string | null {
  if (state === 'halted')
    return 'SOS is on: no order is placed or changed until you release it. What is open can be cancelled.';
  const stopped = state !== undefined && STILL.has(state);
  if (!stopped && !isPaused) return null;
  const why = stopped ? 'the engine is stopped' : 'it is paused';
  return `The market stands still: ${why}. What takes fills now; what rests or waits can only fill once it goes on.`;
}
