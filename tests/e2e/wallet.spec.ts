import type { Locator, Page } from '@playwright/test';

import type { WalletsView } from '../../src/shared/contract/commands/walletCommands.ts';
import { expectAccessible } from './support/axe.ts';
import { goTo, notices } from './support/screen.ts';
import { StandIn } from './support/standIn.ts';
import { DELEGATE, OWNER, SOME_WALLETS, StandInWallets, WATCHED } from './support/standInWallets.ts';
import { BEGUN, expect, test as base } from './support/test.ts';

const NO_KEYCHAIN = {
  code: 'KEYCHAIN_UNAVAILABLE',
  message: 'The Secret Service does not answer: no keyring runs in this session.',
  details: {},
} as const;
const BROKEN: WalletsView = {
  ...SOME_WALLETS,
  lock: 'unavailable',
  keychain: { store: 'Secret Service', error: NO_KEYCHAIN },
  wallets: SOME_WALLETS.wallets.map((one) => ({ ...one, key: one.kind === 'watch' ? 'none' : 'unknown' })),
};
/** The address of an account that anybody may watch. */
const ELSEWHERE = 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk';

const test = base.extend<{ wallets: StandInWallets; standIn: StandIn; walletPage: Page }>({
  // eslint-disable-next-line no-empty-pattern
  wallets: async ({}, use) => {
    await use(new StandInWallets());
  },
  standIn: async ({ host, wallets }, use) => {
    const standIn = new StandIn(await host.ask('GET_STATUS', {}), wallets.answer);
    await standIn.open();
    await use(standIn);
    standIn.close();
  },
  /** The Wallet screen of a program that has a window for secrets and some wallets. */
  walletPage: async ({ page, standIn }, use) => {
    await page.goto(standIn.address('?screen=wallet'));
    await expect(keychain(page)).toBeVisible();
    await use(page);
  },
});
test.use({ beginning: BEGUN });

const active = (page: Page): Locator => page.getByRole('region', { name: 'Active wallet' });
const keychain = (page: Page): Locator => page.getByRole('region', { name: 'Keychain' });
const row = (page: Page, name: string): Locator =>
  page
    .getByRole('region', { name: 'Wallets', exact: true })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name, exact: true }) });

