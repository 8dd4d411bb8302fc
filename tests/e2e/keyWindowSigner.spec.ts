import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import type { CeremonyOrder } from '../../src/main/custody/ceremony/order.ts';
import type { CeremonyTask, MessageToWindow } from '../../src/shared/contract/ceremony.ts';
import { buildDesktop } from '../main/desktop/standIn/built.ts';
import { ROOT } from './support/host.ts';
import { KeyWindow } from './support/keyWindow.ts';
import type { ToSignerProgram } from './support/signerProgram.ts';
import { expect, test as base } from './support/test.ts';

interface Fixtures {
  /** Opens a window for a task, before the signer as it is. */
  hold: (task: CeremonyTask, known?: CeremonyOrder['known']) => Promise<KeyWindow>;
}

const test = base.extend<Fixtures>({
  hold: async ({ context }, use) => {
    const built = await buildDesktop(['preload']);
    const signer = startSigner();
    let window: KeyWindow | undefined;
    signer.on('message', ({ toWindow }: { toWindow: MessageToWindow }) => {
      void window?.says(toWindow);
    });
    await use(async (task, known = []) => {
      window = await KeyWindow.open(await context.newPage(), join(built.out, 'preload'), task);
      window.onSent = (fromWindow) => {
        tell(signer, { fromWindow });
      };
      // As the program does it: a wallet is the active one before it is unlocked.
      if (task.kind === 'unlock')
        tell(signer, { name: 'select', ask: { address: task.address, opens: false, idleMs: 0 } });
      tell(signer, { name: 'ceremony', ask: { order: { task, known, given: {} }, at: 'port' } });
      return window;
    });
    signer.kill();
    built.remove();
  },
});

function startSigner(): ChildProcess {
  return fork(join(ROOT, 'tests', 'e2e', 'support', 'signerProgram.ts'), {
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
}

const tell = (signer: ChildProcess, message: ToSignerProgram): void => {
  signer.send(message);
};

const go = (page: Page, name = 'Continue') => page.getByRole('button', { name, exact: true }).click();
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const passphrase = (page: Page) => page.getByLabel(/^(?:New p|P)assphrase$/);

test('before the real signer, a wallet is made, unlocked, freed of its passphrase, and known again by its phrase', async ({
  hold,
}) => {
  const { page } = await hold({ kind: 'create' });
  await go(page);
  await go(page, 'Show the words');
  const words = await page
    .getByRole('list', { name: 'The recovery phrase' })
    .getByRole('listitem')
    .allTextContents();
  expect(words).toHaveLength(12);
  await go(page, 'I have written them down');
  for (let asked = 1; asked <= 3; asked += 1) {
    await expect(page.getByText(`Question ${asked} of 3.`)).toBeVisible();
    const label = (await page.locator('label').textContent()) ?? '';
    const position = Number(/^Word (\d+) of 12$/.exec(label)?.[1]);
    await page.getByLabel(label).fill('zzz');
    await go(page);
    await expect(page.getByRole('alert')).toHaveText(`That is not word ${position} of the phrase.`);
    await page.getByLabel(label).fill(` ${words[position - 1]?.toUpperCase() ?? ''} `);
    await go(page);
  }
  await page.getByLabel('Name').fill('Savings');
  await go(page);
  await passphrase(page).fill('four silent hills');
  await page.getByLabel('Repeated passphrase', { exact: true }).fill('four silent hills');
  await go(page, 'Protect it');
  await expect(heading(page)).toHaveText('Savings is ready');
  const address = (await page.locator('.address').textContent()) ?? '';

  const { page: unlocking } = await hold({ kind: 'unlock', address });
  await passphrase(unlocking).fill('four silent hulls');
  await go(unlocking, 'Unlock');
  await expect(unlocking.getByRole('alert')).not.toBeEmpty();
  await passphrase(unlocking).fill('four silent hills');
  await go(unlocking, 'Unlock');
  await expect(heading(unlocking)).toHaveText('The wallet is unlocked');

  const { page: changing } = await hold({ kind: 'passphrase', address });
  await passphrase(changing).fill('four silent hills');
  await go(changing);
  await expect(heading(changing)).toHaveText('Choose a new passphrase');
  await go(changing, 'Remove the passphrase');
  await expect(heading(changing)).toHaveText('The passphrase is gone');

  const { page: importing } = await hold({ kind: 'import' }, [
    { address, name: 'Savings', kind: 'owner', owner: address },
  ]);
  await go(importing);
  for (const [at, word] of words.entries())
    await importing.getByLabel(`Word ${at + 1}`, { exact: true }).fill(word);
  await go(importing);
  const known = importing.locator('label').filter({ hasText: address });
  await expect(known).toContainText('Already here');
  await expect(known.getByRole('radio')).toBeDisabled();
});
