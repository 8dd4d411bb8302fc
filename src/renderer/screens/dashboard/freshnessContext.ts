import { createContext, useContext } from 'react';
import type { Freshness } from '../../live/freshness.ts';

export const FreshnessContext = createContext<Freshness>('still');

export const useFreshness = (): Freshness => useContext(FreshnessContext);

/** How a tile looks: its number may be missing yet, or older than it should be. */
export function tileState(freshness: Freshness, value: unknown): 'ready' | 'loading' | 'stale' {
  if (value === undefined) return 'loading';
  return freshness === 'old' ? 'stale' : 'ready';
}
