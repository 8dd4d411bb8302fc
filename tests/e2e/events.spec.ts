import { existsSync, readFileSync } from 'node:fs';

import type { Page } from '@playwright/test';

import { goTo, notices } from './support/screen.ts';
import { expect, test } from './support/test.ts';

const lines = (page: Page) => page.getByRole('list', { name: 'Events, newest first' }).getByRole('listitem');
const kinds = (page: Page) => page.getByRole('group', { name: 'Show only' });

test.beforeAll(async ({ hosts }, { file }) => {
  const host = await hosts.of(file, { begun: true, settings: {} });
  await host.ask('START_ENGINE', { engine: 'funding', mode: 'paper' });
  await host.ask('SET_CLOCK', { speed: 3_600 });
  await expect
    .poll(async () => (await host.ask('GET_EVENTS', { limit: 1, types: ['FUNDING'] })).events.length)
    .toBe(1);
  await host.ask('SET_CLOCK', { speed: 'pause' });
});

test.beforeEach(async ({ app }) => {
  await goTo(app, 'Events');
});

test('events are filtered by kind', async ({ app }) => {
  await kinds(app).getByText('Funding', { exact: true }).click();
  await expect(lines(app).first()).toContainText(/(Earned|Paid) .* funding on SOL-PERP/);
  await expect(lines(app).filter({ hasText: 'Bought' })).toHaveCount(0);
  await kinds(app).getByText('Fill', { exact: true }).click();
  await expect(lines(app).filter({ hasText: 'Bought' }).first()).toBeVisible();
});

test('events are searched in their words and numbers', async ({ app }) => {
  await app.getByLabel('Search the events').fill('hedge is in place');
  await expect(lines(app).filter({ hasText: 'Bought' })).toHaveCount(0);
  await expect(lines(app).first()).toContainText('The hedge is in place.');
  await app.getByLabel('Search the events').fill('nothing has these words');
  await expect(app.getByText('Nothing fits')).toBeVisible();
});

test('a line opens to the numbers behind it, and they can be copied', async ({ app, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await kinds(app).getByText('Fill', { exact: true }).click();
  const line = lines(app).filter({ hasText: 'Bought' }).first();
  await line.locator('summary').click();
  await expect(line.getByRole('term').first()).toBeVisible();
  const copied = (): Promise<string> => app.evaluate(() => navigator.clipboard.readText());
  await line.getByRole('button', { name: 'Copy sentence' }).click();
  await expect.poll(copied).toMatch(/Bought .* SOL at \$/);
  await line.getByRole('button', { name: 'Copy JSON' }).click();
  await expect.poll(copied).toMatch(/^\{"data":\{.*"type":"FILL"\}$/);
});

test('the log can be exported, as it is hashed', async ({ app }) => {
  await app.getByRole('button', { name: 'Export' }).click();
  await app.getByRole('menuitem', { name: /Events as JSON/ }).click();
  await expect(notices(app)).toContainText(/rows were written to:.*\.jsonl/);
  const [path = ''] = /\/\S+\.jsonl/.exec((await notices(app).textContent()) ?? '') ?? [];
  expect(existsSync(path), path).toBe(true);
  expect(readFileSync(path, 'utf8').split('\n')[0]).toMatch(/^\{"data":\{.*"seq":1,.*"type":"OPENING"\}$/);
});

test('new lines appear by themselves, and stand still for who reads', async ({ app, host }) => {
  await host.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '77' });
  await expect(lines(app).filter({ hasText: 'You deposited $77.00.' })).toBeVisible();
  await app.getByLabel('Follow the newest').uncheck({ force: true });
  await host.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '88' });
  await expect
    .poll(
      async () => (await host.ask('GET_EVENTS', { limit: 5, types: ['TRANSFER'] })).events[0]?.data['amount'],
    )
    .toBe('88');
  await expect(lines(app).filter({ hasText: '$88.00' })).toHaveCount(0);
  await app.getByRole('button', { name: 'Newest' }).click();
  await expect(lines(app).filter({ hasText: '$88.00' })).toBeVisible();
});
