import type { IncomingMessage, ServerResponse } from 'node:http';
import { contentPolicy } from '../platform/contentPolicy.ts';
import { secretBase64 } from '../platform/secretBytes.ts';
import { hostsOf, socketsOf } from './address.ts';
import type { PageFile, PageFiles } from '../platform/pageFiles.ts';
import { COMMON_HEADERS } from '../platform/securityHeaders.ts';

const NONCE_BYTES = 18;
const PLAIN = 'text/plain; charset=utf-8';

/** Answers everything that isn't a socket: the page, what it is made of, and refusals. */
export function pageHandler(
  files: PageFiles,
  port: () => number,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const nonce = secretBase64(NONCE_BYTES);
    for (const [name, value] of Object.entries(COMMON_HEADERS)) response.setHeader(name, value);
    response.setHeader('Content-Security-Policy', contentPolicy({ nonce, connect: socketsOf(port()) }));
    const { status, file } = answerTo(request, files, port(), nonce);
    if (status === 405) response.setHeader('Allow', 'GET, HEAD');
    response.writeHead(status, { 'Content-Type': file.type, 'Content-Length': file.bytes.length });
    response.end(request.method === 'HEAD' ? undefined : file.bytes);
  };
}

interface Answer {
  readonly status: number;
  readonly file: PageFile;
}

function answerTo(
  { method, url = '', headers }: IncomingMessage,
  files: PageFiles,
  port: number,
  nonce: string,
): Answer {
  // Another name that points here is a foreign page's way around its origin (DNS rebinding).
  if (!hostsOf(port).includes(headers.host ?? '')) return refusal(421, 'This address has another name.');
  if (method !== 'GET' && method !== 'HEAD') return refusal(405, 'Only GET and HEAD.');
  const [path = ''] = url.split('?');
  const file = path === '/' ? files.page(nonce) : files.assets.get(path);
  return file === undefined ? refusal(404, 'There is nothing here.') : { status: 200, file };
}

const refusal = (status: number, text: string): Answer => ({
  status,
  file: { type: PLAIN, bytes: Buffer.from(`${text}\n`) },
});
