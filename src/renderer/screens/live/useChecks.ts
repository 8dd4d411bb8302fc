import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { PayloadOf, ReplyOf } from '../../../shared/contract/commands.ts';
import { useApi } from '../../api/apiContext.ts';
import type { GoLiveDraft } from './goLiveSteps.ts';
import { VENUE } from './venueWords.ts';

type Standing = NonNullable<PayloadOf<'CHECK_LIVE'>['standing']>;

/** Everything that going live depends on, looked at now: what was found before is not shown again. */
export function useChecks(
  { purpose, subAccount, handOver }: GoLiveDraft,
  owner: string | null,
  standing: Standing | null,
): UseQueryResult<ReplyOf<'CHECK_LIVE'>> {
  const api = useApi();
  const payload = {
    engine: 'funding',
    venue: VENUE,
    subAccount: subAccount ?? 0,
    purpose,
    ...(purpose === 'monitoring' && owner !== null ? { owner } : {}),
    ...(handOver ? { handOver } : {}),
    ...(standing === null ? {} : { standing }),
  } as const;
  return useQuery({
    queryKey: ['CHECK_LIVE', payload],
    queryFn: () => api.send('CHECK_LIVE', payload),
    staleTime: 0,
    gcTime: 0,
  });
}