async function choose(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function tellChanged(
  standIn: StandIn,
  wallets: StandInWallets,
  view: typeof wallets.view,
): Promise<void> {
  wallets.view = view;
  standIn.event({ kind: 'wallets' });
  await Promise.resolve();
}

test.describe('what stands on the screen', () => {
  test('the active wallet, its kind, its whole address, and that it is unlocked', async ({ walletPage }) => {
    await expect(active(walletPage).getByRole('heading', { name: 'Engine' })).toBeVisible();
    await expect(active(walletPage)).toContainText('may trade, can’t withdraw, for the account of Main');
    await expect(active(walletPage)).toContainText(DELEGATE.address);
    await expect(active(walletPage).getByRole('status')).toHaveText('Unlocked');
    await expect(row(walletPage, 'Main')).toContainText('Owner');
    await expect(row(walletPage, 'Main')).toContainText('can withdraw');
    await expect(row(walletPage, 'Cold storage')).toContainText('no key here');
    await expect(row(walletPage, 'Engine')).toContainText('Active');
  });

  test('an address is copied whole, without the gaps of its groups', async ({ walletPage, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const copy = row(walletPage, 'Main').getByRole('button', { name: 'Copy the address of Main' });
    await copy.click();
    await expect(row(walletPage, 'Main').getByRole('button', { name: /^Copied/ })).toBeVisible();
    expect(await walletPage.evaluate(() => navigator.clipboard.readText())).toBe(OWNER.address);
    const marked = await walletPage.evaluate((address) => {
      const shown = [...document.querySelectorAll('[translate=no]')].find(
        ({ textContent }) => textContent === address,
      );
      if (shown === undefined) return '';
      getSelection()?.selectAllChildren(shown);
      return getSelection()?.toString() ?? '';
    }, OWNER.address);
    expect(marked).toBe(OWNER.address);
  });

  test('a change elsewhere is shown at once, and moves nothing', async ({ walletPage, standIn, wallets }) => {
    const before = await row(walletPage, 'Cold storage').boundingBox();
    await tellChanged(standIn, wallets, { ...SOME_WALLETS, lock: 'locked' });
    await expect(active(walletPage).getByRole('status')).toHaveText('Locked');
    expect(await row(walletPage, 'Cold storage').boundingBox()).toEqual(before);
  });

  test('a keychain that can’t be used is said in words, and what was mended is seen on asking again', async ({
    walletPage,
    standIn,
    wallets,
  }) => {
    await tellChanged(standIn, wallets, BROKEN);
    const alert = walletPage.getByRole('alert');
    await expect(alert).toContainText('The Secret Service can’t be used');
    await expect(alert).toContainText(NO_KEYCHAIN.message);
    await expect(alert).toContainText('No key was read, stored or used.');
    await expect(alert).toContainText('KEYCHAIN_UNAVAILABLE');
    await expect(active(walletPage).getByRole('status')).toHaveText('Unavailable');
    await expect(keychain(walletPage)).toContainText('No key is kept elsewhere instead');
    wallets.view = SOME_WALLETS;
    await alert.getByRole('button', { name: 'Look again' }).click();
    await expect(alert).toBeHidden();
    await expect(keychain(walletPage)).toContainText('Works');
  });

  test('a key that is missing is said, and how it comes back', async ({ walletPage, standIn, wallets }) => {
    const missing = { ...DELEGATE, key: 'missing' } as const;
    await tellChanged(standIn, wallets, { ...SOME_WALLETS, lock: 'unavailable', wallets: [OWNER, missing] });
    await expect(active(walletPage)).toContainText('Import it again to bring the key back');
    await expect(row(walletPage, 'Engine')).toContainText('missing from the keychain');
    await active(walletPage).getByRole('button', { name: 'Import its key…' }).click();
    expect(wallets.heard.at(-1)).toEqual([
      'OPEN_WALLET_WINDOW',
      { task: { kind: 'import', delegateOf: OWNER.address } },
    ]);
    await choose(walletPage, 'Engine', 'Remove…');
    await expect(walletPage.getByRole('dialog')).toContainText('none is destroyed');
  });

  test('without the program the lock is only what it was, and nothing can be pressed', async ({
    walletPage,
    standIn,
  }) => {
    standIn.close();
    await expect(active(walletPage).getByRole('status')).toHaveText('Unlocked, when last heard');
    await expect(active(walletPage).getByRole('button', { name: 'Lock now' })).toBeDisabled();
    await expect(walletPage.getByRole('button', { name: 'Create a wallet…' })).toBeDisabled();
    await expect(walletPage.getByRole('button', { name: 'More for Main' })).toBeDisabled();
    await expect(active(walletPage)).toContainText(DELEGATE.address);
  });

  test('wallets that could not be read are asked for again', async ({ page, standIn, wallets }) => {
    wallets.unreadable = true;
    await page.goto(standIn.address('?screen=wallet'));
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('The wallets could not be read');
    wallets.unreadable = false;
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect(active(page).getByRole('status')).toHaveText('Unlocked');
  });

  test('there is no field for a secret', async ({ walletPage }) => {
    await expect(walletPage.locator('input, textarea')).toHaveCount(3);
    expect(
      await walletPage
        .locator('input')
        .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).type)),
    ).toEqual(['radio', 'radio', 'radio']);
  });
});

