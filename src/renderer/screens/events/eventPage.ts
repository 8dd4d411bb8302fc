import type { PayloadOf, ReplyOf } from '../../../shared/contract/commands.ts';
import type { EventEntry } from '../../../shared/contract/eventEntry.ts';
import { wholeDownTo, type EventRing } from '../../live/eventRing.ts';

/** Where in the log one looks: at its end as it grows, or at the lines before or after a place. */
export type EventPlace =
  | { readonly kind: 'latest' }
  | { readonly kind: 'before'; readonly seq: number }
  | { readonly kind: 'after'; readonly seq: number };

export interface EventFilter {
  /** Empty means all. */
  readonly types: readonly string[];
  readonly search: string;
}

export const PAGE = 100;
const LONGEST_SEARCH = 100;

/** The command that reads a page. */
export function pageRequest(place: EventPlace, { types, search }: EventFilter): PayloadOf<'GET_EVENTS'> {
  const words = search.trim().slice(0, LONGEST_SEARCH);
  return {
    engine: 'funding',
    limit: PAGE,
    ...(place.kind === 'before' ? { before: place.seq } : {}),
    ...(place.kind === 'after' ? { after: place.seq } : {}),
    ...(types.length === 0 ? {} : { types: [...types] }),
    ...(words === '' ? {} : { search: words }),
  };
}

/** A page's lines, newest first: those after a place come oldest first. */
export const newestFirst = (place: EventPlace, events: readonly EventEntry[]): readonly EventEntry[] =>
  place.kind === 'after' ? events.toReversed() : events;

/** A page as it was read. */
export interface EventPage {
  readonly place: EventPlace;
  /** Newest first. */
  readonly entries: readonly EventEntry[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
  /** The number up to which the log was looked through. */
  readonly upTo: number;
}

/** @param newest the newest line that was known when the page was asked for */
export function pageOf(
  place: EventPlace,
  { events, more }: ReplyOf<'GET_EVENTS'>,
  newest: number,
): EventPage {
  const entries = newestFirst(place, events);
  return {
    place,
    entries,
    hasOlder: place.kind === 'after' || more,
    hasNewer: place.kind === 'before' || (place.kind === 'after' && more),
    upTo: Math.max(newest, entries[0]?.seq ?? 0),
  };
}

/** Whether lines may have come between a page and those that are known since: the page has to be read again. */
export const hasGap = ({ upTo }: EventPage, ring: EventRing): boolean => wholeDownTo(ring) > upTo + 1;

/** The page with lines that have come since it was read, where they belong to it. */
export function withLive(
  page: readonly EventEntry[],
  ring: readonly EventEntry[],
  { types }: EventFilter,
): readonly EventEntry[] {
  const newest = page[0]?.seq ?? 0;
  const fresh = ring.filter(({ seq, type }) => seq > newest && (types.length === 0 || types.includes(type)));
  return fresh.length === 0 ? page : [...fresh, ...page].slice(0, PAGE);
}
