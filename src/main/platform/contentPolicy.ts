/** Stands in the built page where each load's own nonce goes. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

export interface ContentPolicy {
  /** For the style elements that Mantine and the charts put into the page; new at every load. */
  readonly nonce: string;
  /** What the page's script may connect to beside its own origin, such as a socket's address. */
  readonly connect?: readonly string[];
}

/** What the page may load, and from where: itself only. Both hosts send the same. */
export function contentPolicy({ nonce, connect = [] }: ContentPolicy): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The built page with the nonce of this load in place. */
export const withNonce = (html: string, nonce: string): string =>
  html.replaceAll(NONCE_PLACEHOLDER, () => nonce);
