/**
 * Pictures of every screen in both themes and two sizes, into docs/screenshots: `npm run -s screenshots`. The market, its
 * day and the moment in it are always the same, so a picture changes only where the app does.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { chromium, expect, type BrowserContext, type Page } from '@playwright/test';

import { CHROMIUM_ARGS, findChromium } from '../../build/browser.mjs';
import { Host, ROOT } from './support/host.ts';
import { indexedPng } from './support/indexedPng.ts';
import { figure } from './support/screen.ts';
import { SOME_WALLETS } from './support/standInWallets.ts';

const DAY_BEGINS = Date.UTC(2026, 2, 2, 8);
const HOUR_MS = 3_600_000;
const HOURS = 60;
/** Far above what an hour takes, on a machine that does much else. */
const HOUR_IS_RUN_WITHIN_MS = 60_000;
const SEED = 7;
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;
const SCHEMES = ['dark', 'light'] as const;

const { values } = parseArgs({
  options: { to: { type: 'string' }, full: { type: 'boolean', default: false } },
});
const folder = values.to ?? join(ROOT, 'docs', 'screenshots');

/** Brings a screen to where it is worth a picture. The page is at the query already. */
type Ready = (page: Page) => Promise<void>;

interface Picture {
  readonly name: string;
  readonly query: string;
  readonly ready: Ready;
}

const numbersAreThere: Ready = async (page) => {
  await expect(figure(page, 'Equity')).toHaveText(/^\$/);
  await expect(page.getByRole('figure').locator('canvas').first()).toBeVisible();
};

const BEFORE: readonly Picture[] = [
  {
    name: 'first-run',
    query: '',
    ready: (page) => expect(page.getByLabel('Capital')).toBeVisible(),
  },
];

