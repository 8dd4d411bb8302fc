import { APP_ORIGIN, ownPath } from './appAddress.ts';

/** Copy buttons put plain text on the clipboard. Nothing else is ever allowed: no camera, no USB, no notification. */
const ALLOWED: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Whether a page may have a permission. `address` is that of the frame that asks. */
export const allowsPermission = (permission: string, address: string): boolean =>
  ALLOWED.has(permission) && ownPath(address) !== undefined;

/** A table that the page exports is a blob of its own; nothing else is saved to disk. */
export const allowsDownload = (address: string): boolean => address.startsWith(`blob:${APP_ORIGIN}/`);

/** What the page may load. Behind the content policy, so that a hole in either still leads nowhere. */
export function allowsRequest(address: string, isPackaged: boolean): boolean {
  if (ownPath(address) !== undefined || address.startsWith(`blob:${APP_ORIGIN}/`)) return true;
  if (address.startsWith('data:image/')) return true;
  return !isPackaged && address.startsWith('devtools:');
}
