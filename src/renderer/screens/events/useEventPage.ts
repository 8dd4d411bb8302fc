import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { EventEntry } from '../../../shared/contract/eventEntry.ts';
import { useApi } from '../../api/apiContext.ts';
import { useEvents } from '../../live/useEvents.ts';
import { useLive } from '../../live/liveStore.ts';
import { newestFirst, pageRequest, withLive, type EventFilter, type EventPlace } from './eventPage.ts';

/** A search is the program's to answer; its latest page is asked for again. */
const SEARCH_EVERY_MS = 3_000;

export interface EventPageView {
  /** Newest first; null while the first page is read. */
  readonly entries: readonly EventEntry[] | null;
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
  const { data, error } = useQuery({
    queryKey: ['GET_EVENTS', request, vaultEpoch],
    queryFn: () => api.send('GET_EVENTS', request),
    refetchInterval: connected && atEnd && searches ? SEARCH_EVERY_MS : false,
    placeholderData: (previous) => previous,
  });
  const entries = useMemo(() => {
    if (data === undefined) return null;
    const page = newestFirst(place, data.events);
    return atEnd && !searches ? withLive(page, ring, filter) : page;
  }, [data, place, atEnd, searches, ring, filter]);
  const more = data?.more ?? false;
  return {
    entries,
    error,
    hasOlder: place.kind === 'after' || more,
    hasNewer: place.kind === 'before' || (place.kind === 'after' && more),
  };
}
