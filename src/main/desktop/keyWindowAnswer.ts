import { COMMON_HEADERS } from '../platform/securityHeaders.ts';
import { keyWindowPath } from './keyWindowAddress.ts';
import type { KeyWindowFiles } from './keyWindowFiles.ts';
import type { PageAnswer } from './pageAnswer.ts';

/** Its own files, and no script at all: what the page does is done by its preload. */
const POLICY = [
  "default-src 'none'",
  "script-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Answers a request of the key window. */
export function keyWindowAnswer(
  { method, url }: { readonly method: string; readonly url: string },
  files: KeyWindowFiles,
): PageAnswer {
  const path = keyWindowPath(url);
  const file = method === 'GET' && path !== undefined ? files.get(path) : undefined;
  const type = file?.type ?? 'text/plain; charset=utf-8';
  return {
    status: file === undefined ? 404 : 200,
    headers: { ...COMMON_HEADERS, 'Content-Type': type, 'Content-Security-Policy': POLICY },
    body: file?.bytes ?? 'There is nothing here.\n',
  };
}
