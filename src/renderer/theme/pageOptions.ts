/** What the page's address asks of its looks. */
export interface PageOptions {
  /** Nothing moves, so that two pictures of the same state are the same: `?still`. */
  readonly still: boolean;
  /** A fixed colour scheme instead of the stored one: `?scheme=dark` or `?scheme=light`. */
  readonly scheme: 'dark' | 'light' | null;
}

/** @param search the query of the address, such as `?scheme=light&still` */
export function pageOptions(search: string): PageOptions {
  const query = new URLSearchParams(search);
  const scheme = query.get('scheme');
  return { still: query.has('still'), scheme: scheme === 'dark' || scheme === 'light' ? scheme : null };
}
