import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { readPageFiles } from '../../../src/main/platform/pageFiles.ts';
import { openDesk, type Desk } from './echoProgram.ts';

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function ask(
  port: number,
  { path = '/', method = 'GET', headers = {} }: { path?: string; method?: string; headers?: object } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request(
      { host: '127.0.0.1', port, path, method, agent: false, headers: { ...headers } },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => (body += text));
        response.once('end', () => {
          resolve({ status: response.statusCode, headers: response.headers, body });
        });
      },
    );
    asking.once('error', reject);
    asking.end();
  });
}

/** Sends bytes as they stand and gives back the first line of the answer. */
function askRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (more: string) => (answer += more));
    socket.once('error', reject);
    socket.once('close', () => {
      resolve(answer.split('\r\n')[0] ?? '');
    });
    socket.write(text);
  });
}

function builtPages(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'pages-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  mkdirSync(path.join(folder, 'renderer', 'assets'), { recursive: true });
  writeFileSync(path.join(folder, 'secret.txt'), 'outside');
  const pages = path.join(folder, 'renderer');
  writeFileSync(
    path.join(pages, 'index.html'),
    '<meta property="csp-nonce" nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>',
  );
  writeFileSync(path.join(pages, 'assets', 'index-1a.js'), 'export {};');
  writeFileSync(path.join(pages, 'assets', 'index-1a.css'), 'body {}');
  writeFileSync(path.join(pages, 'assets', 'inter.woff2'), Buffer.from([0, 255]));
  symlinkSync(path.join(folder, 'secret.txt'), path.join(pages, 'assets', 'link.txt'));
  return pages;
}

const builtDesk = (): Promise<Desk> => openDesk({ files: readPageFiles(builtPages()) });

const nonceIn = ({ headers }: Answer): string =>
  /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? '';

