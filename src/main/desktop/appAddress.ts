/** The page's own scheme: a real origin, which file:// never is. */
export const APP_SCHEME = 'app';
const APP_HOST = 'phantom-arbiter';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
/** Where the page is. */
export const PAGE_URL = `${APP_ORIGIN}/`;

/** The path below our origin, `/assets/index-abc.js`; undefined for an address that isn't ours to the letter. */
export function ownPath(address: string): string | undefined {
  const url = URL.parse(address);
  if (url?.protocol !== `${APP_SCHEME}:` || url.host !== APP_HOST) return undefined;
  return url.username === '' && url.password === '' ? url.pathname : undefined;
}

/** Whether an address is the page itself, whatever stands behind its `?` or `#`. */
export const isOwnPage = (address: string): boolean => ownPath(address) === '/';
