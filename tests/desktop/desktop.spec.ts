import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { ROOT, findRuntime } from './runtime.ts';
import { test } from './launched.ts';

interface PageBridge {
  send(text: string): void;
  subscribe(listener: (text: string) => void): () => void;
}

/** Sends a command from within the page, as the renderer does, and waits for what comes of it. */
function ask(page: Page, command: string, payload: object): Promise<{ status: string; data?: unknown }> {
  return page.evaluate(
    ([id, command, payload]) =>
      new Promise((resolve) => {
        const bridge = Reflect.get(globalThis, 'phantomArbiter') as PageBridge;
        const stop = bridge.subscribe((text) => {
          const frame = JSON.parse(text) as { id?: string; status: string };
          if (frame.id !== id || frame.status === 'accepted') return;
          stop();
          resolve(frame);
        });
        bridge.send(JSON.stringify({ id, command, payload }));
      }),
    [randomUUID(), command, payload] as const,
  );
}

test('the page has a bridge and nothing of Node.js', async ({ launched: { page } }) => {
  expect(page.url()).toBe('app://phantom-arbiter/');
  const seen = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'phantomArbiter'].filter((name) => name in globalThis),
  );
  expect(seen).toEqual(['phantomArbiter']);
  const keys = await page.evaluate(() => Object.keys(Reflect.get(globalThis, 'phantomArbiter') as object));
  expect(keys).toEqual(['send', 'subscribe']);
});

test('the policy allows no script of elsewhere, and the app breaks none of it', async ({
  launched: { page },
}) => {
  const broken: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) broken.push(message.text());
  });
  await page.reload();
  await page.waitForLoadState('networkidle');
  expect(broken).toEqual([]);
  // What runs in the page is text here: these files know no DOM.
  await expect(page.evaluate('setTimeout("globalThis.evil = 1")')).rejects.toThrow(/EvalError|unsafe-eval/);
  const loaded = page.evaluate<boolean>('fetch("https://example.com/").then(() => true, () => false)');
  expect(await loaded).toBe(false);
});

test('the page can neither go elsewhere nor open a window', async ({ launched: { app, page } }) => {
  await page.evaluate(`
    Object.assign(document.createElement('a'), { href: 'https://example.com/' }).click();
    window.open('https://example.com/');
  `);
  await page.waitForTimeout(500);
  expect(page.url()).toBe('app://phantom-arbiter/');
  expect(app.windows()).toHaveLength(1);
});

test('a command goes there and back, and a new load of the page resumes', async ({ launched: { page } }) => {
  expect(await ask(page, 'GET_STATUS', {})).toMatchObject({ status: 'ok', data: { protocol: 1 } });
  expect(await ask(page, 'START_ENGINE', { engine: 'funding', mode: 'paper' })).toMatchObject({
    status: 'ok',
  });
  await page.reload();
  const after = await ask(page, 'GET_STATUS', {});
  expect(JSON.stringify(after.data)).toMatch(/"state":"(?:starting|running|waiting)"/);
});

test('closing the window keeps a running engine, and a second start brings it back', async ({ launched }) => {
  const { app, page, dataDir } = launched;
  await ask(page, 'START_ENGINE', { engine: 'funding', mode: 'paper' });
  const isVisible = (): Promise<boolean> =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible()));
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close();
  });
  await expect.poll(isVisible).toBe(false);
  const runtime = findRuntime(process.env);
  if ('why' in runtime) throw new Error(runtime.why);
  const second = spawnSync(runtime.executable, [ROOT, '--data-dir', dataDir], { timeout: 30_000 });
  expect(second.status).toBe(0);
  await expect.poll(isVisible).toBe(true);
});

test('SOS from the menu halts the engine', async ({ launched: { app, page } }) => {
  await ask(page, 'START_ENGINE', { engine: 'funding', mode: 'paper' });
  await app.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    items.find(({ label }) => label.startsWith('SOS'))?.click();
  });
  await expect.poll(async () => JSON.stringify(await ask(page, 'GET_STATUS', {}))).toContain('"halted"');
});

test('the app refuses every permission but writing text to the clipboard', async ({ launched: { page } }) => {
  const states = await page.evaluate<readonly string[]>(`
    Promise.all(
      ['geolocation', 'camera', 'microphone', 'notifications'].map(async (name) => {
        const { state } = await navigator.permissions.query({ name });
        return state;
      }),
    )
  `);
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied']);
});
