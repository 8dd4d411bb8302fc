import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildDesktop, type Built } from './standIn/built.ts';
import { FAKE_ENTRY, startHost, type Host, type HostRequest } from './standIn/host.ts';
import { FLAT, HEDGED, LIVE, RUNNING, STOPPED } from './statuses.ts';

let built: Built;
beforeAll(async () => {
  built = await buildDesktop(['main', 'preload']);
});
afterAll(() => {
  built.remove();
});

async function start(request: Partial<HostRequest> = {}): Promise<Host> {
  const env = { STAND_IN_MAIN: join(built.out, 'main'), ...request.env };
  const host = await startHost({ entry: FAKE_ENTRY, ...request, env });
  onTestFinished(() => {
    host.stop();
  });
  return host;
}

describe('the start', () => {
  it('declares the scheme, the sandbox and the lock before Electron is ready, and serves the page after', async () => {
    const { act, dataDir } = await start();
    const record = await act.record();
    const at = (what: string): number => record.findIndex((line) => line.startsWith(what));
    const order = [
      `app.setPath sessionData ${join(dataDir, 'browser')}`,
      'app.requestSingleInstanceLock',
      'app.enableSandbox',
      'protocol.registerSchemesAsPrivileged [{"scheme":"app","privileges":{"standard":true,"secure":true',
      'ready',
      'protocol.handle app',
      'BrowserWindow',
      'loadURL app://phantom-arbiter/',
    ].map(at);
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(await act.heard()).toContain(`open ${dataDir}`);
  });

  it('makes one window: sandboxed, isolated, without Node.js, not smaller than 1024 × 680', async () => {
    const { act } = await start();
    expect(await act.windowCount()).toBe(1);
    expect(await act.windowOptions()).toMatchObject({
      minWidth: 1024,
      minHeight: 680,
      backgroundColor: '#0a0c10',
      webPreferences: {
        preload: join(built.out, 'preload', 'index.cjs'),
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
        devTools: true,
      },
    });
    expect(await act.isShown()).toBe(true);
  });

  it('has no developer tools in an installed app', async () => {
    const { act } = await start({ env: { STAND_IN_PACKAGED: 'yes' } });
    expect(await act.windowOptions()).toMatchObject({ webPreferences: { devTools: false } });
  });

  it('refuses remote debugging in an installed app, in a sentence', async () => {
    const host = await start({
      args: ['--remote-debugging-port=9222'],
      env: { STAND_IN_PACKAGED: 'yes' },
    });
    const { code, record } = await host.ended();
    expect(code).toBe(1);
    expect(record[0]).toMatch(/showErrorBox.*does not start with --remote-debugging-port/);
    expect(record.slice(1)).toEqual(['app.exit 1']);
  });

  it('leaves to the first instance what a second one was started for', async () => {
    const second = await start({ env: { STAND_IN_SECOND: 'yes' } });
    expect(await second.ended()).toMatchObject({ code: 0 });
    const first = await start();
    await first.act.emits('app', 'second-instance');
    expect(await first.act.record()).toContain('window.focus');
  });

  it('takes the folder of --data-dir', async () => {
    const { act, dataDir } = await start({ args: ['--data-dir', '/tmp/phantom-elsewhere'] });
    expect(await act.heard()).toContain('open /tmp/phantom-elsewhere');
    expect(dataDir).not.toBe('/tmp/phantom-elsewhere');
  });
});

