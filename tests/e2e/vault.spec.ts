import { existsSync, readFileSync } from 'node:fs';

import type { Page } from '@playwright/test';

import type { Host } from './support/host.ts';
import { figure, goTo, notices } from './support/screen.ts';
import { begin, expect, test } from './support/test.ts';

/** A vault with a hedge, standing still. */
async function hedgedAndStill(host: Host): Promise<void> {
  await begin(host);
  await host.ask('SET_CLOCK', { speed: 60 });
  await host.ask('START_ENGINE', { engine: 'funding', mode: 'paper' });
  await expect
    .poll(async () => (await host.ask('GET_STATUS', {})).engines[0]?.funding?.positions.length)
    .toBe(1);
  await host.ask('SET_CLOCK', { speed: 'pause' });
}

test.beforeEach(async ({ host, app }) => {
  await hedgedAndStill(host);
  await goTo(app, 'Vault');
});

const form = (page: Page) => page.getByRole('region', { name: 'Deposit or withdraw' });

async function move(
  page: Page,
  direction: 'Deposit' | 'Withdraw',
  asset: 'USDC' | 'SOL',
  amount: string,
): Promise<void> {
  await form(page).getByRole('radiogroup', { name: 'Direction' }).getByText(direction).click();
  await form(page).getByRole('radiogroup', { name: 'Asset' }).getByText(asset, { exact: true }).click();
  await form(page).getByLabel('Amount').fill(amount);
  await form(page)
    .getByRole('button', { name: new RegExp(`^${direction} [\\d,.]+\\s${asset}$`) })
    .click();
}

test('[R7.5] the vault shows its balance, what stands behind positions, and what is free', async ({
  app,
  host,
}) => {
  const { balance, allocated, available } = await host.ask('GET_ENGINE_VAULT', { engine: 'funding' });
  const usd = (text: string): string =>
    Number(text).toLocaleString('en-US', { style: 'currency', currency: 'USD' });
  await expect(figure(app, 'Balance')).toHaveText(usd(balance));
  await expect(figure(app, 'Allocated')).toHaveText(usd(allocated));
  await expect(figure(app, 'Available')).toHaveText(usd(available));
});

test('[R8.4] [R8.5] capital goes in and out, and each movement stands in the ledger once', async ({
  app,
  host,
}) => {
  await move(app, 'Deposit', 'USDC', '500.25');
  await expect(notices(app)).toContainText('500.25 USDC deposited.');
  await expect(figure(app, 'Net transfers')).toHaveText('+$500.25');
  const entries = app.getByRole('region', { name: 'Ledger entries' });
  await expect(entries.getByRole('row').filter({ hasText: '+500.250000' })).toHaveCount(1);

  await move(app, 'Withdraw', 'USDC', '100');
  await expect(notices(app)).toContainText('100 USDC withdrawn.');
  await expect(figure(app, 'Net transfers')).toHaveText('+$400.25');
  expect(await host.ask('GET_ENGINE_VAULT', { engine: 'funding' })).toMatchObject({ netTransfers: '400.25' });
});

test('[R3.7] a withdrawal that is too large is refused in words beside its field, and nothing moves', async ({
  app,
  host,
}) => {
  const before = await host.ask('GET_ENGINE_VAULT', { engine: 'funding' });
  const amount = form(app).getByLabel('Amount');
  for (const much of ['9000', '900000']) {
    await move(app, 'Withdraw', 'USDC', much);
    await expect(amount).toHaveAttribute('aria-invalid', 'true');
    await expect(amount).toHaveAccessibleDescription(/[a-z]{3}.*\d/);
    await expect(form(app).getByRole('button', { name: /^Copy [A-Z_]+$/ })).toBeVisible();
  }
  expect(await host.ask('GET_ENGINE_VAULT', { engine: 'funding' })).toEqual(before);
});

test('an amount that is none is refused beside its field before anything is sent', async ({ app }) => {
  const amount = form(app).getByLabel('Amount');
  for (const nonsense of ['0', '-1', 'ten', '1.1234567']) {
    await amount.fill(nonsense);
    await expect(amount, nonsense).toHaveAttribute('aria-invalid', 'true');
    await expect(form(app).getByRole('button', { name: 'Deposit', exact: true })).toBeDisabled();
  }
});

test('the ledger goes back page by page to the opening', async ({ app }) => {
  const ledger = app.getByRole('region', { name: 'Ledger', exact: true });
  const older = ledger.getByRole('button', { name: 'Older' });
  await expect(ledger.getByText('Page 1', { exact: true })).toBeVisible();
  for (let page = 2; await older.isEnabled(); page += 1) {
    await older.click();
    await expect(ledger.getByText(`Page ${page}`, { exact: true })).toBeVisible();
    await expect(ledger.locator('[aria-busy="false"]')).toBeVisible();
    await expect(ledger.getByRole('row').nth(1)).toBeVisible();
  }
  await expect(ledger.getByRole('row').filter({ hasText: 'Opening' }).first()).toBeVisible();
  await ledger.getByRole('button', { name: 'Newer' }).click();
  await expect(older).toBeEnabled();
});

test('an export says where its file is, and the file is there', async ({ app }) => {
  await app.getByRole('button', { name: 'Export' }).click();
  await app.getByRole('menuitem', { name: 'Ledger as CSV' }).click();
  await expect(notices(app)).toContainText(/rows were written to:.*\.csv/);
  const [path = ''] = /\/\S+\.csv/.exec((await notices(app).textContent()) ?? '') ?? [];
  expect(existsSync(path), path).toBe(true);
  expect(readFileSync(path, 'utf8').split('\n').length).toBeGreaterThan(10);
});

test('a reset asks for a typed word, begins anew, and leaves a backup', async ({ app, host }) => {
  await app.getByRole('button', { name: 'Reset', exact: true }).click();
  const dialog = app.getByRole('dialog', { name: 'Reset the paper vault' });
  const confirm = dialog.getByRole('button', { name: 'Reset the vault' });
  await dialog.getByLabel('New capital').fill('7');
  await dialog.getByLabel(/^Type RESET/).fill('RESET');
  await confirm.click();
  await expect(dialog.getByLabel('New capital')).toHaveAttribute('aria-invalid', 'true');

  await dialog.getByLabel('New capital').fill('2500');
  await dialog.getByLabel(/^Type RESET/).fill('reset');
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel(/^Type RESET/).fill('RESET');
  await dialog.getByLabel(/^Type RESET/).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(figure(app, 'Began with')).toHaveText('$2,500.00');
  await expect(notices(app)).toContainText(/backup/);
  const { backups } = await host.ask('LIST_BACKUPS', {});
  expect(backups[0]).toMatchObject({ reason: 'beforeReset' });
});
