import { useQuery } from '@tanstack/react-query';
import type { ReplyOf } from '../../../shared/contract/commands.ts';
import { useApi } from '../../api/apiContext.ts';
import { useLive } from '../../live/liveStore.ts';
import { useTicket } from './ticketStore.ts';

export type MarketSpec = ReplyOf<'GET_MARKETS'>['markets'][number];

/** The venue's markets change with the vault only; fees with the tier, so they are asked for again now and then. */
const READ_EVERY_MS = 60_000;

export function useMarkets() {
  const api = useApi();
  const vaultEpoch = useLive((state) => state.vaultEpoch);
  const connected = useLive(({ connection }) => connection.kind === 'open');
  return useQuery({
    queryKey: ['GET_MARKETS', vaultEpoch],
    queryFn: () => api.send('GET_MARKETS', {}),
    staleTime: READ_EVERY_MS,
    refetchInterval: connected ? READ_EVERY_MS : false,
  });
}

/** The market that is looked at; undefined until the list is there. */
export function useMarketSpec(): MarketSpec | undefined {
  const market = useTicket((state) => state.market);
  return useMarkets().data?.markets.find((one) => one.market === market);
}

/** Digits behind the point of a step: "0.01" has two. */
export const stepDecimals = (step: string | undefined, otherwise: number): number =>
  step === undefined ? otherwise : (step.split('.')[1]?.length ?? 0);

/** Digits of a price and of a size in the market that is looked at. */
export function useMarketDecimals(): { readonly price: number; readonly size: number } {
  const spec = useMarketSpec();
  return { price: stepDecimals(spec?.tick, 2), size: Math.max(1, stepDecimals(spec?.lot, 2)) };
}
