const NAME = 'phantom-arbiter-key';

/** What of the page's surroundings the key lives in. */
export interface KeyPlace {
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'replaceState' | 'state'>;
}

/** The key in a pasted text: the printed address, its fragment, or the key alone. Empty where there is none. */
export function keyIn(text: string): string {
  const trimmed = text.trim();
  const at = trimmed.indexOf('#');
  const fragment = at === -1 ? trimmed : trimmed.slice(at + 1);
  if (!fragment.includes('=')) return at === -1 && !trimmed.includes('/') ? fragment : '';
  return new URLSearchParams(fragment).get('key') ?? '';
}

/**
 * The key of this page: from the address, which is then cleaned so that no one reads it over a shoulder or in the
 * history, or the one kept from before. Undefined where there is none.
 */
export function takeKey({ storage, location, history }: KeyPlace): string | undefined {
  const fromAddress = location.hash === '' ? '' : keyIn(location.hash);
  if (fromAddress !== '') {
    keep(storage, fromAddress);
    history.replaceState(history.state, '', `${location.pathname}${location.search}`);
    return fromAddress;
  }
  return kept(storage);
}

/** Keeps a key that the user pasted. */
export function keep(storage: KeyPlace['storage'], key: string): void {
  try {
    storage.setItem(NAME, key);
  } catch {
    // A browser that keeps nothing still works until the page is closed.
  }
}

export function forget(storage: KeyPlace['storage']): void {
  try {
    storage.removeItem(NAME);
  } catch {
    // Nothing was kept.
  }
}

function kept(storage: KeyPlace['storage']): string | undefined {
  try {
    return storage.getItem(NAME) ?? undefined;
  } catch {
    return undefined;
  }
}
