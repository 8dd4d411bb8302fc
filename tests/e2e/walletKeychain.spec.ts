import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Locator, Page } from '@playwright/test';
import { AsyncEntry } from '@napi-rs/keyring';

import { Keyring, hasKeyring, whySkipped } from '../support/keyring.ts';
import { connectClient } from '../support/loopbackClient.ts';
import { LAUNCHER } from '../support/paperCli.ts';
import { CONTROL_C, PseudoTerminal, hasPseudoTerminal } from '../support/pseudoTerminal.ts';
import { WalletCli } from '../support/walletCli.ts';
import { ASKED, setPassphrase } from '../support/walletQuestions.ts';
import { fileOf, keyOf } from '../support/walletSecrets.ts';
import { expectAccessible } from './support/axe.ts';
import { CAPITAL, SEED, expect, test as base } from './support/test.ts';

const PASSPHRASE = 'correct horse battery';
const [MAIN, COLD] = [keyOf('the key of the page'), keyOf('kept elsewhere')];
const ADDRESS = /http:\/\/127\.0\.0\.1:(\d+)\/#key=([0-9a-f]+)/;

interface Scene {
  readonly keyring: Keyring;
  readonly cli: WalletCli;
}

/** A keychain of its own with the key of a wallet in it, and a data folder that remembers the wallet. */
const test = base.extend<{ scene: Scene }>({
  // eslint-disable-next-line no-empty-pattern
  scene: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'phantom-keychain-'));
    await using keyring = await Keyring.start('unlocked');
    keyring.applyHere();
    const cli = new WalletCli(folder, 'data', keyring.env);
    const file = fileOf(folder, 'main.json', MAIN.json);
    await using terminal = cli.at('import', '--file', file, '--name', 'Main');
    await setPassphrase(terminal, PASSPHRASE);
    await terminal.ended();
    await cli.done('watch', COLD.address, '--name', 'Cold');
    await use({ keyring, cli });
    rmSync(folder, { recursive: true, force: true });
  },
});

test.skip(!hasKeyring || !hasPseudoTerminal, `no keychain to test with${whySkipped}`);

const active = (page: Page): Locator => page.getByRole('region', { name: 'Active wallet' });
const lock = (page: Page): Locator => active(page).getByRole('status');

test('a stored wallet is unlocked on the terminal, locked by the button, and told from one whose key is gone', async ({
  page,
  scene: { keyring, cli },
}) => {
  test.slow();
  const serve = ['serve', '--unlock', '--no-open', '--port', '0', '--data-dir', cli.dataDir];
  await using terminal = new PseudoTerminal([process.execPath, LAUNCHER, ...serve], cli.env);
  await terminal.answers(ASKED.passphrase, PASSPHRASE);
  await terminal.shows(/Main is unlocked\./);
  const [, port = '', key = ''] = await terminal.shows(ADDRESS);
  const client = await connectClient({ port: Number(port), key });
  const market = { kind: 'simulated', seed: SEED } as const;
  const begun = await client.command('VAULT_RESET', { engine: 'funding', capital: CAPITAL, market });
  expect(begun.status).toBe('ok');
  client.terminate();

  await page.goto(`http://127.0.0.1:${port}/?screen=wallet#key=${key}`);
  await expect(active(page)).toContainText(MAIN.address);
  await expect(lock(page)).toHaveText('Unlocked');
  await active(page).getByRole('button', { name: 'Lock now' }).click();
  await expect(lock(page)).toHaveText('Locked');
  await expect(active(page)).toContainText('npm run -s serve -- --unlock');

  keyring.lock();
  for (const name of ['Cold', 'Main']) {
    await page.getByRole('button', { name: `Make ${name} active` }).click();
    await expect(active(page).getByRole('heading', { name })).toBeVisible();
  }
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('The keychain is locked.');
  await expect(lock(page)).toHaveText('Unavailable');

  await keyring.unlock();
  const entry = new AsyncEntry('phantom-arbiter', `key:${MAIN.address}`, {
    linux: { store: 'secret-service' },
  });
  expect(await entry.deleteCredential()).toBe(true);
  // What failed is looked at again once it is a few seconds old.
  await expect(async () => {
    await alert.getByRole('button', { name: 'Look again' }).click({ timeout: 1_000 });
    await expect(alert).toBeHidden({ timeout: 1_000 });
  }).toPass();
  await expect(active(page)).toContainText('The Secret Service has no key for it');
  await expect(active(page)).toContainText('npm run -s wallet -- import');
  await expect(page.getByText('missing from the keychain')).toBeVisible();
  await expectAccessible(page);

  terminal.type(CONTROL_C);
  await terminal.shows(/Stopped\. What was done is kept\./);
});
