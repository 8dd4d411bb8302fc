import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { SOCKET_PATH, hostsOf, originsOf } from './address.ts';

interface Refusal {
  readonly status: string;
  readonly text: string;
}

/** Why a request may not become a socket; undefined when it may. */
export function whyNotUpgrade({ url, headers }: IncomingMessage, port: number): Refusal | undefined {
  if (!hostsOf(port).includes(headers.host ?? ''))
    return { status: '421 Misdirected Request', text: 'This address has another name.' };
  if (url !== SOCKET_PATH) return { status: '404 Not Found', text: 'There is nothing here.' };
  if (!originsOf(port).includes(headers.origin ?? ''))
    return { status: '403 Forbidden', text: 'Only a page of this address may connect.' };
  return undefined;
}

/** Answers in HTTP on a connection that wanted to be a socket, and ends it. */
export function refuseUpgrade(connection: Duplex, { status, text }: Refusal): void {
  const body = `${text}\n`;
  // Whoever never hangs up in turn must not keep the connection.
  connection.once('finish', () => {
    connection.destroy();
  });
  connection.end(
    [
      `HTTP/1.1 ${status}`,
      'Connection: close',
      'Content-Type: text/plain; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Cache-Control: no-store',
      'X-Content-Type-Options: nosniff',
      '',
      body,
    ].join('\r\n'),
  );
}
