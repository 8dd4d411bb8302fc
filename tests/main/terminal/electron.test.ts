import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it, onTestFinished } from 'vitest';

import { openDesktopWindow } from '../../../src/main/terminal/desktopWindow.ts';
import { fetchRuntime } from '../../../src/main/terminal/fetchRuntime.ts';
import type { Output } from '../../../src/main/terminal/output.ts';

const NODE_MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url));
const NEVER = new AbortController().signal;

function scratchFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'electron-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Electron's own package without its runtime, whether or not this computer has that. */
function bareElectron(): string {
  const folder = scratchFolder();
  symlinkSync(NODE_MODULES, path.join(folder, 'node_modules'));
  const electron = path.join(folder, 'electron');
  mkdirSync(electron);
  for (const file of ['install.js', 'package.json', 'checksums.json'])
    copyFileSync(path.join(NODE_MODULES, 'electron', file), path.join(electron, file));
  return electron;
}

const silent: Output = { out: () => undefined, err: () => undefined, isScreen: false, interactive: false };

async function listen(server: Server): Promise<string> {
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

/** What this computer's owner has set for downloads has no say here. */
function plainEnvironment(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/proxy|electron|^npm_|^node_/i.test(name));
  return { ...Object.fromEntries(kept), XDG_CACHE_HOME: scratchFolder(), ...more };
}

const fetchWith = (env: NodeJS.ProcessEnv, stop = NEVER): Promise<string | undefined> =>
  fetchRuntime(bareElectron(), plainEnvironment(env), silent, stop);

describe('the desktop runtime', () => {
  it('is asked of ELECTRON_MIRROR, whose refusal is given in half a sentence', async () => {
    const asked: (string | undefined)[] = [];
    const refuse: RequestListener = (request, response) => {
      asked.push(request.url);
      response.writeHead(403).end();
    };
    const mirror = await listen(createServer(refuse));
    const why = await fetchWith({ ELECTRON_MIRROR: `${mirror}/` });
    expect(asked).toEqual([expect.stringMatching(/^\/v[\d.]+\/electron-v[\d.]+-\w+-\w+\.zip$/)]);
    expect(why).toMatch(/^Electron could not be downloaded \(Response code 403 \(Forbidden\) for [^\n]+\)$/);
  });

  it.each(['http_proxy', 'https_proxy', 'HTTPS_PROXY'])('is asked for through %s', async (name) => {
    const asked: (string | undefined)[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, socket) => {
      asked.push(request.url);
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    const why = await fetchWith({ [name]: await listen(proxy) });
    expect(asked).toEqual(['github.com:443']);
    expect(why).toMatch(/^Electron could not be downloaded \([^\n]+\)$/);
  });

  it('is not believed where it is another than the package names', async () => {
    const mirror = await listen(createServer((_request, response) => response.end('not Electron')));
    expect(await fetchWith({ ELECTRON_MIRROR: `${mirror}/` })).toMatch(/checksum/i);
  });

  it('is no longer waited for when the user stops', async () => {
    const stop = new AbortController();
    const mirror = await listen(
      createServer(() => {
        stop.abort();
      }),
    );
    expect(await fetchWith({ ELECTRON_MIRROR: `${mirror}/` }, stop.signal)).toMatch(/interrupted/);
  });
});

describe('the desktop window', () => {
  /** A runtime is a program that is given the app's folder: here Node.js, and a script in its place. */
  const runScript = (script: string, more: { args?: readonly string[]; stop?: AbortSignal } = {}) => {
    const root = path.join(scratchFolder(), 'app.cjs');
    writeFileSync(root, script);
    const { args = [], stop = NEVER } = more;
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    return openDesktopWindow({ executable: process.execPath, root, args, env, stop });
  };

  it('ends with the exit code of the app, which is given its arguments and no flag against the sandbox', async () => {
    const script = `
      const { argv, env } = process;
      process.exit(argv.slice(2).join() === '--data-dir=/d' && !env.ELECTRON_RUN_AS_NODE ? 7 : 1)`;
    expect(await runScript(script, { args: ['--data-dir=/d'] })).toEqual({ exitCode: 7 });
  });

  it('that dies at once is no end, but a reason to use the browser', async () => {
    expect(await runScript(`process.kill(process.pid, 'SIGTRAP')`)).toEqual({
      unusable: expect.stringContaining('SIGTRAP') as unknown,
    });
    const request = { executable: '/no/such/electron', root: '/', args: [], env: {}, stop: NEVER };
    expect(await openDesktopWindow(request)).toMatchObject({
      unusable: expect.stringContaining('cannot be run') as unknown,
    });
  });

  it('is asked to close when the user stops, and that is its end', async () => {
    const stop = new AbortController();
    const opening = runScript(`process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000)`, {
      stop: stop.signal,
    });
    setTimeout(() => {
      stop.abort();
    }, 500);
    expect(await opening).toEqual({ exitCode: 0 });
  });
});
