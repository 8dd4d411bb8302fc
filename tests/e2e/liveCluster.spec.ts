import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { Keyring, hasKeyring, whySkipped } from '../support/keyring.ts';
import { hasPseudoTerminal } from '../support/pseudoTerminal.ts';
import { WalletCli } from '../support/walletCli.ts';
import { setPassphrase } from '../support/walletQuestions.ts';
import { fileOf, keyOf } from '../support/walletSecrets.ts';
import { expectAccessible } from './support/axe.ts';
import { ClusterClient } from './support/clusterClient.ts';
import { Host } from './support/host.ts';
import { engineState, figure, goTo, notices, paperBadge } from './support/screen.ts';
import { CAPITAL, SEED, expect, test as base } from './support/test.ts';

const MAIN = keyOf('the key of live trading');

interface Scene {
  readonly host: Host;
  readonly cluster: ClusterClient;
}

/** The program with a wallet in a keychain of its own, beside a cluster on which the wallet has an account. */
const test = base.extend<{ scene: Scene }>({
  // eslint-disable-next-line no-empty-pattern
  scene: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'phantom-live-'));
    await using keyring = await Keyring.start('unlocked');
    await using cluster = await ClusterClient.start(MAIN.pair);
    const cli = new WalletCli(folder, 'data', keyring.env);
    await using terminal = cli.at(
      'import',
      '--file',
      fileOf(folder, 'main.json', MAIN.json),
      '--name',
      'Main',
    );
    await setPassphrase(terminal, '');
    await terminal.ended();
    const host = new Host(cli.dataDir, undefined, cli.env, ['--allow-live']);
    try {
      await host.start();
      await host.ask('VAULT_RESET', {
        engine: 'funding',
        capital: CAPITAL,
        market: { kind: 'simulated', seed: SEED },
      });
      await host.ask('UPDATE_CONFIG', {
        engine: 'funding',
        config: { 'live.network': 'local', 'live.endpoints': cluster.rpcUrl, 'live.pollSeconds': '1' },
      });
      await use({ host, cluster });
    } finally {
      await host.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

test.skip(!hasKeyring || !hasPseudoTerminal, `no keychain to test with${whySkipped}`);

/** From the first step to the checks of the one sub-account that there is. */
async function toChecks(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('radiogroup', { name: 'Sub-account' }).getByRole('radio').check();
  await page.getByRole('button', { name: 'Continue' }).click();
}

test('from paper to live on a cluster: checks, the word, a confirmed hedge, a deposit, and back to paper', async ({
  page,
  scene: { host },
}) => {
  test.slow();
  await page.goto(host.address('?screen=dashboard&still'));
  await page.getByRole('button', { name: /Paper.*simulated money/ }).click();
  const onwards = page.getByRole('button', { name: 'Continue' });
  await toChecks(page);
  const checks = page.getByRole('list', { name: 'Checks' });
  await expect(checks.getByRole('listitem')).toHaveCount(11);
  await expect(checks).toContainText('The venue is open for trading.');
  await expectAccessible(page);
  await onwards.click();
  await onwards.click();
  await page.getByLabel(/^Type LIVE/).fill('LIVE');
  await page.getByRole('button', { name: 'Go live', exact: true }).click();
  await expect(page.getByText('Live, real money')).toBeVisible();

  // The account holds 40 SOL and no short: the hedge is asked about.
  const question = page.getByRole('dialog', { name: 'Confirm this trade?' });
  await expect(question).toContainText('SOL-PERP');
  await question.getByRole('button', { name: /^Confirm, / }).click();
  await expect(question).toBeHidden();
  await expect(figure(page, 'Perpetual leg')).toHaveText(/^−\d/);
  await expectAccessible(page);

  await goTo(page, 'Vault');
  await page.getByLabel('Amount').fill('100');
  await page.getByRole('button', { name: /^Deposit 100/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Deposit 100/ })
    .click();
  await expect(notices(page)).toContainText('The chain has confirmed it.');

  await page.getByRole('button', { name: /Live.*real money/ }).click();
  await page.getByRole('button', { name: 'Stop live trading' }).click();
  await expect(engineState(page)).toHaveText('Engine: Stopped');
  await page.getByRole('button', { name: 'Back to paper' }).click();
  await expect(paperBadge(page)).toBeVisible();
});

test('what nothing explains stops trading on a cluster, is read, accepted, and outlives a restart', async ({
  page,
  scene: { host, cluster },
}) => {
  test.slow();
  await page.goto(host.address('?screen=live&still'));
  await toChecks(page);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('Let it trade up to an amount').click();
  await page.getByLabel('A trade', { exact: true }).fill('50000');
  await page.getByLabel('In any 24 hours').fill('100000');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel(/^Type LIVE/).fill('LIVE');
  await page.getByRole('button', { name: 'Go live', exact: true }).click();
  // Nobody is asked: it was granted, and is counted.
  await expect(figure(page, 'Perpetual leg')).toHaveText(/^−\d/);
  const grant = page.getByRole('region', { name: 'Standing confirmation' });
  await expect(grant).toContainText('$6,000.00 used');

  await cluster.ask({ do: 'takeOut', usdc: '500000000' });
  const told = page.getByRole('region', { name: 'What to know now' });
  await expect(told).toContainText('Trading is off: books and chain do not say the same.');
  await host.stop();
  await host.start();
  await expect
    .poll(async () => (await host.ask('GET_STATUS', {})).engines[0]?.status.readOnly)
    .toBe('differences');
  await page.reload();
  await told.getByRole('button', { name: 'Look at them' }).click();
  await expect(page.getByRole('region', { name: 'Differences' })).toContainText('−500');
  await expectAccessible(page);
  await page.getByLabel(/^I have read/).check();
  await page.getByRole('button', { name: 'Accept what the chain says' }).click();
  await expect(notices(page)).toContainText('the books say what the chain says');
  await expect(engineState(page)).toHaveText('Engine: Running');
  await expect(told).not.toContainText('Trading is off');

  await grant.getByRole('button', { name: 'Revoke now' }).click();
  await expect(grant).toContainText('None');
});

test('an account on a cluster is only watched, and nothing can be traded', async ({
  page,
  scene: { host },
}) => {
  test.slow();
  await page.goto(host.address('?screen=live&still'));
  await page.getByText('Only watch', { exact: true }).click();
  await page.getByRole('radiogroup', { name: 'Whose account' }).getByText('Main').click();
  await toChecks(page);
  await expect(page.getByRole('list', { name: 'Checks' }).getByRole('listitem')).toHaveCount(4);
  await page.getByRole('button', { name: 'Start watching' }).click();
  await expect(page.getByText('Only watching.')).toBeVisible();
  await expect(figure(page, 'Equity')).toHaveText(/^\$/);
  await expect(page.getByRole('button', { name: 'Stop watching' })).toBeEnabled();
  await expectAccessible(page);
  await expect(host.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '1', subAccount: 0 })).rejects.toThrow(
    /watched/,
  );
});
