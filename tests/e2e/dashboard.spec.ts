import type { Page } from '@playwright/test';

import type { ServerFrame } from '../../src/shared/contract/frames.ts';
import type { Host } from './support/host.ts';
import {
  engineState,
  figure,
  goTo,
  marketTime,
  notices,
  paperBadge,
  setSpeed,
  speeds,
  tile,
} from './support/screen.ts';
import { begin, expect, test } from './support/test.ts';

/** Starts the engine on a new vault and waits for its hedge. */
async function hedged(app: Page, host: Host): Promise<void> {
  await begin(host);
  await host.ask('SET_CLOCK', { speed: 60 });
  await app.getByRole('button', { name: 'Start the engine' }).click();
  await expect(app.getByText('The hedge is in place.')).toBeVisible();
}

const isUpdate = (frame: ServerFrame): boolean => frame.type === 'FUNDING_UPDATE';

test('PAPER stands in words on every screen', async ({ app }) => {
  for (const screen of ['Vault', 'Events', 'Settings', 'Dashboard'] as const) {
    await goTo(app, screen);
    await expect(paperBadge(app)).toBeVisible();
    await expect(app).toHaveTitle(/^PAPER · /);
  }
});

test('[R8.3] the engine starts with one click, is hedged within seconds, and stops with one click', async ({
  app,
  host,
}) => {
  await expect(engineState(app)).toHaveText('Engine: Stopped');
  await hedged(app, host);
  await expect(engineState(app)).toHaveText('Engine: Running');
  await expect(figure(app, 'Spot leg')).toHaveText(/^\+\d+\.\d{3}.SOL$/);
  await expect(figure(app, 'Perpetual leg')).toHaveText(/^−\d+\.\d{3}.SOL$/);
  await expect(app.getByRole('meter', { name: 'Delta drift' })).toHaveAttribute(
    'aria-valuetext',
    /within tolerance/,
  );
  await expect(app.getByRole('row', { name: /^SOL-PERP/ })).toBeVisible();

  await app.getByRole('button', { name: 'Stop the engine' }).click();
  await expect(engineState(app)).toHaveText('Engine: Stopped');
  await expect(notices(app)).toContainText('Positions stay as they are');
  const { engines } = await host.ask('GET_STATUS', {});
  expect(engines[0]?.funding?.positions).toHaveLength(1);
});

test('every number has a unit, and all of them an age', async ({ app, host }) => {
  await hedged(app, host);
  const figures = await app.getByRole('main').locator('data').allTextContents();
  expect(figures.length).toBeGreaterThan(20);
  for (const text of figures)
    expect(text).toMatch(/^[+−]?(?:\$[\d,.]+|[\d,.]+(?:\s%(?: p\.a\.| an hour)?|×|\sSOL))$/);
  await expect(app.getByText(/^Numbers of \d\d:\d\d:\d\d/)).toBeVisible();
  await expect(app.getByRole('meter', { name: 'Account health' })).toHaveAttribute(
    'aria-valuetext',
    /%, \w+/,
  );
});

test('a week passes in minutes: the market goes 3600 times as fast, stands still when it is paused, and goes on to the next funding', async ({
  app,
  host,
}) => {
  await hedged(app, host);
  const now = async (): Promise<number> => {
    const { engines } = await host.ask('GET_STATUS', {});
    return engines[0]?.funding?.timestamp ?? 0;
  };
  const before = await now();
  await setSpeed(app, '3,600×');
  await expect.poll(async () => (await now()) - before).toBeGreaterThan(2 * 3_600_000);

  await setSpeed(app, 'Pause');
  const paused = await now();
  await expect(marketTime(app)).toHaveAttribute('datetime', new Date(paused).toISOString());
  const client = await host.connect();
  // The program says how it stands once a second, also while nothing changes.
  const beats = [await client.next(isUpdate), await client.next(isUpdate)];
  expect(beats).toMatchObject([{ timestamp: paused }, { timestamp: paused }]);
  await client.close();
  await expect(marketTime(app)).toHaveAttribute('datetime', new Date(paused).toISOString());

  const nextHour = paused - (paused % 3_600_000) + 3_600_000;
  await app.getByRole('button', { name: 'Next funding' }).click();
  await expect.poll(now).toBeGreaterThanOrEqual(nextHour);
  await expect(speeds(app).getByRole('radio', { name: '3,600×' })).toBeChecked();
  await setSpeed(app, 'Pause');
  const { events } = await host.ask('GET_EVENTS', { limit: 100, types: ['FUNDING'] });
  expect(events.map(({ t }) => t)).toContain(nextHour);
});

test('a chart leads to its makers, by keyboard too, in a page of its own and without a word about this one', async ({
  app,
  host,
  context,
}) => {
  await hedged(app, host);
  const asked: (string | undefined)[] = [];
  await context.route('https://www.tradingview.com/', async (route) => {
    asked.push(route.request().headers()['referer']);
    await route.fulfill({ contentType: 'text/html', body: '<script>document.title = opener</script>' });
  });
  await app.getByRole('link', { name: 'TradingView Lightweight Charts™' }).focus();
  const [makers] = await Promise.all([context.waitForEvent('page'), app.keyboard.press('Enter')]);
  await expect(makers).toHaveURL('https://www.tradingview.com/');
  await expect(makers).toHaveTitle('null');
  expect(asked).toEqual([undefined]);
  await expect(engineState(app)).toHaveText('Engine: Running');
});

test('the equity curve stands beside just holding and never leaving', async ({ app, host }) => {
  await hedged(app, host);
  const chart = app.getByRole('figure');
  await expect(chart.locator('canvas').first()).toBeVisible();
  for (const line of ['Equity', 'Just holding SOL', 'Never leaving'])
    await expect(chart.getByRole('listitem').filter({ hasText: line })).toContainText('$');
  await expect(tile(app, 'Equity')).toContainText(/made|lost|even/);
});

test.describe('where funding does not pay', () => {
  test.use({
    beginning: {
      begun: true,
      settings: { 'simulation.fundingMeanApr': '1', 'simulation.fundingVolatility': '0' },
    },
  });

  test('[R6.9] a blocked trade is shown with its reason and its numbers', async ({ app }) => {
    await app.getByRole('button', { name: 'Start the engine' }).click();
    await expect(engineState(app)).toHaveText('Engine: Waiting');
    const news = app.getByRole('region', { name: 'What the engine did, and why' });
    const blocked = news
      .getByRole('listitem')
      .filter({ hasText: /does not pay for an entry/ })
      .first();
    await expect(blocked).toContainText(/blocked/i);
    await blocked.locator('summary').click();
    for (const number of ['Expected cost', 'Funding by the average rate', 'Net'])
      await expect(blocked.getByRole('row', { name: number })).toContainText(/\$\d/);
  });
});