const RUNNING: readonly Picture[] = [
  { name: 'dashboard', query: 'screen=dashboard', ready: numbersAreThere },
  {
    name: 'trade',
    query: 'screen=trade',
    ready: async (page) => {
      await expect(page.getByRole('figure').locator('canvas').first()).toBeVisible();
      await page.getByLabel('Size', { exact: true }).fill('1.5');
      await expect(page.getByRole('region', { name: 'After the trade' })).toBeVisible();
    },
  },
  {
    name: 'vault',
    query: 'screen=vault',
    ready: async (page) => {
      await expect(figure(page, 'Balance')).toHaveText(/^\$/);
      await expect(page.getByRole('region', { name: 'Ledger entries' })).toBeVisible();
    },
  },
  {
    name: 'wallet',
    query: 'screen=wallet',
    ready: (page) => expect(page.getByRole('region', { name: 'Active wallet' })).toBeVisible(),
  },
  {
    name: 'events',
    query: 'screen=events',
    ready: async (page) => {
      const decision = page.getByRole('listitem').filter({ hasText: /Opening both legs|Entering/ });
      await page.getByRole('group', { name: 'Show only' }).getByText('Decision', { exact: true }).click();
      await decision.first().locator('summary').click();
      await expect(page.getByRole('button', { name: 'Copy JSON' })).toBeVisible();
    },
  },
  {
    name: 'settings',
    query: 'screen=settings',
    ready: async (page) => {
      await page.getByRole('main').locator('input[inputmode="decimal"]').first().fill('51');
      await expect(page.getByText(/^It takes /)).toBeVisible();
    },
  },
  {
    name: 'palette',
    query: 'screen=dashboard',
    ready: async (page) => {
      await numbersAreThere(page);
      await page.keyboard.press('Control+K');
      await expect(page.getByLabel('Search commands')).toBeFocused();
    },
  },
  {
    name: 'keys',
    query: 'screen=dashboard',
    ready: async (page) => {
      await numbersAreThere(page);
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
];

const HALTED: readonly Picture[] = [
  { name: 'dashboard-sos', query: 'screen=dashboard', ready: numbersAreThere },
];
const STOPPED: readonly Picture[] = [
  { name: 'dashboard-stopped', query: 'screen=dashboard', ready: numbersAreThere },
];

const executablePath = findChromium();
if (executablePath === undefined) process.exitCode = 1;
else {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  const host = new Host(undefined, DAY_BEGINS);
  try {
    await host.start();
    const contexts = await Promise.all(
      SIZES.map((viewport) =>
        browser.newContext({ viewport, locale: 'en-US', timezoneId: 'UTC', reducedMotion: 'reduce' }),
      ),
    );
    for (const context of contexts) await takeAll(context, host, BEFORE);
    await someDays(host);
    for (const context of contexts) await takeAll(context, host, RUNNING);
    await host.ask('SOS', { flatten: false });
    for (const context of contexts) await takeAll(context, host, HALTED);
    await host.ask('RELEASE_SOS', {});
    await host.ask('STOP_ENGINE', { engine: 'funding' });
    for (const context of contexts) await takeAll(context, host, STOPPED);
    await host.stop();
    for (const context of contexts) await takeLost(context, host);
    await host.start();
    const strangers = await Promise.all(SIZES.map((viewport) => browser.newContext({ viewport })));
    for (const context of strangers) await takeNoKey(context, host);
  } finally {
    await host.remove();
    await browser.close();
  }
}

/** The same days of the same market, standing still at their end. */
async function someDays(host: Host): Promise<void> {
  await host.ask('VAULT_RESET', {
    engine: 'funding',
    capital: '10000',
    market: { kind: 'simulated', seed: SEED },
  });
  // At life's own speed nothing moves on by itself between two hours.
  await host.ask('SET_CLOCK', { speed: 1 });
  await host.ask('START_ENGINE', { engine: 'funding', mode: 'paper' });
  for (let hour = 1; hour <= HOURS; hour += 1) {
    await host.ask('SET_CLOCK', { speed: 'nextFunding' });
    await expect
      .poll(() => now(host), { intervals: [20], timeout: HOUR_IS_RUN_WITHIN_MS })
      .toBeGreaterThanOrEqual(DAY_BEGINS + hour * HOUR_MS);
  }
  await host.ask('SET_CLOCK', { speed: 'pause' });
}

async function now(host: Host): Promise<number> {
  const { engines } = await host.ask('GET_STATUS', {});
  return engines[0]?.funding?.timestamp ?? 0;
}

async function takeAll(context: BrowserContext, host: Host, pictures: readonly Picture[]): Promise<void> {
  for (const scheme of SCHEMES)
    for (const { name, query, ready } of pictures) {
      const page = await opened(context, host.address(`?${query}&scheme=${scheme}&still`));
      await ready(page);
      await take(page, `${name}-${scheme}`);
      await page.close();
    }
}

async function takeLost(context: BrowserContext, host: Host): Promise<void> {
  for (const scheme of SCHEMES) {
    await host.start();
    const page = await opened(context, host.address(`?screen=dashboard&scheme=${scheme}&still`));
    await numbersAreThere(page);
    await host.kill();
    await expect(page.getByText('Connection lost', { exact: true })).toBeVisible();
    await take(page, `lost-${scheme}`);
    await page.close();
  }
}

async function takeNoKey(context: BrowserContext, host: Host): Promise<void> {
  for (const scheme of SCHEMES) {
    const page = await opened(context, `${host.origin}/?scheme=${scheme}&still`);
    await expect(page.getByRole('heading', { name: 'This page has no key' })).toBeVisible();
    await take(page, `no-key-${scheme}`);
    await page.close();
  }
}

/** A page for which it is always the same moment, so that no age differs. */
async function opened(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.clock.setFixedTime(DAY_BEGINS);
  await page.routeWebSocket(/\/ws$/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((text) => {
      socket.send(steady(text));
    });
  });
  await page.goto(address);
  return page;
}

/** What the program says of itself and of the keychain differs from start to start, and is no business of a picture. */
function steady(text: string | Buffer): string | Buffer {
  if (typeof text !== 'string' || !/"command":"(?:GET_SYSTEM_STATS|LIST_BACKUPS|GET_WALLETS)"/.test(text))
    return text;
  const frame = JSON.parse(text) as { data: object };
  if ('wallets' in frame.data) frame.data = SOME_WALLETS;
  else if ('backups' in frame.data) frame.data = { backups: [] };
  else
    frame.data = {
      ...frame.data,
      uptimeMs: HOUR_MS,
      memoryBytes: 150 * 2 ** 20,
      heapBytes: 40 * 2 ** 20,
      databaseBytes: 4 * 2 ** 20,
      connections: 1,
      dataFolder: '~/.local/share/phantom-arbiter',
    };
  return JSON.stringify(frame);
}

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const width = page.viewportSize()?.width ?? 0;
  const png = await page.screenshot({ fullPage: values.full, caret: 'hide' });
  writeFileSync(join(folder, `${name}-${width}.png`), indexedPng(png));
}