describe('the page', () => {
  it('is served with a policy that allows itself and nothing else', async () => {
    const { port } = await builtDesk();
    const answer = await ask(port);
    const policy = String(answer.headers['content-security-policy']).split('; ');
    expect(answer.status).toBe(200);
    expect(policy).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonceIn(answer)}'`,
      "img-src 'self' data:",
      "font-src 'self'",
      `connect-src 'self' ws://127.0.0.1:${port} ws://localhost:${port}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(policy.join()).not.toContain('unsafe');
  });

  it('has a nonce of its own at every load, the same in the policy and in each of its places', async () => {
    const { port } = await builtDesk();
    const [one, other] = [await ask(port), await ask(port)];
    expect(nonceIn(one)).toMatch(/^[\w+/]{24}$/);
    expect(nonceIn(one)).not.toBe(nonceIn(other));
    expect(one.body.split(`nonce="${nonceIn(one)}"`)).toHaveLength(3);
    expect(one.body).not.toContain('__CSP_NONCE__');
  });

  it('is neither kept, sniffed, framed nor followed, and sets no cookie, whatever is asked', async () => {
    const { port } = await builtDesk();
    const answers = [
      await ask(port),
      await ask(port, { path: '/assets/index-1a.js' }),
      await ask(port, { path: '/nothing' }),
      await ask(port, { method: 'POST' }),
      await ask(port, { headers: { Host: 'evil.example' } }),
    ];
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['permissions-policy']).toMatch(/camera=\(\).*usb=\(\)/);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers).not.toHaveProperty('set-cookie');
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/?theme=dark', 'text/html; charset=utf-8'],
    ['/assets/index-1a.js', 'text/javascript; charset=utf-8'],
    ['/assets/index-1a.css', 'text/css; charset=utf-8'],
    ['/assets/inter.woff2', 'font/woff2'],
  ])('has %s as %s', async (path, type) => {
    const { port } = await builtDesk();
    const { status, headers } = await ask(port, { path });
    expect([status, headers['content-type']]).toEqual([200, type]);
  });

  it.each([
    '/index.html',
    '/assets',
    '/assets/',
    '/assets/none.js',
    '/assets/link.txt',
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/..\\secret.txt',
    '//etc/passwd',
    '/constructor',
    '/ws',
  ])('has nothing at %s', async (path) => {
    const { port } = await builtDesk();
    expect(await ask(port, { path })).toMatchObject({ status: 404, body: 'There is nothing here.\n' });
  });

  it('answers HEAD with the size and no body', async () => {
    const { port } = await builtDesk();
    const { status, headers, body } = await ask(port, { path: '/assets/index-1a.js', method: 'HEAD' });
    expect([status, headers['content-length'], body]).toEqual([200, '10', '']);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])('refuses %s', async (method) => {
    const { port } = await builtDesk();
    const { status, headers } = await ask(port, { method });
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  it.each(['127.0.0.1:PORT', 'localhost:PORT'])('answers to the name %s', async (name) => {
    const { port } = await builtDesk();
    const Host = name.replace('PORT', String(port));
    expect(await ask(port, { headers: { Host } })).toMatchObject({ status: 200 });
  });

  it.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    'localhost',
    '127.0.0.1:1',
    '127.0.0.1:PORT.evil.example',
    '127.0.0.1.evil.example:PORT',
    'LOCALHOST.:PORT',
    '[::1]:PORT',
    '0.0.0.0:PORT',
    '127.1:PORT',
  ])('refuses the name %s, whose owner could have pointed it here', async (name) => {
    const { port } = await builtDesk();
    const Host = name.replace('PORT', String(port));
    const { status, body } = await ask(port, { headers: { Host } });
    expect(status).toBe(421);
    expect(body).not.toContain('nonce');
  });

  it('refuses a request without a name, and one that names another server in its path', async () => {
    const { port } = await builtDesk();
    expect(await askRaw(port, 'GET / HTTP/1.0\r\n\r\n')).toContain(' 421 ');
    const proxied = `GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`;
    expect(await askRaw(port, proxied)).toContain(' 404 ');
  });

  it('is taken as it was at the start: a file that appears later does not exist', async () => {
    const pages = builtPages();
    const { port } = await openDesk({ files: readPageFiles(pages) });
    writeFileSync(path.join(pages, 'assets', 'later.js'), 'export {};');
    expect(await ask(port, { path: '/assets/later.js' })).toMatchObject({ status: 404 });
  });

  it('that was never built is an error in words', () => {
    const folder = path.join(builtPages(), 'nowhere');
    expect(() => readPageFiles(folder)).toThrow(
      expect.objectContaining({ code: 'BUILD_FAILED', message: expect.stringContaining(folder) as unknown }),
    );
  });
});

describe('the socket', () => {
  it.each([
    ['without an Origin', null, 403],
    ['of a foreign page', 'https://evil.example', 403],
    ['of a page of the same name elsewhere', 'http://127.0.0.1:1', 403],
    ['of a page over https', 'https://127.0.0.1:PORT', 403],
    ['of a page in a sandbox', 'null', 403],
    ['of a file', 'file://', 403],
    ['of a name that begins like ours', 'http://127.0.0.1:PORT.evil.example', 403],
  ])('refuses a client %s', async (_who, origin, status) => {
    const desk = await openDesk();
    const { hello } = desk.knock({ origin: origin?.replace('PORT', String(desk.port)) ?? null });
    await expect(hello).rejects.toThrow(`status ${status}`);
    expect(desk.program.connected).toBe(0);
  });

  it('takes its page by either of its names', async () => {
    const desk = await openDesk();
    const { hello } = desk.knock({ origin: `http://localhost:${desk.port}` });
    expect(await hello).toMatchObject({ type: 'HELLO' });
  });

  it('refuses another name even to a page that claims ours, and another path', async () => {
    const desk = await openDesk();
    await expect(desk.knock({ host: `evil.example:${desk.port}` }).hello).rejects.toThrow('status 421');
    await expect(desk.knock({ path: '/' }).hello).rejects.toThrow('status 404');
    await expect(desk.knock({ path: '/ws/' }).hello).rejects.toThrow('status 404');
    await expect(desk.knock({ path: '/ws?key=1' }).hello).rejects.toThrow('status 404');
  });
});