test.describe('what can be done', () => {
  test('the wallet is locked, however fast one presses, once', async ({ walletPage, wallets }) => {
    let go: () => void = () => undefined;
    wallets.after = new Promise((resolve) => {
      go = resolve;
    });
    await active(walletPage).getByRole('button', { name: 'Lock now' }).dblclick();
    await walletPage.keyboard.press('Control+K');
    await walletPage.getByLabel('Search commands').pressSequentially('lock the wallet');
    await walletPage.keyboard.press('Enter');
    go();
    await expect(active(walletPage).getByRole('status')).toHaveText('Locked');
    await expect(notices(walletPage)).toContainText('The wallet is locked.');
    expect(wallets.heard).toEqual([['LOCK_WALLET', {}]]);
  });

  test('what needs a secret opens its own window', async ({ walletPage, standIn, wallets }) => {
    await walletPage.getByRole('button', { name: 'Create a wallet…' }).click();
    await expect.poll(() => wallets.heard.length).toBe(1);
    await walletPage.getByRole('button', { name: 'Import…' }).click();
    await expect.poll(() => wallets.heard.length).toBe(2);
    await row(walletPage, 'Main').getByRole('button', { name: 'Create a trading delegate for Main' }).click();
    await expect.poll(() => wallets.heard.length).toBe(3);
    await choose(walletPage, 'Engine', 'Change its passphrase…');
    await expect.poll(() => wallets.heard.length).toBe(4);
    await choose(walletPage, 'Main', 'Set a passphrase…');
    await expect.poll(() => wallets.heard.length).toBe(5);
    await tellChanged(standIn, wallets, { ...SOME_WALLETS, lock: 'locked' });
    await active(walletPage).getByRole('button', { name: 'Unlock…' }).click();
    await expect.poll(() => wallets.heard.length).toBe(6);
    await choose(walletPage, 'Cold storage', 'Create a trading delegate…');
    await expect.poll(() => wallets.heard.length).toBe(7);
    await choose(walletPage, 'Cold storage', 'Import its key…');
    await expect.poll(() => wallets.heard.length).toBe(8);
    expect(wallets.heard.map(([, payload]) => payload)).toEqual(
      [
        { kind: 'create' },
        { kind: 'import' },
        { kind: 'create', delegateOf: OWNER.address },
        { kind: 'passphrase', address: DELEGATE.address },
        { kind: 'passphrase', address: OWNER.address },
        { kind: 'unlock', address: DELEGATE.address },
        { kind: 'create', delegateOf: WATCHED.address },
        { kind: 'import' },
      ].map((task) => ({ task })),
    );
  });

  test('a window that does not open says why', async ({ walletPage, wallets }) => {
    wallets.refusal = NO_KEYCHAIN;
    await walletPage.getByRole('button', { name: 'Create a wallet…' }).click();
    await expect(notices(walletPage)).toContainText('The wallet window did not open');
    await expect(notices(walletPage)).toContainText(NO_KEYCHAIN.message);
  });

  test('a key is exported on the terminal only', async ({ walletPage, wallets }) => {
    await choose(walletPage, 'Engine', 'Export its key…');
    const sheet = walletPage.getByRole('dialog', { name: 'Export a key, on the terminal only' });
    await expect(sheet).toContainText(`npm run -s wallet -- export ${DELEGATE.address}`);
    expect(wallets.heard).toEqual([]);
  });

  test('another wallet becomes the active one', async ({ walletPage }) => {
    await row(walletPage, 'Cold storage').getByRole('button', { name: 'Make Cold storage active' }).click();
    await expect(active(walletPage).getByRole('heading', { name: 'Cold storage' })).toBeVisible();
    await expect(active(walletPage).getByRole('status')).toHaveText('Watch-only');
    await expect(row(walletPage, 'Cold storage')).toContainText('Active');
    await expect(row(walletPage, 'Engine').getByRole('button', { name: 'Make Engine active' })).toBeVisible();
  });

  test('a wallet is renamed, and what the program refuses stands beside the name', async ({
    walletPage,
    wallets,
  }) => {
    await choose(walletPage, 'Main', 'Rename…');
    const dialog = walletPage.getByRole('dialog', { name: 'Rename the wallet' });
    const name = dialog.getByLabel('Name');
    await expect(name).toHaveValue('Main');
    await name.fill('engine');
    await expect(name).toHaveAccessibleDescription('Another wallet has that name already.');
    await expect(dialog.getByRole('button', { name: 'Rename' })).toBeDisabled();
    wallets.refusal = { code: 'WALLET_INVALID_NAME', message: 'It is too much like another.', details: {} };
    await name.fill('Reserve');
    await name.press('Enter');
    await expect(name).toHaveAccessibleDescription('It is too much like another. (WALLET_INVALID_NAME)');
    wallets.refusal = null;
    await name.fill('  Savings ');
    await name.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(row(walletPage, 'Savings')).toContainText(OWNER.address);
    expect(wallets.heard.at(-1)).toEqual(['RENAME_WALLET', { address: OWNER.address, name: 'Savings' }]);
  });

  test('a wallet goes only once its own name was typed, and the focus is not lost with it', async ({
    walletPage,
    wallets,
  }) => {
    await choose(walletPage, 'Main', 'Remove…');
    const dialog = walletPage.getByRole('dialog', { name: 'Remove the wallet and destroy its key' });
    await expect(dialog).toContainText('Its key is destroyed');
    await expect(dialog).toContainText(
      'Without its recovery phrase, the money at its address is gone for good.',
    );
    await expect(dialog).toContainText(OWNER.address);
    const word = dialog.getByLabel(/^Type Main/);
    const confirm = dialog.getByRole('button', { name: 'Destroy the key' });
    await word.fill('main');
    await expect(confirm).toBeDisabled();
    await word.press('Enter');
    expect(wallets.heard).toEqual([]);
    await word.fill('Main');
    wallets.refusal = NO_KEYCHAIN;
    await confirm.click();
    await expect(word).toHaveAccessibleDescription(/KEYCHAIN_UNAVAILABLE/);
    wallets.refusal = null;
    await word.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(row(walletPage, 'Main')).toHaveCount(0);
    await expect(walletPage.getByRole('main')).toBeFocused();
    expect(wallets.heard.at(-1)).toEqual(['REMOVE_WALLET', { address: OWNER.address, confirm: 'Main' }]);
  });

  test('what is watched is only forgotten', async ({ walletPage }) => {
    await choose(walletPage, 'Cold storage', 'Forget…');
    const dialog = walletPage.getByRole('dialog', { name: 'Forget the wallet' });
    await expect(dialog).toContainText('there is no key of it');
    await dialog.getByLabel(/^Type Cold storage/).fill('Cold storage');
    await dialog.getByRole('button', { name: 'Forget it' }).click();
    await expect(row(walletPage, 'Cold storage')).toHaveCount(0);
  });

  test('the palette creates a wallet, and offers to lock only what is unlocked', async ({
    walletPage,
    standIn,
    wallets,
  }) => {
    await walletPage.keyboard.press('Control+K');
    await walletPage.getByLabel('Search commands').pressSequentially('create a wallet');
    await walletPage.keyboard.press('Enter');
    await expect.poll(() => wallets.heard).toEqual([['OPEN_WALLET_WINDOW', { task: { kind: 'create' } }]]);
    await tellChanged(standIn, wallets, { ...SOME_WALLETS, lock: 'locked' });
    await expect(active(walletPage).getByRole('status')).toHaveText('Locked');
    await walletPage.keyboard.press('Control+K');
    await walletPage.getByLabel('Search commands').pressSequentially('lock the wallet');
    await expect(walletPage.getByText('Nothing has that name')).toBeVisible();
  });
});