describe('the page', () => {
  it('is served with a fresh nonce and a policy that allows itself only', async () => {
    const { act } = await start();
    const [one, other] = [
      await act.fetches('app://phantom-arbiter/'),
      await act.fetches('app://phantom-arbiter/'),
    ];
    const nonce = /nonce="([^"]+)"/.exec(one.body)?.[1] ?? '';
    expect(nonce).toMatch(/^[\w+/=]{20,}$/);
    expect(one.body).not.toContain('__CSP_NONCE__');
    expect(other.body).not.toContain(nonce);
    expect(one.headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
  });

  it.each([
    ['a source map', 'app://phantom-arbiter/assets/index-1.js.map'],
    ['a way out of the folder', 'app://phantom-arbiter/..%2f..%2fmain/index.js'],
    ['another host', 'app://elsewhere/'],
    ['a folder', 'app://phantom-arbiter/assets/'],
  ])('serves nothing for %s', async (_name, url) => {
    const { act } = await start();
    expect((await act.fetches(url)).status).toBe(404);
    expect((await act.fetches('app://phantom-arbiter/assets/index-1.js')).status).toBe(200);
    expect((await act.fetches('app://phantom-arbiter/', 'POST')).status).toBe(405);
  });

  it('cannot go anywhere, open anything, or be given a permission', async () => {
    const { act } = await start();
    expect(await act.navigates('https://evil.example/')).toBe(false);
    expect(await act.navigates('file:///etc/passwd')).toBe(false);
    expect(await act.navigates('app://phantom-arbiter/#/events')).toBe(true);
    expect(await act.attachesWebview()).toBe(false);
    expect(await act.opens('https://evil.example/')).toEqual({ action: 'deny' });
    expect(await act.opens('https://docs.drift.trade/about')).toEqual({ action: 'deny' });
    const opened = (await act.record()).filter((line) => line.startsWith('shell.openExternal'));
    expect(opened).toEqual(['shell.openExternal https://docs.drift.trade/about']);
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'usb',
      'openExternal',
      'clipboard-read',
    ])
      expect(await act.asksPermission(permission, 'app://phantom-arbiter/')).toEqual({
        isGiven: false,
        isThere: false,
      });
    expect(await act.asksPermission('clipboard-sanitized-write', 'app://phantom-arbiter/')).toEqual({
      isGiven: true,
      isThere: true,
    });
    expect(await act.loads('https://evil.example/pixel.png')).toBe(false);
    expect(await act.loads('app://phantom-arbiter/assets/index-1.js')).toBe(true);
  });
});

describe('the menu', () => {
  it('opens the licences with the system’s own program', async () => {
    const { act } = await start();
    await act.clickMenu('Licences');
    const opened = (await act.record()).filter((line) => line.startsWith('shell.openPath'));
    expect(opened).toEqual([expect.stringMatching(/^shell\.openPath .*[\\/]licences\.txt$/)]);
  });
});

describe('the carrier', () => {
  it('passes a frame on and brings the answer back', async () => {
    const { act } = await start();
    await act.fromPage('frame:to-page', 'listening');
    await act.fromPage('frame:to-program', '{"a":1}');
    expect(await act.heard()).toEqual(expect.arrayContaining(['connect', 'receive {"a":1}']));
    expect(await act.sentToPage()).toEqual(['{"echo":{"a":1}}']);
  });

  it.each(['otherOrigin', 'childFrame', 'nowhere'] as const)(
    'drops and logs a frame from %s',
    async (from) => {
      const { act } = await start();
      await act.fromPage('frame:to-program', '{"a":1}', from);
      await act.fromPage('frame:to-page', 'listening', from);
      const heard = await act.heard();
      expect(heard).not.toContain('connect');
      expect(heard.filter((line) => line.startsWith('warn a message was dropped'))).toHaveLength(2);
    },
  );

  it('begins anew with a page that was loaded anew', async () => {
    const { act } = await start();
    await act.fromPage('frame:to-page', 'listening');
    await act.fromPage('frame:to-page', 'listening');
    expect((await act.heard()).slice(1)).toEqual(['connect', 'ended', 'connect']);
  });

  it('counts what the page has not taken yet', async () => {
    const { act } = await start();
    await act.fromPage('frame:to-page', 'listening');
    await act.says('äb');
    await act.says('c');
    expect(await act.waitingBytes()).toBe(4);
    await act.fromPage('frame:to-page', 'taken');
    expect(await act.waitingBytes()).toBe(1);
    await act.fromPage('frame:to-page', 'taken');
    await act.fromPage('frame:to-page', 'taken');
    expect(await act.waitingBytes()).toBe(0);
  });

  it('ends a connection over a frame that is too large, and loads the page anew', async () => {
    const { act } = await start();
    await act.fromPage('frame:to-page', 'listening');
    await act.fromPage('frame:to-program', 'ä'.repeat(200_000));
    const heard = await act.heard();
    expect(heard).toContain('ended');
    expect(heard.some((line) => line.startsWith('receive'))).toBe(false);
    expect((await act.record()).filter((line) => line.startsWith('loadURL'))).toHaveLength(2);
  });

  it('loads a page anew that fell over, and what it had begun goes on', async () => {
    const { act } = await start();
    await act.fromPage('frame:to-page', 'listening');
    await act.emits('webContents', 'render-process-gone', { reason: 'crashed', exitCode: 5 });
    const heard = await act.heard();
    expect(heard).toContain('ended');
    expect(heard).not.toContain('close');
    expect((await act.record()).filter((line) => line.startsWith('loadURL'))).toHaveLength(2);
  });

  it('gives a page up that keeps being disconnected', async () => {
    const { act } = await start();
    for (let i = 0; i < 6; i += 1) {
      await act.fromPage('frame:to-page', 'listening');
      await act.disconnects();
    }
    expect((await act.record()).filter((line) => line.startsWith('loadURL'))).toHaveLength(4);
  });
});

