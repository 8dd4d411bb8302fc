import { useStatus } from '../../live/liveStore.ts';
import { StandingPanel } from '../live/StandingPanel.tsx';

/** In live, what the engine may trade without asking. */
export function LiveGrant() {
  const isLive = useStatus(({ mode }) => mode === 'live') ?? false;
  return isLive ? <StandingPanel /> : null;
}
