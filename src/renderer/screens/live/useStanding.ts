import { useQuery } from '@tanstack/react-query';
import type { StandingView } from '../../../shared/contract/confirmation.ts';
import { useApi } from '../../api/apiContext.ts';
import { useConnectionKind, useLive } from '../../live/liveStore.ts';

/** What is left of 24 hours grows with the time that passes, and nothing tells of that. */
const EVERY_MS = 5_000;

/** The standing confirmation, read again while one looks at it. Undefined while it is not known; null where there is none. */
export function useStanding(): StandingView | null | undefined {
  const api = useApi();
  const connected = useConnectionKind() === 'open';
  const isKnown = useLive(({ desk }) => desk.standing !== undefined);
  useQuery({
    queryKey: ['GET_CONFIRMATIONS'],
    queryFn: async () => {
      const read = await api.send('GET_CONFIRMATIONS', {});
      const [standing = null] = read.standing;
      useLive.setState(({ desk }) => ({ desk: { ...desk, standing, unread: null } }));
      return read;
    },
    // The first reading comes with the snapshot.
    enabled: connected && isKnown,
    refetchInterval: connected && isKnown ? EVERY_MS : false,
  });
  return useLive(({ desk }) => desk.standing);
}
