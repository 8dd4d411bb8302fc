import type { Page } from '@playwright/test';

import { candlesCsv, fundingCsv } from './support/recording.ts';
import { Host } from './support/host.ts';
import { paperBadge } from './support/screen.ts';
import { expect, test as base } from './support/test.ts';

/** A first run happens once a folder, so each test has a host of its own. */
const test = base.extend<{ host: Host }>({
  // eslint-disable-next-line no-empty-pattern
  host: async ({}, use) => {
    const host = new Host();
    await host.start();
    await use(host);
    await host.remove();
  },
});

const start = (page: Page) => page.getByRole('button', { name: 'Start', exact: true });
const moves = async (page: Page): Promise<void> => {
  await expect(page.getByRole('main', { name: 'Dashboard' })).toBeVisible();
  const clock = page.getByRole('banner').getByRole('time');
  const before = await clock.textContent();
  await expect(clock).not.toHaveText(before ?? '');
};

test('a first run says in three sentences and a picture what this is, and that the money is not real', async ({
  app,
}) => {
  await expect(app.getByLabel('Capital')).toBeVisible();
  await expect(app.getByRole('main').getByRole('listitem')).toHaveCount(3);
  await expect(app.getByRole('img', { name: /mirror/ })).toBeVisible();
  await expect(paperBadge(app)).toBeVisible();
  await expect(app.getByText(/no real money/)).toBeVisible();
});

test('a capital and one click bring a dashboard that moves, hedged, within seconds', async ({
  app,
  host,
}) => {
  await app.getByLabel('Capital').fill('25000');
  await start(app).click();
  await moves(app);
  await expect(app.getByText('The hedge is in place.')).toBeVisible();
  expect(await host.ask('GET_ENGINE_VAULT', { engine: 'funding' })).toMatchObject({ capital: '25000' });
});

test('a first run can be skipped', async ({ app, host }) => {
  await app.getByRole('button', { name: /Skip/ }).click();
  await moves(app);
  expect(await host.ask('GET_ENGINE_VAULT', { engine: 'funding' })).toMatchObject({ capital: '10000' });
  await app.reload();
  await expect(app.getByRole('main', { name: 'Dashboard' })).toBeVisible();
});

test('a capital out of range is refused beside the field, with the range in words', async ({ app, host }) => {
  const capital = app.getByLabel('Capital');
  for (const nonsense of ['99.99', '1000000.01', '-5', '0', 'a lot', '1e4', '12.3456789']) {
    await capital.fill(nonsense);
    await expect(capital, nonsense).toHaveAttribute('aria-invalid', 'true');
    await expect(capital, nonsense).toHaveAccessibleDescription(/\$100 to \$1,000,000/);
  }
  await capital.fill('');
  await start(app).click();
  await expect(capital).toHaveAttribute('aria-invalid', 'true');
  expect(await host.ask('GET_STATUS', {})).toMatchObject({ firstRun: true });
});

test('a market that I recorded is played back, and a bad row is named by its line', async ({ app, host }) => {
  const market = app.getByRole('radiogroup', { name: 'Market' });
  await market.getByText('My own CSV').click();
  await start(app).click();
  await expect(app.getByText('Choose a file.')).toHaveCount(2);

  const [candles, funding] = [
    app.locator('input[type="file"]').first(),
    app.locator('input[type="file"]').last(),
  ];
  await candles.setInputFiles(candlesCsv(48, { line: 17, text: '1735690500000,150,140,149,150,5000' }));
  await funding.setInputFiles(fundingCsv(48));
  await start(app).click();
  const refusal = app.getByRole('alert');
  await expect(refusal).toContainText('line 17: the high is below the open or the close');
  await expect(refusal).toContainText('INVALID_DATA_FILE');
  expect(await host.ask('GET_STATUS', {})).toMatchObject({ firstRun: true });

  await candles.setInputFiles(candlesCsv(48));
  await start(app).click();
  await moves(app);
  await expect(app.getByRole('banner').getByRole('time')).toContainText('2025-01-01');
});
