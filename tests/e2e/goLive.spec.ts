import type { Locator, Page } from '@playwright/test';

import { expectAccessible } from './support/axe.ts';
import { expect } from './support/test.ts';
import { notices, paperBadge } from './support/screen.ts';
import { CLOSED, LIVE_STATUS, PLACE } from './support/standInLive.ts';
import { OWNER, WATCHED } from './support/standInWallets.ts';
import { PAPER, show, test } from './support/liveTest.ts';

test.use({ snapshot: PAPER });

const go = (page: Page, name = 'Continue'): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();
const accounts = (page: Page): Locator => page.getByRole('radiogroup', { name: 'Sub-account' });
const checks = (page: Page): Locator => page.getByRole('list', { name: 'Checks' });
const word = (page: Page): Locator => page.getByLabel(/^Type LIVE/);
const start = (page: Page): Locator => page.getByRole('button', { name: 'Go live', exact: true });

/** On to a step, the way that a user goes. */
async function reach(page: Page, step: 'account' | 'checks' | 'limits' | 'live'): Promise<void> {
  await go(page);
  if (step === 'account') return;
  await accounts(page).getByText('2 · Phantom Arbiter').click();
  await go(page);
  if (step === 'checks') return;
  await go(page);
  if (step === 'limits') return;
  await go(page);
}

test('the badge leads to it from everywhere, and leaving it changes nothing', async ({
  page,
  standIn,
  live,
}) => {
  await show(page, standIn, 'vault');
  await page.getByRole('button', { name: /Paper.*simulated money/ }).click();
  await expect(page.getByRole('heading', { name: 'Go live' })).toBeVisible();
  await reach(page, 'live');
  await expect(word(page)).toBeVisible();
  await go(page, 'Leave');
  await expect(page.getByRole('main', { name: 'Dashboard' })).toBeVisible();
  await expect(paperBadge(page)).toBeVisible();
  const acted = live.heard.filter(([command]) => !/^(?:GET|LIST|CHECK)_/.test(command));
  expect(acted).toEqual([]);
});

test('[R8.2] the engine goes live with what was chosen, once LIVE is typed', async ({
  page,
  standIn,
  live,
}) => {
  live.onStart = () => {
    standIn.become({ ...LIVE_STATUS, state: 'recovering' });
  };
  await show(page, standIn, 'live');
  await reach(page, 'limits');
  await page.getByText('Let it trade up to an amount').click();
  await page.getByLabel('A trade', { exact: true }).fill('2500');
  await page.getByLabel('In any 24 hours').fill('100');
  await go(page);
  await expect(page.getByText('Not less than a single trade may be worth.')).toBeVisible();
  await page.getByLabel('In any 24 hours').fill('10000');
  await go(page);
  await expect(page.getByText('Up to $2,500.00 a trade and $10,000.00 in any 24 hours')).toBeVisible();
  await expect(start(page)).toBeDisabled();
  await word(page).fill('live');
  await expect(page.getByText('In capital letters, exactly.')).toBeVisible();
  await expect(start(page)).toBeDisabled();
  await word(page).fill('LIVE');
  await word(page).press('Enter');
  await expect(page.getByText('Live, real money')).toBeVisible();
  await expect(notices(page)).toContainText('The engine is live.');
  expect(live.sent('START_ENGINE')).toHaveLength(1);
  expect(live.sent('START_ENGINE')[0]).toMatchObject({
    engine: 'funding',
    mode: 'live',
    venue: 'drift',
    subAccount: 2,
    live: { purpose: 'trading', typed: 'LIVE', standing: { perTrade: '2500', perDay: '10000' } },
  });
  // What is about to be granted is looked at too.
  expect(live.sent('CHECK_LIVE').at(-1)).toMatchObject({ standing: { perTrade: '2500' } });
});

test('nobody goes on with a check that failed or is not known, and every check is shown', async ({
  page,
  standIn,
  live,
}) => {
  live.checks = CLOSED;
  await show(page, standIn, 'live');
  await reach(page, 'checks');
  await expect(checks(page).getByRole('listitem')).toHaveCount(11);
  const venue = checks(page).getByRole('listitem').filter({ hasText: 'VENUE_CLOSED' });
  await expect(venue).toContainText('Failed');
  await expect(venue).toContainText('Choose another venue.');
  await expect(page.getByText('8 fine, 1 warning, 1 failed, 1 not known.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Continue' })).toBeDisabled();
  live.checks = CLOSED.filter(({ state }) => state !== 'failed' && state !== 'unknown');
  await go(page, 'Check again');
  await expect(page.getByRole('button', { name: 'Continue' })).toBeEnabled();
});

test('a check that fails while one reads the last step keeps the word from counting', async ({
  page,
  standIn,
  live,
}) => {
  await show(page, standIn, 'live');
  await reach(page, 'limits');
  live.checks = CLOSED;
  await go(page);
  await word(page).fill('LIVE');
  await expect(checks(page)).toContainText('The venue is closed');
  await expect(start(page)).toBeDisabled();
  await word(page).press('Enter');
  expect(live.sent('START_ENGINE')).toEqual([]);
});

test('what the program refuses stands beside the word, and the engine stays on paper', async ({
  page,
  standIn,
  live,
}) => {
  const error = { code: 'WALLET_LOCKED', message: 'The wallet is locked.', details: {} } as const;
  live.refusals.set('START_ENGINE', error);
  await show(page, standIn, 'live');
  await reach(page, 'live');
  await word(page).fill('LIVE');
  await start(page).click();
  await expect(page.getByRole('alert')).toContainText('The engine did not go live');
  await expect(page.getByRole('alert')).toContainText('WALLET_LOCKED');
  await expect(paperBadge(page)).toBeVisible();
});