test.describe('an address to watch', () => {
  const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Watch an address' });
  const address = (page: Page): Locator => dialog(page).getByLabel('Address');
  const name = (page: Page): Locator => dialog(page).getByLabel('Name');
  const watch = (page: Page): Locator => dialog(page).getByRole('button', { name: 'Watch it' });

  test.beforeEach(async ({ walletPage }) => {
    await walletPage.getByRole('button', { name: 'Watch an address…' }).click();
    await expect(address(walletPage)).toBeFocused();
  });

  test('is shown whole for comparing, and added without the spaces that came along', async ({
    walletPage,
    wallets,
  }) => {
    await address(walletPage).fill(`  ${ELSEWHERE.slice(0, 8)} ${ELSEWHERE.slice(8)} `);
    await expect(dialog(walletPage).getByRole('status')).toContainText(ELSEWHERE);
    await name(walletPage).fill(' Exchange ');
    await name(walletPage).press('Enter');
    await expect(dialog(walletPage)).toBeHidden();
    await expect(row(walletPage, 'Exchange')).toContainText(ELSEWHERE);
    await expect(notices(walletPage)).toContainText('Exchange is watched.');
    expect(wallets.heard).toEqual([['WATCH_ADDRESS', { address: ELSEWHERE, name: 'Exchange' }]]);
  });

  test('is sent once, however fast one presses', async ({ walletPage, wallets }) => {
    let go: () => void = () => undefined;
    wallets.after = new Promise((resolve) => {
      go = resolve;
    });
    await address(walletPage).fill(ELSEWHERE);
    await name(walletPage).fill('Exchange');
    await name(walletPage).press('Enter');
    await name(walletPage).press('Enter');
    go();
    await expect(row(walletPage, 'Exchange')).toBeVisible();
    expect(wallets.heard).toHaveLength(1);
  });

  test('is refused in words before anything is sent', async ({ walletPage, wallets }) => {
    await watch(walletPage).click();
    await expect(address(walletPage)).toHaveAccessibleDescription(/Paste the whole address/);
    await expect(name(walletPage)).toHaveAccessibleDescription(/A wallet needs a name/);
    for (const [text, said] of [
      [OWNER.address, /This is Main, which is here already/],
      [`${ELSEWHERE.slice(0, -1)}0`, /No address has “0” in it/],
      [ELSEWHERE.slice(0, 20), /too short/],
      [`${ELSEWHERE}${ELSEWHERE.slice(0, 6)}`, /too long/],
    ] as const) {
      await address(walletPage).fill(text);
      await expect(address(walletPage)).toHaveAccessibleDescription(said);
    }
    await address(walletPage).fill(ELSEWHERE);
    await name(walletPage).fill('main');
    await expect(name(walletPage)).toHaveAccessibleDescription(/Another wallet has that name already/);
    await watch(walletPage).click();
    expect(wallets.heard).toEqual([]);
  });

  test('that begins and ends like another wallet is called what it may be', async ({ walletPage }) => {
    await address(walletPage).fill(
      `${OWNER.address.slice(0, 4)}${ELSEWHERE.slice(4, -4)}${OWNER.address.slice(-4)}`,
    );
    await expect(dialog(walletPage)).toContainText('It begins and ends like Main, and is another address.');
  });

  test('that is a secret is taken out of the field at once, and not sent', async ({
    walletPage,
    wallets,
  }) => {
    for (const secret of [
      'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about',
      `[${Array.from({ length: 64 }, (_, at) => at).join(',')}]`,
      '5'.repeat(87),
    ]) {
      await address(walletPage).fill(secret);
      await expect(address(walletPage)).toHaveValue('');
      await expect(address(walletPage)).toHaveAccessibleDescription(/looked like a secret/);
    }
    await watch(walletPage).click();
    expect(wallets.heard).toEqual([]);
    await address(walletPage).fill(ELSEWHERE);
    await expect(address(walletPage)).not.toHaveAccessibleDescription(/looked like a secret/);
  });

  test('that the program refuses says why beside it, and what was typed the last time is gone', async ({
    walletPage,
    wallets,
  }) => {
    wallets.refusal = { code: 'WALLET_EXISTS', message: 'That wallet is here already.', details: {} };
    await address(walletPage).fill(ELSEWHERE);
    await name(walletPage).fill('Exchange');
    await watch(walletPage).click();
    await expect(address(walletPage)).toHaveAccessibleDescription(
      /That wallet is here already\. \(WALLET_EXISTS\)/,
    );
    await dialog(walletPage).getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog(walletPage)).toBeHidden();
    await walletPage.getByRole('button', { name: 'Watch an address…' }).click();
    await expect(address(walletPage)).toHaveValue('');
  });
});

