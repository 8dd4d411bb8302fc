import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { WalletsView } from '../../../shared/contract/commands/walletCommands.ts';
import { useApi } from '../../api/apiContext.ts';
import { forgetRead, queryClient } from '../../api/queries.ts';
import { useLive } from '../../live/liveStore.ts';

const COMMAND = 'GET_WALLETS';

/** The wallets, read again whenever they, their lock or the vault have changed, and with each new connection. */
export function useWallets(): UseQueryResult<WalletsView> {
  const api = useApi();
  const stamp = useLive(({ walletsEpoch, vaultEpoch, snapshots }) =>
    [walletsEpoch, vaultEpoch, snapshots].join(),
  );
  const asked = useRef(stamp);
  // One key for good: what is shown stays while it is read again, and also when that fails.
  const query = useQuery({ queryKey: [COMMAND], queryFn: () => api.send(COMMAND, {}), staleTime: 0 });
  useEffect(() => {
    if (asked.current === stamp) return;
    asked.current = stamp;
    void forgetRead(COMMAND);
  }, [stamp]);
  return query;
}

/** What an acting command answered is what holds now. */
export function keepWallets(view: WalletsView): void {
  queryClient.setQueryData([COMMAND], view);
}
