import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { knock } from '../support/loopbackClient.ts';
import { marketTime } from './support/screen.ts';
import { expect, test } from './support/test.ts';

let foreign: Server;
let foreignOrigin: string;

test.beforeAll(async () => {
  foreign = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>Elsewhere</title><p>Another page of this computer');
  });
  foreign.listen(0, '127.0.0.1');
  await once(foreign, 'listening');
  foreignOrigin = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`;
});

test.afterAll(() => {
  foreign.close();
});

test('the key leaves the address bar at once, no cookie is set, and the page finds its way back by itself', async ({
  app,
  host,
  context,
}) => {
  await expect(marketTime(app)).toBeVisible();
  expect(app.url()).toBe(`${host.origin}/`);
  expect(
    await app.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name)),
  ).not.toContainEqual(expect.stringContaining(host.key));
  expect(await context.cookies()).toEqual([]);
  await app.goto(`${host.origin}/?screen=vault`);
  await expect(app.getByRole('main', { name: 'Vault' })).toBeVisible();
});

test('a foreign page in the same browser connects to nothing and reads nothing', async ({
  app,
  host,
  context,
  problems,
}) => {
  await expect(marketTime(app)).toBeVisible();
  const page = await context.newPage();
  await page.goto(foreignOrigin);
  const found = await page.evaluate(async (origin) => {
    const read = async (mode: RequestMode): Promise<string> => {
      try {
        return (await (await fetch(origin, { mode })).text()) || 'nothing';
      } catch {
        return 'refused';
      }
    };
    const heard = (): Promise<string> =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws`);
        socket.addEventListener('message', () => {
          resolve('heard something');
        });
        socket.addEventListener('close', ({ code }) => {
          resolve(`closed with ${code}`);
        });
      });
    const framed = async (): Promise<string> => {
      const frame = document.createElement('iframe');
      frame.src = origin;
      const loaded = new Promise((resolve) => {
        frame.addEventListener('load', resolve);
      });
      document.body.append(frame);
      await loaded;
      return frame.contentDocument?.body.textContent ?? 'refused';
    };
    return {
      page: await read('cors'),
      opaque: await read('no-cors'),
      socket: await heard(),
      frame: await framed(),
      storage: localStorage.length,
    };
  }, host.origin);
  problems.forget(/CORS policy|Failed to load resource|WebSocket|frame|Framing|ERR_BLOCKED/);
  expect(found).toMatchObject({ page: 'refused', socket: 'closed with 1006', storage: 0 });
  expect(found.opaque).toMatch(/^(?:refused|nothing)$/);
  expect(found.frame).toMatch(/^(?:refused|nothing|)$/);
  await expect(knock({ port: host.port, origin: foreignOrigin }).hello).rejects.toThrow('status 403');
  await expect(knock({ port: host.port, origin: null }).hello).rejects.toThrow('status 403');
});

test('a page without a key, or with a wrong one, is told how to come in, and comes in with the address', async ({
  page,
  host,
}) => {
  await page.goto(host.origin);
  await expect(page.getByRole('heading', { name: 'This page has no key' })).toBeVisible();
  await page.goto(`${host.origin}/?again#key=${'0'.repeat(64)}`);
  await expect(page.getByRole('heading', { name: /key of this page is not/ })).toBeVisible();
  const field = page.getByLabel(/address from the terminal/);
  await field.fill('http://127.0.0.1/');
  await page.getByRole('button', { name: 'Open' }).click();
  await expect(field).toHaveAccessibleDescription(/There is no key in this text/);
  await field.fill(host.address());
  await page.getByRole('button', { name: 'Open' }).click();
  await expect(marketTime(page)).toBeVisible();
});

test('something else on the port gets no proof and no command, and is not believed', async ({
  page,
  host,
}) => {
  const said: string[] = [];
  await page.routeWebSocket(/\/ws$/, (socket) => {
    socket.onMessage((text) => {
      said.push(String(text));
      socket.send(JSON.stringify({ type: 'WELCOME', proof: '0'.repeat(64), instanceId: 'another' }));
    });
    socket.send(JSON.stringify({ type: 'HELLO', protocol: 1, nonce: '0'.repeat(64) }));
  });
  await page.goto(host.address());
  await expect(page.getByRole('heading', { name: 'Something else answers here' })).toBeVisible();
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('"AUTH"');
  expect(said[0]).not.toContain(host.key);
});

test('the page loads nothing from elsewhere, under a policy that would not let it', async ({
  page,
  host,
}) => {
  const requested: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  const response = await page.goto(host.address());
  await expect(marketTime(page)).toBeVisible();
  expect(requested.filter((url) => !url.startsWith(host.origin) && !url.startsWith('data:'))).toEqual([]);
  const policy = response?.headers()['content-security-policy'];
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
});