for (const scheme of ['dark', 'light'] as const)
  for (const { width, height } of [
    { width: 1280, height: 800 },
    { width: 1024, height: 700 },
    { width: 800, height: 700 },
  ])
    test(`in the ${scheme} theme at ${width} × ${height}, axe finds nothing and nothing overflows`, async ({
      page,
      standIn,
      wallets,
    }) => {
      await page.setViewportSize({ width, height });
      const none: WalletsView = { ...SOME_WALLETS, lock: 'none', wallets: [] };
      const stranger = { ...DELEGATE, owner: ELSEWHERE };
      const views: readonly WalletsView[] = [
        SOME_WALLETS,
        { ...SOME_WALLETS, lock: 'locked', secrets: 'terminal' },
        { ...BROKEN, wallets: [...BROKEN.wallets.slice(0, 1), stranger] },
        { ...SOME_WALLETS, lock: 'none', wallets: [{ ...OWNER, key: 'missing' }, WATCHED] },
        none,
        { ...none, secrets: 'terminal', keychain: BROKEN.keychain },
      ];
      for (const view of views) {
        wallets.view = view;
        // Not the same address again, which would be no new load.
        await page.goto('about:blank');
        await page.goto(standIn.address(`?screen=wallet&scheme=${scheme}&still`));
        await expect(keychain(page)).toBeVisible();
        await expectAccessible(page);
        const beyond = await page.evaluate(() => {
          const main = document.querySelector('main');
          return main === null ? Number.NaN : main.scrollWidth - main.clientWidth;
        });
        expect(beyond).toBe(0);
      }
    });

