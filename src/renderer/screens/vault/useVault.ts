import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { VaultView } from '../../../shared/contract/commands/vaultCommands.ts';
import { useApi } from '../../api/apiContext.ts';
import { useLive } from '../../live/liveStore.ts';

const EVERY_MS = 2_000;

/** The engine's vault, read again while one looks at it. */
export function useVault(): UseQueryResult<VaultView> {
  const api = useApi();
  const vaultEpoch = useLive((state) => state.vaultEpoch);
  const connected = useLive(({ connection }) => connection.kind === 'open');
  return useQuery({
    queryKey: ['GET_ENGINE_VAULT', vaultEpoch],
    queryFn: () => api.send('GET_ENGINE_VAULT', { engine: 'funding' }),
    refetchInterval: connected ? EVERY_MS : false,
  });
}
