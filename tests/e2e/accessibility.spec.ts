import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';

import type { Page } from '@playwright/test';

import { expectAccessible } from './support/axe.ts';
import { ROOT, type Host } from './support/host.ts';
import { engineState, figure } from './support/screen.ts';
import { BEGUN, FIRST_RUN, expect, test as base } from './support/test.ts';

const SCHEMES = ['dark', 'light'] as const;
type Scheme = (typeof SCHEMES)[number];

/** A page of the program in one of the schemes, with nothing that moves. */
const open = (page: Page, host: Host, scheme: Scheme, screen = 'dashboard'): Promise<unknown> =>
  page.goto(host.address(`?screen=${screen}&scheme=${scheme}&still`));

const test = base.extend<{ hedged: Host }>({
  /** Running and standing still, with a hedge and with events of every kind. */
  hedged: async ({ host }, use) => {
    const events = async (): Promise<number> =>
      (await host.ask('GET_EVENTS', { limit: 1, types: ['FUNDING'] })).events.length;
    await host.ask('RELEASE_SOS', {});
    const { engines } = await host.ask('GET_STATUS', {});
    if (engines[0]?.status.state === 'stopped')
      await host.ask('START_ENGINE', { engine: 'funding', mode: 'paper' });
    if ((await events()) === 0) {
      await host.ask('SET_CLOCK', { speed: 3_600 });
      await expect.poll(events).toBe(1);
    }
    await host.ask('SET_CLOCK', { speed: 'pause' });
    await use(host);
  },
});

for (const scheme of SCHEMES)
  test.describe(`in the ${scheme} theme, axe finds nothing`, () => {
    test.describe('on the first run', () => {
      test.use({ beginning: FIRST_RUN });

      test('as it is, and with a capital and files that are refused', async ({ page, host }) => {
        await open(page, host, scheme);
        await expect(page.getByLabel('Capital')).toBeVisible();
        await expectAccessible(page);
        await page.getByLabel('Capital').fill('1');
        await page.getByText('My own CSV').click();
        await page.getByRole('button', { name: 'Start', exact: true }).click();
        await expect(page.getByText('Choose a file.')).toHaveCount(2);
        await expectAccessible(page);
      });
    });

    test.describe('once it has begun', () => {
      test.use({ beginning: BEGUN });

      test('on the dashboard, running, with a row opened, halted and stopped', async ({ page, hedged }) => {
        await open(page, hedged, scheme);
        await expect(figure(page, 'Equity')).toHaveText(/^\$/);
        await expect(page.getByRole('figure').locator('canvas').first()).toBeVisible();
        await page.locator('summary').first().click();
        await expectAccessible(page);
        await hedged.ask('SOS', { flatten: false });
        await expect(engineState(page)).toHaveText('Engine: SOS');
        await expectAccessible(page);
        await hedged.ask('RELEASE_SOS', {});
        await hedged.ask('STOP_ENGINE', { engine: 'funding' });
        await expect(engineState(page)).toHaveText('Engine: Stopped');
        await expectAccessible(page);
      });

      test('in the vault, with a refusal, and in its dialog', async ({ page, hedged }) => {
        await open(page, hedged, scheme, 'vault');
        await expect(page.getByRole('region', { name: 'Ledger entries' })).toBeVisible();
        await page.getByText('Withdraw', { exact: true }).click();
        await page.getByLabel('Amount').fill('900000');
        await page.getByRole('button', { name: /^Withdraw / }).click();
        await expect(page.getByRole('button', { name: /^Copy [A-Z_]+$/ })).toBeVisible();
        await expectAccessible(page);
        await page.getByRole('button', { name: 'Reset', exact: true }).click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await expectAccessible(page);
      });

      test('on the wallet screen, without a wallet and with one that is watched', async ({
        page,
        hedged,
      }) => {
        await open(page, hedged, scheme, 'wallet');
        await expect(page.getByRole('region', { name: 'No wallet yet' })).toBeVisible();
        await expectAccessible(page);
        const address = 'So11111111111111111111111111111111111111112';
        await hedged.ask('WATCH_ADDRESS', { address, name: 'Cold storage' });
        await expect(page.getByRole('region', { name: 'Active wallet' })).toBeVisible();
        await expectAccessible(page);
        await hedged.ask('REMOVE_WALLET', { address, confirm: 'Cold storage' });
      });

      test('in the events, filtered and with a line opened', async ({ page, hedged }) => {
        await open(page, hedged, scheme, 'events');
        await page.getByRole('group', { name: 'Show only' }).getByText('Funding', { exact: true }).click();
        await page.locator('summary').first().click();
        await expect(page.getByRole('button', { name: 'Copy JSON' })).toBeVisible();
        await expectAccessible(page);
      });

      test('in the settings, with a mistake and another window’s change', async ({ page, hedged }) => {
        await open(page, hedged, scheme, 'settings');
        await page.getByRole('main').locator('input[inputmode="decimal"]').first().fill('nonsense');
        await expect(page.getByText(/^It takes /)).toBeVisible();
        const { revision } = await hedged.ask('GET_SETTINGS', {});
        const changes = { 'risk.maxLeverage': revision % 2 === 0 ? '4' : '3' };
        await hedged.ask('UPDATE_SETTINGS', { revision, changes });
        await expect(page.getByRole('region', { name: 'Changed in another window' })).toBeVisible();
        await expectAccessible(page);
      });

      test('in the palette and on the sheet of keys', async ({ page, hedged }) => {
        await open(page, hedged, scheme);
        await expect(figure(page, 'Equity')).toHaveText(/^\$/);
        await page.keyboard.press('Control+K');
        await expect(page.getByLabel('Search commands')).toBeFocused();
        await expectAccessible(page);
        await page.keyboard.press('Escape');
        await expect(page.getByLabel('Search commands')).toBeHidden();
        await page.keyboard.press('?');
        await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
        await expectAccessible(page);
      });

      test('where there is no key, and where the connection is lost', async ({ page, hedged, context }) => {
        await page.goto(`${hedged.origin}/?scheme=${scheme}&still`);
        await expect(page.getByRole('heading', { name: 'This page has no key' })).toBeVisible();
        await expectAccessible(page);
        const other = await context.newPage();
        await open(other, hedged, scheme);
        await expect(figure(other, 'Equity')).toHaveText(/^\$/);
        await expect(other.getByRole('figure').locator('canvas').first()).toBeVisible();
        await hedged.kill();
        await expect(other.getByText('Connection lost', { exact: true })).toBeVisible();
        await expectAccessible(other);
        await hedged.start();
      });
    });
  });

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** Built once a worker. */
const galleryTest = base.extend<object, { gallery: string }>({
  gallery: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const { build } = await import('vite');
      const folder = mkdtempSync(join(tmpdir(), 'phantom-gallery-'));
      const configFile = join(ROOT, 'src', 'renderer', 'gallery', 'vite.config.mjs');
      await build({ configFile, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
      await use(folder);
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
});

for (const scheme of SCHEMES)
  galleryTest(`in the ${scheme} theme, axe finds nothing in the gallery`, async ({ page, gallery }) => {
    await page.route('http://gallery.test/**', (route) => {
      const { pathname } = new URL(route.request().url());
      const contentType = TYPES[extname(pathname)] ?? 'application/octet-stream';
      return route.fulfill({ body: readFileSync(join(gallery, pathname)), contentType });
    });
    await page.goto(`http://gallery.test/gallery.html?scheme=${scheme}&still`);
    await expect(page.getByRole('heading', { name: 'Gallery' })).toBeVisible();
    await expectAccessible(page);
  });
