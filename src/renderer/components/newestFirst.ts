/** What of a long list is on the screen: its newest entries, newest first, and how many older ones wait. */
export interface NewestFirst<Entry> {
  readonly rows: readonly Entry[];
  readonly older: number;
}

/**
 * The newest `count` entries of a list that is oldest first. The rest isn't drawn at all until it is asked for, which is
 * what keeps a list of many thousands quick.
 */
export function newestFirst<Entry>(entries: readonly Entry[], count: number): NewestFirst<Entry> {
  const from = Math.max(0, entries.length - Math.max(0, count));
  return { rows: entries.slice(from).toReversed(), older: from };
}
