import type { Page } from '@playwright/test';

import { candlesCsv, fundingCsv } from './support/recording.ts';
import { Host } from './support/host.ts';
import { figure, goTo, notices } from './support/screen.ts';
import { begin, expect, test } from './support/test.ts';

test.describe('an amount that is typed key by key', () => {
  test.beforeEach(async ({ host, app }) => {
    await begin(host);
    await goTo(app, 'Vault');
  });

  const amount = (page: Page) =>
    page.getByRole('region', { name: 'Deposit or withdraw' }).getByLabel('Amount');
  const deposit = (page: Page) => page.getByRole('button', { name: /^Deposit/ });

  test('is never rewritten under the hands: 1,500 is refused in words, and 1,500.00 is fifteen hundred', async ({
    app,
  }) => {
    await amount(app).pressSequentially('1,500');
    await expect(amount(app)).toHaveValue('1,500');
    await expect(amount(app)).toHaveAccessibleDescription(/could mean two things: write 1500 or 1\.500/);
    await expect(deposit(app)).toBeDisabled();
    await amount(app).pressSequentially('.00');
    await expect(deposit(app)).toHaveText(/^Deposit 1,500\.00\sUSDC$/);
    await amount(app).press('Enter');
    await expect(notices(app)).toContainText('1500.00 USDC deposited.');
    await expect(figure(app, 'Net transfers')).toHaveText('+$1,500.00');
    // It was taken: an empty field is no mistake.
    await expect(amount(app)).toHaveValue('');
    await app.getByRole('heading', { name: 'Vault', exact: true }).click();
    await expect(amount(app)).not.toHaveAttribute('aria-invalid', 'true');
  });

  test('loses its separators when the field is left, and the field keeps its place', async ({ app }) => {
    const before = await deposit(app).boundingBox();
    await amount(app).pressSequentially('1.234,5');
    await amount(app).press('Tab');
    await expect(amount(app)).toHaveValue('1234.5');
    await amount(app).fill('');
    await amount(app).blur();
    await expect(amount(app)).toHaveAccessibleDescription(/Enter an amount/);
    expect(await deposit(app).boundingBox()).toEqual(before);
  });

  test('of a reset that was cancelled is not there the next time', async ({ app }) => {
    const dialog = app.getByRole('dialog', { name: 'Reset the paper vault' });
    await app.getByRole('button', { name: 'Reset', exact: true }).click();
    await expect(dialog).toContainText(/The market stays the simulated one with seed \d+/);
    await dialog.getByLabel('New capital').fill('7');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
    await app.getByRole('button', { name: 'Reset', exact: true }).click();
    await expect(dialog.getByLabel('New capital')).toHaveValue('10000');
  });

  test('in a setting stays a draft while one looks elsewhere', async ({ app }) => {
    await goTo(app, 'Settings');
    await app.getByLabel('Search the settings').fill('engine.deltaTolerancePct');
    const field = app.getByRole('main').locator('input[inputmode="decimal"]');
    await expect(field).toHaveCount(1);
    await field.fill('');
    await field.pressSequentially('2,5');
    await expect(field).toHaveValue('2,5');
    await field.press('Tab');
    await expect(field).toHaveValue('2.5');
    await field.fill('');
    await field.pressSequentially('1,500');
    await expect(field).toHaveAccessibleDescription(/could mean two things/);
    await field.fill('2.5');
    await goTo(app, 'Vault');
    await goTo(app, 'Settings');
    await expect(app.getByText('One change is not saved yet.')).toBeVisible();
    await app.getByRole('button', { name: 'Discard', exact: true }).click();
    await expect(app.getByText('One change is not saved yet.')).toBeHidden();
  });
});

/** A window that has not heard yet that somebody began, until it is refused. */
async function staysInFirstRun(page: Page): Promise<void> {
  let heard = false;
  await page.routeWebSocket(/./, (socket) => {
    socket.connectToServer().onMessage((message) => {
      const text = String(message);
      heard ||= text.includes('ENGINE_ALREADY_RUNNING');
      if (heard) socket.send(text);
      // What is told unasked ends a first run too.
      else if (!/"type":"(?:ENGINE_STATUS|FUNDING_UPDATE)"/.test(text))
        socket.send(text.replace('"firstRun":false', '"firstRun":true'));
    });
  });
}

test.describe('a first run', () => {
  const fresh = test.extend<{ host: Host }>({
    // eslint-disable-next-line no-empty-pattern
    host: async ({}, use) => {
      const host = new Host();
      await host.start();
      await use(host);
      await host.remove();
    },
  });
  const start = (page: Page) => page.getByRole('button', { name: 'Start', exact: true });

  fresh('in a second window does not take the vault from the first', async ({ app, host, context }) => {
    const other = await context.newPage();
    await staysInFirstRun(other);
    await other.goto(host.address());
    await expect(start(other)).toBeVisible();
    await app.getByLabel('Capital').fill('25000');
    await start(app).click();
    await expect(app.getByRole('main', { name: 'Dashboard' })).toBeVisible();
    await start(other).click();
    await expect(notices(other)).toContainText('begun in another window');
    await expect(other.getByRole('main', { name: 'Dashboard' })).toBeVisible();
    expect(await host.ask('GET_ENGINE_VAULT', { engine: 'funding' })).toMatchObject({ capital: '25000' });
  });

  fresh(
    'opens what is wrong and goes there, and forgets a failure that no longer matters',
    async ({ app }) => {
      await app.getByRole('button', { name: 'More' }).click();
      await app.getByLabel('Seed').fill('x');
      await app.getByRole('button', { name: 'More' }).click();
      await expect(app.getByLabel('Seed')).toBeHidden();
      await start(app).click();
      await expect(app.getByLabel('Seed')).toBeFocused();

      const market = app.getByRole('radiogroup', { name: 'Market' });
      await market.getByText('My own CSV').click();
      await start(app).click();
      await expect(app.getByText('Choose a file.')).toHaveCount(2);
      await expect(app.getByRole('button', { name: 'Candles' })).toBeFocused();
      const files = app.locator('input[type="file"]');
      await files
        .first()
        .setInputFiles(candlesCsv(48, { line: 17, text: '1735690500000,150,140,149,150,5000' }));
      await files.last().setInputFiles(fundingCsv(48));
      await start(app).click();
      await expect(app.getByRole('alert')).toContainText('line 17');
      await market.getByText('Simulated').click();
      await expect(app.getByRole('alert')).toBeHidden();
    },
  );

  fresh('a click beside a field that is left empty is not lost', async ({ app }) => {
    const market = app.getByRole('radiogroup', { name: 'Market' });
    await app.getByLabel('Capital').fill('');
    await market.getByText('My own CSV').click();
    await expect(market.getByRole('radio', { name: 'My own CSV' })).toBeChecked();
    await expect(app.getByLabel('Capital')).toHaveAttribute('aria-invalid', 'true');
  });
});
