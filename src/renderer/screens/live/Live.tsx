import { useStatus } from '../../live/liveStore.ts';
import { GoLive } from './GoLive.tsx';
import { LiveTrading } from './LiveTrading.tsx';

/** The way to real money while the engine is on paper, and what there is to say of it while it is not. */
export default function Live() {
  const mode = useStatus((status) => status.mode) ?? 'paper';
  return mode === 'live' ? <LiveTrading /> : <GoLive />;
}
