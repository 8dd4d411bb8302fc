import type { LiveState } from './liveState.ts';

/** `fresh` follows the engine; `still` can't be newer (stopped, paused, halted); `old` should be newer than it is. */
export type Freshness = 'fresh' | 'still' | 'old';

/** A running engine is heard from at least this often at life's own speed: its step is a minute. */
const STEP_MS = 60_000;
const PATIENCE_MS = 5_000;
const MOVING = new Set(['running', 'waiting', 'halted']);

/** How far the engine's numbers can be trusted to be the present. @param now wall time, Unix ms */
export function freshnessOf(state: LiveState, now: number): Freshness {
  if (state.connection.kind !== 'open') return 'old';
  const engine = state.engines.funding;
  if (engine === undefined || engine.funding === null || engine.fundingAt === null) return 'still';
  const { clock } = engine.funding;
  if (!MOVING.has(engine.status.state) || clock?.paused === true) return 'still';
  const expectedMs = PATIENCE_MS + STEP_MS / Math.max(1, clock?.speed ?? 1);
  return now - engine.fundingAt > expectedMs ? 'old' : 'fresh';
}
