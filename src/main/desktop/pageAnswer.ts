import { contentPolicy } from '../platform/contentPolicy.ts';
import { COMMON_HEADERS } from '../platform/securityHeaders.ts';
import { ownPath } from './appAddress.ts';
import type { PageFiles } from '../platform/pageFiles.ts';

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | null;
}

/** Answers a request on our scheme: the page, what it is made of, and refusals. The nonce must be new every time. */
export function pageAnswer(
  { method, url }: { readonly method: string; readonly url: string },
  files: PageFiles,
  nonce: string,
): PageAnswer {
  const answer = (status: number, type: string, body: string | Buffer): PageAnswer => ({
    status,
    headers: headersOf(type, nonce),
    body: method === 'HEAD' ? null : body,
  });
  if (method !== 'GET' && method !== 'HEAD') return answer(405, PLAIN, 'Only GET and HEAD.\n');
  const path = ownPath(url);
  const asset = path === '/' ? files.page(nonce) : path === undefined ? undefined : files.assets.get(path);
  return asset === undefined
    ? answer(404, PLAIN, 'There is nothing here.\n')
    : answer(200, asset.type, asset.bytes);
}

const PLAIN = 'text/plain; charset=utf-8';

const headersOf = (type: string, nonce: string): Readonly<Record<string, string>> => ({
  ...COMMON_HEADERS,
  'Content-Type': type,
  'Content-Security-Policy': contentPolicy({ nonce }),
});
