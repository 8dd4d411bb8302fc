import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
    const host = new Host(cli.dataDir, undefined, cli.env);
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

test('from paper to live on a cluster: checks, the word, a confirmed hedge, a deposit, and back to paper', async ({
  page,
  scene: { host },
}) => {
  test.slow();
  await page.goto(host.address('?screen=dashboard&still'));
  await page.getByRole('button', { name: /Paper.*simulated money/ }).click();
  const onwards = page.getByRole('button', { name: 'Continue' });
  await onwards.click();
  await page.getByRole('radiogroup', { name: 'Sub-account' }).getByRole('radio').check();
  await onwards.click();
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
