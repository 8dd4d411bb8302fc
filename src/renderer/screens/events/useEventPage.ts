import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { EventEntry } from '../../../shared/contract/eventEntry.ts';
import { useApi } from '../../api/apiContext.ts';
import { useEvents } from '../../live/useEvents.ts';
import { useLive } from '../../live/liveStore.ts';
import {
  PAGE,
  hasGap,
  pageOf,
  pageRequest,
  withLive,
  type EventFilter,
  type EventPlace,
} from './eventPage.ts';

/** A search is the program's to answer; its latest page is asked for again. */
const SEARCH_EVERY_MS = 3_000;

interface EventPageView {
  /** Newest first; null while the first page is read. */
  readonly entries: readonly EventEntry[] | null;
  /** Whether these are the lines of the place that is looked at, and not those of the one before. */
  readonly isThere: boolean;
  readonly error: Error | null;
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
}

/** A page of the event log; the latest one grows by itself. */
export function useEventPage(place: EventPlace, filter: EventFilter): EventPageView {
  const api = useApi();
  const vaultEpoch = useLive((state) => state.vaultEpoch);
  const connected = useLive(({ connection }) => connection.kind === 'open');
  const ring = useEvents();
  const request = pageRequest(place, filter);
  const searches = request.search !== undefined;
  const atEnd = place.kind === 'latest';
  const { data, error, isPlaceholderData, isFetching, refetch } = useQuery({
    queryKey: ['GET_EVENTS', request, vaultEpoch] as const,
    queryFn: async () => {
      const newest = useLive.getState().events[0]?.seq ?? 0;
      return pageOf(place, await api.send('GET_EVENTS', request), newest);
    },
    refetchInterval: connected && atEnd && searches ? SEARCH_EVERY_MS : false,
    // The page before stays until the next one is there, but never that of another vault.
    placeholderData: (previous, query) => (query?.queryKey[2] === vaultEpoch ? previous : undefined),
  });
  const isLive = atEnd && !searches && !isPlaceholderData;
  const misses = isLive && connected && data !== undefined && hasGap(data, ring);
  useEffect(() => {
    if (misses && !isFetching && error === null) void refetch();
  }, [misses, isFetching, error, refetch]);
  const entries = useMemo(() => {
    if (data === undefined) return null;
    return isLive ? withLive(data.entries, ring, filter) : data.entries;
  }, [data, isLive, ring, filter]);
  return {
    entries,
    isThere: data !== undefined && !isPlaceholderData,
    error,
    // What has come in may have pushed others off the page.
    hasOlder:
      (data?.hasOlder ?? false) || (entries?.length === PAGE && entries.at(-1) !== data?.entries.at(-1)),
    hasNewer: data?.hasNewer ?? false,
  };
}
