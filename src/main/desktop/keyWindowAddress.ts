import { APP_SCHEME } from './appAddress.ts';

/** A host of its own: an origin that shares nothing with the app's page. */
const KEY_HOST = 'phantom-arbiter-keys';
export const KEY_WINDOW_URL = `${APP_SCHEME}://${KEY_HOST}/`;

/** The path of an address of the key window; undefined for any other. */
export function keyWindowPath(address: string): string | undefined {
  const url = URL.parse(address);
  if (url?.protocol !== `${APP_SCHEME}:` || url.host !== KEY_HOST) return undefined;
  return url.username === '' && url.password === '' && url.search === '' ? url.pathname : undefined;
}