describe('tray and window', () => {
  it('says PAPER or LIVE, state and health in the tray, and stops everything from there', async () => {
    const { act } = await start();
    await act.becomes(LIVE, HEDGED);
    expect(await act.tray()).toMatchObject({ tooltip: 'Phantom Arbiter · LIVE · Running · health 87 %' });
    await act.clickTray('SOS: stop everything');
    expect(await act.heard()).toContain('sos false');
    await act.becomes({ ...LIVE, state: 'halted' }, HEDGED);
    const { labels, image } = await act.tray();
    expect(labels).toContain('(SOS: stop everything)');
    expect(image).toMatch(/halted\.png$/);
    await act.clickTray('Release SOS…');
    expect(await act.heard()).not.toContain('releaseSos');
    await act.answers(0);
    await act.clickTray('Release SOS…');
    await expect.poll(() => act.heard()).toContain('releaseSos');
  });

  it('keeps a running engine in the tray when the window is closed, and says so the first time', async () => {
    const { act } = await start();
    await act.becomes(RUNNING, FLAT);
    await act.closeWindow();
    expect(await act.isShown()).toBe(false);
    await act.clickTray('Open Phantom Arbiter');
    expect(await act.isShown()).toBe(true);
    await act.closeWindow();
    const said = (await act.record()).filter((line) => line.startsWith('Notification The engine goes on'));
    expect(said).toHaveLength(1);
    expect(await act.heard()).not.toContain('close');
  });

  it('opens where it was closed', async () => {
    const first = await start();
    await first.act.becomes(RUNNING, FLAT);
    await first.act.closeWindow();
    const second = await start({ args: ['--data-dir', first.dataDir] });
    expect(await second.act.windowOptions()).toMatchObject({ x: 40, y: 30, width: 1300, height: 900 });
  });

  it('quits with its window when the engine does not run, once everything is durable', async () => {
    const host = await start();
    await host.act.closeWindow();
    expect(await host.ended()).toMatchObject({ code: 0 });
  });

  it('asks before it quits live, names what stays open, and stays if told so', async () => {
    const host = await start();
    await host.act.becomes(LIVE, HEDGED);
    await host.act.clickTray('Quit');
    await expect
      .poll(async () => (await host.act.record()).join())
      .toMatch(/showMessageBox.*\+12\.5 SOL, −12\.5 SOL-PERP/);
    expect(await host.act.heard()).not.toContain('close');
    await host.act.answers(0);
    await host.act.clickTray('Quit');
    expect(await host.ended()).toMatchObject({ code: 0 });
  });

  it('goes at a signal without a question', async () => {
    const host = await start();
    await host.act.becomes(LIVE, HEDGED);
    host.signal('SIGTERM');
    expect(await host.ended()).toMatchObject({ code: 0 });
  });
});

it('closes the program and says so in words when something unexpected happens', async () => {
  const host = await start();
  await host.act.throws('x is undefined');
  const { code, record } = await host.ended();
  expect(code).toBe(1);
  expect(record.slice(-2)).toEqual([
    expect.stringMatching(/showErrorBox Phantom Arbiter has to close [^]*x is undefined[^]*Positions stay/),
    'app.exit 1',
  ]);
});

