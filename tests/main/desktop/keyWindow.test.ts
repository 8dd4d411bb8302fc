import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow as RealWindow, MessagePortMain } from 'electron';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CeremonyTask } from '../../../src/shared/contract/ceremony.ts';
import { silentLogger } from '../../../src/main/platform/logger.ts';
import { ManualSchedule } from '../../../src/main/platform/schedule.ts';
import type { StandInPort } from './standIn/standInPorts.ts';
import { partitions } from './standIn/standInSystem.ts';
import { BrowserWindow, windows } from './standIn/standInWindow.ts';

// Where Electron's runtime can't be had, its stand-in is held to Electron's own types.
vi.mock('electron', () => import('./standIn/electron.ts'));
const { KeyWindows } = await import('../../../src/main/desktop/keyWindows.ts');

const PAGE = join(import.meta.dirname, '..', '..', '..', 'resources', 'keys');
const PRELOAD = mkdtempSync(join(tmpdir(), 'phantom-keys-'));
writeFileSync(join(PRELOAD, 'inter.woff2'), 'a typeface');
afterAll(() => {
  rmSync(PRELOAD, { recursive: true, force: true });
});
beforeEach(() => {
  windows.splice(0);
  partitions.splice(0);
});

interface Linked {
  readonly port: StandInPort;
  readonly task: CeremonyTask;
  readonly over: PromiseWithResolvers<unknown>;
}

function keyWindows({ page = PAGE, parent = undefined as BrowserWindow | undefined } = {}) {
  const schedule = new ManualSchedule();
  const linked: Linked[] = [];
  const keys = new KeyWindows({
    folders: { page, preload: PRELOAD },
    preload: join(PRELOAD, 'keys.cjs'),
    icon: 'icon.png',
    parent: () => parent as unknown as RealWindow | undefined,
    log: silentLogger,
    schedule,
    link: (port: MessagePortMain, task) => {
      const over = Promise.withResolvers<unknown>();
      linked.push({ port: port as unknown as StandInPort, task, over });
      return over.promise;
    },
  });
  return { keys, schedule, linked };
}

const window = (): BrowserWindow => {
  const last = windows.at(-1);
  if (last === undefined) throw new Error('there is no window');
  return last;
};
const CREATE: CeremonyTask = { kind: 'create' };
const closes = (message: unknown = 'close', frame: unknown = window().webContents.mainFrame): void => {
  window().webContents.ipc.emit('ceremony', { senderFrame: frame }, message);
};