test('a sub-account that holds something is handed over by word, or not taken', async ({
  page,
  standIn,
  live,
}) => {
  await show(page, standIn, 'live');
  await reach(page, 'account');
  await accounts(page).getByText('0 · Main account').click();
  await expect(page.getByRole('button', { name: 'Continue' })).toBeDisabled();
  await page.getByLabel(/^Hand over/).check();
  await go(page);
  await expect(checks(page)).toBeVisible();
  expect(live.sent('CHECK_LIVE')[0]).toMatchObject({ subAccount: 0, handOver: true });
});

test('an owner creates a sub-account on the way, and is told that this is done at once', async ({
  page,
  standIn,
  live,
  wallets,
}) => {
  live.subAccounts = [];
  wallets.view = {
    ...wallets.view,
    wallets: wallets.view.wallets.map((one) => ({ ...one, active: one.address === OWNER.address })),
  };
  await show(page, standIn, 'live');
  await reach(page, 'account');
  await expect(page.getByText('No sub-account yet')).toBeVisible();
  await go(page, 'Create a sub-account…');
  await expect(page.getByText('This sends a transaction at once.')).toBeVisible();
  await go(page, 'Create it');
  await expect(accounts(page).getByRole('radio', { name: /3 · Phantom Arbiter/ })).toBeChecked();
  expect(live.sent('CREATE_SUBACCOUNT')).toEqual([{ name: 'Phantom Arbiter', venue: 'drift' }]);
});

test('[R2.1] an address is only watched without a key: no limits, no word, nothing to sign', async ({
  page,
  standIn,
  live,
}) => {
  live.onStart = () => {
    standIn.become({ ...LIVE_STATUS, state: 'readOnly', readOnly: 'monitoring' });
  };
  await show(page, standIn, 'live');
  await page.getByText('Only watch', { exact: true }).click();
  await expect(page.getByRole('button', { name: 'Continue' })).toBeDisabled();
  await page.getByLabel('Address', { exact: true }).fill(WATCHED.address);
  await go(page);
  await accounts(page).getByText('2 · Phantom Arbiter').click();
  await go(page);
  await expect(checks(page).getByRole('listitem')).toHaveCount(4);
  await go(page, 'Start watching');
  await expect(page.getByText('Only watching.')).toBeVisible();
  expect(live.sent('LIST_SUBACCOUNTS')).toEqual([{ venue: 'drift', owner: WATCHED.address }]);
  expect(live.sent('START_ENGINE')[0]).toMatchObject({
    subAccount: PLACE.subAccount,
    live: { purpose: 'monitoring', owner: WATCHED.address },
  });
});

test('a phrase that is pasted where an address belongs is not kept', async ({ page, standIn }) => {
  await show(page, standIn, 'live');
  await page.getByText('Only watch', { exact: true }).click();
  await page
    .getByLabel('Address', { exact: true })
    .fill('abandon ability able about above absent absorb abstract');
  await expect(page.getByText(/That looked like a secret/)).toBeVisible();
  await expect(page.getByLabel('Address', { exact: true })).toHaveValue('');
});

test('the whole way can be gone by the keyboard', async ({ page, standIn, live }) => {
  await show(page, standIn, 'live');
  await expect(page.getByRole('button', { name: 'Continue' })).toBeEnabled();
  await page.getByRole('button', { name: 'Continue' }).press('Enter');
  await expect(page.getByRole('group', { name: 'Step: account' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await expect(accounts(page).getByRole('radio', { name: /2 · Phantom/ })).toBeChecked();
  await page.getByRole('button', { name: 'Continue' }).press('Enter');
  await expect(page.getByRole('group', { name: 'Step: checks' })).toBeFocused();
  await page.getByRole('button', { name: 'Continue' }).press('Enter');
  await expect(page.getByRole('group', { name: 'Step: limits' })).toBeFocused();
  await page.getByRole('button', { name: 'Continue' }).press('Enter');
  await expect(page.getByRole('group', { name: 'Step: live' })).toBeFocused();
  await word(page).fill('LIVE');
  await expect(start(page)).toBeEnabled();
  await word(page).press('Enter');
  await expect.poll(() => live.sent('START_ENGINE').length).toBe(1);
});

for (const scheme of ['dark', 'light'] as const)
  test(`axe finds nothing on the way to live in the ${scheme} theme`, async ({ page, standIn, live }) => {
    live.checks = CLOSED;
    await show(page, standIn, 'live', scheme);
    await expect(page.getByRole('button', { name: 'Continue' })).toBeEnabled();
    await expectAccessible(page);
    await page.getByText('Only watch', { exact: true }).click();
    await expectAccessible(page);
    await page.getByText('Trade', { exact: true }).last().click();
    await reach(page, 'account');
    await accounts(page).getByText('0 · Main account').click();
    await expectAccessible(page);
    await accounts(page).getByText('2 · Phantom Arbiter').click();
    await go(page);
    await expect(checks(page)).toContainText('Failed');
    await expectAccessible(page);
    live.checks = CLOSED.filter(({ state }) => state === 'ok' || state === 'warning');
    await go(page, 'Check again');
    await go(page);
    await page.getByText('Let it trade up to an amount').click();
    await page.getByLabel('A trade', { exact: true }).fill('nonsense');
    await expectAccessible(page);
    await page.getByLabel('A trade', { exact: true }).fill('2500');
    await page.getByLabel('In any 24 hours').fill('10000');
    await go(page);
    await word(page).fill('LIVING');
    await expectAccessible(page);
  });