it('[R11.5] tells the engine that the computer slept', async () => {
  const { act } = await start();
  await act.emits('powerMonitor', 'resume');
  await act.emits('powerMonitor', 'suspend');
  await act.emits('powerMonitor', 'resume');
  expect((await act.heard()).filter((line) => line.startsWith('interrupted sleep'))).toHaveLength(1);
});

it('locks the wallet before the computer sleeps', async () => {
  const { act } = await start();
  await act.emits('powerMonitor', 'suspend');
  expect(await act.heard()).toContain('wallets.sleep');
});

it('tells of alerts, but not of a storm of them', async () => {
  const { act } = await start();
  const data = { code: 'HEALTH_TOO_LOW', because: 'Health is 18 %.' };
  for (let seq = 1; seq <= 50; seq += 1)
    await act.becomes({ ...STOPPED, event: { kind: 'log', entry: { seq, t: seq, type: 'ALERT', data } } });
  const said = (await act.record()).filter((line) => line.startsWith('Notification'));
  expect(said).toEqual(['Notification PAPER: alert Health is 18 %.']);
});

describe('the built entry, with the real program', () => {
  const begin = async (): Promise<Host> => {
    const dataDir = mkdtempSync(join(tmpdir(), 'phantom-built-'));
    onTestFinished(() => {
      rmSync(dataDir, { recursive: true, force: true });
    });
    return start({ entry: join(built.out, 'main', 'index.js'), args: ['--data-dir', dataDir], dataDir });
  };

  const asking =
    ({ act }: Host) =>
    async (command: string, payload: object): Promise<Record<string, unknown>> => {
      const id = randomUUID();
      await act.fromPage('frame:to-program', JSON.stringify({ id, command, payload }));
      const answer = async (): Promise<string | undefined> =>
        (await act.sentToPage()).find((text) => text.includes(id) && text.includes('"ok"'));
      await expect.poll(answer, { timeout: 20_000 }).toBeDefined();
      return JSON.parse((await answer()) ?? '') as Record<string, unknown>;
    };

  it('answers a command, starts the engine, and resumes after a reload', async () => {
    const host = await begin();
    const { act } = host;
    const ask = asking(host);
    await act.fromPage('frame:to-page', 'listening');
    expect(await ask('GET_STATUS', {})).toMatchObject({
      status: 'ok',
      data: { protocol: 1, appVersion: '0.1.0' },
    });
    expect(await ask('START_ENGINE', { engine: 'funding', mode: 'paper' })).toMatchObject({ status: 'ok' });
    await act.fromPage('frame:to-page', 'listening');
    expect(await ask('GET_STATUS', {})).toMatchObject({ status: 'ok' });
    await act.clickTray('SOS: stop everything');
    await expect.poll(async () => (await act.tray()).tooltip, { timeout: 20_000 }).toMatch(/PAPER · SOS/);
  });

  it('opens the window for keys when its page asks for it, and hands the signer the other end of its line', async () => {
    const host = await begin();
    await host.act.fromPage('frame:to-page', 'listening');
    await host.act.fromPage(
      'frame:to-program',
      JSON.stringify({
        id: randomUUID(),
        command: 'OPEN_WALLET_WINDOW',
        payload: { task: { kind: 'create' } },
      }),
    );
    await expect.poll(() => host.act.windowCount(), { timeout: 20_000 }).toBe(2);
    expect(await host.act.windowOptions()).toMatchObject({ webPreferences: { sandbox: true } });
    await expect
      .poll(() => host.act.signer(), { timeout: 20_000 })
      .toMatchObject({
        file: join(built.out, 'main', 'signer.js'),
        args: [],
        asked: expect.arrayContaining([{ name: 'ceremony', task: 'create', ports: 1 }]) as unknown,
      });
  });

  it('ends with everything durable and code 0', async () => {
    const host = await begin();
    await host.act.clickTray('Quit');
    expect(await host.ended()).toMatchObject({ code: 0 });
  });

  it('says in words that the data folder is in use, and ends', async () => {
    const first = await begin();
    const second = await start({
      entry: join(built.out, 'main', 'index.js'),
      args: ['--data-dir', first.dataDir],
    });
    const { code, record } = await second.ended();
    expect(code).toBe(1);
    expect(record.join()).toMatch(/showErrorBox Phantom Arbiter cannot start [^]*DATA_FOLDER_IN_USE/);
  });
});