describe('the key window', () => {
  it('is a page in a sandbox with a session and a preload of its own, out of every recording', async () => {
    await keyWindows().keys.open(CREATE);
    expect(window().options).toMatchObject({
      modal: false,
      maximizable: false,
      fullscreenable: false,
      webPreferences: {
        preload: join(PRELOAD, 'keys.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
        devTools: false,
      },
    });
    expect(partitions.map(({ name }) => name)).toEqual(['keys-1']);
    expect(window().options.webPreferences?.session).toBe(partitions[0]?.session);
    expect(window()).toMatchObject({ isProtected: true, isShown: true });
  });

  it('has for every ceremony a session that no other had, and none is ever written to disk', async () => {
    const { keys, linked } = keyWindows();
    await keys.open(CREATE);
    linked[0]?.over.resolve(undefined);
    await linked[0]?.over.promise;
    closes();
    await keys.open(CREATE);
    expect(partitions.map(({ name }) => name)).toEqual(['keys-1', 'keys-2']);
    expect(partitions.map(({ name, options }) => [name.startsWith('persist:'), options])).toEqual([
      [false, { cache: false }],
      [false, { cache: false }],
    ]);
  });

  it('stands above the app’s window, where there is one', async () => {
    const parent = new BrowserWindow({});
    await keyWindows({ parent }).keys.open(CREATE);
    expect(window().options.parent).toBe(parent);
    await keyWindows().keys.open(CREATE);
    expect(window().options).not.toHaveProperty('parent');
  });

  it('hands one end of a channel to the page and the other to the signer, and looks into neither', async () => {
    const { keys, linked } = keyWindows();
    const task: CeremonyTask = { kind: 'unlock', address: 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk' };
    await keys.open(task);
    const [posted] = window().webContents.posted;
    expect(window().webContents.posted).toHaveLength(1);
    expect(posted).toMatchObject({ channel: 'ceremony', message: task });
    expect(linked.map(({ task }) => task)).toEqual([task]);
    const ports = [linked[0]?.port, posted?.transfer[0]] as StandInPort[];
    expect(ports[0]).not.toBe(ports[1]);
    expect(ports.map(({ touched }) => touched)).toEqual([[], []]);
  });
});

describe('it is destroyed', () => {
  it('when its page says that it is done with, and not for anybody else or anything else', async () => {
    await keyWindows().keys.open(CREATE);
    closes('close', { detached: false, url: 'app://phantom-arbiter/' });
    closes('anything');
    expect(window().isDestroyed()).toBe(false);
    closes();
    expect(window().isDestroyed()).toBe(true);
  });

  it.each(['ended', 'failed'] as const)('two minutes after its ceremony has %s', async (how) => {
    const { keys, linked, schedule } = keyWindows();
    await keys.open(CREATE);
    if (how === 'ended') linked[0]?.over.resolve(undefined);
    else linked[0]?.over.reject(new Error('the signer is gone'));
    await linked[0]?.over.promise.catch(() => undefined);
    await expect.poll(() => schedule.waiting).toBe(1);
    schedule.pass(119_999);
    expect(window().isDestroyed()).toBe(false);
    schedule.pass(1);
    expect(window().isDestroyed()).toBe(true);
  });

  it('with the program, when it is loaded anew, and when its process falls over', async () => {
    for (const happens of [
      (keys: { close(): void }) => {
        keys.close();
      },
      () => window().webContents.emit('did-start-navigation', {}),
      () => window().webContents.emit('render-process-gone', {}, { reason: 'crashed' }),
    ]) {
      const { keys } = keyWindows();
      await keys.open(CREATE);
      happens(keys);
      expect(window().isDestroyed()).toBe(true);
    }
  });

  it('where its page can’t be loaded, and the error says so', async () => {
    const load = vi.spyOn(BrowserWindow.prototype, 'loadURL').mockRejectedValueOnce(new Error('ERR_FAILED'));
    await expect(keyWindows().keys.open(CREATE)).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(window().isDestroyed()).toBe(true);
    load.mockRestore();
  });

  it('is not even made where its files are missing', async () => {
    const { keys } = keyWindows({ page: join(PAGE, 'nowhere') });
    await expect(keys.open(CREATE)).rejects.toMatchObject({ code: 'BUILD_FAILED' });
    expect(windows).toEqual([]);
  });
});

describe('one at a time', () => {
  it('a second request brings the first one’s window to the front while that is under way', async () => {
    const { keys, linked } = keyWindows();
    await keys.open(CREATE);
    window().hide();
    await keys.open({ kind: 'import' });
    expect(windows).toHaveLength(1);
    expect(window().isShown).toBe(true);
    expect(linked).toHaveLength(1);
  });

  it('two requests at once are one window', async () => {
    const { keys, linked } = keyWindows();
    await Promise.all([keys.open(CREATE), keys.open(CREATE)]);
    expect([windows.length, linked.length]).toEqual([1, 1]);
  });

  it.each(['is over', 'was closed'] as const)(
    'a window whose ceremony %s gives way to a new one',
    async (how) => {
      const { keys, linked } = keyWindows();
      await keys.open(CREATE);
      const first = window();
      if (how === 'was closed') first.close();
      else linked[0]?.over.resolve(undefined);
      await new Promise(setImmediate);
      await keys.open({ kind: 'import' });
      expect(first.isDestroyed()).toBe(true);
      expect(windows).toHaveLength(2);
      expect(linked[1]?.task).toEqual({ kind: 'import' });
    },
  );
});

describe('its session and contents', () => {
  const seen = async () => {
    await keyWindows().keys.open(CREATE);
    const [partition] = partitions;
    if (partition === undefined) throw new Error('there is no session');
    return partition;
  };
  const fetches = async (url: string, method = 'GET'): Promise<Response> => {
    const answer = await (await seen()).seen.handlers.get('app')?.(new Request(url, { method }));
    if (answer === undefined) throw new Error('nobody serves app:');
    return answer;
  };

  it.each([
    ['/', 'text/html'],
    ['/keys.css', 'text/css'],
    ['/mark.svg', 'image/svg+xml'],
    ['/inter.woff2', 'font/woff2'],
  ])('serve %s under a policy without any script', async (path, type) => {
    const { status, headers } = await fetches(`app://phantom-arbiter-keys${path}`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain(type);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['app://phantom-arbiter-keys/keys.html'],
    ['app://phantom-arbiter-keys/index.html'],
    ['app://phantom-arbiter-keys/..%2fkeys.css'],
    ['app://phantom-arbiter-keys/?a=1'],
    ['app://phantom-arbiter/'],
    ['app://phantom-arbiter-keys/', 'POST'],
  ])('serve nothing for %s', async (url, method = 'GET') => {
    expect((await fetches(url, method)).status).toBe(404);
  });

  it.each([
    ['app://phantom-arbiter-keys/keys.css', true],
    ['app://phantom-arbiter/', false],
    ['https://example.com/', false],
    ['data:image/png;base64,AA', false],
    ['blob:app://phantom-arbiter-keys/1', false],
    ['file:///etc/passwd', false],
    ['devtools://devtools/bundled/x.js', false],
  ])('let %s be asked for: %s', async (url, expected) => {
    let isCancelled: boolean | undefined;
    (await seen()).seen.beforeRequest?.({ url }, ({ cancel }) => {
      isCancelled = cancel;
    });
    expect(isCancelled).toBe(!expected);
  });

  it('have no permission, no device and no download', async () => {
    const { seen: told, session } = await seen();
    const given: boolean[] = [];
    for (const permission of ['clipboard-sanitized-write', 'clipboard-read', 'media', 'notifications']) {
      Reflect.apply(told.permissionRequest ?? (() => undefined), undefined, [
        null,
        permission,
        (isGiven: boolean) => given.push(isGiven),
      ]);
      given.push(
        Reflect.apply(told.permissionCheck ?? (() => true), undefined, [null, permission]) as boolean,
      );
    }
    expect(given).toEqual(Array(8).fill(false));
    expect(Reflect.apply(told.devicePermission ?? (() => true), undefined, [{}])).toBe(false);
    let isHeld = false;
    session.emit('will-download', { preventDefault: () => (isHeld = true) });
    expect(isHeld).toBe(true);
  });

  it('go nowhere, not even to the page itself, and open nothing', async () => {
    await seen();
    const { webContents } = window();
    const ways = ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'];
    const held: string[] = [];
    for (const way of ways)
      webContents.emit(way, { url: 'app://phantom-arbiter-keys/', preventDefault: () => held.push(way) });
    expect(new Set(held)).toEqual(new Set(ways));
    expect(webContents.opens('https://github.com/')).toEqual({ action: 'deny' });
  });
});