for (const scheme of ['dark', 'light'] as const)
  test(`in the ${scheme} theme, axe finds nothing in the dialogs`, async ({ page, standIn }) => {
    await page.goto(standIn.address(`?screen=wallet&scheme=${scheme}&still`));
    await expect(keychain(page)).toBeVisible();
    const closed = async (): Promise<void> => {
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    };
    await page.getByRole('button', { name: 'Watch an address…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Watch it' }).click();
    await page
      .getByRole('dialog')
      .getByRole('textbox', { name: 'Address' })
      .fill(`${OWNER.address.slice(0, 4)}${ELSEWHERE.slice(4, -4)}${OWNER.address.slice(-4)}`);
    await expect(page.getByRole('dialog')).toContainText('It begins and ends like Main');
    await closed();
    await choose(page, 'Main', 'Rename…');
    await expect(page.getByRole('dialog').getByLabel('Name')).toBeFocused();
    await closed();
    await choose(page, 'Main', 'Remove…');
    await expect(page.getByRole('dialog').getByLabel(/^Type Main/)).toBeFocused();
    await closed();
    await choose(page, 'Main', 'Export its key…');
    await expect(page.getByRole('dialog')).toContainText('npm run -s wallet -- export');
    await closed();
    await page.getByRole('button', { name: 'More for Main' }).click();
    await expect(page.getByRole('menuitem', { name: 'Rename…' })).toBeVisible();
    await expectAccessible(page);
  });

test.describe('with the program itself, which has no window for secrets here', () => {
  test('there is no wallet at first, paper needs none, and the terminal’s lines are said', async ({
    app,
    host,
  }) => {
    // The palette leads to where it is said how.
    await app.keyboard.press('Control+K');
    await app.getByLabel('Search commands').pressSequentially('create a wallet');
    await app.keyboard.press('Enter');
    const first = app.getByRole('region', { name: 'No wallet yet' });
    await expect(first).toContainText('Trading on paper needs none.');
    await expect(first).toContainText('npm run -s wallet -- create');
    await expect(first).toContainText('npm run -s wallet -- import');
    const { keychain: found } = await host.ask('GET_WALLETS', {});
    await expect(keychain(app)).toContainText(found.error === null ? 'Works' : 'Can’t be used');
    if (found.error !== null) await expect(app.getByRole('alert')).toContainText(found.error.message);
  });

  test('an address is watched, renamed, made active and forgotten, and what another client does is seen', async ({
    app,
    host,
  }) => {
    await goTo(app, 'Wallet');
    await app.getByRole('button', { name: 'Watch an address…' }).click();
    await app.getByRole('textbox', { name: 'Address' }).fill(ELSEWHERE);
    await app.getByRole('dialog').getByLabel('Name').fill('Exchange');
    await app.getByRole('button', { name: 'Watch it' }).click();
    await expect(active(app).getByRole('heading', { name: 'Exchange' })).toBeVisible();
    await expect(active(app).getByRole('status')).toHaveText('Watch-only');
    await choose(app, 'Exchange', 'Rename…');
    await app.getByRole('dialog').getByLabel('Name').fill('Cold storage');
    await app.getByRole('dialog').getByLabel('Name').press('Enter');
    await expect(row(app, 'Cold storage')).toContainText(ELSEWHERE);

    await host.ask('WATCH_ADDRESS', { address: WATCHED.address, name: 'Second' });
    await row(app, 'Second').getByRole('button', { name: 'Make Second active' }).click();
    await expect(active(app).getByRole('heading', { name: 'Second' })).toBeVisible();
    const { wallets } = await host.ask('GET_WALLETS', {});
    expect(wallets.map(({ name, kind, active: isActive }) => [name, kind, isActive])).toEqual([
      ['Cold storage', 'watch', false],
      ['Second', 'watch', true],
    ]);

    for (const name of ['Second', 'Cold storage']) {
      await choose(app, name, 'Forget…');
      await app
        .getByRole('dialog')
        .getByLabel(/^Type /)
        .fill(name);
      await app.getByRole('dialog').getByRole('button', { name: 'Forget it' }).click();
      await expect(row(app, name)).toHaveCount(0);
    }
    await expect(app.getByRole('region', { name: 'No wallet yet' })).toBeVisible();
    expect((await host.ask('GET_WALLETS', {})).wallets).toEqual([]);
  });
});
