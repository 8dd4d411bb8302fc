import type { ReactNode } from 'react';
import { freshnessOf } from '../../live/freshness.ts';
import { useLive } from '../../live/liveStore.ts';
import { useNow } from '../../live/useNow.ts';
import { FreshnessContext } from './freshnessContext.ts';

/** Judges once a second for all numbers below whether they are the present. */
export function FreshnessProvider({ children }: { readonly children: ReactNode }) {
  const now = useNow();
  const freshness = useLive((state) => freshnessOf(state, now));
  return <FreshnessContext value={freshness}>{children}</FreshnessContext>;
}
